"""Where the customer's browser is sent when the page is done.

Source: gateways/citcon.md, "Browser redirects".
"""

import re
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pos_app.simulator import cards
from pos_app.simulator.transactions import Transaction

_WALLETS_WITH_A_PAGE = frozenset({"alipay", "wechatpay"})
_PHONE = re.compile("Mobi|Android|iPhone|AlipayClient|MicroMessenger")


def is_phone(user_agent: str) -> bool:
    """Say whether a wallet's own browser or another one on a phone calls itself so."""
    return bool(_PHONE.search(user_agent))


def after_success(paid: Transaction, user_agent: str) -> str | None:
    """Return the merchant's page after a payment, or None if it named none.

    Inside a wallet's app that is `mobile_result_url`, as it is.
    """
    mobile = paid.mobile_url if paid.method in _WALLETS_WITH_A_PAGE else None
    success = paid.success_url and _success_address(paid.success_url, paid)
    pages = (mobile, success) if is_phone(user_agent) else (success, mobile)
    return next((page for page in pages if page), None)


def after_timeout(transaction: Transaction, user_agent: str) -> str | None:
    """Return the merchant's page after the page's time ran out; None on phones."""
    if transaction.fail_url is None or is_phone(user_agent):
        return None
    return _with_query(transaction.fail_url, {**_basic(transaction), "ssl_result": "1"})


def after_decline(declined: Transaction, at: datetime) -> str | None:
    """Return the merchant's page after the wallet or the bank said no at `at`."""
    if declined.fail_url is None:
        return None
    if declined.method != cards.METHOD:
        return _with_query(declined.fail_url, {**_basic(declined), "ssl_result": "1"})
    members = {
        **_basic(declined),
        "ssl_amount": str(declined.amount_minor),
        "ssl_result": cards.DECLINED,
        **cards.redirect_members(declined, at, is_paid=False),
    }
    return _with_query(declined.fail_url, members)


def _success_address(url: str, paid: Transaction) -> str:
    members = {**_basic(paid), "ssl_amount": str(paid.amount_minor), "ssl_result": "0"}
    if paid.method == cards.METHOD and paid.paid_at:
        members |= cards.redirect_members(paid, paid.paid_at, is_paid=True)
    return _with_query(url, members)


def _basic(transaction: Transaction) -> dict[str, str]:
    return {
        "merchant_reference": transaction.reference,
        "payment_instance_token": transaction.q,
    }


def _with_query(url: str, members: dict[str, str]) -> str:
    parts = urlsplit(url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *members.items()])
    return urlunsplit(parts._replace(query=query))
