"""Puts the program together without Qt: settings, storage, gateways, services.

The till, the export, a watcher without a screen and the tests all start here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from argon2 import PasswordHasher

from pos_app.config.kinds import is_loopback
from pos_app.config.load import load_settings
from pos_app.config.secrets import Keyring, SecretStore, system_keyring
from pos_app.config.settings import DatabaseSettings, Settings
from pos_app.config.writing import SettingsFile
from pos_app.domain.errors import ConfigError
from pos_app.domain.gateways import GATEWAYS
from pos_app.domain.references import random_tail
from pos_app.gateways.directory import GatewayDirectory, GatewayFactory
from pos_app.gateways.opening import store_gateways
from pos_app.paths import DataPaths, private_folder
from pos_app.services import demo, schedule
from pos_app.services.answers import Answers
from pos_app.services.asking import Asker
from pos_app.services.availability import Availability
from pos_app.services.backup import Backups
from pos_app.services.board import Board
from pos_app.services.browser import InstalledBrowser
from pos_app.services.cancelling import Canceller
from pos_app.services.catalogue import Catalogue
from pos_app.services.checkout import Checkout
from pos_app.services.clock import Clock, SystemClock
from pos_app.services.code_asking import CodeAsker
from pos_app.services.comparing import Comparer
from pos_app.services.connection import Connection
from pos_app.services.credentials import Credentials
from pos_app.services.events import Events
from pos_app.services.gateway_day import GatewayDay
from pos_app.services.heartbeat import Heartbeat
from pos_app.services.history import History
from pos_app.services.intents import Intents
from pos_app.services.ledger import Ledger
from pos_app.services.looking import Looking
from pos_app.services.neighbours import Neighbours
from pos_app.services.notices import NoticeDesk
from pos_app.services.notified import Notified
from pos_app.services.payments import Payments
from pos_app.services.people import People
from pos_app.services.printing import Receipts
from pos_app.services.pulse import pulse
from pos_app.services.receiving import Receiving
from pos_app.services.reconciliation import Reconciliation
from pos_app.services.recovery import Recovery
from pos_app.services.refund_asking import RefundAsker
from pos_app.services.refund_book import RefundBook
from pos_app.services.refunding import Refunding
from pos_app.services.returning import Returns
from pos_app.services.settings_book import SettingsBook
from pos_app.services.settings_desk import SettingsDesk
from pos_app.services.settling import Settling
from pos_app.services.shifts import Shifts
from pos_app.services.simulator_control import HttpSimulatorControl
from pos_app.services.taking import Taking
from pos_app.services.till import Till
from pos_app.services.training import TrainingDesk
from pos_app.services.watching import Watcher
from pos_app.storage.installation import writer_name
from pos_app.storage.store import Store, open_store


@dataclass(frozen=True, slots=True)
class Parts:
    """What differs between the till, a test and a server; the rest is always the same.

    Attributes:
        factories: gateways instead of those of the settings.
        clock: where the time comes from.
        executor: asks the gateway; None: threads of the watcher's own.
        nap: waits so many seconds.
        tail: makes the random end of references.
        hasher: hashes PINs; None: argon2id with the library's own cost.
        open_keyring: the operating system's keyring, which a test must not touch.
    """

    factories: list[GatewayFactory] | None = None
    clock: Clock = field(default_factory=SystemClock)
    executor: Executor | None = None
    nap: Callable[[float], object] = time.sleep
    tail: Callable[[], str] = random_tail
    hasher: PasswordHasher | None = None
    open_keyring: Callable[[], Keyring] = system_keyring


def settings_of(paths: DataPaths, environ: Mapping[str, str], *, is_training: bool) -> Settings:
    """Read the settings; what training's file leaves out is as in the demo's store.

    Training has a ledger of its own whatever the environment says.

    Raises:
        ConfigError: names the place, the key and what was expected.
    """
    if not is_training:
        return load_settings(paths.config, environ)
    settings = load_settings(paths.config, environ, demo.STORE)
    simulator = settings.citcon_chop.base_url  # plays every service at one address
    return replace(
        settings,
        database=DatabaseSettings(),
        citcon_online=replace(settings.citcon_online, base_url=simulator),
        citcon_instore=replace(settings.citcon_instore, base_url=simulator),
        jpay=replace(
            settings.jpay,
            base_url=simulator,
            member_id=demo.JPAY_MEMBER,
            website=simulator,
            callback_url=settings.jpay.callback_url or f"{simulator}pay/done",
        ),
    )


def _refuse_real_gateway(settings: Settings) -> None:
    """Training never meets the real thing, whatever the settings say."""
    address = settings.citcon_chop.base_url
    if not is_loopback(urlsplit(address).hostname or ""):
        raise ConfigError(
            "training", "citcon_chop.base_url", f"a simulator on this computer, not {address}"
        )


def open_ledger(
    paths: DataPaths, settings: Settings, clock: Clock | None = None, kind: str = "till"
) -> Store:
    """Open this till's ledger, migrated to this version; `kind` says what writes into it.

    Raises:
        StorageError: it cannot be used; see its kinds.
    """
    private_folder(paths.root)
    writer = writer_name(kind, settings.store.till_code, paths.root)
    return open_store(settings.database.url, paths.database, writer, (clock or SystemClock()).now)


def _passive(settings: Settings) -> Settings:
    """Return the settings without a store code: nothing is activated by looking."""
    return replace(settings, citcon_instore=replace(settings.citcon_instore, store_code=""))


@contextmanager
def build_notice_desk(
    paths: DataPaths, environ: Mapping[str, str], *, is_training: bool
) -> Iterator[NoticeDesk]:
    """Build what the notification receiver needs, and give it back when the block ends.

    Raises:
        ConfigError: a setting cannot be used.
        StorageError: the ledger cannot be used.
    """
    if is_training:
        environ = {**environ, **demo.TOKENS}
    settings = settings_of(paths, environ, is_training=is_training)
    store = open_ledger(paths, settings, kind="receiver")
    # Nobody who sends something makes a terminal of this computer.
    secrets = SecretStore(paths.secrets, environ)
    gateways = GatewayDirectory(store_gateways(_passive(settings), secrets))
    try:
        with pulse(store):
            yield NoticeDesk(store, gateways, SystemClock())
    finally:
        gateways.close()
        store.close()


def build_till(
    paths: DataPaths,
    *,
    is_training: bool,
    environ: Mapping[str, str],
    parts: Parts | None = None,
) -> Till:
    """Build a till that is ready to `start`. Takes some 100 ms: never on the GUI thread.

    Args:
        paths: the data folder.
        is_training: talks to a simulator, brings the demo's people, marks its receipts.
        environ: the environment, which overrides the settings of the file.
        parts: what a test brings instead of the real things.

    Raises:
        ConfigError: a setting cannot be used.
        StorageError: the ledger cannot be used; charge nothing.
    """
    parts = parts or Parts()
    if is_training:
        environ = {**environ, **demo.TOKENS}
    settings = settings_of(paths, environ, is_training=is_training)
    if is_training:
        _refuse_real_gateway(settings)
    store = open_ledger(paths, settings, parts.clock)
    try:
        return _till(paths, settings, store, environ, parts, is_training=is_training)
    except BaseException:
        store.close()
        raise


@dataclass(frozen=True, slots=True)
class _Watch:
    """What asks the gateways about charges; everything else of the till stands on it."""

    ledger: Ledger
    gateways: GatewayDirectory
    connection: Connection
    asker: Asker
    canceller: Canceller
    book: RefundBook
    returns: Returns
    refunds: RefundAsker
    codes: CodeAsker
    watcher: Watcher
    receiving: Receiving
    availability: Availability


def _watch(book: SettingsBook, store: Store, gateways: GatewayDirectory, parts: Parts) -> _Watch:
    events, settings = Events(), book.current
    connection = Connection(gateways.id_for(settings.methods.preferred), events)
    ledger = Ledger(store, parts.clock, events, Board())
    asker = Asker(ledger, gateways, connection, book.code_life)
    canceller = Canceller(ledger, asker, gateways)
    refund_book = RefundBook(ledger, settings.store.till_code)
    returns = Returns(refund_book, gateways)
    refunds = RefundAsker(refund_book, gateways, returns)
    codes = CodeAsker(ledger, gateways, connection, asker)
    receiving = Receiving(ledger, schedule.LEAN if settings.watching.is_lean else schedule.NORMAL)
    watcher = Watcher(
        ledger,
        asker,
        canceller,
        refunds,
        codes,
        owner=store.writer,
        pace_for=receiving.pace_for,
        budget_per_s=settings.watching.questions_per_second,
        executor=parts.executor,
        nap=parts.nap,
    )
    return _Watch(
        ledger,
        gateways,
        connection,
        asker,
        canceller,
        refund_book,
        returns,
        refunds,
        codes,
        watcher,
        receiving,
        Availability(gateways, events),
    )


def _settings_desk(
    book: SettingsBook,
    file: SettingsFile,
    secrets: SecretStore,
    watch: _Watch,
    factories: list[GatewayFactory] | None,
) -> SettingsDesk:
    def renew(before: Settings) -> None:
        now = book.current
        anew = [one for one in GATEWAYS if now.service(one) != before.service(one)]
        watch.gateways.use(factories or store_gateways(now, secrets), anew)
        watch.availability.look()

    return SettingsDesk(book, file, watch.ledger, renew)


def _checkout(settings: Settings, catalogue: Catalogue, watch: _Watch, parts: Parts) -> Checkout:
    intents = Intents(
        watch.ledger,
        catalogue,
        watch.gateways,
        till_code=settings.store.till_code,
        owner=watch.ledger.store.writer,
        tail=parts.tail,
    )
    return Checkout(watch.ledger, intents, watch.asker, watch.watcher, nap=parts.nap)


def _till(
    paths: DataPaths,
    settings: Settings,
    store: Store,
    environ: Mapping[str, str],
    parts: Parts,
    *,
    is_training: bool,
) -> Till:
    secrets = SecretStore(paths.secrets, environ, parts.open_keyring)
    gateways = GatewayDirectory(parts.factories or store_gateways(settings, secrets))
    book = SettingsBook(settings)
    watch = _watch(book, store, gateways, parts)
    ledger, clock, watcher = watch.ledger, parts.clock, watch.watcher
    file = SettingsFile(paths.config, environ, demo.STORE if is_training else None)
    catalogue = Catalogue(book, store, gateways)
    checkout = _checkout(settings, catalogue, watch, parts)
    first = settings.methods.preferred
    gateway_name = gateways.name(gateways.id_for(first))
    payments = Payments(
        ledger, watcher, watch.canceller, gateway_name=gateway_name, is_training=is_training
    )
    people = People(store, clock, parts.hasher)
    shifts = Shifts(store, clock, settings.store.till_code)
    if is_training:
        demo.furnish(store, people, shifts)
    recovery = Recovery(ledger, checkout, store.writer)
    to_resume = recovery.take_up()
    day = GatewayDay(clock, settings.citcon_chop.day_zone)
    refunding = Refunding(watch.book, gateways, day, watch.returns, watch.refunds)
    refunding.take_up()
    comparer = Comparer(ledger, watch.asker, refunding, watch.returns, parts.nap)
    control = HttpSimulatorControl(settings.citcon_chop.base_url) if is_training else None

    def close_everything() -> None:
        if control is not None:
            control.close()
        gateways.close()
        store.close()

    return Till(
        settings_book=book,
        settings_desk=_settings_desk(book, file, secrets, watch, parts.factories),
        credentials=Credentials(ledger, book, secrets, gateways),
        clock=clock,
        is_training=is_training,
        gateway_name=gateway_name,
        events=ledger.events,
        people=people,
        shifts=shifts,
        catalogue=catalogue,
        checkout=checkout,
        taking=Taking(ledger, checkout, gateways, watch.codes, watcher),
        payments=payments,
        refunding=refunding,
        looking=Looking(clock, gateways, refunding, comparer),
        reconciliation=Reconciliation(ledger, gateways, comparer),
        settling=Settling(ledger),
        answers=Answers(ledger, to_resume),
        history=History(store, refunding, clock),
        receipts=Receipts(store, clock, book, paths.receipts, is_training=is_training),
        connection=watch.connection,
        training=TrainingDesk(control, ledger, payments) if control else None,
        watcher=watcher,
        neighbours=Neighbours(store, ledger.events),
        notified=Notified(ledger, watcher, watch.receiving, store.writer),
        receiving=watch.receiving,
        heartbeat=Heartbeat(
            lambda: gateways.for_new(book.current.methods.preferred), watch.connection
        ),
        availability=watch.availability,
        backups=Backups(None if is_training else store.file, paths.backups, clock),
        browser=InstalledBrowser(paths.root / "browser"),
        recovery=recovery,
        to_send_again=to_resume,
        close_everything=close_everything,
    )


@contextmanager
def open_credentials(
    paths: DataPaths, store: Store, environ: Mapping[str, str]
) -> Iterator[Credentials]:
    """Build what changes tokens, without a till around it.

    Args:
        paths: the data folder of the ledger.
        store: that ledger; stays open.
        environ: the environment, which overrides what is kept.

    Raises:
        ConfigError: a setting cannot be used.
    """
    settings = settings_of(paths, environ, is_training=False)
    secrets = SecretStore(paths.secrets, environ)
    gateways = GatewayDirectory(store_gateways(_passive(settings), secrets))
    ledger = Ledger(store, SystemClock(), Events(), Board())
    try:
        yield Credentials(ledger, SettingsBook(settings), secrets, gateways)
    finally:
        gateways.close()


@contextmanager
def open_reconciliation(
    paths: DataPaths, store: Store, environ: Mapping[str, str], *, is_training: bool
) -> Iterator[Reconciliation]:
    """Build what reconciles, without a till around it: nothing is watched or taken up.

    Args:
        paths: the data folder of the ledger.
        store: that ledger; stays open.
        environ: the environment, which overrides the settings of the file.
        is_training: compares with a simulator.

    Raises:
        ConfigError: a setting cannot be used.
    """
    environ = {**environ, **demo.TOKENS} if is_training else environ
    settings = settings_of(paths, environ, is_training=is_training)
    if is_training:
        _refuse_real_gateway(settings)
    gateways = GatewayDirectory(store_gateways(settings, SecretStore(paths.secrets, environ)))
    clock, events = SystemClock(), Events()
    ledger = Ledger(store, clock, events, Board())
    connection = Connection(gateways.id_for(settings.methods.preferred), events)
    asker = Asker(ledger, gateways, connection, settings.code_life)
    book = RefundBook(ledger, settings.store.till_code)
    returns = Returns(book, gateways)
    day = GatewayDay(clock, settings.citcon_chop.day_zone)
    refunding = Refunding(book, gateways, day, returns, RefundAsker(book, gateways, returns))
    try:
        comparer = Comparer(ledger, asker, refunding, returns, time.sleep)
        yield Reconciliation(ledger, gateways, comparer)
    finally:
        gateways.close()
