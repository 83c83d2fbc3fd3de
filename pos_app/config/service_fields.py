"""Settings that the connections to all payment services have, declared once."""

from __future__ import annotations

from pos_app.config import kinds
from pos_app.config.declaring import setting


def service_address(default: str) -> str:
    """Declare where the payment service is."""
    about = "Where the payment service is: the test or the live one."
    return setting(default, kinds.base_url(), "Address", about)


def token_name(default: str, whose: str) -> str:
    """Declare under which name a token is kept; `whose` it is: "the merchant"."""
    about = f"The name under which {whose} token is kept; never the token itself."
    return setting(default, kinds.text(), "Token", about, is_secret=True)


def notice_address(who: str) -> str:
    """Declare the address at which `who` tells of payments by itself."""
    about = f"Where {who} tells of payments."
    return setting("", kinds.optional_url(), "Notification address", about)


def page_after(what: str) -> str:
    """Declare where the customer's browser goes after `what`: "paying"."""
    about = "Where the customer's browser goes then."
    return setting("", kinds.optional_url(), f"Page after {what}", about)
