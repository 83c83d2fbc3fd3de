"""What the gateway tells of a card: masked, made up, and the same whenever it is told.

Source: gateways/citcon.md, "Browser redirects" and "IPN".
"""

from datetime import datetime
from hashlib import sha256

from pos_app.simulator.transactions import Transaction

METHOD = "cc"
DECLINED = "05"
"""The decline code "do not honour"."""
_NUMBER = "4111xxxxxxxx1111"
_EXPIRES = "1230"
_APPROVAL_DIGITS = 6
_NOON = 12


def redirect_members(transaction: Transaction, at: datetime, is_paid: bool) -> dict[str, str]:
    """Return what a redirect says of the card: an approval code only when it was paid."""
    return {
        "ssl_cvv2_response": "M",
        "ssl_avs_response": "Y",
        "ssl_txn_id": _fresh_looking(transaction, "transaction").upper(),
        "ssl_card_number": _NUMBER,
        "ssl_exp_date": _EXPIRES,
        "ssl_txn_time": _american(at),
        "ssl_approval_code": _approval_code(transaction) if is_paid else "",
    }


def notice_members(transaction: Transaction, is_paid: bool) -> dict[str, str]:
    """Return what a notice says of the card: approval code and token only when it was paid."""
    approved = {
        "approval_code": _approval_code(transaction),
        "card_token": _fresh_looking(transaction, "card"),
    }
    return {
        **(approved if is_paid else {}),
        "result_message": "SUCCESS" if is_paid else "DECLINED",
        "card_number": _NUMBER,
        "exp_date": _EXPIRES,
    }


def _approval_code(transaction: Transaction) -> str:
    number = int(_fresh_looking(transaction, "approval"), 16) % 10**_APPROVAL_DIGITS
    return f"{number:0{_APPROVAL_DIGITS}}"


def _fresh_looking(transaction: Transaction, what: str) -> str:
    return sha256(f"{what} {transaction.q}".encode()).hexdigest()[:32]


def _american(at: datetime) -> str:
    """Return `mm/dd/yyyy hh:mm:ss AM` whatever the system's language is."""
    half = "AM" if at.hour < _NOON else "PM"
    return f"{at:%m/%d/%Y %I:%M:%S} {half}"
