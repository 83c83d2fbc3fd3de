"""The list of past payments: pages, sums, one payment's whole history, and the export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.charges import Charge
from pos_app.domain.errors import ExportError
from pos_app.domain.history import (
    HistoryEntry,
    HistoryFilter,
    HistoryRow,
    HistoryStatus,
    HistoryTotals,
    history_status,
)
from pos_app.domain.refunds import Refund, is_perhaps_returned
from pos_app.domain.settling import questions_of
from pos_app.services.exporting import note_export, whole_file, write_csv
from pos_app.services.history_entries import history_entries
from pos_app.storage.exports import CHARGE_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pos_app.services.clock import Clock
    from pos_app.services.refund_book import Standing
    from pos_app.services.refunding import Refunding
    from pos_app.storage.exports import ExportRow
    from pos_app.storage.store import Store

PAGE = 100
"""Payments of a page, unless another number is asked for."""
_TOLD_EVERY = 1_000
"""Rows of an export between two words about its progress."""


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
        charge = self.charge
        is_findable = charge.is_customer_presented and charge.is_living
        return charge.gateway_id is not None or charge.can_send_again or is_findable

    @property
    def can_print(self) -> bool:
        """Whether it has a receipt."""
        return self.charge.is_paid

    @property
    def can_settle(self) -> bool:
        """Whether a manager may say by hand what became of it, or of one of its refunds."""
        return bool(questions_of(self.charge, self.standing.refunds))

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

    Newest is by the instant of charging, and by id where two are of the same instant. A page or
    a row takes milliseconds, whatever is asked for and however many payments there are. `count`,
    `anchors` and `totals` look at everything that meets the filter: a moment for a day or a
    month, up to half a second for a million payments. Ask for them after the page.
    """

    def __init__(self, store: Store, refunding: Refunding, clock: Clock) -> None:
        self._store = store
        self._refunding = refunding
        self._clock = clock

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
            return work.history.page(wanted, before, skip, limit)

    def row(self, charge_id: int, wanted: HistoryFilter) -> HistoryRow | None:
        """Return one payment's line; None when it does not meet the filter (any more)."""
        with self._store.read() as work:
            return work.history.row(charge_id, wanted)

    def count(self, wanted: HistoryFilter) -> int:
        """Return how many payments meet a filter."""
        with self._store.read() as work:
            return work.history.count(wanted)

    def anchors(self, wanted: HistoryFilter, *, every: int = 1_000) -> tuple[int, ...]:
        """Return ids to jump from: the `every`-th payment, the 2 × `every`-th, and so on.

        `page(wanted, before=anchors[n - 1])` begins with row n × `every`, counted from 0.
        """
        with self._store.read() as work:
            return tuple(work.history.anchors(wanted, every))

    def totals(self, wanted: HistoryFilter) -> HistoryTotals:
        """Return what a filter comes to, per currency."""
        with self._store.read() as work:
            return work.history.totals(wanted)

    def export(
        self,
        wanted: HistoryFilter,
        file: Path,
        *,
        who: int,
        approved_by: int,
        progress: Callable[[int, int], bool] = lambda _done, _total: True,
    ) -> int | None:
        """Write payments that meet a filter to a CSV file, oldest first, whole or not at all.

        Columns and form are those of `pos-app export charges` (`services.exporting`). Memory
        stays flat; what is written are the payments of one instant.

        Args:
            wanted: which.
            file: made for this user alone, or replaced once all is written.
            who: id of who wants it; that it was done is journalled, what is in it is not.
            approved_by: id of the manager who approved it.
            progress: told now and then how many of how many are written, on this thread; False
                gives up.

        Returns:
            How many were written; None when it was given up, and then there is no new file.

        Raises:
            ExportError: the file cannot be written.
            StorageError: that it was done could not be journalled; there is no new file.
        """
        try:
            with self._store.read() as work, whole_file(file) as stream:
                total = work.history.count(wanted)
                rows = _told(work.exports.history(wanted), total, progress)
                write_csv(CHARGE_COLUMNS, rows, stream)
                self._note_export(wanted, total, who, approved_by)
        except _GivenUpError:
            return None
        except OSError as trouble:
            reason = trouble.strerror or str(trouble)
            raise ExportError(f"{file} can't be written: {reason}.") from trouble
        return total

    def _note_export(self, wanted: HistoryFilter, count: int, who: int, approved_by: int) -> None:
        note_export(
            self._store,
            "charges",
            self._clock.now(),
            who,
            format="csv",
            count=count,
            between=(wanted.since, wanted.until),
            approved_by=approved_by,
        )

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


class _GivenUpError(Exception):
    """The person who wanted the file does not want it any more."""


def _told(
    rows: Iterator[ExportRow], total: int, progress: Callable[[int, int], bool]
) -> Iterator[ExportRow]:
    for done, row in enumerate(rows):
        if done % _TOLD_EVERY == 0 and not progress(done, total):
            raise _GivenUpError
        yield row
    progress(total, total)
