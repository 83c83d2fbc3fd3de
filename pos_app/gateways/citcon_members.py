"""How single members of Citcon's answers are read, whatever the answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pos_app.domain.currencies import CURRENCIES
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.logs import mask_secrets

MAX_ID = 64
_MAX_TEXT = 300
_MAX_DIGITS = 15
_DECODER = json.JSONDecoder()
_BLANKS = re.compile(r"[ \t\r\n]*")


def json_value(body: bytes) -> Any:
    """Return what the body says.

    Raises:
        OutcomeUnknown: it is not JSON.
    """
    try:
        return json.loads(body.decode("utf-8-sig").strip())
    except (ValueError, RecursionError):
        raise OutcomeUnknown("Citcon's answer can't be read.") from None


def json_object(body: bytes) -> dict[str, Any]:
    """Return the object that the body is.

    Raises:
        OutcomeUnknown: it is something else.
    """
    answer = json_value(body)
    if not isinstance(answer, dict):
        raise not_understood("the request")
    return answer


def json_items(body: bytes) -> Iterator[dict[str, Any]]:
    """Yield the objects of the array that the body is, one by one.

    A long list is read like this: at once, it would keep every other thread waiting.

    Raises:
        OutcomeUnknown: it is no such array, to its very end. What was yielded says nothing then.
    """
    try:
        text = body.decode("utf-8-sig")
        place = _after(text, 0, "[")
        if _next(text, place) != "]":
            while True:
                item, place = _DECODER.raw_decode(text, _blank(text, place))
                if not isinstance(item, dict):
                    raise not_understood("the question for its list")
                yield item
                if _next(text, place) == "]":
                    break
                place = _after(text, place, ",")
        end = _after(text, place, "]")
    except (ValueError, RecursionError):
        raise OutcomeUnknown("Citcon's answer can't be read.") from None
    if _blank(text, end) != len(text):
        raise not_understood("the question for its list")


def _blank(text: str, place: int) -> int:
    """Return where the blanks at `place` end."""
    found = _BLANKS.match(text, place)
    return found.end() if found else place


def _next(text: str, place: int) -> str:
    place = _blank(text, place)
    return text[place : place + 1]


def _after(text: str, place: int, sign: str) -> int:
    if _next(text, place) != sign:
        raise ValueError(sign)
    return _blank(text, place) + 1


def money(amount: object, currency: object) -> Money | None:
    """Return the amount; None when it is no whole number or its currency is not known.

    A decimal point is not read: nobody says which unit it would be.
    """
    code = currency.strip().upper() if isinstance(currency, str) else ""
    digits = str(amount) if type(amount) is int else amount
    if code not in CURRENCIES or not isinstance(digits, str):
        return None
    if not re.fullmatch(rf"[0-9]{{1,{_MAX_DIGITS}}}", digits.strip()):
        return None
    return Money(int(digits), code)


def method(value: object) -> str | None:
    """Return the payment method when it is one of ours, by its id; else None."""
    known = {one.value for one in PaymentMethod}
    said = word(value)
    return said if said in known else None


def reference(value: object) -> str | None:
    """Return a reference as it came; None when there is none.

    Raises:
        OutcomeUnknown: it cannot be a reference, so the answer is not to be trusted.
    """
    if value is None or value == "":
        return None
    if type(value) is int or isinstance(value, str):
        return str(value)
    raise not_understood("the reference")


def identifier(value: object) -> str | None:
    """Return an id of Citcon's, opaque; None when it cannot be one."""
    text = str(value) if type(value) is int else value
    if not isinstance(text, str) or not 0 < len(text) <= MAX_ID:
        return None
    return text if text.isprintable() and " " not in text else None


def word(value: object) -> str | None:
    """Return a text in lower case without blanks around it; None when it is no text."""
    return value.strip().lower() if isinstance(value, str) else None


def truth(value: object) -> bool | None:
    """Return yes or no, also when it came as a text; None when it is neither."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(word(value) or "")


def shown(value: object) -> str:
    """Return the gateway's words for people and for the ledger: one line, short, no token."""
    if type(value) is int:
        return str(value)[:_MAX_TEXT]
    if not isinstance(value, str):
        return ""
    line = " ".join(mask_secrets(value).split())
    return "".join(letter for letter in line if letter.isprintable())[:_MAX_TEXT]


def not_understood(what: str) -> OutcomeUnknown:
    """Return the error for an answer that citcon.md does not list."""
    return OutcomeUnknown(f"Citcon's answer to {what} isn't one that is known.")
