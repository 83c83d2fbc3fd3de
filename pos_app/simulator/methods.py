"""The payment methods of the hosted page: their amount members, and which can be cancelled."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Method:
    """One value of `payment_method`.

    Attributes:
        name: how the customer's page calls it.
        letter: the glyph on the page.
        colour: the glyph's fill.
        uses_trans_amount: `trans_amount` and `trans_currency` instead of `amount`, `currency`.
        can_be_cancelled: Alipay and WeChat Pay by the document, Alipay HK as seen.
        currency: the only currency that it takes, or None (gateways/citcon.md, last table).
        ink: the letter's colour.
    """

    name: str
    letter: str
    colour: str
    uses_trans_amount: bool = False
    can_be_cancelled: bool = False
    currency: str | None = None
    ink: str = "#FFFFFF"


METHODS = {
    "alipay": Method("Alipay", "A", "#1668DC", can_be_cancelled=True),
    "wechatpay": Method("WeChat Pay", "W", "#0B7F3F", can_be_cancelled=True),
    "cc": Method("Card", "C", "#475467"),
    "upop": Method("UnionPay", "U", "#9A3412"),
    "alipay_hk": Method("Alipay HK", "HK", "#0E7490", True, True, "HKD"),
    "dana": Method("DANA", "D", "#5A57D1", True, currency="IDR"),
    "gcash": Method("GCash", "G", "#1E3A8A", True, currency="PHP"),
    "jkopay": Method("JKOPAY", "J", "#BE123C", True, currency="TWD"),
    "kakaopay": Method("KakaoPay", "K", "#FFD43B", True, currency="KRW", ink="#2B2100"),
    "paypal": Method("PayPal", "P", "#1F3A6E"),
    "venmo": Method("Venmo", "V", "#2B6CB0"),
    "cashapppay": Method("Cash App Pay", "$", "#15803D"),
}
