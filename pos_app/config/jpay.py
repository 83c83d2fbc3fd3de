"""The settings of the connection to J-Pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pos_app.config import kinds
from pos_app.config.declaring import setting
from pos_app.config.service_fields import notice_address, page_after, service_address

JPAY_KEY: Final = "jpay.token"


@dataclass(frozen=True)
class JPaySettings:
    """The connection to J-Pay, which takes cards, and what it is told of the shop."""

    base_url: str = service_address("https://sandbox.j-pay.net/")
    member_id: str = setting(
        "",
        kinds.text(20),
        "Merchant ID",
        "The number that J-Pay gave the shop.",
        is_asked=True,
    )
    token: str = setting(
        JPAY_KEY,
        kinds.text(),
        "Key",
        "The name under which the merchant's key is kept; never the key itself.",
        is_secret=True,
    )
    website: str = setting(
        "",
        kinds.optional_url(),
        "The shop’s website",
        "The one that J-Pay has reviewed.",
        is_asked=True,
    )
    notify_url: str = notice_address("J-Pay")
    callback_url: str = page_after("paying")
    country: str = setting(
        "US",
        kinds.pattern("([A-Z]{2})?", "two capital letters such as US, or nothing"),
        "Customer's country",
        "The country that a customer's details begin with: the store's.",
    )
    ip: str = setting(
        "127.0.0.1",
        kinds.pattern(r"[0-9a-fA-F.:]{2,45}", "an IP address such as 192.0.2.1"),
        "IP address",
        "Told as the customer's; the shop's own address on the internet.",
    )
    language: str = setting(
        "en",
        kinds.pattern("[A-Za-z_-]{2,10}", "a language such as en"),
        "Language",
        "Of its page.",
    )
    system: str = setting(
        "QR Till", kinds.text(40), "System", "The shop system's name, as J-Pay is told."
    )
    allow_keyed_cards: bool = setting(
        False,
        kinds.yes_or_no(),
        "Let the cashier key cards",
        "Only if your contract allows it: this PC then handles card numbers.",
        is_asked=True,
    )
