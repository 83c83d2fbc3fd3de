"""The slip for money that went back, as a value: of a refund, or of a cancel (ux.md 6.13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from pos_app.domain.charges import Charge
from pos_app.domain.currencies import mark
from pos_app.domain.methods import METHODS
from pos_app.domain.money import Money
from pos_app.domain.refunds import Refund, RefundKind, refunded
from pos_app.receipts.frame import PaperWords, Store, foot, head, marks, moment
from pos_app.receipts.rows import Centered, Code, Pair, Receipt, Row, Rule, Size


class NotRefundedError(ValueError):
    """A slip was asked for of a refund that the gateway has not confirmed: a bug.

    The customer takes it for the money. There is none for a refund without an answer, and none
    for one that only a manager's decision calls done: no answer of the gateway stands behind it.
    """


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What a slip tells. Made by `of`, which lets only confirmed refunds through.

    Attributes:
        is_cancel: the whole payment went back by cancelling it.
        number: the refund's short reference, "HSG1-0087-R1".
        receipt_number: of the payment, "HSG1-0087".
        reference: of the refund, the whole one.
        charge_reference: of the payment; also in the QR code, which finds the payment again.
        answered_at: when the gateway confirmed it; aware, in the store's own time.
        amount: what went back.
        paid: what had been paid.
        refunded_so_far: of the payment, this one among it and later ones not.
        approved_by: name of who approved it.
        is_by_manager: whether that is a manager; a cashier cancels what seems unpaid.
        refund_id: the gateway's, whole; empty when it gave none.
        is_copy: it has been printed before.
    """

    store: Store
    is_cancel: bool
    number: str
    receipt_number: str
    reference: str
    charge_reference: str
    answered_at: datetime
    amount: Money
    paid: Money
    refunded_so_far: Money
    method_name: str
    reason: str
    approved_by: str
    is_by_manager: bool = True
    transaction_id: str = ""
    refund_id: str = ""
    is_copy: bool = False
    is_training: bool = False
    width_mm: int = 80
    words: PaperWords = field(default_factory=PaperWords)

    @classmethod
    def of(
        cls,
        refund: Refund,
        charge: Charge,
        refunds: Iterable[Refund],
        *,
        store: Store,
        approved_by: str,
        is_by_manager: bool = True,
        is_copy: bool = False,
        is_training: bool = False,
        width_mm: int = 80,
        zone: tzinfo | None = None,
        words: PaperWords | None = None,
    ) -> SlipFacts:
        """Gather the facts of a `refund` of `charge`, whose `refunds` are all of its.

        Times are printed in `zone`, the store's; None is this computer's.

        Raises:
            NotRefundedError: the gateway has not confirmed the refund.
        """
        if not refund.has_slip or refund.answered_at is None:
            raise NotRefundedError(f"{refund.reference} is {refund.status}: there is no slip.")
        return cls(
            store=store,
            is_cancel=refund.kind is RefundKind.CANCEL,
            number=refund.short_reference,
            receipt_number=charge.short_reference,
            reference=refund.reference,
            charge_reference=charge.reference,
            answered_at=refund.answered_at.astimezone(zone),
            amount=refund.amount,
            paid=charge.amount,
            refunded_so_far=refunded(charge, (one for one in refunds if one.id <= refund.id)),
            method_name=METHODS[charge.method].name,
            reason=refund.reason,
            approved_by=approved_by,
            is_by_manager=is_by_manager,
            transaction_id=charge.transaction_id or "",
            refund_id=refund.gateway_id or "",
            is_copy=is_copy,
            is_training=is_training,
            width_mm=width_mm,
            words=words or PaperWords(),
        )


def slip_of(facts: SlipFacts) -> Receipt:
    """Return the slip."""
    words = facts.words
    title = words.cancelled if facts.is_cancel else words.refund
    rows = (
        *marks(words, is_copy=facts.is_copy, is_training=facts.is_training),
        *head(facts.store),
        Centered(title, is_bold=True, size=Size.LARGE),
        Rule(),
        *_particulars(facts),
        Rule(),
        *_money(facts),
        Rule(),
        *_why(facts),
        Code(facts.charge_reference),
        *foot(facts.store, words, is_training=facts.is_training),
    )
    return Receipt(number=facts.number, width_mm=facts.width_mm, rows=rows)


def _particulars(facts: SlipFacts) -> Iterator[Row]:
    words = facts.words
    yield Pair(words.slip, facts.number)
    yield moment(facts.answered_at, words)
    yield Pair(words.receipt, facts.receipt_number)
    yield Pair(words.manager if facts.is_by_manager else words.cashier, facts.approved_by)


def _money(facts: SlipFacts) -> Iterator[Row]:
    words = facts.words
    what = words.returned if facts.is_cancel else words.refunded
    yield Pair(
        f"{what} {mark(facts.amount.currency)}",
        facts.amount.grouped,
        is_bold=True,
        size=Size.LARGE,
    )
    yield Pair(words.goes_back_to, facts.method_name)
    yield Pair(words.paid, facts.paid.grouped)
    yield Pair(words.refunded_so_far, facts.refunded_so_far.grouped)


def _why(facts: SlipFacts) -> Iterator[Row]:
    words = facts.words
    yield Pair(words.reason, facts.reason)
    if facts.transaction_id:
        yield Pair(words.transaction_id, facts.transaction_id)
    if facts.refund_id:
        yield Pair(words.refund_id, facts.refund_id)
    yield Pair(words.reference, facts.reference)
