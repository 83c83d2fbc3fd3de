"""What everything stands on: the settings, and the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from pos_app.config.kinds import is_loopback
from pos_app.config.load import load_settings
from pos_app.config.settings import DatabaseSettings, Settings
from pos_app.domain.errors import ConfigError
from pos_app.paths import DataPaths, private_folder
from pos_app.services import demo
from pos_app.services.clock import Clock, SystemClock
from pos_app.storage.installation import writer_name
from pos_app.storage.store import Store, open_store


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


def refuse_real_gateway(settings: Settings) -> None:
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
