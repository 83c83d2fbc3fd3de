"""What a merchant may ask J-Pay for, and what is wrong with the rest.

Source: gateways/jpay.md. The texts for wrong fields are ours: the vendor publishes one of them.
"""

import json
import re
from collections.abc import Mapping

from pos_app.simulator.card_form import Bank, bank_of
from pos_app.simulator.currencies import has_cents
from pos_app.simulator.fields import WrongFieldError, read_currency, read_url, required
from pos_app.simulator.jpay.notices import SERVICE
from pos_app.simulator.jpay.signing import is_right
from pos_app.simulator.payments import Order
from pos_app.simulator.settings import Settings, merchant_of

SALE_SIGNED = (
    "pay_memberid",
    "pay_orderid",
    "pay_applydate",
    "pay_bankcode",
    "pay_notifyurl",
    "pay_callbackurl",
    "pay_amount",
)
QUESTION_SIGNED = ("pay_memberid", "pay_orderid")
REFUND_SIGNED = ("pay_memberid", "transaction_id", "pay_orderid")
WRONG_SIGNATURE = "Signature verification failed"
"""SEEN."""
_ABOUT_THE_CUSTOMER = (
    "pay_firstname",
    "pay_lastname",
    "pay_country_iso_code_2",
    "pay_email_address",
    "pay_telephone",
    "pay_ip",
    "pay_useragent",
    "pay_language",
    "system",
)
_LONGEST_ORDER = 20
_AMOUNT = re.compile(r"(\d{1,10})\.(\d{2})")
_CARD = ("pay_cardno", "pay_cardmonth", "pay_cardyear", "pay_cardcvv")


def merchant(settings: Settings, fields: Mapping[str, str], signed: tuple[str, ...]) -> str:
    """Return whose request it is.

    Raises:
        WrongFieldError: another merchant's, or not signed with a key that is known.
    """
    if required(fields, "pay_memberid") == settings.jpay_member:
        for key in settings.tokens:
            if is_right(fields, signed, key):
                return merchant_of(key, SERVICE)
    raise WrongFieldError(WRONG_SIGNATURE)


def read_order(fields: Mapping[str, str]) -> Order:
    """Return the sale that the posted fields describe.

    Raises:
        WrongFieldError: a field is missing or wrong; nothing is made.
    """
    reference = required(fields, "pay_orderid")
    if len(reference) > _LONGEST_ORDER:
        raise WrongFieldError(f"pay_orderid is longer than {_LONGEST_ORDER}")
    required(fields, "pay_applydate")
    if required(fields, "pay_bankcode") != "901":
        raise WrongFieldError("pay_bankcode isn't open for this merchant")
    currency = read_currency(fields, "pay_currency")
    if not has_cents(currency):
        raise WrongFieldError(f"pay_currency {currency} isn't taken")
    for name in _ABOUT_THE_CUSTOMER:
        required(fields, name)
    if not read_url(fields, "pay_url"):
        raise WrongFieldError("pay_url is missing")
    _read_products(fields)
    required(fields, "pay_notifyurl")
    required(fields, "pay_callbackurl")
    return Order(
        reference=reference,
        method="cc",
        amount_minor=read_cents(fields, "pay_amount"),
        currency=currency,
        ipn_url=read_url(fields, "pay_notifyurl"),
        success_url=read_url(fields, "pay_callbackurl"),
        service=SERVICE,
    )


def read_bank(fields: Mapping[str, str]) -> Bank | None:
    """Return what the bank does with the card that came with the order; the card is gone then.

    None when the customer is to enter it on the page. Only test cards are taken, as there.

    Raises:
        WrongFieldError: only a part of a card came, or it is none.
    """
    if not any(fields.get(name) for name in _CARD):
        return None
    number, *_ = [required(fields, name) for name in _CARD]
    bank = bank_of(number)
    if bank is None:
        raise WrongFieldError("pay_cardno isn't the number of a test card")
    return bank


def read_cents(fields: Mapping[str, str], name: str) -> int:
    """Return an amount in cents, more than 0.

    Raises:
        WrongFieldError: it is missing, or has not exactly two decimals.
    """
    match = _AMOUNT.fullmatch(required(fields, name))
    if match is None:
        raise WrongFieldError(f"{name} isn't an amount such as 85.95")
    cents = int(match[1] + match[2])
    if cents == 0:
        raise WrongFieldError(f"{name} must be more than 0")
    return cents


def _read_products(fields: Mapping[str, str]) -> None:
    text = fields.get("pay_productname", "")
    if not text:
        return
    try:
        products = json.loads(text)
        is_good = bool(products) and all(
            isinstance(product[name], str) and product[name]
            for product in products
            for name in ("productName", "price", "quantity")
        )
    except (ValueError, TypeError, KeyError):
        is_good = False
    if not is_good:
        raise WrongFieldError("pay_productname isn't a list of products")
