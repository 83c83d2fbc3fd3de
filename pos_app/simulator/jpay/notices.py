"""What J-Pay tells a merchant by itself, and of what it is made. Source: gateways/jpay.md."""

from datetime import datetime

from pos_app.simulator.behaviour import Rule
from pos_app.simulator.jpay.signing import sign
from pos_app.simulator.payments import Notice
from pos_app.simulator.settings import Settings
from pos_app.simulator.transactions import Transaction

SERVICE = "jpay"
_RETURN_CODES = {Notice.SUCCESS: "00", Notice.FAIL: "2"}
_TAKEN = {b"success", b"ok"}


class JPayNotices:
    """Writes the asynchronous notification (`service.NoticeWriter`)."""

    def __init__(self, settings: Settings) -> None:
        self._member = settings.jpay_member
        self._keys = settings.token_by_merchant(SERVICE)

    def write(
        self, transaction: Transaction, status: Notice, at: datetime, rule: Rule | None
    ) -> dict[str, str] | None:
        """Return the members of a notice, signed with the merchant's key or a forger's."""
        key = self._keys.get(transaction.merchant)
        if key is None:
            return None
        members = {
            "memberid": self._member,
            "orderid": transaction.reference,
            "amount": amount(transaction.amount_minor),
            "true_amount": amount(transaction.amount_minor),
            "currency": transaction.currency,
            "transaction_id": transaction.transaction_id,
            "returncode": _RETURN_CODES[status],
            "datetime": f"{at:%Y%m%d%H%M%S}",
        }
        falsify(members, rule)
        if rule and rule.fault == "forged_notification":
            key = f"not {key}"
        return {**members, "sign": sign(members, key), "attach": ""}

    def is_taken(self, body: bytes) -> bool:
        """Say whether the merchant answered `success` or `OK`."""
        return body.strip().lower() in _TAKEN


def amount(minor: int) -> str:
    """Return cents as J-Pay writes them: 8595 is `85.95`."""
    return f"{minor // 100}.{minor % 100:02}"


def falsify(members: dict[str, str], rule: Rule | None) -> None:
    """Make an answer or a notice say what is not so, if the fault is one of that sort."""
    match rule.fault if rule else None:
        case "wrong_amount":  # the buyer paid something else
            members["true_amount"] = f"{members['true_amount'][:-1]}{_other_digit(members)}"
        case "wrong_currency" if "currency" in members:
            members["currency"] = "EUR" if members["currency"] != "EUR" else "USD"
        case "wrong_reference":
            members["orderid"] = f"{members['orderid']}-X"
        case _:
            pass


def _other_digit(members: dict[str, str]) -> int:
    return (int(members["true_amount"][-1]) + 1) % 10
