"""The payment methods and what is true of each, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class PaymentMethod(StrEnum):
    """How a customer pays; the value is the id in object names, settings and the ledger."""

    ALIPAY = "alipay"
    WECHATPAY = "wechatpay"
    ALIPAY_HK = "alipay_hk"
    UPOP = "upop"
    CC = "cc"
    DANA = "dana"
    GCASH = "gcash"
    JKOPAY = "jkopay"
    KAKAOPAY = "kakaopay"


@dataclass(frozen=True, slots=True)
class MethodTraits:
    """What the till knows of a payment method.

    Attributes:
        name: the wallet's own name, the same in every language's Latin script.
        glyph: the letters in its square; empty for the card icon.
        glyph_fill: colour of the square (ux.md 3.1), never themed.
        glyph_ink: colour of the letters.
        wallet_currency: the one currency that this wallet takes (citcon.md, "Currency by
            method"); None: it takes the store's. Wallets with a currency of their own are
            charged by `trans_amount` on CHOP.
        is_card: the customer types a card on the page instead of opening a wallet.
    """

    name: str
    glyph: str
    glyph_fill: str
    glyph_ink: str = "#FFFFFF"
    wallet_currency: str | None = None
    is_card: bool = False

    def currency(self, store_currency: str) -> str:
        """Return the currency this method charges in when the contract says nothing else."""
        return self.wallet_currency or store_currency


METHODS: Mapping[PaymentMethod, MethodTraits] = MappingProxyType({
    PaymentMethod.ALIPAY: MethodTraits("Alipay", "A", "#1668DC"),
    PaymentMethod.WECHATPAY: MethodTraits("WeChat Pay", "W", "#0B7F3F"),
    PaymentMethod.ALIPAY_HK: MethodTraits("Alipay HK", "HK", "#0E7490", wallet_currency="HKD"),
    PaymentMethod.UPOP: MethodTraits("UnionPay", "U", "#9A3412"),
    PaymentMethod.CC: MethodTraits("Card", "", "#475467", is_card=True),
    PaymentMethod.DANA: MethodTraits("DANA", "D", "#5A57D1", wallet_currency="IDR"),
    PaymentMethod.GCASH: MethodTraits("GCash", "G", "#1E3A8A", wallet_currency="PHP"),
    PaymentMethod.JKOPAY: MethodTraits("JKOPay", "J", "#BE123C", wallet_currency="TWD"),
    PaymentMethod.KAKAOPAY: MethodTraits(
        "Kakao Pay", "K", "#FFD43B", glyph_ink="#2B2100", wallet_currency="KRW"
    ),
})  # fmt: skip
"""In the order of their F-keys (F1–F9), which never shifts."""
