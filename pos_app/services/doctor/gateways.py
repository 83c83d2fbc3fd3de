"""Checks of the token, the payment service and, by its answer, the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from pos_app.config.declaring import variable_of
from pos_app.config.kinds import is_loopback
from pos_app.config.secrets import SecretPlace, SecretStore
from pos_app.domain.errors import GatewayError, GatewayNotSetUp, NotSent
from pos_app.gateways.directory import GatewayFactory
from pos_app.gateways.tls import Tls
from pos_app.services.doctor.verdicts import Verdict, ok, skipped, trouble, warning

CLOCK_TOLERANCE = timedelta(seconds=60)
TIME_PATIENCE_S = 5.0
_PLACES = {
    SecretPlace.ENVIRONMENT: "It comes from the environment",
    SecretPlace.KEYRING: "It is in the system's keyring",
}


def token(name: str, service: str, secrets: SecretStore) -> Verdict:
    """Tell where a service's token is kept, by the name of its setting; never the token.

    Args:
        name: of the setting.
        service: its own name, for people.
        secrets: where it may be.

    Raises:
        ConfigError: the file of secrets cannot be read.
    """
    variable = variable_of(name)
    place = secrets.where(name)
    if place is None:
        return trouble(
            "There is none, so nothing can be charged.",
            f"Keep the token from {service} with “pos-app tokens set”, or put it into {variable}.",
        )
    if place is SecretPlace.FILE:
        return warning(
            "It is in a file of the data folder, because there is no keyring.",
            f"Set up the system's keyring, or put the token into {variable}.",
        )
    return ok(f"{_PLACES[place]}.")


def gateway(factory: GatewayFactory, address: str) -> Verdict:
    """Ask the gateway something harmless with the real token; creates nothing."""
    try:
        made = factory.make()
    except GatewayNotSetUp as error:
        return skipped(str(error))
    try:
        check = made.check_connection()
    except NotSent as error:
        return trouble(str(error), f"Check the network, and that {address} is the right address.")
    except GatewayError as error:
        return trouble(str(error), f"Check that {address} is the right address; try again later.")
    finally:
        made.close()
    if not check.is_token_known:
        return trouble(
            f"{made.name} at {address} doesn't know the token (“{check.text}”).",
            "Test and live service have different tokens: check both token and address.",
        )
    text = f"{made.name} at {address} answers in {check.took_s * 1000:.0f} ms and knows the token"
    if _is_here(address):
        return warning(
            f"{text}, but that is this computer.", "Name the real service's address to sell."
        )
    return ok(f"{text}.")


def keyed_cards() -> Verdict:
    """Tell that cashiers may key customers' cards on this computer; asks nobody."""
    return warning(
        "Cashiers may key customers' cards here (jpay.allow_keyed_cards). They are sent once and "
        "kept nowhere, but this computer handles them: the card companies' rules apply to it.",
        "Switch it off unless the shop needs it; customers then type cards on J-Pay's page.",
    )


def clock(address: str, now: Callable[[], datetime]) -> Verdict:
    """Compare the clock with the payment service's, to which it sends nothing but a bare HEAD.

    Args:
        address: the service's base URL.
        now: this computer's clock, aware UTC.
    """
    there = _time_at(address)
    read = now()
    local = read.astimezone()
    here = f"It is {local.isoformat(' ', 'seconds')} ({local:%Z}) here"
    if there is None:
        return skipped(f"{here}; the payment service gave no time to compare with.")
    off = read - there
    if abs(off) > CLOCK_TOLERANCE:
        word = "ahead of" if off > timedelta(0) else "behind"
        return trouble(
            f"{here}, {abs(off) // timedelta(seconds=1)} seconds {word} the payment service.",
            "Let the system set its clock by the network.",
        )
    return ok(f"{here}, as at the payment service.")


def _time_at(address: str) -> datetime | None:
    try:
        with httpx.Client(
            verify=Tls().context(),
            trust_env=not _is_here(address),
            timeout=TIME_PATIENCE_S,
        ) as client:
            told = parsedate_to_datetime(client.head(address).headers.get("Date", ""))
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _is_here(address: str) -> bool:
    return is_loopback(urlsplit(address).hostname or "")
