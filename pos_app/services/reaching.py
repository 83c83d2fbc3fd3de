"""Trying a connection to a payment service, before or after it is used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pos_app.domain.errors import ConfigError, GatewayError, GatewayNotSetUp, TokenFormatError
from pos_app.domain.gateways import Missing
from pos_app.gateways.opening import open_gateway
from pos_app.services.accounts import without_token

if TYPE_CHECKING:
    from pos_app.config.secrets import Secret, SecretStore
    from pos_app.config.settings import ServiceSettings

MAX_TOKEN = 512
"""Characters; longer than any service's, and short enough for every keyring."""


class Reached(StrEnum):
    """What came of trying a connection."""

    CONNECTED = "connected"
    """It answers, and knows the token."""
    TOKEN_UNKNOWN = "token_unknown"  # noqa: S105 - what it says of one
    """It answers, and does not know the token."""
    NO_ANSWER = "no_answer"
    """Nothing that can be understood came back, or nothing at all."""
    NOT_SET_UP = "not_set_up"
    """There is nothing to try it with: `ConnectionTest.missing` says what is missing."""


@dataclass(frozen=True, slots=True)
class ConnectionTest:
    """What came of trying a connection; nothing was created.

    Attributes:
        took_ms: milliseconds until the answer; 0 without one.
        said: the service's own words, or what prevented them, for Details.
    """

    reached: Reached
    took_ms: int = 0
    said: str = ""
    missing: Missing | None = None


def check_token(token: Secret) -> None:
    """Refuse what cannot be a token.

    Raises:
        TokenFormatError: never repeats it.
    """
    words = token.reveal()
    is_plain = words.isascii() and words.isprintable() and " " not in words
    if not is_plain or len(words) > MAX_TOKEN:
        raise TokenFormatError("A token has letters, digits and signs only, and no blanks.")


def reach(section: ServiceSettings, token: Secret | None, secrets: SecretStore) -> ConnectionTest:
    """Ask a service something harmless, on connections of its own. Never creates anything.

    Args:
        section: its settings.
        token: to try it with; None for the one that is kept.
        secrets: where that is.
    """
    try:
        token = token or secrets.find(section.token)
        if token is None:
            return ConnectionTest(Reached.NOT_SET_UP, missing=without_token(section))
        check_token(token)
        gateway = open_gateway(section, token)
    except (GatewayNotSetUp, TokenFormatError, ConfigError) as trouble:
        return ConnectionTest(Reached.NOT_SET_UP, said=str(trouble), missing=_missing(trouble))
    try:
        check = gateway.check_connection()
    except GatewayNotSetUp as trouble:
        return ConnectionTest(Reached.NOT_SET_UP, said=str(trouble), missing=trouble.why)
    except GatewayError as trouble:
        return ConnectionTest(Reached.NO_ANSWER, said=str(trouble))
    finally:
        gateway.close()
    reached = Reached.CONNECTED if check.is_token_known else Reached.TOKEN_UNKNOWN
    return ConnectionTest(reached, round(check.took_s * 1000), check.text)


def _missing(trouble: Exception) -> Missing:
    if isinstance(trouble, GatewayNotSetUp):
        return trouble.why
    return Missing.SECRETS if isinstance(trouble, ConfigError) else Missing.USABLE_TOKEN
