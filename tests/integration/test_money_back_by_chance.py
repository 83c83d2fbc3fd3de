"""Two tills, any order of payments, refunds, cancels, lost answers and restarts: nothing twice.

Against the real simulator over HTTP, with Citcon's wallets and J-Pay's cards. Whatever happens,
what went back there never exceeds what is counted here, which never exceeds what was received;
and in the end both say the same.
"""

from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.customers import Customer
from pos_app.domain.errors import RefundError
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.refunds import RefundKind, RefundStatus, is_perhaps_returned
from tests.fakes.refunding_till import RefundingTill
from tests.fakes.running_simulator import running_simulator

CUSTOMER = Customer("Ana", "Lopez", "ana@mail.example", "+1 555 0199", "US")
LOST = ["lose_request", "lose_answer", "garbage", "truncated"]
LOSSES = st.sampled_from([None, None, None, *LOST])
LATER = ["requested_refund", "failed_refund"]
REFUND_FAULTS = st.sampled_from([None, None, None, *LOST, *LATER, "no_balance", "refused"])
CANCEL_FAULTS = st.sampled_from([None, None, *LOST, "cancel_outside_window", "cancel_failed"])
AROUND_CANCEL = st.sampled_from([None, "lose_answer", "pay_before_cancel", "pay_after_cancel"])
METHODS = st.sampled_from([PaymentMethod.ALIPAY, PaymentMethod.UPOP, PaymentMethod.CC])
MINOR = st.sampled_from([1, 1000, 1000, 3000])
WHICH = st.integers(0, 3)
TILL = st.integers(0, 1)
DEEDS = {
    "sell": (MINOR, METHODS, LOSSES),
    "pay": (WHICH, LOSSES),
    "refund": (WHICH, MINOR, REFUND_FAULTS),
    "refund_the_rest": (WHICH, REFUND_FAULTS),
    "cancel_paid": (WHICH, CANCEL_FAULTS),
    "cancel_unpaid": (WHICH, AROUND_CANCEL),
    "check": (WHICH,),
    "settle": (WHICH, st.booleans()),
    "reconcile": (st.sampled_from([None, None, "lose_answer", "garbage"]),),
    "restart": (),
    "time": (st.sampled_from([5, 70]),),
}
OFTEN = ["refund"] * 4 + ["sell", "pay"]
deeds = st.sampled_from([*DEEDS, *OFTEN]).flatmap(
    lambda name: st.tuples(st.just(name), TILL, *DEEDS[name])
)


def two_tills(folder, simulator):
    cards = {"POS_APP_METHODS_GATEWAYS": "cc=jpay"}
    first = RefundingTill(folder, simulator, **cards)
    second = RefundingTill(
        folder, simulator, clock=first.clock, POS_APP_STORE_TILL_CODE="HSG2", **cards
    )
    second.till.shifts.open(second.cashier.id)
    return [first, second]


class Shop:
    """Two tills on one ledger, Priya who approves, and a payment at each to begin with."""

    def __init__(self, tills):
        self.tills = tills
        self.charges = []
        for desk in tills:
            for method in (PaymentMethod.ALIPAY, PaymentMethod.CC):
                self.sell(desk, 4250, method, None)
                self.pay(desk, 0, None)

    def do(self, name, till, *arguments):
        getattr(self, name)(self.tills[till], *arguments)

    def sell(self, desk, minor, method, fault):
        more = {"customer": CUSTOMER} if method is PaymentMethod.CC else {}
        charge = desk.charge(Money(minor, "USD").plain, method, is_other_customer=True, **more)
        self.charges.append(charge)
        self.spoil("charge", fault, charge)
        desk.till.checkout.send(charge.id)
        self.let_pass(3)

    def pay(self, desk, which, fault):
        charge = self.pick(which)
        if charge.shown_at:
            self.spoil("inquire", fault, charge)
            desk.act(charge, "pay")
            self.let_pass(4)

    def refund(self, desk, which, minor, fault):
        charge = self.pick_paid(which)
        self.spoil("refund", fault, charge)
        self.give(lambda: desk.refund(charge, minor))

    def refund_the_rest(self, desk, which, fault):
        charge = self.pick_paid(which)
        left = desk.till.refunding.standing(charge.id).refundable
        self.spoil("refund", fault, charge)
        self.give(lambda: desk.refund(charge, left.minor))

    def cancel_paid(self, desk, which, fault):
        charge = self.pick_paid(which)
        self.spoil("cancel", fault, charge)
        self.give(lambda: desk.cancel(charge))

    def cancel_unpaid(self, desk, which, fault):
        open_ones = [one for one in map(desk.now, self.charges) if one.shown_at and one.is_living]
        if open_ones:
            charge = open_ones[which % len(open_ones)]
            self.spoil("cancel", fault, charge)
            desk.till.payments.open(charge.id)
            desk.till.payments.cancel(charge.id)
            self.let_pass(2)

    def check(self, desk, which):
        waiting = desk.till.refunding.unanswered()
        if waiting:
            desk.till.refunding.check(waiting[which % len(waiting)].id)

    def settle(self, desk, which, knows):
        """The manager finds out what really happened, or does not."""
        waiting = [one for one in desk.till.refunding.unanswered() if one.can_settle]
        if waiting:
            refund = waiting[which % len(waiting)]
            decision = self.was_carried_out(refund) if knows else None
            desk.till.refunding.settle(refund.id, decision, "looked", desk.manager.id)

    def reconcile(self, desk, fault):
        self.spoil("transactions", fault)
        desk.till.reconciliation.reconcile(self.today)

    def restart(self, desk):
        desk.restart()
        self.let_pass(2)

    def time(self, _desk, seconds):
        self.let_pass(seconds, seconds / 5)

    # What always holds.

    def nothing_went_back_twice(self):
        for charge in self.charges:
            standing = self.tills[0].till.refunding.standing(charge.id)
            taken = standing.refunded.minor + standing.held_back.minor
            received = charge.amount.minor if standing.charge.is_paid else 0
            assert taken <= received
            there = self.went_back(charge)
            assert sum(one["amount"] for one in there) <= charge.amount.minor
            if standing.charge.is_paid:
                assert sum(one["amount"] for one in there) <= taken
            names = Counter(one["reason"].partition("]")[0] for one in there)
            assert [name for name, times in names.items() if times > 1] == []

    def find_everything_out(self):
        """Nobody does anything any more: the program, the list and a manager find out."""
        for desk in self.tills:
            desk.faults()
            desk.restart()
        self.let_pass(400, 50)
        first = self.tills[0]
        first.till.reconciliation.reconcile(self.today)
        for refund in first.till.refunding.unanswered():
            if refund.can_settle:
                self.settle_by_hand(refund)
        for charge in self.charges:
            standing = first.till.refunding.standing(charge.id)
            if is_perhaps_returned(standing.charge, standing.refunds):
                returned = bool(self.went_back(charge))
                first.till.refunding.settle_return(charge.id, returned, "looked", first.manager.id)

    def settle_by_hand(self, refund):
        first = self.tills[0]
        decision = self.was_carried_out(refund)
        has_list = first.till.refunding.standing(refund.charge_id).charge.gateway != "jpay"
        assert not (decision and has_list)  # what is in the list is known by now
        first.till.refunding.settle(refund.id, decision, "looked", first.manager.id)

    def both_say_the_same(self):
        first = self.tills[0]
        for charge in map(first.now, self.charges):
            (payment,) = first.payments(charge) or [{"paid_at": None}]
            assert charge.is_paid == bool(payment["paid_at"])
            assert charge.is_paid or charge.status is not ChargeStatus.UNKNOWN
            standing = first.till.refunding.standing(charge.id)
            went_back = sum(one["amount"] for one in self.went_back(charge))
            assert standing.held_back.minor == 0
            assert standing.refunded.minor == went_back
            done = [one for one in standing.refunds if one.status is RefundStatus.DONE]
            ids = {one.gateway_id for one in done if one.gateway_id}
            assert ids <= {one["id"] for one in self.went_back(charge)}
        remaining = first.till.reconciliation.reconcile(self.today).remaining
        assert [one for one in remaining if one.charge_id is not None] == []
        assert first.journal_holds()

    # What the rules need.

    @property
    def today(self):
        clock = self.tills[0].clock
        return clock.local(clock.now()).date()

    def pick(self, which):
        return self.tills[0].now(self.charges[-1 - which % len(self.charges)])

    def pick_paid(self, which):
        """Mostly one that is paid; else whatever there is."""
        paid = [one for one in map(self.tills[0].now, self.charges) if one.is_paid]
        return paid[-1 - which % len(paid)] if paid else self.pick(which)

    def spoil(self, call, fault, charge=None):
        rules = [(call, fault, {"reference": charge.reference} if charge else {})] if fault else []
        self.tills[0].faults(*rules)

    def give(self, deed):
        with suppress(RefundError):
            deed()
        self.tills[0].faults()

    def let_pass(self, seconds, step=1.0):
        while seconds > 0:
            for desk in self.tills:
                desk.till.watcher.run_due()
            self.tills[0]._nap(min(step, seconds))
            seconds -= step
        for desk in self.tills:
            desk.till.watcher.run_due()

    def went_back(self, charge):
        """What went back, or still may: not what has failed."""
        told = [back for one in self.tills[0].payments(charge) for back in one["refunds"]]
        return [one for one in told if not one["is_failed"]]

    def was_carried_out(self, refund):
        charge = self.tills[0].till.refunding.standing(refund.charge_id).charge
        if refund.kind is RefundKind.CANCEL:
            return any(one["kind"] == "cancel" for one in self.went_back(charge))
        return any(refund.is_named_in(one["reason"]) for one in self.went_back(charge))


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture(scope="module")
def template(simulator, tmp_path_factory):
    """A data folder in which nothing has been sold yet."""
    folder = tmp_path_factory.mktemp("shop") / "till"
    for desk in two_tills(folder, simulator):
        desk.close()
    return folder


BOUNDED = settings(
    max_examples=15,
    phases=[Phase.generate],  # an example is a second: what fails is told as it is, not shrunk
    suppress_health_check=list(HealthCheck),
)


@BOUNDED
@given(sequence=st.lists(deeds, min_size=8, max_size=14))
def test_nothing_goes_back_twice_and_all_ends_with_the_gateways_truth(
    simulator, template, sequence
):
    with TemporaryDirectory() as folder, ExitStack() as ends:
        tills = two_tills(copytree(template, Path(folder) / "till"), simulator)
        for desk in tills:
            ends.callback(desk.close)
        shop = Shop(tills)
        for name, till, *arguments in sequence:
            shop.do(name, till, *arguments)
            shop.nothing_went_back_twice()
        shop.find_everything_out()
        shop.both_say_the_same()
