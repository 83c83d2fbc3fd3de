"""Refunds: how money goes back, and why it does not; no HTTP in here.

Nothing recognises a repeated request: asked twice, it goes back twice (gateways/citcon.md, "POST
/chop/refund").
"""

from dataclasses import replace
from enum import Enum

from pos_app.simulator.balances import OpenBalances
from pos_app.simulator.clock import Clock
from pos_app.simulator.ledger import Ledger, instant_text
from pos_app.simulator.payments import fresh_id
from pos_app.simulator.transactions import Refund, State, Transaction


class Refusal(Enum):
    """Why nothing went back."""

    TOO_MUCH = "too much"
    """More than is left of the payment; of an unpaid one nothing is."""
    NO_BALANCE = "no balance"
    """More than is in the open balance."""


class Refunds:
    """Sends money back."""

    def __init__(self, ledger: Ledger, clock: Clock, balances: OpenBalances) -> None:
        self._ledger = ledger
        self._clock = clock
        self._balances = balances

    def make(self, transaction: Transaction, amount_minor: int, reason: str) -> Refund | Refusal:
        """Send `amount_minor` (positive, in the payment's currency) back; on disk on return.

        Args:
            transaction: as the ledger has it now.
            amount_minor: of the payment's currency.
            reason: the merchant's words, perhaps empty.
        """
        if amount_minor > transaction.refundable_minor:
            return Refusal.TOO_MUCH
        if not self._balances.covers(transaction.merchant, amount_minor, transaction.currency):
            return Refusal.NO_BALANCE
        refund = Refund(
            refund_id=fresh_id(transaction.number),
            amount_minor=amount_minor,
            reason=reason,
            kind="refund",
            made_at=instant_text(self._clock.now()),
        )
        is_all = amount_minor == transaction.refundable_minor
        self._ledger.save(
            replace(
                transaction,
                state=State.REFUNDED if is_all else transaction.state,
                refunds=(*transaction.refunds, refund),
            )
        )
        return refund
