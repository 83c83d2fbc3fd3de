"""Reconciling a day: our ledger against the gateways' own lists (citcon.md, transactions)."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pos_app.domain.errors import GatewayError, GatewayNotSetUp
from pos_app.domain.reconciliation import (
    Difference,
    DifferenceKind,
    DifferenceOutcome,
    Listing,
    Report,
    is_of_day,
)
from pos_app.services.clock import day_bounds
from pos_app.services.ledger import JournalValue

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.outcomes import ListedPayment
    from pos_app.gateways.base import Gateway
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.comparing import Comparer
    from pos_app.services.ledger import Ledger
    from pos_app.storage.days import ChargeKey

    Progress = Callable[[int, int], bool]
    Listings = Mapping[int, list[ListedPayment]]

_log = logging.getLogger(__name__)

MISSES_ALLOWED = 3
"""Questions in a row without an answer before a gateway is given up."""


@dataclass
class _Tally:
    """What has come of it so far."""

    total: int
    progress: Progress
    compared: int = 0
    not_compared: int = 0
    has_list: bool = True
    differences: list[Difference] = field(default_factory=list)

    def goes_on(self) -> bool:
        """Tell how far it is, and whether to go on."""
        return self.progress(self.compared + self.not_compared, self.total)


class Reconciliation:
    """Compares the ledger with the gateways.

    Waits for disk and gateway: not for the GUI thread.
    """

    def __init__(self, ledger: Ledger, gateways: GatewayDirectory, comparer: Comparer) -> None:
        self._ledger = ledger
        self._gateways = gateways
        self._comparer = comparer

    def reconcile(
        self,
        day: date,
        person_id: int | None = None,
        progress: Progress = lambda _done, _total: True,
    ) -> Report:
        """Compare a day of all tills with the gateways' lists, and repair what can be.

        The day's charges are those that were made in it, or asked to be refunded. Where a gateway
        gives no list, it is asked about every charge instead, and refunds stay as they are. May
        be repeated, and run while tills sell.

        Args:
            day: local to the store.
            person_id: who wants it; None: the program.
            progress: told how many charges of how many are done; False gives up.

        Raises:
            StorageError: something could not be read or written. Money: what was learned before
                is kept; reconcile again.
        """
        with self._ledger.store.read() as work:
            keys = work.days.charges(*day_bounds(self._ledger.clock, day))
        books: dict[tuple[str, str], list[ChargeKey]] = {}
        for key in keys:
            books.setdefault((key.gateway, key.credentials), []).append(key)
        tally = _Tally(len(keys), progress)
        for gateway in self._gateways.ready():
            ours = books.pop((gateway.id, gateway.credentials), [])
            self._compare(day, gateway, ours, tally)
        for gateway_id, credentials in tuple(books):
            with suppress(GatewayNotSetUp):
                gateway = self._gateways.earlier(gateway_id, credentials)
                self._compare(day, gateway, books.pop((gateway_id, credentials)), tally)
        tally.not_compared += sum(map(len, books.values()))
        found = tuple(sorted(tally.differences, key=_is_unknown_reference))
        report = Report(day, tally.compared, tally.not_compared, tally.has_list, found)
        self._journal(report, person_id)
        return report

    def _compare(
        self, day: date, gateway: Gateway, keys: Sequence[ChargeKey], tally: _Tally
    ) -> None:
        asked_at = self._ledger.clock.now()
        listings = self._listings(day, gateway, keys, tally)
        misses = 0
        for number, key in enumerate(keys):
            if misses >= MISSES_ALLOWED or not tally.goes_on():
                tally.not_compared += len(keys) - number
                return
            listing = None if listings is None else Listing.of(listings.get(key.id, ()))
            comparison = self._comparer.compare(key.id, listing, asked_at)
            tally.differences += comparison.differences
            if comparison.is_answered or listing is not None:
                tally.compared += 1
            else:
                tally.not_compared += 1
            misses = 0 if comparison.is_answered else misses + 1

    def _listings(
        self, day: date, gateway: Gateway, keys: Sequence[ChargeKey], tally: _Tally
    ) -> Listings | None:
        """Return the list's entries of `keys`, by charge; None when there is no list."""
        try:
            entries = gateway.transactions()
        except GatewayError as trouble:
            _log.warning("%s gives no list: %s", gateway.name, trouble)
            tally.has_list = tally.has_list and not keys
            return None
        names = {key.transaction_id: key.id for key in keys if key.transaction_id}
        names |= {key.reference: key.id for key in keys}
        with self._ledger.store.read() as work:
            is_till = work.days.till_codes().__contains__
        found: dict[int, list[ListedPayment]] = {}
        others = []
        for entry in entries:
            charge_id = names.get(entry.reference or "", names.get(entry.transaction_id or ""))
            if charge_id is not None:
                found.setdefault(charge_id, []).append(entry)
            elif is_of_day(entry, day, is_till):
                others.append(entry)
        unknown = self._unknown(Listing.of(others).paid)
        # Two lists of one merchant may have it both.
        tally.differences += [one for one in unknown if one not in tally.differences]
        return found

    def _unknown(self, paid: Sequence[ListedPayment]) -> Iterator[Difference]:
        """Yield those of the day's payments that this ledger has no charge for."""
        with self._ledger.store.read() as work:
            known = work.days.known([one.reference or "" for one in paid])
        for one in paid:
            if one.reference not in known:
                yield Difference(
                    DifferenceKind.UNKNOWN_REFERENCE,
                    DifferenceOutcome.NEEDS_PERSON,
                    one.reference or one.transaction_id or one.gateway_id or "",
                    there=one.amount,
                )

    def _journal(self, report: Report, person_id: int | None) -> None:
        """Keep that it was done and with what result (promise 8)."""
        body: dict[str, JournalValue] = {
            "day": report.day.isoformat(),
            "charges": report.charges,
            "not_compared": report.not_compared,
            "has_list": report.has_list,
            "repaired": report.repaired,
            "remaining": len(report.remaining),
        }
        with self._ledger.store.write() as work:
            now = self._ledger.clock.now()
            work.journal.append("reconciled", f"day:{report.day}", now, person_id, body)


def _is_unknown_reference(difference: Difference) -> bool:
    return difference.kind is DifferenceKind.UNKNOWN_REFERENCE
