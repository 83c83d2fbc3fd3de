"""Which wallet a customer's code belongs to. Source: gateways/citcon.md, "In-Store API"."""

import re

from pos_app.simulator.fields import WrongFieldError

NAMES = {"wechatpay": "WeChat", "alipay": "Alipay", "upop": "UnionPay", "paypal": "PayPal"}
"""How the service calls the wallets (`WeChat` is SEEN)."""
_CODES = {
    "wechatpay": re.compile(r"1[0-5][0-9]{16}"),
    "alipay": re.compile(r"(2[5-9]|30)[0-9]{14,22}"),
    "upop": re.compile(r"hQVDUFY[A-Za-z0-9+/=]{13,500}"),
    "paypal": re.compile(r"[0-9]{11}"),
}
_UNIONPAY = "hQVDUFY"


def wallet_of(code: str) -> str:
    """Return the payment method that a scanned code pays by.

    Raises:
        WrongFieldError: it is none of theirs; the text does not repeat it.
    """
    for method, form in _CODES.items():
        if form.fullmatch(code):
            return method
    if code.startswith(_UNIONPAY):
        raise WrongFieldError("[scanCodeId]DATA_FORMAT_ERROR")
    raise WrongFieldError("barcode isn't a code of a wallet")
