"""Services that work without a till around them: for the receiver, and for reconciling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from pos_app.compose.ground import open_ledger, refuse_real_gateway, settings_of
from pos_app.compose.money import MoneyServices
from pos_app.compose.parts import Parts
from pos_app.config.secrets import SecretStore
from pos_app.gateways.directory import GatewayDirectory
from pos_app.gateways.opening import store_gateways
from pos_app.paths import DataPaths
from pos_app.services import demo
from pos_app.services.clock import SystemClock
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
    # Without its store code: nobody who sends something makes a terminal of this computer.
    passive = replace(settings, citcon_instore=replace(settings.citcon_instore, store_code=""))
    gateways = GatewayDirectory(store_gateways(passive, SecretStore(paths.secrets, environ)))
    try:
        with pulse(store):
            yield NoticeDesk(store, gateways, SystemClock())
    finally:
        gateways.close()
        store.close()


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
