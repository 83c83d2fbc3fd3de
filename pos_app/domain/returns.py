"""Reading in the gateway's list whether a payment has gone back as a whole (promise 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.domain.charges import Charge
from pos_app.domain.money import Money
from pos_app.domain.outcomes import ListedKind, ListedPayment, PaymentState


@dataclass(frozen=True, slots=True)
class FoundReturn:
    """The list says that the whole payment has gone back.

    Attributes:
        gateway_id: the gateway's id of what went back, where that is one entry; else None.
    """

    gateway_id: str | None


def find_return(charge: Charge, listed: Iterable[ListedPayment]) -> FoundReturn | None:
    """Look for the return of the whole payment in the gateway's list; None: it proves nothing.

    Told by the payment's own entry, or by entries of what went back that come to its amount.
    """
    own = [one for one in listed if _is_about(one, charge)]
    is_told = any(one.kind is ListedKind.CHARGE and one.refunded == charge.amount for one in own)
    went = [one for one in own if _has_gone_back(one)]
    if not is_told and _sum(went, charge.amount.currency) != charge.amount:
        return None
    return FoundReturn(went[0].gateway_id if len(went) == 1 else None)


def _has_gone_back(entry: ListedPayment) -> bool:
    return entry.kind is ListedKind.REFUND and entry.state is PaymentState.PAID


def _sum(entries: Iterable[ListedPayment], currency: str) -> Money:
    amounts = (one.amount for one in entries if one.amount is not None)
    return sum((one for one in amounts if one.currency == currency), Money.zero(currency))


def _is_about(entry: ListedPayment, charge: Charge) -> bool:
    if entry.reference not in {None, charge.reference}:
        return False
    if entry.transaction_id and charge.transaction_id:
        return entry.transaction_id == charge.transaction_id
    return entry.reference is not None
