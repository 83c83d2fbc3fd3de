"""J-Pay's words about refunds: the forms, and what their answers say (see `wire`)."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.charges import Charge
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    Inquiry,
    ListedKind,
    ListedPayment,
    PaymentState,
    RefundAnswer,
    RefundDone,
    RefundPending,
    RefundRefusalKind,
    RefundRefused,
    Refused,
)
from pos_app.gateways.jpay.signing import signature
from pos_app.gateways.jpay.wire import query_form
from pos_app.gateways.jpay.wire_answers import (
    DONE,
    MAX_ID,
    Account,
    amount_of,
    check_signature,
    identifier_of,
    members_of,
    not_understood,
    refusal_of,
    shown,
)

REFUND_PATH = "pay/trade/refund"
REFUND_QUERY_PATH = "pay/trade/refundQuery"
_STATES = {
    "1": PaymentState.PAID,
    "2": PaymentState.OPEN,
    "3": PaymentState.DECLINED,
}


def refund_form(
    charge: Charge, transaction_id: str, amount: Money, reason: str, account: Account
) -> dict[str, str]:
    """Return the signed form that sends `amount` of a paid charge back."""
    signed = {
        "pay_memberid": account.member,
        "transaction_id": transaction_id,
        "pay_orderid": charge.reference,
    }
    return {
        **signed,
        "pay_md5sign": signature(signed, account.key),
        "currency": charge.amount.currency,
        "pay_amount": charge.amount.plain,
        "refund_amount": amount.plain,
        "refund_reason": " ".join(reason.split()) or "refund",
    }


def refund_query_form(charge: Charge, refund_id: str, account: Account) -> dict[str, str]:
    """Return the signed form that asks about one refund."""
    return {**query_form(charge.reference, account), "refund_orderid": refund_id}


def read_refunded(
    body: bytes, amount: Money, account: Account
) -> RefundPending | RefundRefused | Refused:
    """Read the answer to a refund: accepted is not yet done.

    Raises:
        OutcomeUnknown: it is not signed, or not an answer that is listed. Money: it may have gone
            back; never send it again.
    """
    answer = members_of(body)
    refusal = refusal_of(answer)
    if refusal:
        return refusal
    check_signature(answer, account)
    if answer.get("returncode") != DONE:
        return _refund_refused(answer)
    refund_id = identifier_of(answer.get("refund_orderid"))
    if refund_id is None or answer.get("refund_amount") != amount.plain:
        raise not_understood("the refund")
    return RefundPending(refund_id)


def read_refund_inquiry(body: bytes, refund_id: str, account: Account) -> RefundAnswer:
    """Read what became of a refund that was accepted.

    Raises:
        OutcomeUnknown: anything but a signed answer about this refund. Money: no news.
    """
    answer = members_of(body)
    check_signature(answer, account)
    if answer.get("refund_orderid", refund_id) != refund_id:
        raise not_understood("the question about the refund")
    match _STATES.get(answer.get("refund_status", "")):
        case PaymentState.PAID:
            return RefundDone(refund_id)
        case PaymentState.OPEN:
            return RefundPending(refund_id)
        case PaymentState.DECLINED:
            return _refund_refused(answer)
        case _:
            raise not_understood("the question about the refund")


def read_told_refund(body: bytes, charge: Charge, account: Account) -> ListedPayment | None:
    """Read the answer about the refunds of a charge where none was named: one of them, or None.

    Which one of several it is about isn't documented, nor is any member but its state: the
    others are taken where they come, so that it can be known again.

    Raises:
        OutcomeUnknown: anything but a refusal or a signed answer about this charge.
    """
    answer = members_of(body)
    if refusal_of(answer):
        return None
    check_signature(answer, account)
    state = _STATES.get(answer.get("refund_status", ""))
    if state is None or answer.get("orderid", charge.reference) != charge.reference:
        raise not_understood("the question about refunds")
    return ListedPayment(
        ListedKind.REFUND,
        state,
        reference=charge.reference,
        gateway_id=identifier_of(answer.get("refund_orderid")),
        transaction_id=charge.transaction_id,
        amount=amount_of(answer.get("refund_amount"), charge),
    )


def listed(charge: Charge, payment: Inquiry) -> ListedPayment:
    """Return what an answer says of a payment, as an entry of a list would."""
    return ListedPayment(
        ListedKind.CHARGE,
        payment.state,
        reference=payment.reference,
        gateway_id=charge.gateway_id,
        transaction_id=payment.transaction_id,
        amount=payment.amount,
        time_text=payment.time_text,
    )


def _refund_refused(answer: Mapping[str, str]) -> RefundRefused:
    text = shown(answer.get("refund_message")) or "J-Pay says that the refund has failed."
    # No words for "too much" or "no balance" are documented: the details say what came.
    return RefundRefused(RefundRefusalKind.OTHER, text, answer.get("returncode", "")[:MAX_ID])
