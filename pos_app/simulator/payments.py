"""What becomes of a payment: made, paid, declined, expired, cancelled; no HTTP in here."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from enum import Enum, StrEnum

from pos_app.simulator.clock import Clock
from pos_app.simulator.days import beginning_of_day
from pos_app.simulator.ledger import Ledger, instant_text
from pos_app.simulator.methods import METHODS
from pos_app.simulator.settings import Settings
from pos_app.simulator.transactions import Refund, State, Transaction

_CHINA = timezone(timedelta(hours=8))
_WECHAT_WAITS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Order:
    """What a merchant asks the gateway to collect; amounts in minor units of `currency`."""

    reference: str
    method: str
    amount_minor: int
    currency: str
    timeout_s: int | None = None
    ipn_url: str | None = None
    success_url: str | None = None
    fail_url: str | None = None
    mobile_url: str | None = None
    service: str = "chop"
    is_scanned: bool = False
    tip_minor: int = 0


class Cancelling(Enum):
    """How an attempt to cancel ended."""

    DONE = "done"
    FAILED = "failed"
    DUPLICATE = "duplicate"
    OUTSIDE_WINDOW = "outside window"


class Notice(StrEnum):
    """What a notice to the merchant says."""

    SUCCESS = "success"
    FAIL = "fail"


class NotPossibleError(Exception):
    """The payment is in a state that this cannot happen to; says so in one sentence."""


class Payments:
    """Every merchant's payments and the rules that they live by.

    Reading settles first what time has brought (expiry, payments that pay themselves), so nobody
    ever sees a state that is overdue.
    """

    def __init__(
        self,
        ledger: Ledger,
        clock: Clock,
        settings: Settings,
        notify: Callable[[Transaction, Notice], None],
    ) -> None:
        """Use `notify` to tell a merchant; it must return at once."""
        self._ledger = ledger
        self._clock = clock
        self._settings = settings
        self._notify = notify

    def settle(self) -> datetime | None:
        """Do what is due by now and return when something will be due next, or None."""
        now = self._clock.now()
        for transaction in self._ledger.due(now):
            pays_at = transaction.auto_pay_at
            if pays_at and pays_at <= now and pays_at < transaction.expires_at:
                self._pay(transaction, pays_at)
            else:
                self._ledger.save(replace(transaction, state=State.EXPIRED))
        return self._ledger.next_due_at()

    def find(self, gateway_id: str, merchant: str | None = None) -> Transaction | None:
        """Return the payment with this `q` or transaction id, of one merchant or of any."""
        self.settle()
        return self._ledger.find(gateway_id, merchant)

    def newest(self, merchant: str, reference: str) -> Transaction | None:
        """Return the merchant's latest payment with this reference, or None."""
        self.settle()
        return self._ledger.newest(merchant, reference)

    def all(self, reference: str | None = None) -> list[Transaction]:
        """Return every payment, or those with one reference; oldest first."""
        self.settle()
        return self._ledger.all(reference)

    def of_merchant(self, merchant: str) -> list[Transaction]:
        """Return every payment of one merchant, oldest first."""
        self.settle()
        return self._ledger.of_merchant(merchant)

    def make(self, merchant: str, order: Order) -> Transaction:
        """Make a new payment, on disk when this returns."""
        now = self._clock.now()
        number = self._ledger.next_number()
        wait_s = self._settings.auto_pay_s
        return self._ledger.save(
            Transaction(
                number=number,
                q=secrets.token_hex(13)[:25],
                transaction_id=fresh_id(number),
                merchant=merchant,
                reference=order.reference,
                method=order.method,
                amount_minor=order.amount_minor,
                currency=order.currency,
                state=State.OPEN,
                created_at=now,
                expires_at=now + timedelta(seconds=order.timeout_s or self._settings.expiry_s),
                auto_pay_at=None if wait_s is None else now + timedelta(seconds=wait_s),
                ipn_url=order.ipn_url,
                success_url=order.success_url,
                fail_url=order.fail_url,
                mobile_url=order.mobile_url,
                service=order.service,
                is_scanned=order.is_scanned,
                tip_minor=order.tip_minor,
            )
        )

    def pay(self, transaction: Transaction) -> Transaction:
        """Let the money come now, even if the code has expired or was cancelled.

        Raises:
            NotPossibleError: it was paid before.
        """
        if transaction.paid_at is not None:
            raise NotPossibleError("This payment has been paid already.")
        return self._pay(transaction, self._clock.now())

    def decline(self, transaction: Transaction) -> Transaction:
        """Let the wallet or the bank say no; most codes on a screen can be paid all the same.

        Raises:
            NotPossibleError: the code cannot be paid any more.
        """
        self._require_payable(transaction)
        if self._settings.notify_declines or transaction.service == "jpay":
            self._notify(transaction, Notice.FAIL)
        state = State.REFUSED if transaction.ends_with_a_no else State.DECLINED
        return self._ledger.save(replace(transaction, state=state))

    def expire(self, transaction: Transaction) -> Transaction:
        """Let the code's time run out now.

        Raises:
            NotPossibleError: the code cannot be paid any more.
        """
        self._require_payable(transaction)
        return self._ledger.save(
            replace(transaction, state=State.EXPIRED, expires_at=self._clock.now())
        )

    def pay_out(self, transaction: Transaction) -> Transaction:
        """Let the payment be settled now: the merchant gets its money.

        Raises:
            NotPossibleError: it has not been paid.
        """
        if transaction.paid_at is None:
            raise NotPossibleError("This payment hasn't been paid.")
        return self._ledger.save(replace(transaction, settles_at=self._clock.now()))

    def cancel(self, transaction: Transaction, reason: str) -> Cancelling:
        """Give a payment up: an open one is closed, a paid one goes back in full.

        The open balance is not asked: what is not settled yet is still with the wallet.
        """
        refusal = self._refusal_to_cancel(transaction)
        if refusal is not None:
            return refusal
        now = self._clock.now()
        if transaction.paid_at is None:
            self._ledger.save(replace(transaction, state=State.CANCELLED, cancelled_at=now))
            return Cancelling.DONE
        refund = Refund(
            refund_id=fresh_id(transaction.number),
            amount_minor=transaction.amount_minor,
            reason=reason,
            kind="cancel",
            made_at=instant_text(now),
        )
        self._ledger.save(
            replace(transaction, state=State.REFUNDED, cancelled_at=now, refunds=(refund,))
        )
        return Cancelling.DONE

    def _pay(self, transaction: Transaction, at: datetime) -> Transaction:
        days = self._settings.settles_after_days
        settles_at = beginning_of_day(at, self._settings.time_zone, days)
        paid = self._ledger.save(
            replace(transaction, state=State.PAID, paid_at=at, settles_at=settles_at)
        )
        self._notify(paid, Notice.SUCCESS)
        return paid

    def _refusal_to_cancel(self, transaction: Transaction) -> Cancelling | None:
        if transaction.cancelled_at is not None:
            return Cancelling.DUPLICATE
        if not METHODS[transaction.method].can_be_cancelled:
            return Cancelling.FAILED
        # Nobody documents this one: there is nothing pending any more that could be cancelled.
        if transaction.state in {State.EXPIRED, State.REFUSED}:
            return Cancelling.FAILED
        # A cancel returns all of it or nothing: so not what has gone back in part.
        if transaction.refunds or self._is_settled(transaction):
            return Cancelling.FAILED
        if self._settings.cancel_windows and not self._is_in_window(transaction):
            return Cancelling.OUTSIDE_WINDOW
        return None

    def _is_settled(self, transaction: Transaction) -> bool:
        settles_at = transaction.settles_at
        return settles_at is not None and settles_at <= self._clock.now()

    def _is_in_window(self, transaction: Transaction) -> bool:
        """Apply the wallets' public rules (gateways/citcon.md, cancel)."""
        now = self._clock.now()
        if transaction.method == "wechatpay":
            return now >= transaction.created_at + _WECHAT_WAITS
        counted_from = transaction.paid_at or transaction.created_at
        return now.astimezone(_CHINA).date() == counted_from.astimezone(_CHINA).date()

    @staticmethod
    def _require_payable(transaction: Transaction) -> None:
        if not transaction.is_payable:
            raise NotPossibleError(f"This payment is {transaction.state}; its code is closed.")


def fresh_id(number: int) -> str:
    """Return an id in the test system's form: `U`, ten digits, `-`, 20 hex digits."""
    return f"U{number:010}-{secrets.token_hex(10)}"
