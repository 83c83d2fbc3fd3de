"""What all paper has in common: its words, the store on top, the marks, the last words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pos_app.receipts.rows import Centered, Mark, Pair, Row, Size

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class PaperWords:
    """The words that are printed, in the language of the paper. English unless told otherwise."""

    receipt: str = "Receipt"
    cashier: str = "Cashier"
    manager: str = "Manager"
    keyed_amount: str = "Keyed amount"
    subtotal: str = "Subtotal"
    tip: str = "Tip"
    total: str = "TOTAL"
    paid_with: str = "Paid with"
    transaction_id: str = "Trans. ID"
    reference: str = "Reference"
    paid_late: str = "PAID LATE"
    refund: str = "REFUND"
    cancelled: str = "CANCELLED"
    slip: str = "Slip"
    refunded: str = "REFUNDED"
    returned: str = "RETURNED"
    goes_back_to: str = "Goes back to"
    paid: str = "Paid"
    refunded_so_far: str = "Refunded so far"
    reason: str = "Reason"
    refund_id: str = "Refund ID"
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


def marks(words: PaperWords, *, is_copy: bool, is_training: bool) -> Iterator[Row]:
    """Give the banners that say what the paper is not."""
    if is_training:
        yield Mark(words.training)
    if is_copy:
        yield Mark(words.copy)


def head(store: Store) -> Iterator[Row]:
    """Give the store's name and address."""
    yield Centered(store.name, is_bold=True, size=Size.LARGE)
    for line in store.address.splitlines():
        yield Centered(line)


def moment(at: datetime, words: PaperWords) -> Row:
    """Return day and time of `at`, which is in the store's own time."""
    return Pair(f"{at.day} {words.months[at.month - 1]} {at.year}", f"{at:%H:%M:%S}")


def foot(store: Store, words: PaperWords, *, is_training: bool) -> Iterator[Row]:
    """Give the last words."""
    for line in store.footer.splitlines():
        yield Centered(line)
    if is_training:
        yield Mark(words.training)
