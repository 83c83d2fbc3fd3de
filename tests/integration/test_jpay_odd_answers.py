"""J-Pay's odd answers over real HTTP: errors as strings, wrapped twice, empty, another amount."""

from datetime import timedelta

import pytest

from pos_app.config.jpay import JPaySettings
from pos_app.config.secrets import Secret
from pos_app.domain.charges import Attention, ChargeDecision, ChargeStatus
from pos_app.domain.customers import Purchase
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CodeCreated,
    Inquiry,
    RefundDone,
    RefusalKind,
    Refused,
)
from pos_app.domain.reconciliation import DifferenceKind, DifferenceOutcome
from pos_app.domain.sales import SaleLine
from pos_app.gateways.jpay.gateway import JPay
from pos_app.gateways.tls import Tls
from pos_app.ui.models.status_words import pill_of
from tests.fakes.card_desk import CUSTOMER, card_desk
from tests.fakes.running_simulator import TOKEN, running_simulator

S = ChargeStatus
WRONG_KEY = "Signature verification failed"
"""SEEN (jpay.md)."""


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def desk(tmp_path, simulator):
    with card_desk(tmp_path, simulator) as desk:
        yield desk


@pytest.fixture
def gateway_with(simulator):
    """Make J-Pay's client with a key."""
    made = []

    def make(key=TOKEN):
        settings = JPaySettings(
            base_url=f"{simulator.url}/", member_id="10130", website="https://shop.example/"
        )
        made.append(JPay(settings, Secret(key), Tls()))
        return made[-1]

    yield make
    for one in made:
        one.close()


def create(gateway, desk):
    charge = desk.card()
    lines = (SaleLine("", 1, charge.amount),)
    return gateway.create(charge, Purchase(CUSTOMER, lines))


def create_again(gateway, desk):
    return gateway.create(desk.shown(), Purchase(CUSTOMER, (SaleLine("", 1, Money(1, "USD")),)))


def inquire(gateway, desk):
    return gateway.inquire(desk.shown())


def inquire_nothing(gateway, desk):
    return gateway.inquire(desk.card())


def refund(gateway, desk):
    return gateway.refund(desk.paid(), Money(1000, "USD"), "Goods returned")


def refund_query(gateway, desk):
    charge = desk.paid()
    made = gateway.refund(charge, Money(1000, "USD"), "Goods returned")
    return lambda: gateway.inquire_refund(charge, made.gateway_id)


def refund_query_of_nothing(gateway, desk):
    return gateway.inquire_refund(desk.paid(), "R-none")


CALLS = {create: "charge", inquire: "inquire", refund: "refund", refund_query: "transactions"}
"""What the simulator calls them."""
OTHER, NOT_SET_UP = RefusalKind.OTHER, RefusalKind.NOT_SET_UP


@pytest.mark.parametrize(
    ("ask", "fault", "ends_as"),
    [
        (create, "wrapped", CodeCreated),
        (create, "empty", OutcomeUnknown),
        (create, "refused", OTHER),
        (create, WRONG_KEY, NOT_SET_UP),
        (create_again, "", OTHER),
        (inquire, "wrapped", Inquiry),
        (inquire, "empty", OutcomeUnknown),
        (inquire, WRONG_KEY, NOT_SET_UP),
        (inquire_nothing, "", OTHER),
        (refund, "wrapped", RefundDone),
        (refund, "empty", OutcomeUnknown),
        (refund, "refused", OTHER),
        (refund, WRONG_KEY, NOT_SET_UP),
        (refund_query, "wrapped", RefundDone),
        (refund_query, "empty", OutcomeUnknown),
        (refund_query_of_nothing, "", OutcomeUnknown),
    ],
)
def test_each_odd_answer_is_taken_for_what_it_is(desk, gateway_with, ask, fault, ends_as):
    """An error in words is a refusal, a wrapped answer is one, an empty one says nothing."""
    gateway = gateway_with("another key" if fault == WRONG_KEY else TOKEN)
    later = ask(gateway_with(), desk) if ask is refund_query else lambda: ask(gateway, desk)
    if fault and fault != WRONG_KEY:
        desk.faults((CALLS[ask], fault))
    if ends_as is OutcomeUnknown:
        with pytest.raises(OutcomeUnknown):
            later()
    elif isinstance(ends_as, RefusalKind):
        answer = later()
        assert isinstance(answer, Refused)
        assert (answer.kind, bool(answer.text)) == (ends_as, True)
        assert fault != WRONG_KEY or answer.text == WRONG_KEY
    else:
        assert isinstance(later(), ends_as)


@pytest.fixture
def mismatch(desk):
    """J-Pay says that the buyer paid another amount (`true_amount`) than was asked for."""
    charge = desk.shown()
    desk.let_pass(2)
    desk.faults(("inquire", "wrong_amount", {"times": None}))
    assert desk.act(charge, "pay")
    desk.let_pass(5)
    return desk.now(charge)


def test_another_amount_is_a_mismatch_on_page_list_and_panel(desk, mismatch):
    assert (mismatch.status, mismatch.received) == (S.UNKNOWN, Money(4251, "USD"))
    assert mismatch.attention == {Attention.MISMATCH}
    view = desk.till.payments.view(mismatch.id)
    assert (view.state.value, view.code) == ("mismatch", None)
    assert desk.needing_answer() == [mismatch.id]
    detail = desk.till.history.detail(mismatch.id)
    assert pill_of(detail.status).word == "Mismatch"
    assert detail.entries[0].amount == Money(4251, "USD")
    assert not detail.can_refund


def test_a_mismatch_stays_one_whatever_time_passes_and_is_settled_by_a_manager(desk, mismatch):
    desk.let_pass(600, step=20)
    assert desk.now(mismatch).status is S.UNKNOWN
    manager = next(one for one in desk.till.people.everyone() if one.is_manager)
    (matter,) = desk.till.settling.matters(mismatch.id)
    assert matter.charge.received == Money(4251, "USD")
    desk.till.settling.settle_charge(
        mismatch.id, ChargeDecision.PAID, "seen on the statement", desk.cashier.id, manager.id
    )
    assert desk.needing_answer() == []
    assert pill_of(desk.till.history.detail(mismatch.id).status).word == "Called paid"


def test_reconciling_tells_a_mismatch_with_both_amounts(desk, mismatch):
    day = desk.clock.local(mismatch.created_at).date()
    (one,) = desk.till.reconciliation.reconcile(day).differences
    assert (one.kind, one.outcome) == (DifferenceKind.PAID_THERE, DifferenceOutcome.NEEDS_PERSON)
    assert (one.here, one.there) == (Money(4250, "USD"), Money(4251, "USD"))


def test_of_a_paid_payment_another_amount_later_calls_for_a_person(desk):
    charge = desk.paid()
    desk.faults(("inquire", "wrong_amount", {"times": None}))
    looked = desk.till.looking.look(charge.id)
    assert looked.differs
    assert desk.now(charge).attention == {Attention.LIST_DISAGREES}
    assert desk.now(charge).paid_at - charge.paid_at == timedelta(0)
