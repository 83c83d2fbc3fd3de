"""What several calls read from their forms.

The vendor publishes no texts for wrong fields; these are ours and say which one and why.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from pos_app.simulator import currencies

_MOST_DIGITS = 12


class WrongFieldError(ValueError):
    """A request cannot be followed; the text says which field is wrong and why."""


def required(fields: Mapping[str, str], name: str) -> str:
    """Return a field without blanks around it.

    Raises:
        WrongFieldError: it is missing or empty.
    """
    value = fields.get(name, "").strip()
    if not value:
        raise WrongFieldError(f"{name} is missing")
    return value


def first_of(fields: Mapping[str, str], *names: str) -> str:
    """Return the first of these fields that says something, or an empty text."""
    return next((fields[name].strip() for name in names if fields.get(name, "").strip()), "")


def read_amount(fields: Mapping[str, str], name: str) -> int:
    """Return an amount in minor units, more than 0.

    Raises:
        WrongFieldError: it is missing or is no such amount.
    """
    text = required(fields, name)
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise WrongFieldError(
            f"{name} {text} isn't a whole number of the currency's smallest unit, "
            "such as 999 for 9.99"
        )
    if int(text) == 0:
        raise WrongFieldError(f"{name} must be more than 0")
    return int(text)


def read_currency(fields: Mapping[str, str], name: str) -> str:
    """Return an ISO 4217 code that the merchant can take.

    Raises:
        WrongFieldError: it is missing or none.
    """
    currency = required(fields, name)
    if not currencies.is_known(currency):
        raise WrongFieldError(f"{name} {currency} isn't a currency of this merchant")
    return currency


def read_url(fields: Mapping[str, str], name: str) -> str | None:
    """Return an optional address of the merchant's, None when it is not there.

    Raises:
        WrongFieldError: it is no http or https address.
    """
    url = fields.get(name, "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good or not url.isascii() or not url.isprintable():
        raise WrongFieldError(f"{name} isn't an http or https address")
    return url
