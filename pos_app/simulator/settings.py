"""What can be set about the simulator when it is started."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal


@dataclass(frozen=True, slots=True)
class Settings:
    """The simulated merchant and the habits of its gateway.

    Attributes:
        tokens: the merchant tokens that are accepted; each is a merchant with its own ledger.
        merchant_name: what the customer's page says above the amount.
        expiry_s: life of a code in seconds when `ext` names no `timeout`.
        auto_pay_s: every new payment is paid this many seconds after it was made, or None.
        after_cancel: `notify_result` once an unpaid payment was cancelled (nobody documents it).
        cancel_windows: keep to the wallets' own rules about when a payment can be cancelled.
        notify_declines: send a notice with `fail` when the customer's wallet says no.
        china_host: the host of the returned address for `client_country=CN`, or None.
        retry_after_s: when a notice that was not answered with `ok` is sent again, in seconds
            after the attempt before (our choice: the vendor publishes neither count nor spacing).
        control_from_anywhere: answer the control interface to other computers too.
        time_zone: IANA name of the zone in which the merchant's day begins: the open balance is
            reset and payments are settled then (whose day it is, is not documented).
        settles_after_days: a payment is settled at the beginning of this many days after the day
            it was paid on (1 to 30; our choice), and cannot be cancelled from then on.
        reason_required_for: the methods whose refunds need a reason (seen for some wallets).
        redirects_declines: send the customer to `callback_url_fail` after a decline too, not only
            when the page's time runs out (the vendor's page says both).
        store_codes: what a terminal of the In-Store API is activated with, each once.
        currency: of In-Store payments, whose codes are asked for without one.
        unpaid_online: what the Online API's inquire says of an unpaid payment: the payment with
            `status` null, or an empty object or array (all SEEN).
        jpay_member: the merchant id at J-Pay; the tokens are its keys there.
    """

    tokens: tuple[str, ...] = field(default=("training-token",), repr=False)
    merchant_name: str = "Harbour Street Gifts"
    expiry_s: int = 300
    auto_pay_s: float | None = None
    after_cancel: Literal["expired", "null"] = "expired"
    cancel_windows: bool = False
    notify_declines: bool = False
    china_host: str | None = None
    retry_after_s: tuple[float, ...] = (5, 15, 60, 300, 900)
    control_from_anywhere: bool = False
    time_zone: str = "UTC"
    settles_after_days: int = 1
    reason_required_for: frozenset[str] = frozenset()
    redirects_declines: bool = False
    store_codes: tuple[str, ...] = ("training-store",)
    currency: str = "USD"
    unpaid_online: Literal["null", "{}", "[]"] = "null"
    jpay_member: str = "10130"

    def token_by_merchant(self, service: str = "chop") -> Mapping[str, str]:
        """Return the accepted tokens by the name that the ledger knows their merchants by."""
        return {merchant_of(token, service): token for token in self.tokens}


def merchant_of(token: str, service: str = "chop") -> str:
    """Return the ledger's name of a token's merchant, so that no token is written to a file.

    The same token is another merchant at each service: real ones have a token for each (SEEN).
    """
    name = token if service == "chop" else f"{service} {token}"
    return sha256(name.encode()).hexdigest()[:16]
