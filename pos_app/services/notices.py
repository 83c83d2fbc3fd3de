"""What comes in from outside: notices, verified, and customers that come back, who prove nothing.

Both are kept in the ledger; whoever watches the charge then asks.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from pos_app.domain.errors import GatewayNotSetUp, NoticeRefusedError
from pos_app.domain.references import reference_day
from pos_app.services.earlier_gateways import EarlierGateways
from pos_app.storage.errors import ConflictError

if TYPE_CHECKING:
    from pos_app.domain.notices import Notice
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.clock import Clock
    from pos_app.services.ledger import JournalValue
    from pos_app.storage.store import Store
    from pos_app.storage.unit_of_work import UnitOfWork


class NoticeFate(StrEnum):
    """What became of a notice, for the metrics. The sender is not told which."""

    KEPT = "kept"
    """About a charge of this ledger: it is asked about."""
    DUPLICATE = "duplicate"
    """Told before: nothing changes."""
    UNKNOWN = "unknown"
    """Genuine, but about no charge of this ledger."""
    REFUSED = "refused"
    """Not genuine, or not to be understood."""


class ArrivalFate(StrEnum):
    """What became of a customer who came back, for the metrics. All are shown the same page."""

    KEPT = "kept"
    """The first one of a charge of this ledger: it is asked about once."""
    REPEATED = "repeated"
    """Its charge has had its question: nothing changes."""
    UNKNOWN = "unknown"
    """From no charge of this ledger."""


class NoticeDesk:
    """Takes notices and arrivals in. Thread-safe; `keep` and `welcome` wait for the disk."""

    def __init__(self, store: Store, gateways: GatewayDirectory, clock: Clock) -> None:
        self._store = store
        self._gateways = gateways
        self._earlier = EarlierGateways(store, gateways, clock)
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: Counter[NoticeFate] = Counter()
        self._arrivals: Counter[ArrivalFate] = Counter()

    def warm_up(self) -> None:
        """Make what the first notice of each service needs. Blocks; sends nothing."""
        self._gateways.ready()

    def read(self, gateway_id: str, members: Mapping[str, str]) -> Notice:
        """Verify a notice by the service's token. Memory only, but for the first one of a service.

        Raises:
            NoticeRefusedError: it is not genuine, or of a payment by another token.
            GatewayNotSetUp: there is no such service here, or it has no token.
        """
        return self._gateways.named(gateway_id).read_notice(members)

    def read_earlier(self, gateway_id: str, members: Mapping[str, str]) -> Notice:
        """Verify a notice that `read` has refused, by each token that charges need.

        Raises:
            NoticeRefusedError: it is not genuine; counted.
            StorageError: the ledger cannot be read.
        """
        for gateway in self._earlier.of(gateway_id):
            with suppress(NoticeRefusedError):
                return gateway.read_notice(members)
        self._count(NoticeFate.REFUSED)
        raise NoticeRefusedError("No token of this service has signed it.")

    def keep(self, notices: Sequence[Notice]) -> tuple[NoticeFate, ...]:
        """Keep notices in one transaction; on disk when this returns.

        Raises:
            StorageError: none of them was kept; their sender shall try again.
        """
        with self._store.write() as work:
            fates = tuple(self._kept(work, notice) for notice in notices)
        for fate in fates:
            self._count(fate)
        return fates

    def welcome(self, gateway_id: str, members: Mapping[str, str]) -> ArrivalFate:
        """Have a charge asked about, once, because its customer has come back from the page.

        Anybody can send this: a charge has one such question, however often it is sent.

        Raises:
            StorageError: it was not kept; the charge is asked about in its own time.
        """
        fate = self._arrived(gateway_id, members)
        with self._lock:
            self._arrivals[fate] += 1
        return fate

    def arrival_counts(self) -> Mapping[ArrivalFate, int]:
        """Return how many customers that came back met which end since the start."""
        with self._lock:
            return {fate: self._arrivals[fate] for fate in ArrivalFate}

    def counts(self) -> Mapping[NoticeFate, int]:
        """Return how many notices came to which end since the start."""
        with self._lock:
            return {fate: self._counts[fate] for fate in NoticeFate}

    def _kept(self, work: UnitOfWork, notice: Notice) -> NoticeFate:
        if work.notices.is_known(notice):
            return NoticeFate.DUPLICATE
        now = self._clock.now()
        if work.notices.add(notice, now) is None:
            return NoticeFate.UNKNOWN
        body: dict[str, JournalValue] = {
            "gateway": notice.gateway,
            "key": notice.key,
            "is_paid": notice.is_paid,
        }
        work.journal.append("notice_received", notice.reference, now, None, body)
        return NoticeFate.KEPT

    def _arrived(self, gateway_id: str, members: Mapping[str, str]) -> ArrivalFate:
        try:
            reference = self._gateways.named(gateway_id).read_arrival(members)
        except GatewayNotSetUp:
            return ArrivalFate.UNKNOWN
        if reference_day(reference) is None:  # not of the form that ours have
            return ArrivalFate.UNKNOWN
        with self._store.read() as work:
            found = work.arrivals.charge_of(gateway_id, reference)
        if found is None:
            return ArrivalFate.UNKNOWN
        charge_id, is_known = found
        if is_known:
            return ArrivalFate.REPEATED
        try:
            with self._store.write() as work:
                work.arrivals.add(charge_id, self._clock.now())
        except ConflictError:  # another one was quicker
            return ArrivalFate.REPEATED
        return ArrivalFate.KEPT

    def _count(self, fate: NoticeFate) -> None:
        with self._lock:
            self._counts[fate] += 1
