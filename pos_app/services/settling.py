"""What a manager settles by hand: recorded decisions, which move no money (design.md, 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain import transitions
from pos_app.domain.charges import Attention, Charge, ChargeDecision
from pos_app.domain.errors import ChargeStillOpenError
from pos_app.domain.refunds import Refund, check_words
from pos_app.domain.settling import Question, questions_of

if TYPE_CHECKING:
    from pos_app.services.ledger import Ledger
    from pos_app.storage.unit_of_work import UnitOfWork


_SEEN = {
    Question.CONTRADICTION: Attention.REFUND_UNKNOWN,
    Question.LIST: Attention.LIST_DISAGREES,
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that a manager has to look at.

    Attributes:
        refund: the refund that the question is about; None where it is about the charge.
        decided_by: name of who decided earlier; empty when nobody has.
    """

    question: Question
    charge: Charge
    refund: Refund | None = None
    decided_by: str = ""


class Settling:
    """Finds what is to be settled, and keeps decisions about charges.

    A decision stands beside the status: the gateway is asked on, and when it says otherwise the
    charge is back on the "needs an answer" list. Reads and writes the database: not for the GUI
    thread.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def matters(self, charge_id: int) -> tuple[Matter, ...]:
        """Return what there is to settle about a charge, the gravest first; mostly nothing."""
        with self._ledger.store.read() as work:
            charge = work.charges.get(charge_id)
            refunds = work.refunds.of_charge(charge_id)
            names = {person.id: person.name for person in work.people.all()}
        return tuple(
            Matter(
                question,
                charge,
                refund,
                _name(names, refund.decided_by if refund else charge.decided_by),
            )
            for question, refund in questions_of(charge, refunds)
        )

    def settle_charge(
        self,
        charge_id: int,
        decision: ChargeDecision,
        note: str,
        asked_by: int,
        approved_by: int,
    ) -> Charge:
        """Record a manager's decision about a charge without a trustworthy answer.

        Args:
            charge_id: the charge; one that the gateway has answered meanwhile stays as it is.
            decision: NOT_PAID lets the sale be charged again, under a new reference; money that
                comes all the same is *paid late*. PAID keeps it from being charged again.
            note: why; never empty, never journalled.
            asked_by: id of who is at the till.
            approved_by: id of the manager whose PIN approved it (`People.approve`).

        Raises:
            ReasonMissingError: the note is empty.
            NotApprovedError: `approved_by` is no manager.
            ChargeStillOpenError: a manager has said that it was not paid, and the sale is being
                charged again: that charge comes first.
            StorageError: nothing has changed.
        """
        words, now = check_words(note), self._ledger.clock.now()

        def check(work: UnitOfWork, charge: Charge) -> None:
            is_released = charge.is_living and charge.decision is ChargeDecision.NOT_PAID
            other = work.charges.keeping_sale(charge.sale_id) if is_released else None
            if other is not None and decision is not ChargeDecision.NOT_PAID:
                raise ChargeStillOpenError(other.id, other.reference)

        return self._ledger.change(
            charge_id,
            "charge_settled",
            lambda charge: transitions.settled(charge, decision, words, approved_by, now),
            asked_by,
            approved_by=approved_by,
            check=check,
        )

    def see(self, charge_id: int, question: Question, asked_by: int, approved_by: int) -> Charge:
        """Record that a manager has seen that the gateway says otherwise. Moves no money.

        Args:
            charge_id: the charge.
            question: CONTRADICTION, which stays while another refund of the charge has no
                answer, or LIST.
            asked_by: as `settle_charge`.
            approved_by: as `settle_charge`.

        Raises:
            NotApprovedError: `approved_by` is no manager.
            StorageError: nothing has changed.
        """
        with self._ledger.store.read() as work:
            refunds = work.refunds.of_charge(charge_id)
        attention = _SEEN[question]
        is_held = attention is Attention.REFUND_UNKNOWN and any(
            one.needs_answer for one in refunds
        )

        def seen(charge: Charge) -> Charge:
            return charge if is_held else transitions.answered(charge, attention)

        return self._ledger.change(
            charge_id, "attention_answered", seen, asked_by, approved_by=approved_by
        )


def _name(names: dict[int, str], person_id: int | None) -> str:
    return names.get(person_id, "") if person_id is not None else ""
