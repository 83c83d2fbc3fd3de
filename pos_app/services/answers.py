"""Payments that need an answer by a person: how many there are, and that one was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain import transitions
from pos_app.domain.charges import Attention, Charge

if TYPE_CHECKING:
    from pos_app.services.ledger import Ledger


class Answers:
    """What needs an answer by a person; `History` lists it. Not for the GUI thread."""

    def __init__(self, ledger: Ledger, to_resume: tuple[Charge, ...]) -> None:
        self._ledger = ledger
        self._to_resume = to_resume

    def count(self) -> int:
        """Return how many payments need an answer."""
        with self._ledger.store.read() as work:
            return work.charges.count_needing_answer()

    def mark_seen(self, charge_id: int, attention: Attention, person_id: int) -> Charge:
        """Record that a person has looked at one thing about a charge. Moves no money."""
        return self._ledger.change(
            charge_id,
            "attention_answered",
            lambda c: transitions.answered(c, attention),
            person_id,
        )

    def to_resume(self) -> tuple[Charge, ...]:
        """Return the payments that were open when the program ended, newest first, once."""
        charges, self._to_resume = self._to_resume, ()
        return charges
