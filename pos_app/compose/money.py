"""The services that charge, ask, cancel, refund and compare."""

from __future__ import annotations

from functools import cached_property

from pos_app.compose.parts import Parts
from pos_app.gateways.directory import GatewayDirectory
from pos_app.services import schedule
from pos_app.services.asking import Asker
from pos_app.services.availability import Availability
from pos_app.services.board import Board
from pos_app.services.cancelling import Canceller
from pos_app.services.catalogue import Catalogue
from pos_app.services.checkout import Checkout
from pos_app.services.code_asking import CodeAsker
from pos_app.services.comparing import Comparer
from pos_app.services.connection import Connection
from pos_app.services.events import Events
from pos_app.services.gateway_day import GatewayDay
from pos_app.services.intents import Intents
from pos_app.services.ledger import Ledger
from pos_app.services.looking import Looking
from pos_app.services.receiving import Receiving
from pos_app.services.reconciliation import Reconciliation
from pos_app.services.refund_asking import RefundAsker
from pos_app.services.refund_book import RefundBook
from pos_app.services.refunding import Refunding
from pos_app.services.returning import Returns
from pos_app.services.settings_book import SettingsBook
from pos_app.services.taking import Taking
from pos_app.services.watching import Watcher
from pos_app.storage.store import Store


class MoneyServices:
    """Makes each of them once, when it is first asked for. Used by one thread.

    Making one starts nothing, and neither asks nor writes.

    Args:
        book: the settings in force.
        store: the ledger.
        gateways: who carries the money.
        parts: clock, threads and luck.
    """

    def __init__(
        self, book: SettingsBook, store: Store, gateways: GatewayDirectory, parts: Parts
    ) -> None:
        self.gateways = gateways
        self.ledger = Ledger(store, parts.clock, Events(), Board())
        self._book, self._store, self._parts = book, store, parts

    @cached_property
    def connection(self) -> Connection:
        """Whether the usual gateway answers."""
        usual = self.gateways.id_for(self._book.current.methods.preferred)
        return Connection(usual, self.ledger.events)

    @cached_property
    def availability(self) -> Availability:
        """Knows which gateways can be used now."""
        return Availability(self.gateways, self.ledger.events)

    @cached_property
    def asker(self) -> Asker:
        """Asks about charges."""
        return Asker(self.ledger, self.gateways, self.connection, self._book.code_life)

    @cached_property
    def canceller(self) -> Canceller:
        """Gives charges up."""
        return Canceller(self.ledger, self.asker, self.gateways)

    @cached_property
    def codes(self) -> CodeAsker:
        """Sends customers' own codes."""
        return CodeAsker(self.ledger, self.gateways, self.connection, self.asker)

    @cached_property
    def refund_book(self) -> RefundBook:
        """Writes refunds down."""
        return RefundBook(self.ledger, self._book.current.store.till_code)

    @cached_property
    def returns(self) -> Returns:
        """Notes what the gateway has sent back by itself."""
        return Returns(self.refund_book, self.gateways)

    @cached_property
    def refund_asker(self) -> RefundAsker:
        """Asks about refunds."""
        return RefundAsker(self.refund_book, self.gateways, self.returns)

    @cached_property
    def refunding(self) -> Refunding:
        """Gives money back."""
        day = GatewayDay(self._parts.clock, self._book.current.citcon_chop.day_zone)
        return Refunding(self.refund_book, self.gateways, day, self.returns, self.refund_asker)

    @cached_property
    def reconciliation(self) -> Reconciliation:
        """Compares the ledger with the gateways' lists."""
        return Reconciliation(self.ledger, self.gateways, self._comparer)

    @cached_property
    def looking(self) -> Looking:
        """Looks a charge up in its gateway's list."""
        return Looking(self._parts.clock, self.gateways, self.refunding, self._comparer)

    @cached_property
    def _comparer(self) -> Comparer:
        nap = self._parts.nap
        return Comparer(self.ledger, self.asker, self.refunding, self.returns, nap)

    @cached_property
    def receiving(self) -> Receiving:
        """Knows whether notices come, and how often to ask because of that."""
        is_lean = self._book.current.watching.is_lean
        return Receiving(self.ledger, schedule.LEAN if is_lean else schedule.NORMAL)

    @cached_property
    def watcher(self) -> Watcher:
        """Asks about everything that is due."""
        return Watcher(
            self.ledger,
            self.asker,
            self.canceller,
            self.refund_asker,
            self.codes,
            owner=self._store.writer,
            pace_for=self.receiving.pace_for,
            budget_per_s=self._book.current.watching.questions_per_second,
            executor=self._parts.executor,
            nap=self._parts.nap,
        )

    @cached_property
    def catalogue(self) -> Catalogue:
        """Knows methods and items."""
        return Catalogue(self._book, self._store, self.gateways)

    @cached_property
    def checkout(self) -> Checkout:
        """Makes charges."""
        intents = Intents(
            self.ledger,
            self.catalogue,
            self.gateways,
            till_code=self._book.current.store.till_code,
            owner=self._store.writer,
            tail=self._parts.tail,
        )
        return Checkout(self.ledger, intents, self.asker, self.watcher, nap=self._parts.nap)

    @cached_property
    def taking(self) -> Taking:
        """Charges by customers' own codes."""
        return Taking(self.ledger, self.checkout, self.gateways, self.codes, self.watcher)
