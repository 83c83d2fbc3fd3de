"""The customer's receipt as a value (ux.md 6.13).

Other paper stands beside this, built from the same rows: the refund slip and the cancel slip
(`slips.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from pos_app.domain.charges import Charge
from pos_app.domain.currencies import mark
from pos_app.domain.methods import METHODS
from pos_app.domain.money import Money
from pos_app.domain.sales import SaleLine
from pos_app.receipts.frame import PaperWords, Store, foot, head, marks, moment
from pos_app.receipts.rows import Code, Mark, Pair, Receipt, Row, Rule, Size


class NotPaidError(ValueError):
    """A receipt was asked for of a charge that is not confirmed as paid: a bug.

    Paper that says "paid" is as good as money, so there is no way around this (ux.md 6.13).
    """


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a receipt tells. Made by `of`, which lets only paid charges through.

    Attributes:
        number: the short reference, "HSG1-0087".
        reference: the whole one, also in the QR code.
        paid_at: aware, in the store's own time.
        cashier: name of who sold.
        lines: oldest first.
        total: what was paid.
        tip: the part of it that is a tip; None where there is none.
        method_name: the wallet's own name.
        transaction_id: the gateway's, whole; empty when it gave none.
        is_copy: it has been printed before.
        is_paid_late: the payment came after the charge was given up.
    """

    store: Store
    number: str
    reference: str
    paid_at: datetime
    cashier: str
    lines: tuple[SaleLine, ...]
    total: Money
    method_name: str
    transaction_id: str = ""
    tip: Money | None = None
    is_copy: bool = False
    is_training: bool = False
    is_paid_late: bool = False
    width_mm: int = 80
    words: PaperWords = field(default_factory=PaperWords)

    @classmethod
    def of(
        cls,
        charge: Charge,
        lines: tuple[SaleLine, ...],
        *,
        store: Store,
        cashier: str,
        is_copy: bool = False,
        is_training: bool = False,
        width_mm: int = 80,
        zone: tzinfo | None = None,
        words: PaperWords | None = None,
    ) -> ReceiptFacts:
        """Gather the facts of a paid `charge` and the `lines` of its sale.

        Times are printed in `zone`, the store's; None is this computer's.

        Raises:
            NotPaidError: the gateway has not confirmed the payment.
        """
        if not charge.is_paid or charge.paid_at is None:
            raise NotPaidError(f"{charge.reference} is {charge.status}: there is no receipt.")
        return cls(
            store=store,
            number=charge.short_reference,
            reference=charge.reference,
            paid_at=charge.paid_at.astimezone(zone),
            cashier=cashier,
            lines=lines,
            total=charge.amount,
            method_name=METHODS[charge.method].name,
            transaction_id=charge.transaction_id or "",
            tip=charge.tip,
            is_copy=is_copy,
            is_training=is_training,
            # The attention PAID_LATE goes when a person has seen it; a reprint still says so.
            is_paid_late=charge.closed_at is not None or charge.stopped_at is not None,
            width_mm=width_mm,
            words=words or PaperWords(),
        )


def receipt_of(facts: ReceiptFacts) -> Receipt:
    """Return the customer's receipt."""
    rows = (
        *marks(facts.words, is_copy=facts.is_copy, is_training=facts.is_training),
        *head(facts.store),
        Rule(),
        *_particulars(facts),
        Rule(),
        *(_sale_line(line, facts.words) for line in facts.lines),
        Rule(),
        *_payment(facts),
        Code(facts.reference),
        *foot(facts.store, facts.words, is_training=facts.is_training),
    )
    return Receipt(number=facts.number, width_mm=facts.width_mm, rows=rows)


def _particulars(facts: ReceiptFacts) -> Iterator[Row]:
    yield Pair(facts.words.receipt, facts.number)
    yield moment(facts.paid_at, facts.words)
    yield Pair(facts.words.cashier, facts.cashier)


def _sale_line(line: SaleLine, words: PaperWords) -> Row:
    quantity = f"{line.quantity} "
    name = line.name or words.keyed_amount
    return Pair(quantity + name, line.total.grouped, indent=len(quantity))


def _payment(facts: ReceiptFacts) -> Iterator[Row]:
    words = facts.words
    if facts.tip is not None:
        yield Pair(words.subtotal, (facts.total - facts.tip).grouped)
        yield Pair(words.tip, facts.tip.grouped)
    total = f"{words.total} {mark(facts.total.currency)}"
    yield Pair(total, facts.total.grouped, is_bold=True, size=Size.LARGE)
    yield Pair(words.paid_with, facts.method_name)
    if facts.transaction_id:
        yield Pair(words.transaction_id, facts.transaction_id)
    yield Pair(words.reference, facts.reference)
    if facts.is_paid_late:
        yield Mark(words.paid_late)
