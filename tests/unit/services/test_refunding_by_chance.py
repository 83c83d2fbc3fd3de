"""Any order of refunds, cancels, lost answers and restarts: no money goes back twice."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.errors import RefundError
from pos_app.domain.money import Money
from pos_app.domain.refunds import Refund, RefundStatus
from tests.fakes.refunding_gateway import RefundingGateway
from tests.fakes.refunds import RefundDesk

FAULTS = ["", "", "not_sent", "lost_request", "lost_answer", "crash_before", "crash_after"]
deeds = st.one_of(
    st.tuples(st.just("refund"), st.integers(1, 3000), st.sampled_from(FAULTS)),
    st.tuples(st.just("cancel"), st.none(), st.sampled_from(FAULTS[:-2])),
    st.tuples(st.just("settle"), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("check"), st.integers(0, 5), st.none()),
    st.tuples(st.just("restart"), st.none(), st.none()),
)


class PulledPlugError(BaseException):
    """The process is gone; nothing below catches it."""


class Counter:
    """A desk with one payment, and the gateway's truth about each of its refunds."""

    def __init__(self, folder):
        self.desk = RefundDesk(folder, gateway=RefundingGateway())
        self.charge = self.desk.paid("42.50")
        self.truth = {}

    @property
    def gateway(self):
        return self.desk.gateway

    @property
    def refunds(self):
        return self.desk.refunding.standing(self.charge.id).refunds

    @property
    def returned(self):
        return self.gateway.returned_minor(self.charge.reference)

    def refund(self, minor, fault):
        real = self.gateway._refund

        def carried_out(*call):
            if fault == "crash_before":
                raise PulledPlugError
            answer = real(*call)
            if fault == "crash_after":
                raise PulledPlugError
            return answer

        self.gateway._refund = carried_out
        give = self.desk.refunding.refund
        self._give("" if fault.startswith("crash") else fault, give, Money(minor, "USD"))
        self.gateway._refund = real

    def cancel(self, _, fault):
        self._give(fault, self.desk.refunding.cancel)

    def settle(self, number, knows):
        """The manager finds out what really happened, or does not."""
        open_ones = self.desk.refunding.unanswered()
        if open_ones:
            refund = open_ones[number % len(open_ones)]
            self.desk.settle(refund, self.truth[refund.id] if knows else None)

    def check(self, number, _):
        if self.refunds:
            refund = self.refunds[number % len(self.refunds)]
            before = self.returned
            self.desk.refunding.check(refund.id)
            self.truth[refund.id] |= self.returned > before

    def restart(self, *_):
        self.desk.restart()

    def _give(self, fault, deed, *amount):
        before, known = self.returned, len(self.refunds)
        self.gateway.faults.clear()
        self.gateway.fail(fault)
        people = (self.desk.cashier.id, self.desk.manager.id)
        try:
            deed(self.charge.id, *amount, "Goods returned", *people)
        except RefundError:
            pass
        except PulledPlugError:
            self.desk.restart()
        self.gateway.faults.clear()
        for refund in self.refunds[known:]:
            self.truth[refund.id] = self.returned > before


def sum_of(refunds: list[Refund]) -> int:
    return sum(one.amount.minor for one in refunds)


def check_promise(counter):
    standing = counter.desk.refunding.standing(counter.charge.id)
    went, held = standing.refunded.minor, standing.held_back.minor
    assert went + held + standing.refundable.minor == 4250
    assert went <= counter.returned <= went + held
    done = [one for one in standing.refunds if one.status is RefundStatus.DONE]
    assert all(counter.truth[one.id] for one in done)
    assert sum_of(done) <= counter.returned <= 4250


@settings(max_examples=25)
@given(st.lists(deeds, min_size=1, max_size=10))
def test_the_sum_holds_and_ends_with_the_gateways_truth(sequence):
    with TemporaryDirectory() as folder:
        counter = Counter(Path(folder))
        for deed, *arguments in sequence:
            getattr(counter, deed)(*arguments)
            check_promise(counter)
        while counter.desk.refunding.unanswered():
            counter.settle(0, knows=True)
        standing = counter.desk.refunding.standing(counter.charge.id)
        assert (standing.refunded.minor, standing.held_back.minor) == (counter.returned, 0)
        assert counter.desk.till.answers.count() == 0
        counter.desk.entries(counter.charge)
        counter.desk.close()
