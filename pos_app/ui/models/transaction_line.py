"""A line of the list of transactions, written out once so that painting has nothing to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.methods import METHODS, MethodTraits
from pos_app.ui.format import amount_text, clock_text, date_text
from pos_app.ui.models.status_words import CLOSED_UNPAID, PillLook, pill_of

if TYPE_CHECKING:
    from pos_app.domain.history import HistoryRow
    from pos_app.domain.money import Money


@dataclass(frozen=True, slots=True)
class TransactionLine:
    """What the list shows of one payment; every text is ready to be painted.

    Attributes:
        row: what it was made of.
        time: local time of day; `day` the local date.
        amount: without its mark where it is in the list's currency.
        refunded: likewise; empty where nothing went back.
        is_grey: the amount never came.
        spoken: the whole line, as it is read aloud.
    """

    row: HistoryRow
    time: str
    day: str
    traits: MethodTraits
    method: str
    amount: str
    refunded: str
    pill: PillLook
    is_grey: bool
    spoken: str

    @property
    def charge_id(self) -> int:
        """The payment."""
        return self.row.charge_id


def line_of(row: HistoryRow, currency: str, year: int) -> TransactionLine:
    """Write a row out. On any thread.

    Args:
        row: from `History`.
        currency: the list's, told once in its head; amounts in another carry their own mark.
        year: this one; only days of another year say which.
    """
    traits = METHODS[row.method]
    method = QCoreApplication.translate("Methods", traits.name)
    pill = pill_of(row.status)
    time, day = clock_text(row.created_at), date_text(row.created_at, but_year=year)
    said = (time, row.short_reference, method, amount_text(row.amount), pill.word)
    return TransactionLine(
        row=row,
        time=time,
        day=day,
        traits=traits,
        method=method,
        amount=_short(row.amount, currency),
        refunded=_short(row.refunded, currency) if row.refunded else "",
        pill=pill,
        is_grey=row.status in CLOSED_UNPAID,
        spoken=", ".join(said),
    )


def _short(amount: Money, currency: str) -> str:
    return amount.grouped if amount.currency == currency else amount_text(amount)
