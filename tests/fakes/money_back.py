"""Payments to give back in every state, and services that answer as a test wants."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from pos_app.domain.advice import Advice, Way, Why
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.refunds import RefundKind, RefundStatus, Refusal
from pos_app.services.looking import Look
from pos_app.services.payment_view import Screen
from pos_app.services.printing import PrintResult, PrintTrouble
from pos_app.services.refund_book import Standing
from tests.fakes.payments import NOW, charge
from tests.fakes.refunds import a_refund

USD = "USD"
D = RefundStatus.DONE
U = RefundStatus.UNKNOWN


def refused(why=Refusal.OTHER, text="4000 The refund is not allowed"):
    return a_refund(RefundStatus.REFUSED, refusal=why, refusal_text=text)


def paid(plain="126.00", method=PaymentMethod.ALIPAY, **changes):
    """A payment of the pictures, paid at 13:58."""
    at = NOW.replace(hour=13, minute=58)
    return charge(
        Screen.PAID, method, id=85, reference="HSG1-2507120085-K7QX",
        amount=Money.parse(plain, USD), paid_at=at, **changes,
    )  # fmt: skip


def standing(refunded="30.00", held="0.00", of=None):
    of = of or paid()
    gone, kept = Money.parse(refunded, USD), Money.parse(held, USD)
    left = of.amount - gone - kept
    return Standing(of, (), gone, kept, left, can_cancel=left == of.amount)


def advice(why=Why.PARTLY_REFUNDED, way=Way.REFUND, balance="420.00"):
    until = NOW + timedelta(hours=1) if way is Way.CANCEL else None
    return Advice(way, why, until, Money.parse("96.00", USD), Money.parse(balance, USD))


@dataclass
class FakeRefunding:
    """Answers `result` (a refund or an error) and remembers what it was asked for."""

    shown: Standing = field(default_factory=standing)
    advised: Advice = field(default_factory=advice)
    result: object = field(default_factory=lambda: a_refund(D))
    checked: object = field(default_factory=lambda: a_refund(U))
    asked: list = field(default_factory=list)

    def standing(self, charge_id):
        return self.shown

    def advice(self, charge_id):
        return self.advised

    def refund(self, charge_id, amount, reason, asked_by, approved_by):
        self.asked.append(("refund", amount.plain, reason, asked_by, approved_by))
        return self._answer(self.result, amount=amount)

    def cancel(self, charge_id, reason, asked_by, approved_by):
        self.asked.append(("cancel", reason, asked_by, approved_by))
        whole = self.shown.charge.amount
        return self._answer(self.result, amount=whole, kind=RefundKind.CANCEL)

    def check(self, refund_id, person_id):
        self.asked.append(("check", refund_id, person_id))
        return self._answer(self.checked)

    def _answer(self, answer, **changes):
        if isinstance(answer, Exception):
            raise answer
        return replace(answer, **changes)


@dataclass
class FakeLooking:
    """Answers as if `gone` had gone back by the gateway's word."""

    refunding: FakeRefunding
    gone: str | None = None
    is_answered: bool = True
    differs: bool = False
    asked: list = field(default_factory=list)

    def look(self, charge_id):
        self.asked.append(charge_id)
        gone = None if self.gone is None else Money.parse(self.gone, USD)
        return Look(self.refunding.shown, gone, self.is_answered, self.differs)


@dataclass
class FakeSlips:
    """Prints slips, or does not."""

    result: PrintResult = field(default_factory=lambda: PrintResult(True, None, PrintTrouble.NONE))
    printed: list = field(default_factory=list)

    def print_slip(self, refund_id, person_id):
        self.printed.append((refund_id, person_id))
        return self.result


@dataclass
class FakeRefundTraining:
    """Remembers what the pretend service shall answer."""

    acted: list = field(default_factory=list)

    def pins(self):
        return ()

    def refund_works(self, charge_id):
        self.acted.append("works")

    def refund_no_balance(self, charge_id):
        self.acted.append("no balance")

    def refund_lose_answer(self, charge_id):
        self.acted.append("lose answer")
