"""J-Pay's words: its forms and its answers. They stay in the wire files.

Source: gateways/jpay.md. What is not listed there is no answer: `OutcomeUnknown`, for the money
may have moved. Amounts are decimals of the major unit, always with two places.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from pos_app import __version__
from pos_app.config.kinds import is_loopback
from pos_app.domain.cards import KeyedCard
from pos_app.domain.charges import Charge
from pos_app.domain.currencies import minor_digits
from pos_app.domain.customers import Customer, Purchase
from pos_app.domain.errors import NoticeRefusedError
from pos_app.domain.money import Money
from pos_app.domain.notices import Notice, kept_members
from pos_app.domain.outcomes import (
    CodeCreated,
    Inquiry,
    PaymentState,
    RefusalKind,
    Refused,
    Taken,
)
from pos_app.gateways.jpay.signing import is_signed, signature
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
    signed_of,
)

SALE_PATH = "pay_index"
QUERY_PATH = "pay/trade/query"
MADE_UP_ORDER = "T0-000000-0000-NONE"
"""Looks like a reference and is none."""
MAX_ADDRESS = 2_000
_BANK_CODE = "901"
_DECIMALS = 2
_STATES = {
    "NOTPAY": PaymentState.OPEN,
    "UNPAID": PaymentState.OPEN,
    "PENDING": PaymentState.OPEN,
    "FAIL": PaymentState.DECLINED,
    "FAILED": PaymentState.DECLINED,
    "SUCCESS": PaymentState.PAID,
    "SUCCEEDED": PaymentState.PAID,
    "PAID": PaymentState.PAID,
    "REFUND": PaymentState.PAID,
    "REFUNDED": PaymentState.PAID,
}
_GONE_BACK = frozenset({"REFUND", "REFUNDED"})
"""It was paid, and money of it went back: by our own refunds, or elsewhere."""
_NOTICES = {DONE: True, "2": False}
_KEPT = frozenset(
    {
        "memberid",
        "orderid",
        "amount",
        "true_amount",
        "currency",
        "transaction_id",
        "datetime",
        "returncode",
    }
)
"""What is kept of a notice."""


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
    answer = members_of(body)
    if card is not None:
        answer["msg"] = card.masked(answer.get("msg", ""))
    refusal = refusal_of(answer)
    if refusal:
        return refusal
    address = answer.get("url", "")
    match answer.get("status"):
        case "1" if _is_page(address):
            return CodeCreated(charge.reference, address)
        case "2" if card is not None:
            return _taken(charge, PaymentState.DECLINED)
        case "2":
            return Refused(RefusalKind.OTHER, shown(answer.get("msg")))
        case "0" if card is not None:
            return _taken(charge, PaymentState.OPEN)
        case _:
            raise not_understood("the sale")


def read_inquiry(body: bytes, charge: Charge, account: Account) -> Inquiry | Refused:
    """Read the answer to a question about `charge`, once its signature holds.

    It carries no currency: its amounts are read in the charge's. What the buyer really paid
    counts; where the order is another than ours, there is no amount that could confirm it.

    Raises:
        OutcomeUnknown: it is not signed with our key, or not an answer that is listed.
    """
    answer = members_of(body)
    refusal = refusal_of(answer) or _no(answer, "msg")
    if refusal:
        return refusal
    check_signature(answer, account)
    said = answer.get("trade_state", "").strip().upper()
    state = _STATES.get(said)
    if state is None or not answer.get("orderid"):
        raise not_understood("the question")
    ordered, paid = (amount_of(answer.get(name), charge) for name in ("amount", "true_amount"))
    return Inquiry(
        state=state,
        reference=answer["orderid"],
        amount=paid if ordered == charge.amount or paid != charge.amount else None,
        transaction_id=identifier_of(answer.get("transaction_id")),
        time_text=shown(answer.get("time_end"))[:40],
        is_refunded=said in _GONE_BACK,
    )


def read_check(body: bytes) -> Refused | None:
    """Read the answer about an order that does not exist: a refusal of the key, or None.

    Raises:
        OutcomeUnknown: it is not JSON, so it is not J-Pay that answers.
    """
    refusal = refusal_of(members_of(body))
    return refusal if refusal and refusal.kind is RefusalKind.NOT_SET_UP else None


def read_notice(members: Mapping[str, str], gateway_id: str, account: Account) -> Notice:
    """Return what a notification says, once its signature holds.

    Raises:
        NoticeRefusedError: it is not ours, not signed with our key, or says nothing known.
    """
    sign = members.get("sign", "")
    is_ours = members.get("memberid") == account.member
    if not is_ours or not is_signed(signed_of(members), sign, account.key):
        raise NoticeRefusedError("A notice isn't signed with this merchant's key.")
    is_paid = _NOTICES.get(members.get("returncode", ""))
    reference = members.get("orderid", "").strip()
    if is_paid is None or not reference:
        raise NoticeRefusedError("A notice says something that isn't known.")
    kept = kept_members(members, _KEPT)
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


def _no(answer: Mapping[str, str], name: str) -> Refused | None:
    code = answer.get("returncode", "")
    if code in {DONE, ""}:
        return None
    return Refused(RefusalKind.OTHER, shown(answer.get(name)), code[:MAX_ID])


def _is_page(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    is_plain = address.isprintable() and " " not in address and len(address) <= MAX_ADDRESS
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    return bool(host) and is_plain and is_safe
