"""Citcon's words for the In-Store API: its forms and its answers. They stay in this file.

Source: gateways/citcon.md, "In-Store API (till)". What is not listed there is no answer:
`OutcomeUnknown`, for the money may have moved. No answer tells a currency except the history.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pos_app.config.secrets import Secret
from pos_app.domain.charges import Charge
from pos_app.domain.customer_codes import CustomerCode
from pos_app.domain.errors import OutcomeUnknown
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
    Taken,
)
from pos_app.gateways import citcon_members as members
from pos_app.gateways import citcon_words as words

INITIALIZE_PATH = "posp/rest/initialize"
SIGN_IN_PATH = "posp/rest/sign_in"
CREATE_PATH = "posp/rest/gen_payment_qr"
TAKE_PATH = "posp/rest/pay"
INQUIRE_PATH = "posp/rest/inquire"
REFUND_PATH = "posp/rest/refund"
CANCEL_PATH = "posp/rest/cancel"
HISTORY_PATH = "posp/rest/get_history"

_PAID = "00"
_PENDING = "09"
_UNKNOWN_ID = frozenset({"D1", "E4"})
_STATES = {_PAID: PaymentState.PAID, _PENDING: PaymentState.OPEN}
_METHODS = {"alipay": "alipay", "wechat": "wechatpay", "unionpay": "upop"}
_OCCUPIED = re.compile(r"\(C-I0\)|occupied", re.IGNORECASE)
_WRONG_STATE = re.compile(r"\(C-A2\)|order status error", re.IGNORECASE)
_ALREADY_REFUNDED = re.compile(r"already refunded", re.IGNORECASE)
_RAN_OUT = re.compile(r"expire|time[d -]*out|cancel|close", re.IGNORECASE)
# No text is published for a customer's code that has run out.
_OLD_CODE = re.compile(r"expire|too old|outdated|time[d -]*out", re.IGNORECASE)
_MAX_CODE = 2_000


def initialize_form(store_code: str) -> dict[str, str]:
    """Return the form that activates this terminal."""
    return {"store_code": store_code}


def sign_in_form(token: Secret) -> dict[str, str]:
    """Return the form that signs the terminal in; with its token, as all that follow."""
    return {"token": token.reveal()}


def create_form(token: Secret, charge: Charge) -> dict[str, str]:
    """Return the form that asks for a code. It carries neither reference nor currency."""
    return {"token": token.reveal(), **_amounts(charge)}


def take_form(token: Secret, charge: Charge, code: CustomerCode, now: datetime) -> dict[str, str]:
    """Return the form that charges the customer by `code`: the one place where it is written."""
    return {
        "token": token.reveal(),
        "barcode": code.reveal(),
        **_amounts(charge),
        "currency": charge.amount.currency,
        "pos_local_time": _time(now),
        "reference": charge.reference,
        "note": "",
    }


def inquire_form(token: Secret, payment_id: str, now: datetime) -> dict[str, str]:
    """Return the form that asks about a payment; `now` is this computer's local time."""
    return {"token": token.reveal(), "transaction_id": payment_id, "pos_local_time": _time(now)}


def cancel_form(token: Secret, payment_id: str) -> dict[str, str]:
    """Return the form that gives a payment up."""
    return {"token": token.reveal(), "transaction_id": payment_id, "note": ""}


def refund_form(
    token: Secret, charge: Charge, amount: Money, reason: str, now: datetime
) -> dict[str, str]:
    """Return the form that refunds `amount` of `charge`.

    Raises:
        ValueError: the charge has no id, or the amount cannot be one of a refund. Nothing was
            sent.
    """
    checked = words.refund_form(charge, amount, reason)
    return {
        "token": token.reveal(),
        "transaction_id": checked["transaction_id"],
        "reference": charge.reference,
        "refund_amount": str(amount.minor),
        "pos_local_time": _time(now),
        "note": checked["reason"],
    }


def read_initialized(body: bytes) -> Secret | Refused:
    """Read the answer to an activation: the terminal's token.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists.
    """
    answer = members.json_object(body)
    refusal = _refusal(answer)
    if refusal:
        return refusal
    token = members.identifier(answer.get("token"))
    if not _is_success(answer) or token is None:
        raise members.not_understood("the activation")
    return Secret(token)


def is_occupied(answer: Refused) -> bool:
    """Tell whether an activation was refused because another terminal has the store code."""
    return _OCCUPIED.search(answer.text) is not None


def read_signed_in(body: bytes) -> Refused | None:
    """Read the answer to a sign-in: a refusal of the token, or None.

    Raises:
        OutcomeUnknown: it is not JSON, so it is not Citcon that answers.
    """
    refusal = _refusal(members.json_object(body))
    return refusal if refusal and refusal.kind is RefusalKind.NOT_SET_UP else None


def read_created(body: bytes) -> CodeCreated | Refused:
    """Read the answer to the question for a code.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists. Money: no code was shown, so
            nobody can have paid; ask for another one.
    """
    answer = members.json_object(body)
    refusal = _refusal(answer)
    if refusal:
        return refusal
    code = answer.get("qr_code")
    if not _is_success(answer) or not isinstance(code, str) or len(code) > _MAX_CODE:
        raise members.not_understood("the charge")
    payment_id = members.identifier(code.partition("=")[2].partition("&")[0])
    if payment_id is None or not code.isprintable():
        raise members.not_understood("the charge")
    return CodeCreated(payment_id, code)


def read_taken(body: bytes, charge: Charge) -> Taken | Refused:
    """Read the answer to the customer's code. Whether it agrees is not looked at here.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists, or one of a payment without an
            id. Money: the customer may have paid; never send it again.
    """
    answer = members.json_object(body)
    refusal = _refusal(answer)
    payment_id = members.identifier(answer.get("transaction_id"))
    state = _STATES.get(members.shown(answer.get("code")))
    if state is None:
        if refusal is None:
            raise members.not_understood("the customer's code")
        if _OLD_CODE.search(refusal.text):
            state = PaymentState.EXPIRED
        elif payment_id is None or refusal.kind is RefusalKind.NOT_SET_UP:
            return refusal
        else:
            state = PaymentState.DECLINED
    elif payment_id is None or (state is PaymentState.PAID and refusal):
        raise members.not_understood("the customer's code")
    inquiry = Inquiry(
        state,
        amount=members.money(answer.get("total"), charge.amount.currency),
        tip=members.money(answer.get("tip"), charge.amount.currency),
        method=_METHODS.get(members.word(answer.get("method")) or ""),
        transaction_id=payment_id,
    )
    return Taken(payment_id, inquiry)


def read_inquiry(body: bytes, charge: Charge) -> Inquiry | Refused:
    """Read the answer to an inquire about `charge`.

    It names neither reference nor currency, and any wallet may have paid a code that was shown:
    what can be compared is the amount, taken to be in the charge's currency.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists. Money: ask again.
    """
    answer = members.json_object(body)
    total = members.money(answer.get("total"), charge.amount.currency)
    state = _STATES.get(members.shown(answer.get("code")))
    refusal = _refusal(answer)
    if state is PaymentState.PAID and refusal:
        raise members.not_understood("the question")
    if state is None:
        if refusal is None:
            raise members.not_understood("the question")
        # Only what names the payment's amount speaks of the payment's end.
        if not refusal.code or refusal.code in _UNKNOWN_ID or total is None:
            return refusal
        ran_out = _RAN_OUT.search(refusal.text)
        state = PaymentState.EXPIRED if ran_out else PaymentState.DECLINED
    return Inquiry(state, amount=total, transaction_id=charge.gateway_id)


def read_refunded(body: bytes, charge: Charge) -> RefundAnswer | Refused:
    """Read the answer to a refund of `charge`.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists, or it speaks of another payment.
            Money: it may have gone back; never ask again.
    """
    answer = members.json_object(body)
    refusal = _refusal(answer)
    code = members.shown(answer.get("code"))
    if refusal:
        if refusal.kind is RefusalKind.NOT_SET_UP:
            return refusal
        if code not in _STATES:
            return RefundRefused(_why_not_refunded(refusal), refusal.text, refusal.code)
    told = answer.get("original_transaction_id")
    known = {charge.transaction_id, charge.gateway_id}
    is_of_it = told is None or members.identifier(told) in known
    if refusal or not _is_success(answer) or code not in {_PAID, ""} or not is_of_it:
        raise members.not_understood("the refund")
    return RefundDone(members.identifier(answer.get("transaction_id")))


def _why_not_refunded(refusal: Refused) -> RefundRefusalKind:
    text = refusal.text
    if _WRONG_STATE.search(text) or _ALREADY_REFUNDED.search(text):
        return RefundRefusalKind.TOO_MUCH
    is_balance = words.ABOUT_BALANCE.search(text)
    return RefundRefusalKind.NO_BALANCE if is_balance else RefundRefusalKind.OTHER


def read_cancelled(body: bytes) -> CancelAnswer | Refused:
    """Read the answer to a cancel. DUPLICATE: the payment isn't one that waits any more.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists. Money: inquire.
    """
    answer = members.json_object(body)
    refusal = _refusal(answer)
    if refusal is None:
        if _is_success(answer):
            return CancelAnswer(CancelResult.CANCELLED)
        raise members.not_understood("the cancel")
    if refusal.kind is RefusalKind.NOT_SET_UP:
        return refusal
    is_over = _WRONG_STATE.search(refusal.text)
    return CancelAnswer(
        CancelResult.DUPLICATE if is_over else CancelResult.FAILED, refusal.text or refusal.code
    )


def read_history(body: bytes) -> tuple[ListedPayment, ...]:
    """Read the terminal's history: payments, each followed by its refunds.

    Raises:
        OutcomeUnknown: it is not such a list, a refusal included. It says nothing.
    """
    answer = members.json_value(body)
    if isinstance(answer, dict):
        refusal = _refusal(answer)
        if refusal:
            raise OutcomeUnknown(f"Citcon doesn't give its list: {refusal.text or 'it says no'}.")
    if not isinstance(answer, list) or not all(isinstance(one, dict) for one in answer):
        raise members.not_understood("the question for its list")
    return tuple(listed for entry in answer for listed in _entries(entry))


def _entries(entry: Mapping[str, Any]) -> Iterator[ListedPayment]:
    payment_id = members.identifier(entry.get("transaction_id"))
    reference = members.reference(entry.get("reference"))
    currency, backs = entry.get("currency"), entry.get("refunds")
    is_told = isinstance(backs, list) and all(isinstance(one, dict) for one in backs)
    refunds = [
        ListedPayment(
            ListedKind.REFUND,
            PaymentState.PAID,
            reference=reference,
            gateway_id=members.identifier(one.get("transaction_id")),
            transaction_id=payment_id,
            amount=members.money(one.get("refund_amount"), currency),
            time_text=members.shown(one.get("pos_local_time"))[:40],
            note=members.shown(one.get("note")),
        )
        for one in (backs if isinstance(backs, list) and is_told else [])
    ]
    yield ListedPayment(
        ListedKind.CHARGE,
        _STATES.get(members.shown(entry.get("code"))),
        reference=reference,
        gateway_id=payment_id,
        transaction_id=payment_id,
        amount=members.money(entry.get("total"), currency),
        refunded=_sum(refunds, currency) if is_told else None,
        method=_METHODS.get(members.word(entry.get("method")) or ""),
        time_text=members.shown(entry.get("pos_local_time"))[:40],
    )
    yield from refunds


def _sum(refunds: list[ListedPayment], currency: object) -> Money | None:
    """Return what has gone back; None when one of them cannot be read."""
    amounts = [one.amount.minor for one in refunds if one.amount is not None]
    return members.money(sum(amounts), currency) if len(amounts) == len(refunds) else None


def _amounts(charge: Charge) -> dict[str, str]:
    """Return what is to be taken: the whole as `total`, and the part of it that is a tip.

    That `total` includes the tip is our choice: nobody says so, but the answer has a `subtotal`
    beside the two. An answer is compared by `total` and `tip`.
    """
    tip = charge.amount - charge.price
    return {"total": str(charge.amount.minor), "tip": str(tip.minor)}


def _refusal(answer: Mapping[str, Any]) -> Refused | None:
    """Return the refusal that `answer` is, if it is one."""
    text = members.shown(answer.get("error_message"))
    return words.refusal_of(
        {"result": answer.get("result"), "error": text, "code": answer.get("code")}
    )


def _is_success(answer: Mapping[str, Any]) -> bool:
    return members.word(answer.get("result")) == "success"


def _time(now: datetime) -> str:
    return f"{now:%Y-%m-%d %H:%M:%S}"
