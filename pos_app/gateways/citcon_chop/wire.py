"""Citcon's words: the forms that CHOP takes and the answers it gives. They stay in this file.

Source: gateways/citcon.md. Every variant listed there is read; what is not listed is no answer:
`OutcomeUnknown`, for the money may have moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from pos_app.domain.charges import Charge
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.outcomes import (
    CancelAnswer,
    CancelResult,
    CodeCreated,
    Inquiry,
    ListedKind,
    ListedPayment,
    PaymentState,
    RefusalKind,
    Refused,
)
from pos_app.gateways import citcon_members as members
from pos_app.gateways import citcon_words as words

CREATE_PATH = "chop/chop"
INQUIRE_PATH = "chop/inquire"
CANCEL_PATH = "chop/cancel"
REFUND_PATH = "chop/refund"
LIST_PATH = "chop/transactions"
_LOOK_AT = 100
"""Bytes in which an answer begins."""
NOTICE_STATUS = "notify_status"
"""The member of a notice that says what happened."""
MADE_UP_ID = "0" * 25
"""Looks like a token of a payment and is none."""
MAX_CODE = 2_000
"""Characters; a longer address makes a code that phones cannot read from a screen."""
# An empty reason is refused for some wallets.
_CANCEL_REASON = "Cancelled at the register"

_STATES = {
    None: PaymentState.OPEN,
    "success": PaymentState.PAID,
    "expired": PaymentState.EXPIRED,
}
_REFUSED_CANCELS = {
    "cancellation failed": CancelResult.FAILED,
    "not in cancellation window": CancelResult.NOT_IN_WINDOW,
    "duplicate cancellation": CancelResult.DUPLICATE,
}
_CANCELLED = "order cancelled"


def create_form(charge: Charge, extras: Mapping[str, str]) -> dict[str, str]:
    """Return the form that creates `charge`.

    `allow_duplicates` is never in it: the same reference must get the same payment again.
    Wallets with a currency of their own are charged by `trans_amount`.

    Args:
        charge: gives method, amount, currency and reference.
        extras: optional fields by their names at Citcon; empty ones are left out.
    """
    return {
        "payment_method": charge.method.value,
        **words.money_fields(charge, charge.amount),
        "reference": charge.reference,
        **{name: value for name, value in extras.items() if value},
    }


def inquire_form(q: str) -> dict[str, str]:
    """Return the form that asks about a payment."""
    return {"q": q, "inquire_method": "real"}


def cancel_form(q: str) -> dict[str, str]:
    """Return the form that cancels a payment."""
    return {"transaction_id": q, "reason": _CANCEL_REASON}


def read_created(body: bytes) -> CodeCreated | Refused:
    """Read the answer to a create.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists, or its address is no address
            that a customer could open. Money: send the same create again.
    """
    answer = members.json_object(body)
    refusal = words.refusal_of(answer)
    if refusal:
        return refusal
    url = answer.get("url")
    if members.word(answer.get("result")) != "success" or not isinstance(url, str):
        raise members.not_understood("the charge")
    return CodeCreated(_q(url), url)


def read_inquiry(body: bytes) -> Inquiry | Refused:
    """Read the answer to an inquire. Whether it agrees with the charge is not looked at here.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists. Money: ask again.
    """
    answer = members.json_object(body)
    refusal = words.refusal_of(answer)
    if refusal:
        return refusal
    said = answer.get("notify_result")
    word = members.word(said)
    if (word is None and said is not None) or word not in _STATES:
        raise members.not_understood("the question")
    if not {"type", "reference"} & answer.keys():
        raise members.not_understood("the question")
    return Inquiry(
        state=_STATES[word],
        is_charge=words.kind_of(answer.get("type")) is ListedKind.CHARGE,
        reference=members.reference(answer.get("reference")),
        amount=members.money(answer.get("amount"), answer.get("currency")),
        method=members.method(answer.get("payment_method")),
        transaction_id=members.identifier(answer.get("transaction_id"))
        or members.identifier(answer.get("id")),
        time_text=members.shown(answer.get("time"))[:40],
    )


def read_cancelled(body: bytes, reference: str) -> CancelAnswer | Refused:
    """Read the answer to a cancel of the payment with `reference`.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists, it contradicts itself, or it
            speaks of another payment. Money: it may be cancelled; inquire.
    """
    answer = members.json_object(body)
    refusal = words.refusal_of(answer)
    if refusal:
        return refusal
    if members.reference(answer.get("transaction_reference")) not in {None, reference}:
        raise members.not_understood("the cancel")
    text = members.shown(answer.get("status"))
    status = text.strip(" .").lower()
    match members.truth(answer.get("cancelled")):
        case True if status not in _REFUSED_CANCELS:
            return CancelAnswer(CancelResult.CANCELLED, text)
        case True if _REFUSED_CANCELS[status] is CancelResult.DUPLICATE:
            return CancelAnswer(CancelResult.DUPLICATE, text)
        case False if status != _CANCELLED:
            return CancelAnswer(_REFUSED_CANCELS.get(status, CancelResult.FAILED), text)
    raise members.not_understood("the cancel")


def read_transactions(body: bytes) -> tuple[ListedPayment, ...]:
    """Read the list of transactions, in the order it has. Nothing is left out.

    Raises:
        OutcomeUnknown: it is not a list of objects, a refusal included. Money: nothing was asked
            to move; the list says nothing.
    """
    if body[:_LOOK_AT].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        refusal = words.refusal_of(members.json_object(body))
        if refusal is None:
            raise members.not_understood("the question for its list")
        raise OutcomeUnknown(f"Citcon doesn't give its list: {refusal.text or 'it says no'}.")
    return tuple(words.listed(entry, _state(entry)) for entry in members.json_items(body))


def _state(entry: Mapping[str, Any]) -> PaymentState | None:
    said = entry.get("notify_result")
    word = members.word(said)
    is_known = word in _STATES and (word is not None or said is None)
    return _STATES[word] if is_known else None


def read_check(body: bytes) -> Refused | None:
    """Read the answer to an inquire with a made-up q: a refusal of the token, or None.

    That there is no such payment is what should be said; in which shape is not documented.

    Raises:
        OutcomeUnknown: it is not JSON, so it is not Citcon that answers.
    """
    answer = members.json_value(body)
    refusal = words.refusal_of(answer) if isinstance(answer, dict) else None
    return refusal if refusal and refusal.kind is RefusalKind.NOT_SET_UP else None


def _q(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        raise members.not_understood("the charge") from None
    is_plain = url.isprintable() and " " not in url
    if len(url) > MAX_CODE or parts.scheme not in {"http", "https"} or not host or not is_plain:
        raise members.not_understood("the charge")
    pairs = [pair.partition("=") for pair in parts.query.split("&")]
    ids = [members.identifier(unquote(value)) for name, _, value in pairs if name == "q"]
    if len(ids) != 1 or ids[0] is None:
        raise members.not_understood("the charge")
    return ids[0]
