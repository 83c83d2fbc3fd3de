"""The list of past payments: pages, sums, one payment's whole history, and the export."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import dropwhile, islice
from typing import TYPE_CHECKING

from pos_app.domain.charges import Charge
from pos_app.domain.errors import AmountError
from pos_app.domain.history import (
    HistoryEntry,
    HistoryFilter,
    HistoryRow,
    HistoryStatus,
    HistoryTotals,
    history_status,
)
from pos_app.domain.money import Money
from pos_app.domain.refunds import Refund, is_perhaps_returned
from pos_app.services.history_entries import history_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.services.refund_book import Standing
    from pos_app.services.refunding import Refunding
    from pos_app.storage.store import Store

PAGE = 100
"""Payments of a page, unless another number is asked for."""

_RECEIVED = frozenset({
    HistoryStatus.PAID,
    HistoryStatus.PART_REFUNDED,
    HistoryStatus.REFUNDED,
    HistoryStatus.REFUND_UNKNOWN,
    HistoryStatus.RETURNING,
})  # fmt: skip
_FOR_A_MANAGER = frozenset({
    HistoryStatus.UNKNOWN,
    HistoryStatus.STOPPED,
    HistoryStatus.MISMATCH,
    HistoryStatus.RETURNING,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class HistoryDetail:
    """One payment with everything that happened to it.

    Attributes:
        charge: as it is on disk.
        standing: what of it is refunded, held back and left, with its refunds, newest last.
        cashier: the name of who charged.
        note: the cashier's note of the sale; may be empty.
        printed: how often its receipt was printed or saved.
        entries: what happened, newest first.
    """

    charge: Charge
    standing: Standing
    status: HistoryStatus
    cashier: str
    note: str
    printed: int
    entries: tuple[HistoryEntry, ...]

    @property
    def can_refund(self) -> bool:
        """Whether a refund may be offered."""
        return self.standing.can_refund

    @property
    def can_cancel_paid(self) -> bool:
        """Whether returning the whole by a cancel may be offered."""
        return self.standing.can_cancel

    @property
    def can_open(self) -> bool:
        """Whether it has a payment page to go back to: the customer may still pay."""
        return self.charge.is_living

    @property
    def can_check(self) -> bool:
        """Whether the gateway can be asked about the payment itself."""
        return self.charge.gateway_id is not None or self.charge.can_send_again

    @property
    def can_print(self) -> bool:
        """Whether it has a receipt."""
        return self.charge.is_paid

    @property
    def can_settle(self) -> bool:
        """Whether a manager may say by hand what became of it, or of one of its refunds."""
        return self.status in _FOR_A_MANAGER or self.is_perhaps_returned or bool(self.open_refund)

    @property
    def is_perhaps_returned(self) -> bool:
        """Whether our own cancel may have returned it."""
        return is_perhaps_returned(self.charge, self.standing.refunds)

    @property
    def open_refund(self) -> Refund | None:
        """The newest refund whose outcome a manager may settle."""
        open_ones = [one for one in self.standing.refunds if one.can_settle]
        return open_ones[-1] if open_ones else None


class History:
    """Reads the past payments, newest first. Reads the database: not for the GUI thread.

    Newest is by the instant of charging, and by id where two are of the same instant.
    """

    def __init__(self, store: Store, refunding: Refunding) -> None:
        self._store = store
        self._refunding = refunding

    def page(
        self,
        wanted: HistoryFilter,
        *,
        before: int | None = None,
        skip: int = 0,
        limit: int = PAGE,
    ) -> tuple[HistoryRow, ...]:
        """Return payments that meet a filter, newest first.

        Args:
            wanted: which.
            before: id of the payment that comes right before the page, of the page before or an
                anchor; None for the first page.
            skip: how many to leave out, for a jump that starts at the nearest anchor.
            limit: at most so many.
        """
        with self._store.read() as work:
            rows = _matching(work.history.rows(), wanted)
            if before is not None:
                rows = islice(dropwhile(lambda row: row.charge_id != before, rows), 1, None)
            return tuple(islice(rows, skip, skip + limit))

    def row(self, charge_id: int, wanted: HistoryFilter) -> HistoryRow | None:
        """Return one payment's line; None when it does not meet the filter (any more)."""
        with self._store.read() as work:
            rows = _matching(work.history.rows(), wanted)
            return next((row for row in rows if row.charge_id == charge_id), None)

    def count(self, wanted: HistoryFilter) -> int:
        """Return how many payments meet a filter."""
        with self._store.read() as work:
            return sum(1 for _ in _matching(work.history.rows(), wanted))

    def anchors(self, wanted: HistoryFilter, *, every: int = 1_000) -> tuple[int, ...]:
        """Return ids to jump from: the `every`-th payment, the 2 × `every`-th, and so on.

        `page(wanted, before=anchors[n - 1])` begins with row n × `every`, counted from 0.
        """
        with self._store.read() as work:
            rows = _matching(work.history.rows(), wanted)
            return tuple(row.charge_id for row in islice(rows, every - 1, None, every))

    def totals(self, wanted: HistoryFilter) -> HistoryTotals:
        """Return what a filter comes to, per currency."""
        count, paid, refunded = 0, dict[str, Money](), dict[str, Money]()
        with self._store.read() as work:
            for row in _matching(work.history.rows(), wanted):
                count += 1
                if row.status in _RECEIVED:
                    _add(paid, row.amount)
                _add(refunded, row.refunded)
        return HistoryTotals(count, _sorted(paid), _sorted(refunded))

    def detail(self, charge_id: int) -> HistoryDetail:
        """Return one payment with everything that happened to it.

        Raises:
            KeyError: there is none with this id: a bug.
        """
        standing = self._refunding.standing(charge_id)
        charge, refunds = standing.charge, standing.refunds
        with self._store.read() as work:
            names = {person.id: person.name for person in work.people.all()}
            entries = work.journal.entries(charge.reference)
            return HistoryDetail(
                charge=charge,
                standing=standing,
                status=history_status(charge, refunds),
                cashier=names.get(charge.cashier_id, ""),
                note=work.sales.get(charge.sale_id).note,
                printed=work.receipts.printed(charge_id),
                entries=history_entries(charge, refunds, entries, names),
            )


def _matching(rows: Iterator[HistoryRow], wanted: HistoryFilter) -> Iterator[HistoryRow]:
    return (row for row in rows if _meets(row, wanted))


def _meets(row: HistoryRow, wanted: HistoryFilter) -> bool:
    return (
        (wanted.since is None or row.created_at >= wanted.since)
        and (wanted.until is None or row.created_at < wanted.until)
        and (not wanted.methods or row.method in wanted.methods)
        and (not wanted.statuses or row.status in wanted.statuses)
        and (row.needs_answer or not wanted.needs_answer)
        and (not wanted.text.strip() or _says(row, wanted.text.strip()))
    )


def _says(row: HistoryRow, text: str) -> bool:
    try:
        if Money.parse(text, row.amount.currency) == row.amount:
            return True
    except AmountError:
        pass
    is_number = row.short_reference.endswith(f"-{text}")
    return (
        is_number
        or row.reference.startswith(text.upper())
        or row.short_reference == text.upper()
        or any(word.startswith(text.casefold()) for word in row.note.casefold().split())
    )


def _add(sums: dict[str, Money], amount: Money) -> None:
    if amount:
        sums[amount.currency] = sums.get(amount.currency, Money.zero(amount.currency)) + amount


def _sorted(sums: dict[str, Money]) -> tuple[Money, ...]:
    return tuple(sums[currency] for currency in sorted(sums))
