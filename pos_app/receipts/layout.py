"""The customer's receipt as a value (ux.md 6.13).

Other paper gets its place beside this, built from the same rows: the refund slip and the cancel
slip (`slips.py`), the X and Z report (`reports.py`).
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
from pos_app.receipts.rows import Centered, Code, Mark, Pair, Receipt, Row, Rule, Size

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class NotPaidError(ValueError):
    """A receipt was asked for of a charge that is not confirmed as paid: a bug.

    Paper that says "paid" is as good as money, so there is no way around this (ux.md 6.13).
    """


@dataclass(frozen=True, slots=True)
class PaperWords:
    """The words that are printed, in the language of the paper. English unless told otherwise."""

    receipt: str = "Receipt"
    cashier: str = "Cashier"
    keyed_amount: str = "Keyed amount"
    total: str = "TOTAL"
    paid_with: str = "Paid with"
    transaction_id: str = "Trans. ID"
    reference: str = "Reference"
    paid_late: str = "PAID LATE"
    copy: str = "COPY"
    training: str = "TRAINING – NOT A RECEIPT"
    months: tuple[str, ...] = _MONTHS


@dataclass(frozen=True, slots=True)
class Store:
    """Who sells, as it is printed.

    Attributes:
        address: may have several lines, may be empty.
        footer: the last words on the paper, may be empty.
    """

    name: str
    address: str = ""
    footer: str = ""


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
        *_marks(facts),
        *_head(facts),
        Rule(),
        *_particulars(facts),
        Rule(),
        *(_sale_line(line, facts.words) for line in facts.lines),
        Rule(),
        *_payment(facts),
        Code(facts.reference),
        *_foot(facts),
    )
    return Receipt(number=facts.number, width_mm=facts.width_mm, rows=rows)


def _marks(facts: ReceiptFacts) -> Iterator[Row]:
    if facts.is_training:
        yield Mark(facts.words.training)
    if facts.is_copy:
        yield Mark(facts.words.copy)


def _head(facts: ReceiptFacts) -> Iterator[Row]:
    yield Centered(facts.store.name, is_bold=True, size=Size.LARGE)
    for line in facts.store.address.splitlines():
        yield Centered(line)


def _particulars(facts: ReceiptFacts) -> Iterator[Row]:
    at = facts.paid_at
    yield Pair(facts.words.receipt, facts.number)
    yield Pair(f"{at.day} {facts.words.months[at.month - 1]} {at.year}", f"{at:%H:%M:%S}")
    yield Pair(facts.words.cashier, facts.cashier)


def _sale_line(line: SaleLine, words: PaperWords) -> Row:
    quantity = f"{line.quantity} "
    name = line.name or words.keyed_amount
    return Pair(quantity + name, line.total.grouped, indent=len(quantity))


def _payment(facts: ReceiptFacts) -> Iterator[Row]:
    words = facts.words
    total = f"{words.total} {mark(facts.total.currency)}"
    yield Pair(total, facts.total.grouped, is_bold=True, size=Size.LARGE)
    yield Pair(words.paid_with, facts.method_name)
    if facts.transaction_id:
        yield Pair(words.transaction_id, facts.transaction_id)
    yield Pair(words.reference, facts.reference)
    if facts.is_paid_late:
        yield Mark(words.paid_late)


def _foot(facts: ReceiptFacts) -> Iterator[Row]:
    for line in facts.store.footer.splitlines():
        yield Centered(line)
    if facts.is_training:
        yield Mark(facts.words.training)
