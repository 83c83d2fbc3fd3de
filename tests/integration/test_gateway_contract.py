"""What every payment service must do, over real HTTP against its pretended self.

A new gateway adds itself to `SERVICES`, and the simulator its half.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

import httpx
import pytest

from pos_app.config.jpay import JPaySettings
from pos_app.config.secrets import Secret
from pos_app.config.settings import ChopSettings, InStoreSettings, OnlineSettings
from pos_app.domain.customers import Customer, Purchase
from pos_app.domain.errors import NotSent, OutcomeUnknown
from pos_app.domain.gateways import GATEWAYS, can_cancel
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CancelResult,
    CodeCreated,
    Inquiry,
    ListedKind,
    PaymentState,
    RefundDone,
    RefundRefusalKind,
    RefundRefused,
    RefusalKind,
    Refused,
)
from pos_app.domain.sales import SaleLine
from pos_app.gateways.citcon_chop.gateway import CitconChop
from pos_app.gateways.citcon_instore.gateway import CitconInStore
from pos_app.gateways.citcon_online.gateway import CitconOnline
from pos_app.gateways.jpay.gateway import JPay
from pos_app.gateways.tls import Tls
from tests.fakes.chop import charge
from tests.fakes.jpay import PAYING
from tests.fakes.running_simulator import running_simulator

NUMBERS = itertools.count(1)
TLS = Tls()


@dataclass(frozen=True)
class Service:
    """A gateway under test.

    Attributes:
        make: makes it for an address and a token.
        says_expired: whether it tells of codes that ran out.
        a_no_is_final: whether a decline ends the payment.
        has_list: whether it has a list of payments and refunds.
        names_charge: whether a create carries the charge's reference and method; without them
            each create is another payment, for any wallet.
        says_why: whether its documents say how a refused refund tells why.
    """

    id: str
    make: Callable[[str, str], object]
    says_expired: bool
    a_no_is_final: bool = False
    has_list: bool = True
    names_charge: bool = True
    says_why: bool = True

    @property
    def traits(self):
        return GATEWAYS[self.id]

    def why(self, kind):
        """What is told of a refused refund: the reason, or only the service's words."""
        return kind if self.says_why else RefundRefusalKind.OTHER


SERVICES = [
    Service(
        "citcon_chop",
        lambda url, token: CitconChop(ChopSettings(base_url=url), Secret(token), TLS),
        says_expired=True,
    ),
    Service(
        "citcon_online",
        lambda url, token: CitconOnline(OnlineSettings(base_url=url), Secret(token), TLS),
        says_expired=False,
    ),
    Service(
        "citcon_instore",
        lambda url, token: CitconInStore(InStoreSettings(base_url=url), Secret(token), TLS),
        says_expired=True,
        names_charge=False,
    ),
    Service(
        "jpay",
        lambda url, token: JPay(
            JPaySettings(base_url=url, member_id="10130", website="https://shop.example/"),
            Secret(token),
            TLS,
        ),
        says_expired=False,
        a_no_is_final=True,
        has_list=False,
        says_why=False,
    ),
]


CUSTOMER = Customer("Ana", "López", "ana@example.com", "+1 555 0100", "US")


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as running:
        yield running


class Desk:
    """One service with its simulator: makes charges and plays the customer."""

    def __init__(self, service, simulator):
        self.service = service
        self.url = f"{simulator.url}/"
        self.gateway = service.make(self.url, "training-token")
        self._control = httpx.Client(base_url=f"{simulator.url}/simulator/", trust_env=False)
        self._control.post("open-balance", json={"unlimited": True}).raise_for_status()

    def close(self):
        self._control.post("behaviour", json={"rules": []})
        self._control.close()
        self.gateway.close()

    def create(self, made, gateway=None):
        """Create it as the till does: with the customer only where the service asks."""
        lines = (SaleLine("Tea & cups = 1 set", 1, made.amount),)
        purchase = Purchase(CUSTOMER, lines) if self.service.traits.needs_customer else None
        return (gateway or self.gateway).create(made, purchase)

    def new(self, method=None, minor=4250):
        method = method or min(self.service.traits.methods, key=list(PaymentMethod).index)
        currency = METHODS[method].currency("USD")
        return charge(
            reference=f"HSG1-{next(NUMBERS):05}",
            gateway=self.service.id,
            method=method,
            amount=Money(minor, currency),
        )

    def shown(self, **wishes):
        """A charge with its code on the screen."""
        made = self.new(**wishes)
        answer = self.create(made)
        assert isinstance(answer, CodeCreated)
        return replace(made, gateway_id=answer.gateway_id, code=answer.code)

    def paid(self, **wishes):
        shown = self.shown(**wishes)
        self.act(shown, "pay")
        answer = self.gateway.inquire(shown)
        assert answer.state is PaymentState.PAID
        return replace(shown, transaction_id=answer.transaction_id)

    def act(self, shown, deed):
        path = f"transactions/{shown.gateway_id}/{deed}"
        return self._control.post(path).raise_for_status().json()

    def expect(self, call, fault, **more):
        if not self.service.names_charge:
            more.pop("reference", None)
        rules = [{"call": call, "fault": fault, **more}]
        self._control.post("behaviour", json={"rules": rules}).raise_for_status()

    def there(self, made):
        """What the service itself knows of this charge, its create sent once or more."""
        if not self.service.names_charge:
            return [self._control.get(f"transactions/{made.gateway_id}").json()]
        answer = self._control.get("transactions", params={"reference": made.reference})
        return answer.json()["transactions"]

    def count(self):
        """How many payments the simulator knows."""
        return len(self._control.get("transactions").json()["transactions"])

    def listed(self, paid, kind):
        """The entry of this payment in the service's own list; no test where there is none."""
        if not self.service.has_list:
            with pytest.raises(OutcomeUnknown):
                self.gateway.transactions()
            pytest.skip("it has no list")
        (entry,) = [
            one
            for one in self.gateway.transactions()
            if one.kind is kind and one.transaction_id == paid.transaction_id
        ]
        assert entry.reference == (paid.reference if self.service.names_charge else None)
        return entry


@pytest.fixture(params=SERVICES, ids=lambda service: service.id)
def desk(request, simulator):
    desk = Desk(request.param, simulator)
    yield desk
    desk.close()


def test_every_service_of_the_table_is_tested():
    assert {service.id for service in SERVICES} == set(GATEWAYS)


def test_it_knows_itself(desk):
    assert desk.gateway.id == desk.service.id
    assert desk.gateway.name == desk.service.traits.name
    assert "training-token" not in desk.gateway.credentials
    assert "training-token" not in repr(desk.gateway)


def test_a_charge_is_made_for_every_method_it_carries(desk):
    for method in desk.service.traits.methods:
        shown = desk.shown(method=method)
        (known,) = desk.there(shown)
        assert (known["amount"], known["currency"]) == (4250, shown.amount.currency)
        assert known["method"] == method.value or not desk.service.names_charge


def test_the_code_leads_the_customer_to_the_payment(desk):
    shown = desk.shown()
    assert httpx.post(shown.code, data=PAYING, trust_env=False).status_code == 303
    assert desk.gateway.inquire(shown).state is PaymentState.PAID


def test_the_same_charge_again_is_the_same_payment_or_one_whose_code_nobody_saw(desk):
    made, before = desk.new(), desk.count()
    first, second = desk.create(made), desk.create(made)
    is_same = desk.service.names_charge
    if desk.service.traits.repeats_create:
        assert (first == second) is is_same
    else:
        assert isinstance(second, Refused)
    assert desk.count() == before + (1 if is_same else 2)


def test_an_unpaid_charge_is_open_and_a_paid_one_agrees_in_every_member(desk):
    shown = desk.shown()
    assert desk.gateway.inquire(shown).state is PaymentState.OPEN
    desk.act(shown, "pay")
    answer = desk.gateway.inquire(shown)
    assert (answer.state, answer.is_charge) == (PaymentState.PAID, True)
    assert answer.reference == (shown.reference if desk.service.names_charge else None)
    assert answer.amount == shown.amount
    assert answer.transaction_id
    assert answer.method in {None, shown.method.value}


def test_a_decline_at_the_wallet_leaves_the_code_open_or_ends_it(desk):
    shown = desk.shown()
    desk.act(shown, "decline")
    if desk.service.a_no_is_final:
        assert desk.gateway.inquire(shown).state is PaymentState.DECLINED
        return
    assert desk.gateway.inquire(shown).state is PaymentState.OPEN
    desk.act(shown, "pay")
    assert desk.gateway.inquire(shown).state is PaymentState.PAID


def test_what_runs_out_is_told_where_the_service_tells_it(desk):
    shown = desk.shown()
    desk.act(shown, "expire")
    state = desk.gateway.inquire(shown).state
    assert state is (PaymentState.EXPIRED if desk.service.says_expired else PaymentState.OPEN)


def test_money_that_comes_after_the_end_is_told(desk):
    shown = desk.shown()
    desk.act(shown, "expire")
    desk.act(shown, "pay")
    assert desk.gateway.inquire(shown).state is PaymentState.PAID


@pytest.mark.parametrize(
    "fault", ["lose_answer", "status_500", "garbage", "truncated", "captive_portal"]
)
def test_a_create_without_a_readable_answer_is_unknown_and_is_found_out(desk, fault):
    made = desk.new()
    desk.expect("charge", fault, reference=made.reference)
    with pytest.raises(OutcomeUnknown):
        desk.create(made)
    if not desk.service.traits.repeats_create:
        is_there = fault != "captive_portal"
        assert isinstance(desk.gateway.inquire(made), Inquiry if is_there else Refused)
        assert len(desk.there(made)) == is_there
        return
    again = desk.create(made)
    assert isinstance(again, CodeCreated)
    assert len(desk.there(replace(made, gateway_id=again.gateway_id))) == 1


@pytest.mark.parametrize("fault", ["lose_request", "garbage", "status_500"])
def test_an_inquire_without_a_readable_answer_says_nothing(desk, fault):
    shown = desk.shown()
    desk.act(shown, "pay")
    desk.expect("inquire", fault, reference=shown.reference)
    with pytest.raises(OutcomeUnknown):
        desk.gateway.inquire(shown)
    assert desk.gateway.inquire(shown).state is PaymentState.PAID


def test_nothing_is_sent_where_nobody_listens(desk):
    gateway = desk.service.make("http://127.0.0.1:9/", "training-token")
    with pytest.raises(NotSent):
        desk.create(desk.new(), gateway)
    with pytest.raises(NotSent):
        gateway.refund(desk.paid(), Money(1, "USD"), "test")
    gateway.close()


def test_a_wrong_token_is_refused_as_not_set_up(desk):
    gateway = desk.service.make(desk.url, "wrong-token")
    answer = desk.create(desk.new(), gateway)
    assert isinstance(answer, Refused)
    assert answer.kind is RefusalKind.NOT_SET_UP
    assert not gateway.check_connection().is_token_known
    assert desk.gateway.check_connection().is_token_known
    gateway.close()


def test_a_refusal_takes_no_money_and_says_why(desk):
    made, before = desk.new(), desk.count()
    desk.expect("charge", "refused", reference=made.reference)
    answer = desk.create(made)
    assert isinstance(answer, Refused)
    assert answer.kind is RefusalKind.OTHER
    assert answer.text
    assert desk.count() == before


def test_refunds_go_back_in_parts_up_to_what_was_paid(desk):
    paid = desk.paid()
    for minor in (4000, 250):
        answer = desk.gateway.refund(paid, Money(minor, "USD"), "Goods returned")
        assert isinstance(answer, RefundDone)
    refused = desk.gateway.refund(paid, Money(1, "USD"), "Goods returned")
    assert isinstance(refused, RefundRefused)
    assert refused.kind is desk.service.why(RefundRefusalKind.TOO_MUCH)
    (known,) = desk.there(paid)
    assert [one["amount"] for one in known["refunds"]] == [4000, 250]


def test_without_money_in_the_open_balance_nothing_goes_back(desk):
    paid = desk.paid()
    desk.expect("refund", "no_balance", reference=paid.reference)
    answer = desk.gateway.refund(paid, Money(1, "USD"), "Goods returned")
    assert isinstance(answer, RefundRefused)
    assert answer.kind is desk.service.why(RefundRefusalKind.NO_BALANCE)
    assert desk.there(paid)[0]["refunds"] == []


def test_a_refund_without_an_answer_is_unknown_and_found_in_the_list(desk):
    paid = desk.paid()
    desk.expect("refund", "lose_answer", reference=paid.reference)
    with pytest.raises(OutcomeUnknown):
        desk.gateway.refund(paid, Money(100, "USD"), "Goods returned [R1]")
    found = desk.listed(paid, ListedKind.REFUND)
    assert (found.amount, found.note) == (Money(100, "USD"), "Goods returned [R1]")


def test_the_list_has_what_was_paid_with_what_went_back(desk):
    paid = desk.paid()
    desk.gateway.refund(paid, Money(100, "USD"), "Goods returned")
    entry = desk.listed(paid, ListedKind.CHARGE)
    assert entry.state is PaymentState.PAID
    assert (entry.amount, entry.refunded) == (paid.amount, Money(100, "USD"))
    assert entry.transaction_id == paid.transaction_id


def test_cancel_does_what_the_table_says(desk):
    shown = desk.shown()
    answer = desk.gateway.cancel(shown)
    if can_cancel(desk.service.id, shown.method):
        assert answer.result is CancelResult.CANCELLED
        assert desk.gateway.cancel(shown).result is CancelResult.DUPLICATE
        desk.act(shown, "pay")
    else:
        assert answer.result is CancelResult.FAILED
        desk.act(shown, "pay")
    assert desk.gateway.inquire(shown).state is PaymentState.PAID
