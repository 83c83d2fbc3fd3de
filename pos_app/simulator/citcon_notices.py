"""The notice that tells a merchant of a payment (IPN): its members and its signature.

Source: gateways/citcon.md, "IPN", and the last line of "Online API".
"""

import hashlib
import secrets
from datetime import datetime

from pos_app.simulator import cards
from pos_app.simulator.behaviour import Rule, falsify
from pos_app.simulator.payments import Notice
from pos_app.simulator.settings import Settings
from pos_app.simulator.transactions import Transaction

FIELDS = ("id", "amount", "notify_status", "currency", "time", "reference", "notify_id")
"""Of the hosted page. The Online API's has `status` instead of `notify_status`."""


class CitconNotices:
    """Writes the notices of one of Citcon's services (`service.NoticeWriter`)."""

    def __init__(self, settings: Settings, service: str) -> None:
        self._tokens = settings.token_by_merchant(service)

    def write(
        self, transaction: Transaction, status: Notice, at: datetime, rule: Rule | None
    ) -> dict[str, str] | None:
        """Return the members of a notice, signed with the merchant's token or a forger's."""
        token = self._tokens.get(transaction.merchant)
        if token is None:
            return None
        members = notice(transaction, status, at)
        falsify(members, rule)
        is_forged = rule is not None and rule.fault == "forged_notification"
        return signed(members, f"not {token}" if is_forged else token)

    def is_taken(self, body: bytes) -> bool:
        """Say whether the merchant answered `ok`."""
        return body.strip() == b"ok"


def notice(transaction: Transaction, status: Notice, at: datetime) -> dict[str, str]:
    """Return the members of a notice, in the order they are sent, not signed yet."""
    is_online = transaction.service == "online"
    status_name = "status" if is_online else "notify_status"
    names = [status_name if name == "notify_status" else name for name in FIELDS]
    card = {}
    if transaction.method == cards.METHOD:
        card = cards.notice_members(transaction, is_paid=status is Notice.SUCCESS)
    return {
        "id": transaction.transaction_id if is_online else transaction.q,
        "amount": str(transaction.amount_minor),
        status_name: status.value,
        "currency": transaction.currency,
        "time": f"{at:%Y-%m-%d %H:%M:%S}",
        "reference": transaction.reference,
        "notify_id": secrets.token_hex(17),
        **card,
        "fields": ",".join([*names, *card]),
    }


def signed(members: dict[str, str], token: str) -> dict[str, str]:
    """Return `members` with `sign` added: MD5 over the sorted members and the merchant's token."""
    names = sorted({*members["fields"].split(","), "fields"})
    text = "&".join(f"{name}={members[name]}" for name in names)
    digest = hashlib.md5(f"{text}&token={token}".encode(), usedforsecurity=False)
    return {**members, "sign": digest.hexdigest()}
