"""J-Pay's words: its forms and its answers. They stay in this file.

Source: gateways/jpay.md. What is not listed there is no answer: `OutcomeUnknown`, for the money
may have moved. Amounts are decimals of the major unit, always with two places.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from pos_app import __version__
from pos_app.config.kinds import is_loopback
from pos_app.config.secrets import Secret
from pos_app.domain.cards import KeyedCard
from pos_app.domain.charges import Charge
from pos_app.domain.currencies import minor_digits
from pos_app.domain.customers import Customer, Purchase
from pos_app.domain.errors import AmountError, NoticeRefusedError, OutcomeUnknown
from pos_app.domain.money import Money
from pos_app.domain.notices import Notice, kept_members
from pos_app.domain.outcomes import (
    CodeCreated,
    Inquiry,
    ListedKind,
    ListedPayment,
    PaymentState,
    RefundAnswer,
    RefundDone,
    RefundPending,
    RefundRefusalKind,
    RefundRefused,
    RefusalKind,
    Refused,
    Taken,
)
from pos_app.gateways.jpay.signing import is_signed, signature
from pos_app.logs import mask_secrets

SALE_PATH = "pay_index"
QUERY_PATH = "pay/trade/query"
REFUND_PATH = "pay/trade/refund"
REFUND_QUERY_PATH = "pay/trade/refundQuery"
MADE_UP_ORDER = "T0-000000-0000-NONE"
"""Looks like a reference and is none."""
MAX_ADDRESS = 2_000
MAX_ID = 64
_MAX_TEXT = 300
_BANK_CODE = "901"
_DECIMALS = 2
_DONE = "00"
_NOT_SIGNED = frozenset({"sign", "attach"})
_STATES = {
    "NOTPAY": PaymentState.OPEN,
    "UNPAID": PaymentState.OPEN,
    "PENDING": PaymentState.OPEN,
    "FAIL": PaymentState.DECLINED,
    "FAILED": PaymentState.DECLINED,
    "SUCCESS": PaymentState.PAID,
    "SUCCEEDED": PaymentState.PAID,
    "PAID": PaymentState.PAID,
    # It was paid: what went back are records of our own.
    "REFUND": PaymentState.PAID,
    "REFUNDED": PaymentState.PAID,
}
_REFUND_STATES = {
    "1": PaymentState.PAID,
    "2": PaymentState.OPEN,
    "3": PaymentState.DECLINED,
}
_NOTICES = {_DONE: True, "2": False}


@dataclass(frozen=True, slots=True)
class Account:
    """Whose requests these are."""

    member: str
    key: Secret


@dataclass(frozen=True, slots=True)
class Shop:
    """What every sale tells of the shop; see `config.settings.JPaySettings`."""

    website: str
    notify_url: str
    callback_url: str
    ip: str
    language: str
    system: str


def sale_form(
    charge: Charge, purchase: Purchase, shop: Shop, account: Account, at: datetime
) -> dict[str, str]:
    """Return the signed form that creates `charge`; its currency has two decimals."""
    signed = {
        "pay_memberid": account.member,
        "pay_orderid": charge.reference,
        "pay_applydate": f"{at:%Y-%m-%d %H:%M:%S}",
        "pay_bankcode": _BANK_CODE,
        "pay_notifyurl": shop.notify_url or shop.website,
        "pay_callbackurl": shop.callback_url or shop.website,
        "pay_amount": charge.amount.plain,
    }
    return {
        **signed,
        "pay_md5sign": signature(signed, account.key),
        "pay_currency": charge.amount.currency,
        "pay_url": shop.website,
        "pay_productname": _products(purchase),
        **_about(purchase.customer),
        **_card(purchase.card),
        "pay_ip": shop.ip,
        "pay_useragent": f"QR-Till/{__version__}",
        "pay_language": shop.language,
        "system": shop.system,
    }


def takes(amount: Money) -> bool:
    """Tell whether J-Pay can write this amount."""
    return minor_digits(amount.currency) == _DECIMALS


def query_form(order: str, account: Account) -> dict[str, str]:
    """Return the signed form that asks about an order."""
    signed = {"pay_memberid": account.member, "pay_orderid": order}
    return {**signed, "pay_md5sign": signature(signed, account.key)}


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


def read_created(
    body: bytes, charge: Charge, card: KeyedCard | None = None
) -> CodeCreated | Taken | Refused:
    """Read the answer to a sale: mostly the address of the page on which the customer pays.

    Args:
        body: the answer.
        charge: what was asked for.
        card: that was sent with it, to be taken out of J-Pay's own words.

    Returns:
        `Taken` for a keyed card only: declined; or said to be paid, which counts as open until a
        question confirms it.

    Raises:
        OutcomeUnknown: it is something else. Money: ask about the order; never send it again.
            `paid` is among it where no card was sent: nobody has seen the page.
    """
    answer = _members(body)
    if card is not None:
        answer["msg"] = card.masked(answer.get("msg", ""))
    refusal = _refusal(answer)
    if refusal:
        return refusal
    address = answer.get("url", "")
    match answer.get("status"):
        case "1" if _is_page(address):
            return CodeCreated(charge.reference, address)
        case "2" if card is not None:
            return _taken(charge, PaymentState.DECLINED)
        case "2":
            return Refused(RefusalKind.OTHER, _shown(answer.get("msg")))
        case "0" if card is not None:
            return _taken(charge, PaymentState.OPEN)
        case _:
            raise _not_understood("the sale")


def read_inquiry(body: bytes, charge: Charge, account: Account) -> Inquiry | Refused:
    """Read the answer to a question about `charge`, once its signature holds.

    It carries no currency: its amounts are read in the charge's. What the buyer really paid
    counts; where the order is another than ours, there is no amount that could confirm it.

    Raises:
        OutcomeUnknown: it is not signed with our key, or not an answer that is listed.
    """
    answer = _members(body)
    refusal = _refusal(answer) or _no(answer, "msg")
    if refusal:
        return refusal
    _check_signature(answer, account)
    state = _STATES.get(answer.get("trade_state", "").strip().upper())
    if state is None or not answer.get("orderid"):
        raise _not_understood("the question")
    ordered, paid = (_amount(answer.get(name), charge) for name in ("amount", "true_amount"))
    return Inquiry(
        state=state,
        reference=answer["orderid"],
        amount=paid if ordered == charge.amount or paid != charge.amount else None,
        transaction_id=_identifier(answer.get("transaction_id")),
        time_text=_shown(answer.get("time_end"))[:40],
    )


def read_check(body: bytes) -> Refused | None:
    """Read the answer about an order that does not exist: a refusal of the key, or None.

    Raises:
        OutcomeUnknown: it is not JSON, so it is not J-Pay that answers.
    """
    refusal = _refusal(_members(body))
    return refusal if refusal and refusal.kind is RefusalKind.NOT_SET_UP else None


def read_refunded(
    body: bytes, amount: Money, account: Account
) -> RefundPending | RefundRefused | Refused:
    """Read the answer to a refund: accepted is not yet done.

    Raises:
        OutcomeUnknown: it is not signed, or not an answer that is listed. Money: it may have gone
            back; never send it again.
    """
    answer = _members(body)
    refusal = _refusal(answer)
    if refusal:
        return refusal
    _check_signature(answer, account)
    if answer.get("returncode") != _DONE:
        return _refund_refused(answer)
    refund_id = _identifier(answer.get("refund_orderid"))
    if refund_id is None or answer.get("refund_amount") != amount.plain:
        raise _not_understood("the refund")
    return RefundPending(refund_id)


def read_refund_inquiry(body: bytes, refund_id: str, account: Account) -> RefundAnswer:
    """Read what became of a refund that was accepted.

    Raises:
        OutcomeUnknown: anything but a signed answer about this refund. Money: no news.
    """
    answer = _members(body)
    _check_signature(answer, account)
    if answer.get("refund_orderid") != refund_id:
        raise _not_understood("the question about the refund")
    match _REFUND_STATES.get(answer.get("refund_status", "")):
        case PaymentState.PAID:
            return RefundDone(refund_id)
        case PaymentState.OPEN:
            return RefundPending(refund_id)
        case PaymentState.DECLINED:
            return _refund_refused(answer)
        case _:
            raise _not_understood("the question about the refund")


def read_told_refund(body: bytes, charge: Charge, account: Account) -> ListedPayment | None:
    """Read the answer about the refunds of a charge where none was named: one of them, or None.

    Which one of several it is about isn't documented, nor is any member but its state: the
    others are taken where they come, so that it can be known again.

    Raises:
        OutcomeUnknown: anything but a refusal or a signed answer about this charge.
    """
    answer = _members(body)
    if _refusal(answer):
        return None
    _check_signature(answer, account)
    state = _REFUND_STATES.get(answer.get("refund_status", ""))
    if state is None or answer.get("orderid", charge.reference) != charge.reference:
        raise _not_understood("the question about refunds")
    return ListedPayment(
        ListedKind.REFUND,
        state,
        reference=charge.reference,
        gateway_id=_identifier(answer.get("refund_orderid")),
        transaction_id=charge.transaction_id,
        amount=_amount(answer.get("refund_amount"), charge),
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


def read_notice(members: Mapping[str, str], gateway_id: str, account: Account) -> Notice:
    """Return what a notification says, once its signature holds.

    Raises:
        NoticeRefusedError: it is not ours, not signed with our key, or says nothing known.
    """
    sign = members.get("sign", "")
    is_ours = members.get("memberid") == account.member
    if not is_ours or not is_signed(_signed_of(members), sign, account.key):
        raise NoticeRefusedError("A notice isn't signed with this merchant's key.")
    is_paid = _NOTICES.get(members.get("returncode", ""))
    reference = members.get("orderid", "").strip()
    if is_paid is None or not reference:
        raise NoticeRefusedError("A notice says something that isn't known.")
    kept = kept_members(members, _NOT_SIGNED)
    return Notice(gateway_id, sign.strip().upper(), reference, is_paid, kept)


def arrived_reference(members: Mapping[str, str]) -> str:
    """Return the reference of a synchronous notification; empty without one.

    Its `paymentStatus` is not looked at: it is unsigned and proves nothing.
    """
    return members.get("orderID", "").strip()


def _products(purchase: Purchase) -> str:
    products = [
        {
            "productName": line.name or "Goods",
            "price": line.unit_price.plain,
            "quantity": str(line.quantity),
        }
        for line in purchase.lines
    ]
    return json.dumps(products, ensure_ascii=False, separators=(",", ":"))


def _about(customer: Customer) -> dict[str, str]:
    told = {
        "pay_firstname": customer.first_name,
        "pay_lastname": customer.last_name,
        "pay_street_address1": customer.street,
        "pay_street_address2": customer.street_2,
        "pay_city": customer.city,
        "pay_postcode": customer.postcode,
        "pay_state": customer.state,
        "pay_country_iso_code_2": customer.country,
        "pay_email_address": customer.email,
        "pay_telephone": customer.phone,
    }
    return {name: value.strip() for name, value in told.items() if value.strip()}


def _card(card: KeyedCard | None) -> dict[str, str]:
    if card is None:
        return {}
    names = ("pay_cardno", "pay_cardmonth", "pay_cardyear", "pay_cardcvv")
    return dict(zip(names, card.reveal(), strict=True))


def _taken(charge: Charge, state: PaymentState) -> Taken:
    return Taken(charge.reference, Inquiry(state, reference=charge.reference))


def _members(body: bytes) -> dict[str, str]:
    """Return the members of an answer as they were written, unwrapped where it came twice.

    Raises:
        OutcomeUnknown: it is empty, no JSON object, or has members in members.
    """
    try:
        answer: Any = _json(body.decode("utf-8-sig"))
        if isinstance(answer, str):
            answer = _json(answer)
    except (ValueError, RecursionError):
        raise OutcomeUnknown("J-Pay's answer can't be read.") from None
    if not isinstance(answer, dict):
        raise _not_understood("the request")
    told = {name: "" if value is None else value for name, value in answer.items()}
    if not all(isinstance(value, str) for value in told.values()):
        raise _not_understood("the request")
    return told


def _json(text: str) -> object:
    # Numbers as they were written: a signature is over their text.
    return json.loads(text.strip(), parse_int=str, parse_float=str)


def _refusal(answer: Mapping[str, str]) -> Refused | None:
    if answer.get("status") != "error":
        return None
    text = _shown(answer.get("msg"))
    is_about_key = "signature" in text.lower()
    return Refused(RefusalKind.NOT_SET_UP if is_about_key else RefusalKind.OTHER, text)


def _no(answer: Mapping[str, str], name: str) -> Refused | None:
    code = answer.get("returncode", "")
    if code in {_DONE, ""}:
        return None
    return Refused(RefusalKind.OTHER, _shown(answer.get(name)), code[:MAX_ID])


def _refund_refused(answer: Mapping[str, str]) -> RefundRefused:
    text = _shown(answer.get("refund_message")) or "J-Pay says that the refund has failed."
    # No words for "too much" or "no balance" are documented: the details say what came.
    return RefundRefused(RefundRefusalKind.OTHER, text, answer.get("returncode", "")[:MAX_ID])


def _check_signature(answer: Mapping[str, str], account: Account) -> None:
    is_ours = answer.get("memberid", account.member) == account.member
    if not is_ours or not is_signed(_signed_of(answer), answer.get("sign", ""), account.key):
        raise OutcomeUnknown("J-Pay's answer isn't signed with this merchant's key.")


def _signed_of(members: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in members.items() if name not in _NOT_SIGNED}


def _amount(text: str | None, charge: Charge) -> Money | None:
    try:
        return Money.parse(text or "", charge.amount.currency)
    except AmountError:
        return None


def _is_page(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    is_plain = address.isprintable() and " " not in address and len(address) <= MAX_ADDRESS
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    return bool(host) and is_plain and is_safe


def _identifier(text: str | None) -> str | None:
    said = (text or "").strip()
    is_one = 0 < len(said) <= MAX_ID and said.isascii() and said.isprintable()
    return said if is_one else None


def _shown(text: str | None) -> str:
    line = " ".join(mask_secrets(text or "").split())
    return "".join(letter for letter in line if letter.isprintable())[:_MAX_TEXT]


def _not_understood(what: str) -> OutcomeUnknown:
    return OutcomeUnknown(f"J-Pay's answer to {what} isn't one that is known.")
