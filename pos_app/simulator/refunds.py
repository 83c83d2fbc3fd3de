"""Refunds: how money goes back, and why it does not; no HTTP in here.

Nothing recognises a repeated request: asked twice, it goes back twice (gateways/citcon.md, "POST
/chop/refund").
"""

from dataclasses import replace
from datetime import timedelta
from enum import Enum

from pos_app.simulator.balances import OpenBalances
from pos_app.simulator.behaviour import Rule
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

    def make(
        self,
        transaction: Transaction,
        amount_minor: int,
        reason: str,
        rule: Rule | None = None,
    ) -> Refund | Refusal:
        """Send `amount_minor` (positive, in the payment's currency) back; on disk on return.

        Args:
            transaction: as the ledger has it now.
            amount_minor: of the payment's currency.
            reason: the merchant's words, perhaps empty.
            rule: what the fault script does to it: takes its time, perhaps in vain.
        """
        if amount_minor > transaction.refundable_minor:
            return Refusal.TOO_MUCH
        if not self._balances.covers(transaction.merchant, amount_minor, transaction.currency):
            return Refusal.NO_BALANCE
        now = self._clock.now()
        takes_time = rule is not None and rule.fault in {"requested_refund", "failed_refund"}
        late_s = rule.duration_s if rule else 0
        refund = Refund(
            refund_id=fresh_id(transaction.number),
            amount_minor=amount_minor,
            reason=reason,
            kind="refund",
            made_at=instant_text(now),
            done_at=instant_text(now + timedelta(seconds=late_s)) if takes_time else None,
            is_failed=rule is not None and rule.fault == "failed_refund",
        )
        is_all = amount_minor == transaction.refundable_minor and not refund.is_failed
        self._ledger.save(
            replace(
                transaction,
                state=State.REFUNDED if is_all else transaction.state,
                refunds=(*transaction.refunds, refund),
            )
        )
        return refund
