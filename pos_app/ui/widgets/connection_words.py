"""What the settings say of a connection to a payment service."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos_app.config.secrets import SecretPlace
from pos_app.domain.gateways import Missing
from pos_app.services.accounts import EarlierToken, ServiceAccount
from pos_app.services.reaching import ConnectionTest, Reached
from pos_app.ui.format import date_text

translate = QCoreApplication.translate


def token_words(account: ServiceAccount) -> str:
    """Return whether there is a token, where it is kept, since when, and who needs it."""
    kept = {
        SecretPlace.KEYRING: translate("Connections", "A token is kept in this PC’s keyring."),
        SecretPlace.FILE: translate(
            "Connections", "A token is kept in a file, as this PC has no keyring."
        ),
        SecretPlace.ENVIRONMENT: translate(
            "Connections", "The token is set by {variable}, and not here."
        ).format(variable=account.variable),
    }
    if account.place is None:
        return missing_words(account.missing or Missing.TOKEN)
    words = [kept[account.place]]
    if account.set_at is not None:
        since = translate("Connections", "Set on {day}.")
        words.append(since.format(day=date_text(account.set_at)))
    if account.missing is not None:
        words.append(missing_words(account.missing))
    if account.use.needed_count:
        words.append(need_words(account.use.needed_count))
    return " ".join(words)


def need_words(count: int) -> str:
    """Return how many payments need a token."""
    if count == 1:
        return translate("Connections", "1 payment needs it.")
    return translate("Connections", "{count} payments need it.").format(count=count)


def earlier_words(token: EarlierToken) -> str:
    """Return what an earlier token is still there for."""
    words = translate("Connections", "Earlier token {name}")
    said = [words.format(name=token.credentials.partition(".")[0])]
    if token.use.needed_count:
        said.append(need_words(token.use.needed_count))
    if not token.is_kept:
        said.append(translate("Connections", "It isn’t here any more."))
    return " · ".join(said)


def missing_words(missing: Missing) -> str:
    """Return what a service lacks, and what to do about it."""
    return {
        Missing.TOKEN: translate("Connections", "There is no token yet. Paste it here."),
        Missing.ACTIVATION: translate(
            "Connections", "This register isn’t activated yet. Key the store code."
        ),
        Missing.SECRETS: translate(
            "Connections", "Whether there is a token can’t be read on this PC."
        ),
        Missing.DETAILS: translate("Connections", "Fill in the fields below."),
        Missing.USABLE_TOKEN: translate(
            "Connections", "What is kept as the token can’t be one. Paste it again."
        ),
        Missing.ELSE: translate("Connections", "It isn’t set up yet."),
    }[missing]


def tried_words(tried: ConnectionTest, gateway: str) -> tuple[str, str, str]:
    """Return tone, icon and words of what came of trying a connection (ux.md 6.7)."""
    if tried.reached is Reached.CONNECTED:
        tenths = (tried.took_ms + 50) // 100
        words = translate("Connections", "Connected. {gateway} answered in {seconds} s.")
        seconds = f"{tenths // 10}.{tenths % 10}"
        return "ok", "check", words.format(gateway=gateway, seconds=seconds)
    if tried.reached is Reached.TOKEN_UNKNOWN:
        words = translate("Connections", "{gateway} doesn’t know this token.")
        return "bad", "warning", words.format(gateway=gateway)
    if tried.reached is Reached.NO_ANSWER:
        return "warn", "wifi-off", translate("Connections", "No answer. Check the network.")
    return "warn", "info", missing_words(tried.missing or Missing.ELSE)
