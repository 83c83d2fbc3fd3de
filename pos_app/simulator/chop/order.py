"""Reads what a merchant posts to `/chop/chop`, and says in plain words what is wrong with it.

Source of the fields: gateways/citcon.md, "POST /chop/chop".
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from pos_app.simulator.citcon import read_reference
from pos_app.simulator.fields import (
    WrongFieldError,
    read_amount,
    read_currency,
    read_url,
    required,
)
from pos_app.simulator.methods import METHODS, Method
from pos_app.simulator.payments import Order

_LONGEST_TIMEOUT_S = 86_400


def read_order(fields: Mapping[str, str]) -> Order:
    """Return the order that the posted fields describe.

    Raises:
        WrongFieldError: a field is missing or wrong; no payment is made.
    """
    name = required(fields, "payment_method")
    method = METHODS.get(name)
    if method is None:
        raise WrongFieldError(f"payment_method {name} isn't known; use {', '.join(METHODS)}")
    amount_minor, currency = _read_money(fields, name, method)
    return Order(
        reference=read_reference(fields),
        method=name,
        amount_minor=amount_minor,
        currency=currency,
        timeout_s=_read_timeout(fields),
        ipn_url=read_url(fields, "ipn_url"),
        success_url=read_url(fields, "callback_url_success"),
        fail_url=read_url(fields, "callback_url_fail"),
        mobile_url=read_url(fields, "mobile_result_url"),
    )


def _read_money(fields: Mapping[str, str], name: str, method: Method) -> tuple[int, str]:
    amount_field, currency_field = _money_fields(fields, name, method)
    amount_minor = read_amount(fields, amount_field)
    currency = read_currency(fields, currency_field)
    if method.currency not in {None, currency}:
        raise WrongFieldError(
            f"{currency_field} {currency} isn't taken for {name}; it takes {method.currency}"
        )
    return amount_minor, currency


def _money_fields(fields: Mapping[str, str], name: str, method: Method) -> tuple[str, str]:
    """Return the names of the two members that carry the money of this method."""
    if not method.uses_trans_amount:
        if "amount" not in fields and "trans_amount" in fields:
            raise WrongFieldError(f"trans_amount isn't for {name}; send amount and currency")
        return "amount", "currency"
    if "trans_amount" not in fields and "amount" in fields:
        raise WrongFieldError(f"amount isn't for {name}; send trans_amount and trans_currency")
    # One sample of the vendor pairs trans_amount with currency.
    is_sample = "trans_currency" not in fields and "currency" in fields
    return "trans_amount", "currency" if is_sample else "trans_currency"


def _read_timeout(fields: Mapping[str, str]) -> int | None:
    """Return `timeout` of `ext` in seconds, or None if there is none."""
    text = fields.get("ext", "").strip()
    if not text:
        return None
    # Url-encoded once by the form; some clients have encoded it before that, too.
    ext = _read_json_object(text if text.startswith("{") else unquote_plus(text))
    timeout = ext.get("timeout")
    if timeout is None:
        return None
    shown = str(timeout)
    if not (shown.isascii() and shown.isdigit() and 1 <= int(shown) <= _LONGEST_TIMEOUT_S):
        raise WrongFieldError(f"ext: timeout isn't a number of seconds up to {_LONGEST_TIMEOUT_S}")
    return int(shown)


def _read_json_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise WrongFieldError("ext isn't a JSON object")
    return value
