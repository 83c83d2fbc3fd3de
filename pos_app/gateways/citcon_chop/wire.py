"""Citcon's words: the forms that CHOP takes and the answers it gives. They stay in this file.

Source: gateways/citcon.md. Every variant listed there is read; what is not listed is no answer:
`OutcomeUnknown`, for the money may have moved.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from pos_app.domain.charges import Charge
from pos_app.domain.currencies import CURRENCIES
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CancelAnswer,
    CancelResult,
    CodeCreated,
    Inquiry,
    PaymentState,
    RefusalKind,
    Refused,
)
from pos_app.logs import mask_secrets

CREATE_PATH = "chop/chop"
INQUIRE_PATH = "chop/inquire"
CANCEL_PATH = "chop/cancel"
MADE_UP_Q = "0" * 25
"""Looks like a token of a payment and is none."""
MAX_ID = 64
MAX_CODE = 2_000
"""Characters; a longer address makes a code that phones cannot read from a screen."""
_MAX_TEXT = 300
_MAX_DIGITS = 15
_REASON = "Cancelled at the register"  # an empty reason is refused for some wallets

_STATES = {
    None: PaymentState.OPEN,
    "success": PaymentState.PAID,
    "expired": PaymentState.EXPIRED,
}
_CHARGE_TYPES = {"payment", "charge"}
_REFUSED_CANCELS = {
    "cancellation failed": CancelResult.FAILED,
    "not in cancellation window": CancelResult.NOT_IN_WINDOW,
    "duplicate cancellation": CancelResult.DUPLICATE,
}
_CANCELLED = "order cancelled"

# The texts of refusals are not published. "payment token" is what the vendor calls q.
_ABOUT_TOKEN = re.compile(
    r"(?<!payment )(?<!card )(?<!card_)\btoken"
    r"|authori[sz]|authenticat|credential|access denied|forbidden|permission denied"
    r"|\b(unknown|invalid|inactive|missing|no such|wrong|bad)( \w+)? merchant"
    r"|\bmerchant( \w+)?( is|'s)?( not|n't| does not| doesn't)? "
    r"?(found|known|exist|active|valid|unknown|invalid|inactive|missing|suspended|disabled)",
    re.IGNORECASE,
)


def create_form(charge: Charge, extras: Mapping[str, str]) -> dict[str, str]:
    """Return the form that creates `charge`.

    `allow_duplicates` is never in it: the same reference must get the same payment again.
    Wallets with a currency of their own are charged by `trans_amount`.

    Args:
        charge: gives method, amount, currency and reference.
        extras: optional fields by their names at Citcon; empty ones are left out.
    """
    prefix = "trans_" if METHODS[charge.method].wallet_currency else ""
    return {
        "payment_method": charge.method.value,
        f"{prefix}amount": str(charge.amount.minor),
        f"{prefix}currency": charge.amount.currency,
        "reference": charge.reference,
        **{name: value for name, value in extras.items() if value},
    }


def inquire_form(q: str) -> dict[str, str]:
    """Return the form that asks about a payment."""
    return {"q": q, "inquire_method": "real"}


def cancel_form(q: str) -> dict[str, str]:
    """Return the form that cancels a payment."""
    return {"transaction_id": q, "reason": _REASON}


def read_created(body: bytes) -> CodeCreated | Refused:
    """Read the answer to a create.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists, or its address is no address
            that a customer could open. Money: send the same create again.
    """
    answer = _object(body)
    refusal = _refusal(answer)
    if refusal:
        return refusal
    url = answer.get("url")
    if _word(answer.get("result")) != "success" or not isinstance(url, str):
        raise _not_understood("the charge")
    return CodeCreated(_q(url), url)


def read_inquiry(body: bytes) -> Inquiry | Refused:
    """Read the answer to an inquire. Whether it agrees with the charge is not looked at here.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists. Money: ask again.
    """
    answer = _object(body)
    refusal = _refusal(answer)
    if refusal:
        return refusal
    said = answer.get("notify_result")
    word = _word(said)
    if (word is None and said is not None) or word not in _STATES:
        raise _not_understood("the question")
    if not {"type", "reference"} & answer.keys():
        raise _not_understood("the question")
    return Inquiry(
        state=_STATES[word],
        is_charge=_word(answer.get("type")) in _CHARGE_TYPES,
        reference=_reference(answer.get("reference")),
        amount=_money(answer.get("amount"), answer.get("currency")),
        method=_method(answer.get("payment_method")),
        transaction_id=_id(answer.get("transaction_id")) or _id(answer.get("id")),
        time_text=_shown(answer.get("time"))[:40],
    )


def read_cancelled(body: bytes, reference: str) -> CancelAnswer | Refused:
    """Read the answer to a cancel of the payment with `reference`.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists, it contradicts itself, or it
            speaks of another payment. Money: it may be cancelled; inquire.
    """
    answer = _object(body)
    refusal = _refusal(answer)
    if refusal:
        return refusal
    if _reference(answer.get("transaction_reference")) not in {None, reference}:
        raise _not_understood("the cancel")
    text = _shown(answer.get("status"))
    status = text.strip(" .").lower()
    match _truth(answer.get("cancelled")):
        case True if status not in _REFUSED_CANCELS:
            return CancelAnswer(CancelResult.CANCELLED, text)
        case True if _REFUSED_CANCELS[status] is CancelResult.DUPLICATE:
            return CancelAnswer(CancelResult.DUPLICATE, text)
        case False if status != _CANCELLED:
            return CancelAnswer(_REFUSED_CANCELS.get(status, CancelResult.FAILED), text)
    raise _not_understood("the cancel")


def read_check(body: bytes) -> Refused | None:
    """Read the answer to an inquire with a made-up q: a refusal of the token, or None.

    That there is no such payment is what should be said; in which shape is not documented.

    Raises:
        OutcomeUnknown: it is not JSON, so it is not Citcon that answers.
    """
    answer = _json(body)
    refusal = _refusal(answer) if isinstance(answer, dict) else None
    return refusal if refusal and refusal.kind is RefusalKind.NOT_SET_UP else None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig").strip())
    except (ValueError, RecursionError):
        raise OutcomeUnknown("Citcon's answer can't be read.") from None


def _object(body: bytes) -> dict[str, Any]:
    answer = _json(body)
    if not isinstance(answer, dict):
        raise _not_understood("the request")
    return answer


def _refusal(answer: Mapping[str, Any]) -> Refused | None:
    """Return the refusal that `answer` is, if it is one; it must not promise a code as well."""
    if _word(answer.get("result")) not in {"fail", "error"} or "url" in answer:
        return None
    text = _shown(answer.get("error"))
    kind = RefusalKind.NOT_SET_UP if _ABOUT_TOKEN.search(text) else RefusalKind.OTHER
    return Refused(kind, text, _shown(answer.get("code")))


def _q(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        raise _not_understood("the charge") from None
    is_plain = url.isprintable() and " " not in url
    if len(url) > MAX_CODE or parts.scheme not in {"http", "https"} or not host or not is_plain:
        raise _not_understood("the charge")
    pairs = [pair.partition("=") for pair in parts.query.split("&")]
    ids = [_id(unquote(value)) for name, _, value in pairs if name == "q"]
    if len(ids) != 1 or ids[0] is None:
        raise _not_understood("the charge")
    return ids[0]


def _money(amount: object, currency: object) -> Money | None:
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


def _method(value: object) -> str | None:
    known = {method.value for method in PaymentMethod}
    word = _word(value)
    return word if word in known else None


def _reference(value: object) -> str | None:
    if value is None or value == "":
        return None
    if type(value) is int or isinstance(value, str):
        return str(value)
    raise _not_understood("the reference")


def _id(value: object) -> str | None:
    text = str(value) if type(value) is int else value
    if not isinstance(text, str) or not 0 < len(text) <= MAX_ID:
        return None
    return text if text.isprintable() and " " not in text else None


def _word(value: object) -> str | None:
    return value.strip().lower() if isinstance(value, str) else None


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(_word(value) or "")


def _shown(value: object) -> str:
    """Return the gateway's words for people and for the ledger: one line, short, no token."""
    if type(value) is int:
        return str(value)[:_MAX_TEXT]
    if not isinstance(value, str):
        return ""
    line = " ".join(mask_secrets(value).split())
    return "".join(letter for letter in line if letter.isprintable())[:_MAX_TEXT]


def _not_understood(what: str) -> OutcomeUnknown:
    return OutcomeUnknown(f"Citcon's answer to {what} isn't one that is known.")
