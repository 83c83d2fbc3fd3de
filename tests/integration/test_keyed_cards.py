"""Cards that are keyed at the till, through J-Pay, against the simulator over real HTTP."""

import gc

import httpx
import pytest

from pos_app.domain.cards import KeyedCard
from pos_app.domain.charges import ChargeStatus
from pos_app.domain.customers import Customer, Purchase
from pos_app.domain.errors import MethodNotAvailableError, StorageError
from pos_app.domain.history import HistoryKind
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from tests.fakes.running_simulator import running_simulator
from tests.fakes.till_with_simulator import TillWithSimulator

S, K = ChargeStatus, HistoryKind
CUSTOMER = Customer("Ana", "Lopez", "ana@example.com", "+1 555 0100", "US")
PAID_AT_ONCE, DECLINED, SECURE = b"4242424242424242", b"4000000000000002", b"4000002500003155"
NOWHERE = "http://127.0.0.1:9/"


def card(number=PAID_AT_ONCE):
    return KeyedCard(number, b"12", b"2030", b"987")


class KeyedDesk(TillWithSimulator):
    """A register where cards may be keyed."""

    def __init__(self, folder, simulator, **environ):
        ways = {"POS_APP_METHODS_GATEWAYS": "cc=jpay", "POS_APP_JPAY_ALLOW_KEYED_CARDS": "yes"}
        super().__init__(folder, simulator, **{**ways, **environ})

    def keyed(self, number=PAID_AT_ONCE, amount="42.50"):
        return self.charge(amount, method=PaymentMethod.CC, customer=CUSTOMER, card=card(number))

    def sent(self, number=PAID_AT_ONCE):
        return self.till.checkout.send(self.keyed(number).id)

    def told(self, charge):
        """The payment's history, newest first."""
        return [one.kind for one in self.till.history.detail(charge.id).entries]

    def gateway_of(self, charge):
        return self.till.checkout._asker._gateways.for_charge(charge)


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def desk(tmp_path, simulator):
    desk = KeyedDesk(tmp_path, simulator)
    yield desk
    desk.close()


def test_paid_at_once_is_shown_after_a_question_confirms_it(desk):
    paid = desk.sent()
    assert (paid.status, paid.is_card_keyed, paid.code) == (S.PAID, True, None)
    assert paid.transaction_id == desk.payment(paid)["transaction_id"]
    assert paid.attention == frozenset()
    assert desk.screen(paid) == "paid"
    assert desk.journal_holds()
    assert desk.told(paid) == [K.PAID, K.CREATED]


def test_said_to_be_paid_is_not_paid_as_long_as_no_question_is_answered(desk):
    charge = desk.keyed()
    desk.faults(("inquire", "status_500", {"times": 2}))
    sent = desk.till.checkout.send(charge.id)
    assert sent.status is S.WAITING
    assert desk.screen(charge) == "waiting"
    desk.let_pass(10)
    assert desk.now(charge).status is S.PAID


def test_another_amount_than_asked_for_is_flagged(desk):
    charge = desk.keyed()
    desk.faults(("inquire", "wrong_amount"))
    sent = desk.till.checkout.send(charge.id)
    assert (sent.status, sent.received) == (S.UNKNOWN, Money(4251, "USD"))
    assert desk.screen(charge) == "mismatch"


def test_a_no_of_the_bank_closes_the_payment_and_the_sale_can_be_charged_again(desk):
    declined = desk.sent(DECLINED)
    assert declined.status is S.DECLINED
    again = desk.charge(
        sale=desk.till.payments.sale_of(declined.id),
        method=PaymentMethod.CC,
        customer=CUSTOMER,
        card=card(),
    )
    assert desk.till.checkout.send(again.id).status is S.PAID


def test_the_banks_page_is_shown_as_a_code_and_may_be_paid_within_its_first_second(desk):
    waiting = desk.sent(SECURE)
    assert waiting.status is S.WAITING
    assert "/pay/secure" in waiting.code
    desk.http.post(waiting.code, data={"action": "pay"})
    desk.let_pass(1)
    assert desk.now(waiting).status is S.PAID


@pytest.mark.parametrize("fault", ["lose_answer", "empty", "status_500", "garbage", "truncated"])
def test_a_lost_answer_is_found_out_by_asking_and_the_card_is_never_sent_again(desk, fault):
    charge = desk.keyed()
    desk.faults(("charge", fault))
    assert desk.till.checkout.send(charge.id).status is S.PAID
    assert len(desk.payments(charge)) == 1
    assert desk.told(charge) == [K.PAID, K.CREATED]


def test_a_lost_answer_of_a_no_is_a_no(desk):
    charge = desk.keyed(DECLINED)
    desk.faults(("charge", "lose_answer"))
    assert desk.till.checkout.send(charge.id).status is S.DECLINED


def test_a_lost_page_of_the_bank_is_waited_for_and_never_called_closed(desk):
    charge = desk.keyed(SECURE)
    desk.faults(("charge", "lose_answer"))
    assert desk.till.checkout.send(charge.id).status is S.WAITING
    desk.let_pass(20)
    assert (desk.now(charge).status, desk.now(charge).code) == (S.WAITING, None)
    assert desk.act(charge, "pay")
    desk.let_pass(5)
    assert desk.now(charge).status is S.PAID


def test_a_lost_request_stays_unknown_for_nobody_can_tell_it_from_a_slow_bank(desk):
    charge = desk.keyed()
    desk.faults(("charge", "lose_request"))
    assert desk.till.checkout.send(charge.id).status is S.UNKNOWN
    assert desk.screen(charge) == "unknown"
    desk.let_pass(30)
    assert desk.now(charge).status is S.UNKNOWN
    assert desk.payments(charge) == []
    assert desk.needing_answer() == [charge.id]


def test_while_nobody_answers_it_is_unknown_and_the_watch_finds_it_paid(desk):
    charge = desk.keyed()
    desk.faults(("charge", "lose_answer"), ("inquire", "status_500", {"times": None}))
    assert desk.till.checkout.send(charge.id).status is S.UNKNOWN
    desk.faults()
    desk.let_pass(40)
    paid = desk.now(charge)
    assert (paid.status, paid.attention) == (S.PAID, frozenset())


def test_after_a_crash_in_the_middle_it_is_asked_about_and_never_sent(desk):
    """Whether the request had left or not."""
    left, never_left = desk.keyed(), desk.keyed(amount="9.00")
    lines = desk.till.payments.sale_of(left.id).lines
    desk.gateway_of(left).create(left, Purchase(CUSTOMER, lines, card()))
    desk.restart()
    assert desk.now(left).status is S.UNKNOWN
    assert desk.now(never_left).status is S.UNKNOWN
    desk.let_pass(10)
    assert desk.now(left).status is S.PAID
    assert desk.now(never_left).status is S.UNKNOWN
    assert len(desk.payments(left)) == 1
    assert desk.payments(never_left) == []


def test_what_surely_never_left_waits_for_the_card_to_be_keyed_again(desk):
    desk.environ["POS_APP_CITCON_CHOP_BASE_URL"] = NOWHERE
    desk.restart()
    held = card()
    charge = desk.charge(method=PaymentMethod.CC, customer=CUSTOMER, card=held)
    assert desk.till.checkout.send(charge.id).is_surely_not_sent
    assert desk.screen(charge) == "createUnreachable"
    assert held.is_wiped
    again = card()
    assert desk.till.checkout.send(charge.id, again).is_surely_not_sent
    assert again.is_wiped
    desk.environ["POS_APP_CITCON_CHOP_BASE_URL"] = f"{desk.simulator.url}/"
    desk.restart()
    assert desk.now(charge).status is S.CANCELLED


def test_what_surely_never_left_is_sent_with_the_card_that_is_keyed_again(desk):
    charge = desk.keyed()
    http = desk.gateway_of(charge)._http
    there, http._base_url = http._base_url, NOWHERE
    assert desk.till.checkout.send(charge.id).is_surely_not_sent
    http._base_url = there
    paid = desk.till.checkout.send(charge.id, card())
    assert (paid.status, paid.reference) == (S.PAID, charge.reference)


def test_without_the_card_nothing_is_sent(desk):
    charge = desk.keyed()
    desk.till.checkout._cards.popitem()[1].wipe()
    refused = desk.till.checkout.send(charge.id)
    assert refused.status is S.REFUSED
    assert desk.payments(charge) == []


def test_the_card_is_wiped_whatever_comes_of_it(desk):
    for fault in ("lose_answer", "garbage", "lose_request", "refused"):
        held = card()
        charge = desk.charge("5.00", PaymentMethod.CC, customer=CUSTOMER, card=held,
                             is_other_customer=True)  # fmt: skip
        desk.faults(("charge", fault))
        desk.till.checkout.send(charge.id)
        assert held.is_wiped
    held = card()
    left = desk.charge("6.00", PaymentMethod.CC, customer=CUSTOMER, card=held)
    desk.till.checkout.leave(left.id)
    assert held.is_wiped
    assert not desk.till.checkout._cards


@pytest.mark.parametrize("fault", ["", "lose_answer", "garbage", "status_500", "lose_request"])
def test_no_request_with_a_card_is_left_in_memory(desk, fault):
    """Not even until the collector comes by; in the tests it never comes by itself."""
    charge = desk.keyed()
    desk.faults(*([("charge", fault)] if fault else []))
    gc.collect()
    desk.till.checkout.send(charge.id)
    alive = [one for one in gc.get_objects() if isinstance(one, httpx.Request)]
    assert [one for one in alive if b"pay_cardno" in getattr(one, "_content", b"")] == []


def test_an_answer_that_cannot_be_written_down_leaves_it_in_question(desk, monkeypatch):
    charge = desk.keyed()
    ledger = desk.till.recovery._ledger
    change, troubles = ledger.change, [StorageError("full")]

    def full_disk(charge_id, why, *more, **named):
        if troubles:
            raise troubles.pop()
        return change(charge_id, why, *more, **named)

    monkeypatch.setattr(ledger, "change", full_disk)
    with pytest.raises(StorageError):
        desk.till.checkout.send(charge.id)
    assert desk.now(charge).status is S.CREATED
    assert desk.screen(charge) == "unknown"
    desk.till.checkout.leave(charge.id)
    assert desk.now(charge).left_at is None
    desk.let_pass(5)
    assert desk.now(charge).status is S.PAID
    assert len(desk.payments(charge)) == 1


def test_only_where_the_shop_allows_it(tmp_path, simulator):
    desk = KeyedDesk(tmp_path, simulator, POS_APP_JPAY_ALLOW_KEYED_CARDS="no")
    refused = desk.sent()
    assert refused.status is S.REFUSED
    assert "allow_keyed_cards" in refused.refusal
    assert desk.payments(refused) == []
    desk.close()


def test_only_where_the_service_takes_them(tmp_path, simulator):
    desk = KeyedDesk(tmp_path, simulator, POS_APP_METHODS_GATEWAYS="")
    with pytest.raises(MethodNotAvailableError):
        desk.keyed()
    desk.close()
