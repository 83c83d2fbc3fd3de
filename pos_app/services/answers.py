"""Payments that need an answer by a person, and the last one for a reprint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain import transitions
from pos_app.domain.charges import Attention, Charge
from pos_app.services.payment_view import Screen, screen_of

if TYPE_CHECKING:
    from pos_app.services.ledger import Ledger

LIST_LENGTH = 200


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line of the list.

    Attributes:
        state: what its payment page would show.
    """

    charge: Charge
    cashier: str
    state: Screen


class Answers:
    """The "needs an answer" list. Reads the database: not for the GUI thread."""

    def __init__(self, ledger: Ledger, to_resume: tuple[Charge, ...]) -> None:
        self._ledger = ledger
        self._to_resume = to_resume

    def needing(self) -> tuple[AnswerRow, ...]:
        """Return the payments that need an answer, newest first, at most `LIST_LENGTH`."""
        now = self._ledger.clock.now()
        with self._ledger.store.read() as work:
            names = {person.id: person.name for person in work.people.all()}
            charges = work.charges.needing_answer(LIST_LENGTH)
        board = self._ledger.board
        return tuple(
            AnswerRow(
                charge,
                names.get(charge.cashier_id, ""),
                screen_of(charge, board.progress(charge.id), now),
            )
            for charge in charges
        )

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
