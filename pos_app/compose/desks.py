"""Services that work without a till around them: for the receiver and for commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from pos_app.compose.ground import open_ledger, refuse_real_gateway, settings_of
from pos_app.compose.money import MoneyServices
from pos_app.compose.parts import Parts
from pos_app.config.secrets import SecretStore
from pos_app.config.settings import Settings
from pos_app.gateways.directory import GatewayDirectory
from pos_app.gateways.opening import store_gateways
from pos_app.paths import DataPaths
from pos_app.services import demo
from pos_app.services.clock import SystemClock
from pos_app.services.credentials import Credentials
from pos_app.services.notices import NoticeDesk
from pos_app.services.pulse import pulse
from pos_app.services.reconciliation import Reconciliation
from pos_app.services.settings_book import SettingsBook
from pos_app.storage.store import Store


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


@contextmanager
def open_credentials(
    paths: DataPaths, store: Store, environ: Mapping[str, str]
) -> Iterator[Credentials]:
    """Build what changes tokens.

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
    book = SettingsBook(settings)
    try:
        ledger = MoneyServices(book, store, gateways, Parts()).ledger
        yield Credentials(ledger, book, secrets, gateways)
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
        refuse_real_gateway(settings)
    gateways = GatewayDirectory(store_gateways(settings, SecretStore(paths.secrets, environ)))
    try:
        yield MoneyServices(SettingsBook(settings), store, gateways, Parts()).reconciliation
    finally:
        gateways.close()


def _passive(settings: Settings) -> Settings:
    """Return the settings without a store code: nothing is activated by looking."""
    return replace(settings, citcon_instore=replace(settings.citcon_instore, store_code=""))
