"""Words that all of Citcon's services share: money, refusals, refunds, entries of lists.

Source: gateways/citcon.md. What is not listed there is no answer: `OutcomeUnknown`, for the money
may have moved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pos_app.domain.charges import Charge
from pos_app.domain.methods import METHODS
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
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
from pos_app.gateways import citcon_members as members

# An empty reason is refused for some wallets.
_REFUND_REASON = "Refunded at the register"
_CHARGE_TYPES = {"payment", "charge"}
_REFUND_TYPES = {"refund"}
_REFUNDED = "success"
_TOO_MUCH = "4071"
# The Online API's over-refund has no code.
_ABOUT_TOO_MUCH = re.compile(r"amount (is )?(greater|more) than", re.IGNORECASE)
# No code is published for an empty open balance, and no text.
ABOUT_BALANCE = re.compile(r"\bbalance\b|\bfunds?\b", re.IGNORECASE)
# The texts of refusals are not published. "payment token" is what the vendor calls q.
_ABOUT_TOKEN = re.compile(
    r"(?<!payment )(?<!card )(?<!card_)\btoken"
    r"|authori[sz]|authenticat|credential|access denied|forbidden|permission denied"
    r"|\b(unknown|invalid|inactive|missing|no such|wrong|bad)( \w+)? merchant"
    r"|\bmerchant( \w+)?( is|'s)?( not|n't| does not| doesn't)? "
    r"?(found|known|exist|active|valid|unknown|invalid|inactive|missing|suspended|disabled)",
    re.IGNORECASE,
)


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
        **money_fields(charge, amount),
        "reason": " ".join(reason.split()) or _REFUND_REASON,
    }


def money_fields(charge: Charge, amount: Money) -> dict[str, str]:
    """Return the two members that carry `amount` for the charge's method."""
    prefix = "trans_" if METHODS[charge.method].wallet_currency else ""
    return {f"{prefix}amount": str(amount.minor), f"{prefix}currency": amount.currency}


def read_refunded(body: bytes, charge: Charge) -> RefundAnswer | Refused:
    """Read the answer to a refund of `charge`.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists, it contradicts itself, or it
            speaks of another payment. Money: it may have gone back; never ask again.
    """
    answer = members.json_object(body)
    refusal = refusal_of(answer)
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
    if code == _TOO_MUCH or (not code and _ABOUT_TOO_MUCH.search(text)):
        kind = RefundRefusalKind.TOO_MUCH
    elif not code and ABOUT_BALANCE.search(text):
        kind = RefundRefusalKind.NO_BALANCE
    return RefundRefused(kind, text, code)


def _is_of(charge: Charge, answer: Mapping[str, Any]) -> bool:
    """Tell whether a refund's answer speaks of this charge, as far as can be compared."""
    told = answer.get("transaction_id")
    if told is None or charge.transaction_id is None:
        return True
    return members.identifier(told) in {charge.transaction_id, charge.gateway_id}


def listed(entry: Mapping[str, Any], state: PaymentState | None) -> ListedPayment:
    """Return an entry of a list of transactions; `state` is what its own member of that says."""
    gone = 0 if entry.get("refunded") is False else entry.get("refunded")
    return ListedPayment(
        kind=kind_of(entry.get("type")),
        state=state,
        reference=members.reference(entry.get("reference")),
        gateway_id=members.identifier(entry.get("id")),
        transaction_id=members.identifier(entry.get("transaction_id")),
        amount=members.money(entry.get("amount"), entry.get("currency")),
        refunded=members.money(gone, entry.get("currency")),
        method=members.method(entry.get("payment_method")),
        time_text=members.shown(entry.get("time"))[:40],
        note=members.shown(entry.get("note")),
    )


def kind_of(value: object) -> ListedKind:
    """Return what an answer or an entry speaks of."""
    word = members.word(value)
    if word in _CHARGE_TYPES:
        return ListedKind.CHARGE
    return ListedKind.REFUND if word in _REFUND_TYPES else ListedKind.OTHER


def refusal_of(answer: Mapping[str, Any]) -> Refused | None:
    """Return the refusal that `answer` is, if it is one; it must not promise a code as well."""
    if members.word(answer.get("result")) not in {"fail", "error"} or "url" in answer:
        return None
    text = members.shown(answer.get("error"))
    kind = RefusalKind.NOT_SET_UP if _ABOUT_TOKEN.search(text) else RefusalKind.OTHER
    return Refused(kind, text, members.shown(answer.get("code")))
