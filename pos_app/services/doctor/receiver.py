"""The check of the notification receiver beside the till."""

from __future__ import annotations

import http.client
from pathlib import Path

from pos_app.config.notify import NotifySettings
from pos_app.config.settings import Settings
from pos_app.services.doctor.verdicts import Verdict, ok, skipped, trouble, warning
from pos_app.services.ports import is_free
from pos_app.storage.condition import look_at
from pos_app.storage.engine import engines_for
from pos_app.storage.store import Store, utc_now

_PATIENCE_S = 3.0
_OURS = b"qr_till_notices_total"
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound


def receiver(all_settings: Settings, url: str, file: Path) -> Verdict:
    """Tell whether the receiver runs or could, and when the last notice came.

    Args:
        all_settings: where it listens, and what payment services are told.
        url: of the ledger; empty for `file`.
        file: the ledger in the data folder.

    Raises:
        OSError: its address is none of this computer. StorageError: the ledger can't be read.
    """
    settings = all_settings.notify
    if not settings.beside_till:
        return skipped("None runs beside this till; payments are asked about.")
    place = f"{settings.host} port {settings.port}"
    if is_free(settings.host, settings.port):
        text = f"{place} is free; the till starts the receiver there"
    elif not _is_ours(settings):
        return trouble(
            f"{place} is taken by another program, so no notices are received.",
            "End that program, or choose another port: notify.port in config.toml.",
        )
    else:
        text = f"It listens on {place}"
    text = f"{text}. {_last(url, file)}"
    if not _is_told(all_settings):
        return warning(
            f"{text} Payment services aren't told where it is.",
            "Name the address at which the internet reaches it: notify.public_url.",
        )
    return ok(text)


def _is_told(settings: Settings) -> bool:
    own = (settings.citcon_chop.ipn_url, settings.citcon_online.ipn_url, settings.jpay.notify_url)
    return any((settings.notify.public_url, *own))


def _is_ours(settings: NotifySettings) -> bool:
    host = _EVERYWHERE.get(settings.host, settings.host)
    connection = http.client.HTTPConnection(host, settings.port, timeout=_PATIENCE_S)
    try:
        connection.request("GET", "/metrics")
        return _OURS in connection.getresponse().read(4096)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _last(url: str, file: Path) -> str:
    condition = look_at(url, file)
    if condition is None or not condition.is_current:
        return "No notice has come yet."
    store = Store(engines_for(url, file), "doctor", utc_now)
    try:
        with store.read() as work:
            at = work.notices.last_received_at()
    finally:
        store.close()
    if at is None:
        return "No notice has come yet."
    return f"The last notice came on {at.astimezone():%Y-%m-%d at %H:%M}."
