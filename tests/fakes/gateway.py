"""A payment service in memory: keeps its own truth and fails on demand.

Simpler than the simulator and driven by the test's clock; the simulator tests the wire.
"""

from collections import deque
from dataclasses import dataclass, field

from pos_app.domain.errors import NoticeRefusedError, NotSent, OutcomeUnknown
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CancelAnswer,
    CancelResult,
    CodeCreated,
    ConnectionCheck,
    Inquiry,
    ListedKind,
    ListedPayment,
    PaymentState,
    RefundDone,
    RefundRefusalKind,
    RefundRefused,
    Taken,
)
from pos_app.gateways.directory import GatewayFactory


@dataclass
class FakePayment:
    gateway_id: str
    reference: str
    amount: object
    method: str
    state: PaymentState = PaymentState.OPEN
    is_cancelled: bool = False
    is_returned: bool = False
    refunds: list = field(default_factory=list)

    @property
    def left(self):
        """How much can still go back."""
        if self.state is not PaymentState.PAID or self.is_returned:
            return Money.zero(self.amount.currency)
        return self.amount - sum((one.amount for one in self.refunds), Money.zero(self.currency))

    @property
    def currency(self):
        return self.amount.currency


@dataclass(frozen=True)
class FakeRefund:
    gateway_id: str
    amount: Money
    reason: str


@dataclass
class FakeGateway:
    """`payments` is the gateway's truth by reference; `faults` are used up one per call."""

    id: str = "citcon_chop"
    name: str = "Citcon"
    credentials: str = "one"
    payments: dict = field(default_factory=dict)
    calls: list = field(default_factory=list)
    faults: deque = field(default_factory=deque)
    before_cancel: object = None
    cancel_result: CancelResult | None = None
    purchase: object = None
    revealed: tuple = ()

    def factory(self):
        return GatewayFactory(self.id, self.name, frozenset(PaymentMethod), lambda: self)

    def fail(self, *faults):
        """Use up one per call: "not_sent", "lost_request", "lost_answer", "" (works) or an
        answer to give instead."""
        self.faults.extend(faults)

    def pay(self, reference):
        self.payments[reference].state = PaymentState.PAID

    def expire(self, reference):
        self.payments[reference].state = PaymentState.EXPIRED

    def create(self, charge, purchase=None):
        self.purchase = purchase
        return self._call("create", charge, self._create)

    def inquire(self, charge):
        return self._call("inquire", charge, self._inquire)

    def cancel(self, charge):
        return self._call("cancel", charge, self._cancel)

    def refund(self, charge, amount, reason):
        return self._call("refund", charge, lambda one: self._refund(one, amount, reason))

    def transactions(self):
        return self._call("transactions", None, lambda _: self._listed())

    def read_notice(self, members):
        raise NoticeRefusedError("Nobody tells this one anything.")

    def read_arrival(self, members):
        return members.get("reference", "")

    def check_connection(self):
        return ConnectionCheck(is_token_known=True, took_s=0.0)

    def close(self):
        pass

    def count(self, call):
        return sum(1 for one, _ in self.calls if one == call)

    def _call(self, name, charge, work):
        self.calls.append((name, charge and charge.reference))
        fault = self.faults.popleft() if self.faults else ""
        if fault == "not_sent":
            raise NotSent("refused")
        if fault == "lost_request":
            raise OutcomeUnknown("reset")
        if fault and not isinstance(fault, str):
            return fault
        answer = work(charge)
        if fault == "lost_answer":
            raise OutcomeUnknown("reset")
        return answer

    def _create(self, charge):
        payment = self.payments.get(charge.reference)
        if payment is None:
            payment = FakePayment(
                f"q{len(self.payments)}", charge.reference, charge.amount, charge.method.value
            )
            self.payments[charge.reference] = payment
        if charge.is_card_keyed:
            return self._take_card(payment)
        return CodeCreated(payment.gateway_id, f"https://pay.example/?q={payment.gateway_id}")

    def _take_card(self, payment):
        """Paid at once; asked about by our reference."""
        self.revealed = self.purchase.card.reveal()
        payment.gateway_id = payment.reference
        payment.state = PaymentState.PAID
        return Taken(payment.gateway_id, Inquiry(PaymentState.OPEN))

    def _inquire(self, charge):
        payment = self._payment(charge)
        return Inquiry(
            state=payment.state,
            reference=payment.reference,
            amount=payment.amount,
            method=payment.method,
            transaction_id=f"U{payment.gateway_id}",
            time_text="2026-07-12 14:32:40",
        )

    def _cancel(self, charge):
        payment = self._payment(charge)
        if self.before_cancel is not None:
            self.before_cancel(payment)
        if self.cancel_result is not None:
            return CancelAnswer(self.cancel_result, "no")
        if payment.is_cancelled:
            return CancelAnswer(CancelResult.DUPLICATE, "Duplicate cancellation")
        if payment.refunds:
            return CancelAnswer(CancelResult.FAILED, "Cancellation failed")
        payment.is_cancelled = True
        if payment.state is PaymentState.PAID:
            payment.is_returned = True
        else:
            payment.state = PaymentState.EXPIRED
        return CancelAnswer(CancelResult.CANCELLED, "Order cancelled")

    def _refund(self, charge, amount, reason):
        payment = self._payment(charge)
        if payment.left < amount:
            text = "Refund amount greater than allowed."
            return RefundRefused(RefundRefusalKind.TOO_MUCH, text, "4071")
        gateway_id = f"U{payment.gateway_id}-R{len(payment.refunds) + 1}"
        payment.refunds.append(FakeRefund(gateway_id, amount, reason))
        return RefundDone(gateway_id)

    def _listed(self):
        return tuple(entry for one in self.payments.values() for entry in _entries(one))

    def _payment(self, charge):
        return next(one for one in self.payments.values() if one.gateway_id == charge.gateway_id)


def _entries(payment):
    """A payment in the gateway's list, then what went back of it."""
    own = {"reference": payment.reference, "transaction_id": f"U{payment.gateway_id}"}
    went = list(payment.refunds)
    if payment.is_returned:
        went.append(FakeRefund(f"U{payment.gateway_id}-C", payment.amount, "Cancelled"))
    yield ListedPayment(
        ListedKind.CHARGE,
        payment.state,
        gateway_id=f"U{payment.gateway_id}",
        amount=payment.amount,
        refunded=sum((one.amount for one in went), Money.zero(payment.currency)),
        method=payment.method,
        **own,
    )
    for one in went:
        yield ListedPayment(
            ListedKind.REFUND,
            PaymentState.PAID,
            gateway_id=one.gateway_id,
            amount=one.amount,
            method=payment.method,
            note=one.reason,
            **own,
        )
