"""Citcon's words: the forms that CHOP takes and the answers it gives. They stay in this file.

Source: gateways/citcon.md. Every variant listed there is read; what is not listed is no answer:
`OutcomeUnknown`, for the money may have moved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from pos_app.domain.charges import Charge
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.methods import METHODS
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CancelAnswer,
    CancelResult,
    CodeCreated,
    Inquiry,
    ListedKind,
    ListedPayment,
    PaymentState,
    RefundAnswer,
    RefundDone,
    RefundRefusalKind,
    RefundRefused,
    RefusalKind,
    Refused,
)
from pos_app.gateways.citcon_chop import members

CREATE_PATH = "chop/chop"
INQUIRE_PATH = "chop/inquire"
CANCEL_PATH = "chop/cancel"
REFUND_PATH = "chop/refund"
LIST_PATH = "chop/transactions"
MADE_UP_Q = "0" * 25
"""Looks like a token of a payment and is none."""
MAX_CODE = 2_000
"""Characters; a longer address makes a code that phones cannot read from a screen."""
# An empty reason is refused for some wallets.
_CANCEL_REASON = "Cancelled at the register"
_REFUND_REASON = "Refunded at the register"

_STATES = {
    None: PaymentState.OPEN,
    "success": PaymentState.PAID,
    "expired": PaymentState.EXPIRED,
}
_CHARGE_TYPES = {"payment", "charge"}
_REFUND_TYPES = {"refund"}
_REFUSED_CANCELS = {
    "cancellation failed": CancelResult.FAILED,
    "not in cancellation window": CancelResult.NOT_IN_WINDOW,
    "duplicate cancellation": CancelResult.DUPLICATE,
}
_CANCELLED = "order cancelled"
_REFUNDED = "success"
_TOO_MUCH = "4071"
# No code is published for an empty open balance, and no text.
_ABOUT_BALANCE = re.compile(r"\bbalance\b|\bfunds?\b", re.IGNORECASE)

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
    return {
        "payment_method": charge.method.value,
        **_money_fields(charge, charge.amount),
        "reference": charge.reference,
        **{name: value for name, value in extras.items() if value},
    }


def inquire_form(q: str) -> dict[str, str]:
    """Return the form that asks about a payment."""
    return {"q": q, "inquire_method": "real"}


def cancel_form(q: str) -> dict[str, str]:
    """Return the form that cancels a payment."""
    return {"transaction_id": q, "reason": _CANCEL_REASON}


def refund_form(charge: Charge, amount: Money, reason: str) -> dict[str, str]:
    """Return the form that refunds `amount` of `charge`, in the members it was charged by.

    Args:
        charge: has a transaction id or at least a q.
        amount: above zero, in the currency of the charge.
        reason: in the merchant's words; an empty one gets ours.

    Raises:
        ValueError: the charge has no id, or the amount cannot be one of a refund. Nothing was
            sent.
    """
    payment_id = charge.transaction_id or charge.gateway_id
    if payment_id is None:
        raise ValueError(f"{charge.reference} has no gateway id to refund by")
    if amount.currency != charge.amount.currency or amount.minor <= 0:
        raise ValueError(f"{amount} can't be refunded of {charge.amount}")
    return {
        "transaction_id": payment_id,
        **_money_fields(charge, amount),
        "reason": " ".join(reason.split()) or _REFUND_REASON,
    }


def _money_fields(charge: Charge, amount: Money) -> dict[str, str]:
    prefix = "trans_" if METHODS[charge.method].wallet_currency else ""
    return {f"{prefix}amount": str(amount.minor), f"{prefix}currency": amount.currency}


def read_created(body: bytes) -> CodeCreated | Refused:
    """Read the answer to a create.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists, or its address is no address
            that a customer could open. Money: send the same create again.
    """
    answer = members.json_object(body)
    refusal = _refusal(answer)
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
    refusal = _refusal(answer)
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
        is_charge=members.word(answer.get("type")) in _CHARGE_TYPES,
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
    refusal = _refusal(answer)
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


def read_refunded(body: bytes, charge: Charge) -> RefundAnswer | Refused:
    """Read the answer to a refund of `charge`.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists, it contradicts itself, or it
            speaks of another payment. Money: it may have gone back; never ask again.
    """
    answer = members.json_object(body)
    refusal = _refusal(answer)
    if refusal and not {"refunded", "id"} & answer.keys():
        refused = _refund_refused(refusal.text, refusal.code)
        is_plain = refused.kind is RefundRefusalKind.OTHER
        return refusal if is_plain or refusal.kind is RefusalKind.NOT_SET_UP else refused
    text = members.shown(answer.get("status"))
    is_success = text.strip(" .").lower() == _REFUNDED
    code = members.shown(answer.get("code"))
    match members.truth(answer.get("refunded")):
        case True if is_success and not code and not refusal and _is_of(charge, answer):
            return RefundDone(members.identifier(answer.get("id")))
        case False if not is_success and not answer.get("id"):
            return _refund_refused(text, code)
    raise members.not_understood("the refund")


def _refund_refused(text: str, code: str) -> RefundRefused:
    kind = RefundRefusalKind.OTHER
    if code == _TOO_MUCH:
        kind = RefundRefusalKind.TOO_MUCH
    elif not code and _ABOUT_BALANCE.search(text):
        kind = RefundRefusalKind.NO_BALANCE
    return RefundRefused(kind, text, code)


def _is_of(charge: Charge, answer: Mapping[str, Any]) -> bool:
    """Tell whether a refund's answer speaks of this charge, as far as can be compared."""
    told = answer.get("transaction_id")
    if told is None or charge.transaction_id is None:
        return True
    return members.identifier(told) in {charge.transaction_id, charge.gateway_id}


def read_transactions(body: bytes) -> tuple[ListedPayment, ...]:
    """Read the list of transactions, in the order it has. Nothing is left out.

    Raises:
        OutcomeUnknown: it is not a list of objects, a refusal included. Money: nothing was asked
            to move; the list says nothing.
    """
    answer = members.json_value(body)
    refusal = _refusal(answer) if isinstance(answer, dict) else None
    if refusal:
        raise OutcomeUnknown(f"Citcon doesn't give its list: {refusal.text or 'it says no'}.")
    if not isinstance(answer, list) or not all(isinstance(one, dict) for one in answer):
        raise members.not_understood("the question for its list")
    return tuple(_listed(entry) for entry in answer)


def _listed(entry: Mapping[str, Any]) -> ListedPayment:
    said = entry.get("notify_result")
    word = members.word(said)
    is_known = word in _STATES and (word is not None or said is None)
    gone = 0 if entry.get("refunded") is False else entry.get("refunded")
    return ListedPayment(
        kind=_kind(entry.get("type")),
        state=_STATES[word] if is_known else None,
        reference=members.reference(entry.get("reference")),
        gateway_id=members.identifier(entry.get("id")),
        transaction_id=members.identifier(entry.get("transaction_id")),
        amount=members.money(entry.get("amount"), entry.get("currency")),
        refunded=members.money(gone, entry.get("currency")),
        method=members.method(entry.get("payment_method")),
        time_text=members.shown(entry.get("time"))[:40],
        note=members.shown(entry.get("note")),
    )


def _kind(value: object) -> ListedKind:
    word = members.word(value)
    if word in _CHARGE_TYPES:
        return ListedKind.CHARGE
    return ListedKind.REFUND if word in _REFUND_TYPES else ListedKind.OTHER


def read_check(body: bytes) -> Refused | None:
    """Read the answer to an inquire with a made-up q: a refusal of the token, or None.

    That there is no such payment is what should be said; in which shape is not documented.

    Raises:
        OutcomeUnknown: it is not JSON, so it is not Citcon that answers.
    """
    answer = members.json_value(body)
    refusal = _refusal(answer) if isinstance(answer, dict) else None
    return refusal if refusal and refusal.kind is RefusalKind.NOT_SET_UP else None


def _refusal(answer: Mapping[str, Any]) -> Refused | None:
    """Return the refusal that `answer` is, if it is one; it must not promise a code as well."""
    if members.word(answer.get("result")) not in {"fail", "error"} or "url" in answer:
        return None
    text = members.shown(answer.get("error"))
    kind = RefusalKind.NOT_SET_UP if _ABOUT_TOKEN.search(text) else RefusalKind.OTHER
    return Refused(kind, text, members.shown(answer.get("code")))


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
