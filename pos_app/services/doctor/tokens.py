"""Checks that the tokens are here that payments were made with."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pos_app.config.accounts import EarlierAccounts
from pos_app.config.secrets import SecretStore
from pos_app.config.settings import Settings
from pos_app.domain.gateways import GATEWAYS
from pos_app.gateways.opening import account_of
from pos_app.services.doctor.verdicts import Verdict, ok, skipped, trouble
from pos_app.storage.condition import look_at
from pos_app.storage.engine import engines_for
from pos_app.storage.store import Store, utc_now


def earlier(
    place: tuple[str, Path], settings: Settings, secrets: SecretStore, now: datetime
) -> Verdict:
    """Tell how many earlier tokens payments need, and which of them are missing; no token.

    Args:
        place: the ledger's address and file.
        settings: where the services are.
        secrets: where tokens may be.
        now: aware UTC.

    Raises:
        ConfigError: the secrets cannot be read.
        StorageError: the ledger cannot be read.
    """
    condition = look_at(*place)
    if condition is None or not condition.is_current:
        return skipped("It is checked when there is a ledger of this version.")
    store = Store(engines_for(*place), "doctor", utc_now)
    try:
        with store.read() as work:
            needed = {one: work.credentials.needed(one, now) for one in GATEWAYS}
    finally:
        store.close()
    kept, missing = 0, []
    for service, uses in needed.items():
        section = settings.service(service)
        token = secrets.find(section.token)
        current = account_of(section, token).name if token else ""
        accounts = EarlierAccounts(section.token, secrets)
        for use in uses:
            if use.name == current:
                continue
            if accounts.find(use.name):
                kept += 1
            else:
                missing.append(f"{service} {use.name} ({use.needed_count}, {use.reference})")
    if missing:
        return trouble(
            f"Payments were made with tokens that aren't here: {'; '.join(missing)}.",
            "They can be neither asked about nor refunded. Bring such a token back with "
            "“pos-app tokens set SERVICE --earlier”.",
        )
    return ok(f"Every token that payments need is here; earlier ones: {kept}.")
