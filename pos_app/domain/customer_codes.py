"""Codes that customers show in their wallets for the till to scan.

Source: gateways/citcon.md, "In-Store API (till)". Such a code is a way to take money: it is never
stored, logged, journalled or shown (design.md, promise 11).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NoReturn

from pos_app.domain.methods import PaymentMethod

CONFIRM_WITHIN = timedelta(seconds=60)
"""How long a customer may take to confirm on the phone (ux.md 6.11)."""
_FORMS: Mapping[PaymentMethod, re.Pattern[str]] = MappingProxyType({
    PaymentMethod.WECHATPAY: re.compile(r"1[0-5][0-9]{16}"),
    PaymentMethod.ALIPAY: re.compile(r"(?:2[5-9]|30)[0-9]{14,22}"),
    PaymentMethod.UPOP: re.compile(r"hQVDUFY[A-Za-z0-9+/=]{13,505}"),
})  # fmt: skip
_SHOWN = 4
_SHORTEST = 16
"""No wallet's code has fewer characters."""
_UNIONPAY_WITH_Y_AND_Z_SWAPPED = "hQVDUFZ"


class CustomerCode:
    """A scanned code. Whatever shows it shows its last four characters, except `reveal`.

    It cannot be pickled.

    Attributes:
        method: the wallet that it belongs to.
        last_four: all of it that may be seen.
    """

    __slots__ = ("_text", "last_four", "method")

    def __init__(self, text: str, method: PaymentMethod) -> None:
        self._text = text
        self.method = method
        self.last_four = text[-_SHOWN:]

    def reveal(self) -> str:
        """Return the code itself, for the one request that carries it."""
        return self._text

    def __repr__(self) -> str:
        return f"CustomerCode({self.method}, …{self.last_four})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a customer's code is not written down")


def read_code(text: str) -> CustomerCode | None:
    """Return the code that was scanned or typed; None when no wallet's codes look like that."""
    code = text.strip()
    for method, form in _FORMS.items():
        if form.fullmatch(code):
            return CustomerCode(code, method)
    return None


class Misreading(StrEnum):
    """Why what a scanner has read is no payment code."""

    CAPS_LOCK = "caps_lock"
    """UnionPay's codes tell capitals from small letters, and these came the other way round."""
    KEYBOARD = "keyboard"
    """The scanner types for another keyboard layout than this computer's."""
    NOT_A_CODE = "not_a_code"
    """It is something else: an item's barcode, a link, half a code."""


def misreading(text: str) -> Misreading:
    """Return why `text`, which `read_code` cannot read, is none; a guess from its characters."""
    code = text.strip()
    if read_code(code.swapcase()) is not None:
        return Misreading.CAPS_LOCK
    has_none_of_a_code = not any(one.isascii() and one.isalnum() for one in code)
    is_shifted = len(code) >= _SHORTEST and has_none_of_a_code
    if is_shifted or code.startswith(_UNIONPAY_WITH_Y_AND_Z_SWAPPED):
        return Misreading.KEYBOARD
    return Misreading.NOT_A_CODE
