"""Days at the counter as chance makes them up, over real HTTP against the real simulator."""

import random
from dataclasses import dataclass, field

import pytest

from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.errors import SaleError
from pos_app.domain.methods import PaymentMethod
from tests.fakes.running_simulator import running_simulator
from tests.fakes.till_with_simulator import TillWithSimulator

S = ChargeStatus


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def desk(tmp_path, simulator):
    desk = TillWithSimulator(tmp_path, simulator)
    yield desk
    desk.close()


LOST = ("lose_request", "lose_answer", "garbage", "status_500", "captive_portal")
FAULTS = {
    "charge": (*LOST, "refused"),
    "inquire": (*LOST, "wrong_amount", "wrong_reference"),
    "cancel": (*LOST, "cancel_outside_window", "cancel_failed", "pay_before_cancel"),
}
METHODS = (PaymentMethod.ALIPAY, PaymentMethod.ALIPAY, PaymentMethod.UPOP)
WHICH = (-1, -1, -1, -2, -3, 0)
ACTIONS = {
    "sell": (4, METHODS, (None, *FAULTS["charge"])),
    "sell_and_leave": (2, LOST, (1, 2, 20)),
    "sell_again": (2, WHICH),
    "send_again": (1, WHICH),
    "act": (6, WHICH, ("pay", "pay", "decline", "expire"), (None, *FAULTS["inquire"])),
    "cancel": (3, WHICH, (None, *FAULTS["cancel"])),
    "command": (3, WHICH, ("stop", "stop", "put_aside", "check_now", "close")),
    "pay_after_cancel": (1, WHICH),
    "heal": (2,),
    "restart": (1,),
    "time": (3, (1, 4, 30, 70, 310, 4000)),
}
"""What may happen next: how often, and what with."""


def a_day(seed, length=15):
    """A made-up day at the counter: the same one for the same seed."""
    luck = random.Random(seed)
    names = luck.choices(list(ACTIONS), [often for often, *_ in ACTIONS.values()], k=length)
    return [(name, *map(luck.choice, ACTIONS[name][1:])) for name in names]


@dataclass
class Story:
    """A day at the counter, as chance makes it up."""

    desk: TillWithSimulator
    charges: list = field(default_factory=list)

    def pick(self, number):
        if not self.charges:
            self.sell(PaymentMethod.ALIPAY, None)
        return self.desk.now(self.charges[max(number, -len(self.charges))])

    def spoil(self, call, fault, **more):
        if fault:
            self.desk.faults((call, fault, more or {"times": 15}))

    def sell(self, method, fault, sale=None):
        try:
            charge = self.desk.charge("42.50", method, sale=sale, is_other_customer=True)
        except SaleError:
            assert sale is not None
            return
        self.charges.append(charge)
        self.spoil("charge", fault)
        self.desk.till.checkout.send(charge.id)
        self.desk.let_pass(2)

    def sell_and_leave(self, fault, times):
        charge = self.desk.charge("42.50", is_other_customer=True)
        self.charges.append(charge)
        self.spoil("charge", fault, times=times)
        self.desk.till.checkout.send(charge.id)
        if self.desk.now(charge).can_send_again:
            self.desk.till.checkout.leave(charge.id)
        self.desk.let_pass(2)

    def sell_again(self, number):
        earlier = self.pick(number)
        self.sell(earlier.method, None, self.desk.till.payments.sale_of(earlier.id))

    def send_again(self, number):
        charge = self.pick(number)
        if charge.can_send_again and charge.left_at is None:
            self.desk.till.checkout.send(charge.id)
            self.desk.let_pass(2)

    def act(self, number, deed, fault):
        """Customers pay what was shown to them, and nobody else's."""
        charge = self.pick(number)
        if charge.shown_at:
            self.spoil("inquire", fault)
            self.desk.act(charge, deed)
            self.desk.let_pass(2)

    def cancel(self, number, fault):
        charge = self.pick(number)
        if charge.shown_at:
            self.spoil("cancel", fault, reference=charge.reference)
        self.command(number, "cancel")

    def command(self, number, name):
        charge = self.pick(number)
        self.desk.till.payments.open(charge.id)
        getattr(self.desk.till.payments, name)(charge.id)
        self.desk.let_pass(2)

    def pay_after_cancel(self, number):
        charge = self.pick(number)
        if charge.shown_at:
            self.desk.faults(("cancel", "pay_after_cancel", {"reference": charge.reference}))
            self.desk.till.payments.open(charge.id)
            self.desk.till.payments.cancel(charge.id)

    def heal(self):
        self.desk.faults()

    def restart(self):
        self.desk.restart()
        self.desk.let_pass(2)

    def time(self, seconds):
        self.desk.let_pass(seconds, step=max(1, seconds / 12))

    def never_lies(self):
        """At every instant: no false Paid, no false "no money taken", one payment each."""
        for charge in map(self.desk.now, self.charges):
            found = self.desk.payments(charge)
            assert len(found) <= 1
            if charge.is_paid:
                assert found[0]["paid_at"]
            if charge.status is S.REFUSED:  # a lost create before may have made one: never shown
                assert charge.shown_at is None
                assert not [one for one in found if one["paid_at"]]
            if charge.status is S.CANCELLED:
                assert not [one for one in found if one["state"] in {"open", "declined"}]
            if charge.status is S.EXPIRED:
                assert found[0]["state"] in {"expired", "paid"}
            if self.desk.till.payments._board.charge(charge.id):
                view = self.desk.till.payments.view(charge.id)
                assert view.code is None or view.charge.status is S.WAITING

    def answer_everything(self):
        """Nobody does anything any more; the program finds out by itself within a day."""
        self.desk.faults()
        for charge in map(self.desk.now, self.charges):
            if charge.can_send_again and charge.left_at is None:
                self.desk.till.checkout.send(charge.id)
        self.desk.let_pass(400, step=10)
        self.desk.let_pass(90_000, step=1000)

    def agrees(self):
        for charge in map(self.desk.now, self.charges):
            found = self.desk.payments(charge)
            if charge.gateway_id is None:
                assert not charge.is_living
                assert charge.status is S.REFUSED or not found
                continue
            (payment,) = found
            assert payment["q"] == charge.gateway_id
            assert charge.is_paid == bool(payment["paid_at"]), charge
            if not charge.is_paid:
                assert charge.status is not S.UNKNOWN
            if payment["paid_at"] and payment["cancelled_at"]:
                standing = self.desk.till.refunding.standing(charge.id)
                assert not standing.can_refund
                is_known = standing.refunded == charge.amount
                assert is_known == bool(payment["refunds"])
                assert is_known != (Attention.MAYBE_RETURNED in charge.attention)
            if payment["state"] == "cancelled":
                assert charge.status is S.CANCELLED
        assert self.desk.journal_holds()


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happens_the_till_ends_with_the_gateways_truth(desk, seed):
    story = Story(desk)
    for name, *what in a_day(seed):
        getattr(story, name)(*what)
        story.never_lies()
    story.answer_everything()
    story.agrees()
