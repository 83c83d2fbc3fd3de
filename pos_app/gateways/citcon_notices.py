"""Citcon's notices of payments (IPN): which are genuine, and what they say.

Source: gateways/citcon.md, "IPN", the last line of "Online API", and "Browser redirects".
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from pos_app.config.secrets import Secret
from pos_app.domain.errors import NoticeRefusedError
from pos_app.domain.notices import Notice, kept_members

_MAX_FIELDS = 40
_MAX_ID = 100
_KEPT = frozenset(
    {
        "id",
        "amount",
        "currency",
        "trans_amount",
        "trans_currency",
        "notify_status",
        "status",
        "time",
        "reference",
        "notify_id",
        "fields",
        "transaction_type",
        "recurring_id",
    }
)
_STATES = {"success": True, "fail": False}


def read_notice(
    members: Mapping[str, str], token: Secret, *, gateway: str, status_name: str
) -> Notice:
    """Return what a notice says, once its signature holds.

    Args:
        members: as they came, from a form or a JSON object.
        token: the merchant's token at this service.
        gateway: id of the service.
        status_name: the member that says what happened: services spell it differently.

    Raises:
        NoticeRefusedError: it is not signed with our token, its signature does not cover what
            matters, or it says nothing that is known. Money: nothing is asked, nothing changes.
    """
    names = [name.strip() for name in members.get("fields", "").split(",") if name.strip()]
    needed = {"id", "amount", "currency", "reference", status_name}
    if not needed <= set(names) or len(names) > _MAX_FIELDS or not set(names) <= set(members):
        raise NoticeRefusedError("A notice's signature doesn't cover what it says.")
    expected = _signature(members, names, token)
    if not hmac.compare_digest(expected, members.get("sign", "").strip().lower().encode()):
        raise NoticeRefusedError("A notice isn't signed with this merchant's token.")
    state = _STATES.get(members[status_name].strip().lower())
    reference = members["reference"].strip()
    if state is None or not reference:
        raise NoticeRefusedError("A notice says something that isn't known.")
    told_id = members.get("notify_id", "").strip() if "notify_id" in names else ""
    return Notice(
        gateway,
        told_id if 0 < len(told_id) <= _MAX_ID else expected.decode(),
        reference,
        state,
        kept_members(members, _KEPT),
    )


def arrived_reference(members: Mapping[str, str]) -> str:
    """Return the reference that a browser brings to a callback address; empty without one.

    What it says of the result is not looked at: it proves neither a payment nor a decline.
    """
    return members.get("merchant_reference", "").strip()


def _signature(members: Mapping[str, str], names: list[str], token: Secret) -> bytes:
    signed = "&".join(f"{name}={members[name]}" for name in sorted({*names, "fields"}))
    text = f"{signed}&token={token.reveal()}"
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest().encode()
