"""What Citcon's services have in common: tokens, references, and how a refund is asked for.

Source: gateways/citcon.md. The vendor's page names some fields wrongly; its spellings are taken as
well.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pos_app.simulator.fields import (
    WrongFieldError,
    first_of,
    read_amount,
    read_currency,
    required,
)
from pos_app.simulator.settings import Settings, merchant_of

_LONGEST_REFERENCE = 64


def encode(answer: Any) -> bytes:
    """Return an answer as the services write it: compact, with PHP's escaped slashes."""
    return json.dumps(answer, separators=(",", ":")).replace("/", "\\/").encode()


class Merchants:
    """Who may call one of the services."""

    def __init__(self, settings: Settings, service: str) -> None:
        self._service = service
        self._known = frozenset(settings.token_by_merchant(service))

    def of(self, authorization: str) -> str:
        """Return the merchant of an Authorization header, with or without `Bearer` (SEEN).

        Raises:
            WrongFieldError: there is no token in it, or none that is known.
        """
        scheme, _, rest = authorization.strip().partition(" ")
        token = rest.strip() if scheme.lower() == "bearer" else authorization.strip()
        if not token:
            raise WrongFieldError("Authorization is missing: send Bearer and the merchant token")
        merchant = merchant_of(token, self._service)
        if merchant not in self._known:
            raise WrongFieldError("Authorization: this merchant token isn't known")
        return merchant


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """What a merchant asks to be sent back.

    Attributes:
        gateway_id: transaction id or `q` of the payment; empty when only its reference is given.
        amount_minor: minor units of `currency`, positive.
    """

    gateway_id: str
    reference: str
    amount_minor: int
    currency: str
    reason: str


def payment_of(fields: Mapping[str, str]) -> tuple[str, str]:
    """Return the id and the reference by which a refund or a cancel names its payment."""
    gateway_id = first_of(fields, "transaction_id", "trasaction_id")
    return gateway_id, first_of(fields, "transaction_reference", "trans_reference")


def read_refund(fields: Mapping[str, str]) -> RefundOrder:
    """Return the refund that the posted fields describe.

    Raises:
        WrongFieldError: a field is missing or wrong; nothing goes back.
    """
    gateway_id, reference = payment_of(fields)
    if not gateway_id and not reference:
        raise WrongFieldError("transaction_id or transaction_reference is missing")
    amount_minor, currency = read_money(fields)
    reason = fields.get("reason", "").strip()
    return RefundOrder(gateway_id, reference, amount_minor, currency, reason)


def read_money(fields: Mapping[str, str]) -> tuple[int, str]:
    """Return minor units and currency, by either pair of members; the page says not to mix them.

    Raises:
        WrongFieldError: a member is missing or wrong, or both pairs are there.
    """
    has_trans = bool(first_of(fields, "trans_amount", "trans_currency"))
    if has_trans and first_of(fields, "amount", "currency"):
        raise WrongFieldError(
            "use a combination of amount and currency or another combination of trans_amount "
            "and trans_currency"
        )
    prefix = "trans_" if has_trans else ""
    return read_amount(fields, f"{prefix}amount"), read_currency(fields, f"{prefix}currency")


def read_reference(fields: Mapping[str, str]) -> str:
    """Return the merchant's reference of a new payment.

    Raises:
        WrongFieldError: it is missing, too long or no plain text.
    """
    reference = required(fields, "reference")
    if len(reference) > _LONGEST_REFERENCE or not reference.isprintable():
        raise WrongFieldError(f"reference is longer than {_LONGEST_REFERENCE} or not plain text")
    return reference
