"""Whole sales: the real services over real HTTP against the real simulator."""

import pytest

from pos_app.domain.charges import Attention, ChargeStatus, UnknownReason
from pos_app.domain.customer_codes import read_code
from pos_app.domain.errors import MethodNotAvailableError, NotSent
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.refunds import RefundStatus
from pos_app.domain.sales import Sale, SaleLine
from pos_app.services.training import TrainingError
from pos_app.simulator.settings import Settings
from tests.fakes.running_simulator import running_simulator
from tests.fakes.till_with_simulator import TillWithSimulator

S = ChargeStatus
FOREVER = {"times": None}
ENDS = {"pay": "paid", "expire": "expired"}


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def desk(tmp_path, simulator):
    desk = TillWithSimulator(tmp_path, simulator)
    yield desk
    desk.close()


@pytest.mark.parametrize("method", PaymentMethod)
def test_a_whole_sale_with_every_method(desk, method):
    charge = desk.waiting("4200", method)
    assert desk.screen(charge) == "waiting"
    assert desk.act(charge, "pay")
    desk.let_pass(2)
    paid = desk.now(charge)
    payment = desk.payment(charge)
    assert desk.screen(charge) == "paid"
    assert paid.transaction_id == payment["transaction_id"]
    assert (payment["amount"], payment["currency"]) == (paid.amount.minor, paid.amount.currency)
    assert desk.till.receipts.receipt(charge.id).number == charge.short_reference
    assert desk.journal_holds()


def test_the_code_leads_to_the_customers_page(desk):
    charge = desk.waiting()
    view = desk.till.payments.view(charge.id)
    page = desk.http.get(view.code)
    assert page.is_success
    assert "42.50" in page.text


def test_a_code_expires_by_the_gateways_word(desk):
    charge = desk.waiting()
    desk.let_pass(300, step=5)
    assert desk.screen(charge) == "expired"
    assert desk.payment(charge)["state"] == "expired"


@pytest.mark.parametrize(
    "fault",
    ["lose_request", "lose_answer", "status_500", "garbage", "truncated", "captive_portal"],
)
class TestSpoiledAnswers:
    def test_of_the_create_end_in_one_payment(self, desk, fault):
        desk.faults(("charge", fault, {"times": 2}))
        charge = desk.waiting()
        assert charge.status is S.WAITING
        assert len(desk.payments(charge)) == 1
        assert len([1 for one in desk.payments(charge) if one["q"] == charge.gateway_id]) == 1

    def test_of_every_create_are_lost_until_they_are_answered(self, desk, fault):
        desk.faults(("charge", fault, FOREVER))
        charge = desk.till.checkout.send(desk.charge().id)
        assert desk.screen(charge) == "createLost"
        desk.faults()
        assert desk.till.checkout.send(charge.id).status is S.WAITING
        assert len(desk.payments(charge)) == 1

    def test_of_a_left_create_are_found_cancelled_and_never_shown(self, desk, fault):
        desk.faults(("charge", fault, FOREVER))
        charge = desk.till.checkout.send(desk.charge().id)
        desk.till.checkout.leave(charge.id)
        desk.faults()
        desk.let_pass(60, step=1)
        assert desk.now(charge).status is S.CANCELLED
        assert desk.now(charge).shown_at is None
        assert desk.payment(charge)["state"] == "cancelled"

    def test_of_questions_are_no_answer_then_unknown_then_paid(self, desk, fault):
        charge = desk.waiting()
        desk.faults(("inquire", fault, FOREVER))
        desk.act(charge, "pay")
        desk.let_pass(5)
        assert desk.screen(charge) == "noAnswer"
        desk.let_pass(60)
        assert desk.screen(charge) == "unknown"
        assert desk.till.payments.view(charge.id).code is None
        desk.faults()
        desk.let_pass(31)
        assert desk.screen(charge) == "paid"

    def test_of_the_cancel_end_cancelled(self, desk, fault):
        charge = desk.waiting()
        desk.faults(("cancel", fault))
        desk.till.payments.cancel(charge.id)
        desk.let_pass(5)
        assert desk.now(charge).status is S.CANCELLED
        assert desk.payment(charge)["state"] == "cancelled"

    def test_of_a_cancel_that_was_paid_meanwhile_is_told(self, desk, fault):
        charge = desk.waiting()
        desk.faults(("cancel", "pay_before_cancel"), ("cancel", fault))
        desk.till.payments.cancel(charge.id)
        desk.let_pass(5)
        assert desk.now(charge).status is S.PAID
        assert desk.screen(charge) == "cancelledPaid"
        (refund,) = desk.till.refunding.standing(charge.id).refunds
        assert (refund.status, refund.amount) == (RefundStatus.DONE, charge.amount)
        assert len(desk.payment(charge)["refunds"]) == 1


@pytest.mark.parametrize("fault", ["wrong_amount", "wrong_currency", "wrong_reference"])
def test_a_disagreeing_paid_is_never_paid(desk, fault):
    charge = desk.waiting()
    desk.faults(("inquire", fault, FOREVER))
    desk.act(charge, "pay")
    desk.let_pass(5)
    assert desk.screen(charge) == "mismatch"
    desk.let_pass(600, step=30)
    assert desk.now(charge).unknown_reason is UnknownReason.DISAGREES
    assert desk.till.answers.count() == 1
    desk.faults()
    desk.till.payments.check_now(charge.id)
    assert desk.screen(charge) == "paid"
    assert desk.till.answers.count() == 0


def test_what_the_gateway_says_it_took_is_kept(desk):
    charge = desk.waiting()
    desk.faults(("inquire", "wrong_amount", FOREVER))
    desk.act(charge, "pay")
    desk.let_pass(2)
    assert desk.now(charge).received == Money(4251, "USD")


def test_an_expiry_of_another_payment_is_not_believed(desk):
    charge = desk.waiting()
    desk.faults(("inquire", "wrong_reference", FOREVER))
    desk.act(charge, "expire")
    desk.let_pass(5)
    assert desk.now(charge).status is S.WAITING
    desk.faults()
    desk.let_pass(10)
    assert desk.now(charge).status is S.EXPIRED


def test_a_refused_create_says_why(desk):
    desk.faults(("charge", "refused"))
    charge = desk.till.checkout.send(desk.charge().id)
    assert desk.screen(charge) == "createRefused"
    assert "payment_method" in charge.refusal
    assert desk.payments(charge) == []


def test_a_wrong_token_is_not_set_up(tmp_path):
    with running_simulator(Settings(tokens=("of-another-shop",))) as stranger:
        desk = TillWithSimulator(tmp_path, stranger)
        charge = desk.till.checkout.send(desk.charge().id)
        assert desk.screen(charge) == "createNotSetUp"
        assert "training-token" not in charge.refusal
        assert desk.payments(charge) == []
        desk.close()


def test_a_gateway_that_is_not_there_is_unreachable_and_tried_again(tmp_path, simulator):
    nowhere = {"POS_APP_CITCON_CHOP_BASE_URL": "http://127.0.0.1:9/"}
    desk = TillWithSimulator(tmp_path, simulator, **nowhere)
    charge = desk.till.checkout.send(desk.charge().id)
    assert desk.screen(charge) == "createUnreachable"
    assert desk.till.checkout.leave(charge.id).status is S.CANCELLED
    with pytest.raises(TrainingError):
        desk.till.training.pay(charge.id)
    desk.close()


def test_an_unpaid_payment_is_cancelled_at_both_ends(desk):
    charge = desk.waiting()
    assert desk.till.payments.cancel(charge.id).state.value == "cancelled"
    assert desk.payment(charge)["state"] == "cancelled"


def test_a_payment_before_the_cancel_is_paid_and_nothing_is_cancelled(desk):
    charge = desk.waiting()
    desk.act(charge, "pay")
    assert desk.till.payments.cancel(charge.id).state.value == "paid"
    assert desk.payment(charge)["cancelled_at"] is None


@pytest.mark.parametrize("fault", ["wrong_amount", "wrong_reference"])
def test_a_doubtful_payment_is_never_returned_by_the_program(desk, fault):
    """Whose money it is must be settled by a person."""
    charge = desk.waiting()
    desk.faults(("inquire", fault, FOREVER))
    desk.act(charge, "pay")
    for _ in range(2):
        assert desk.till.payments.cancel(charge.id).state.value == "mismatch"
    assert desk.payment(charge)["cancelled_at"] is None


@pytest.mark.parametrize("fault", ["pay_before_cancel", "pay_after_cancel"])
def test_a_payment_around_the_cancel_is_caught(desk, fault):
    charge = desk.waiting()
    desk.faults(("cancel", fault))
    assert desk.till.payments.cancel(charge.id).state.value == "cancelledPaid"
    payment = desk.payment(charge)
    is_returned = bool(payment["refunds"])
    assert is_returned == (fault == "pay_before_cancel")
    assert desk.till.answers.count() == 1


@pytest.mark.parametrize(
    ("fault", "refusal"), [("cancel_outside_window", "window"), ("cancel_failed", "failed")]
)
def test_a_refused_cancel_leaves_the_payment_as_it_is(desk, fault, refusal):
    charge = desk.waiting()
    desk.faults(("cancel", fault))
    view = desk.till.payments.cancel(charge.id)
    assert (view.state.value, view.cancel_refusal) == ("cancelRefused", refusal)
    assert desk.payment(charge)["state"] == "open"
    assert desk.till.payments.cancel(charge.id).state.value == "cancelled"


def given_up(desk, how):
    if how == "stop":
        charge = desk.waiting(method=PaymentMethod.UPOP)
        desk.till.payments.stop(charge.id)
    else:
        charge = desk.waiting()
    if how == "cancel":
        desk.till.payments.cancel(charge.id)
    if how == "expire":
        desk.act(charge, "expire")
        desk.let_pass(2)
    desk.till.payments.close(charge.id)
    return charge


@pytest.mark.parametrize("after_s", [3, 100, 3000, 80_000, 500_000])
@pytest.mark.parametrize(
    ("how", "attention"),
    [
        ("stop", Attention.PAID_LATE),
        ("expire", Attention.PAID_LATE),
        ("cancel", Attention.MAYBE_RETURNED),
    ],
)
def test_late_money_is_caught_whenever_it_comes(desk, how, attention, after_s):
    charge = given_up(desk, how)
    desk.let_pass(after_s, step=max(1, after_s / 40))
    assert desk.act(charge, "pay")
    desk.let_pass(max(after_s * 6, 60), step=max(1, after_s / 40))
    assert desk.now(charge).status is S.PAID
    assert desk.now(charge).attention == {attention}
    assert desk.needing_answer() == [charge.id]


def test_late_money_is_caught_over_a_restart(desk):
    charge = given_up(desk, "expire")
    desk.act(charge, "pay")
    desk.clock.pass_time(2 * 86_400)
    desk.restart()
    desk.let_pass(1)
    assert desk.now(charge).attention == {Attention.PAID_LATE}


def test_a_crash_after_sending_ends_in_one_payment(desk):
    desk.faults(("charge", "lose_answer", FOREVER))
    charge = desk.till.checkout.send(desk.charge().id)
    desk.faults()
    desk.restart()
    desk.let_pass(5)
    assert desk.now(charge).status is S.WAITING
    assert len(desk.payments(charge)) == 1


class TestTrainingStrip:
    @pytest.mark.parametrize("button", ENDS)
    def test_the_customer_pays_or_lets_it_expire(self, desk, button):
        charge = desk.waiting()
        getattr(desk.till.training, button)(charge.id)
        desk.let_pass(2)
        assert desk.screen(charge) == ENDS[button]
        assert desk.payment(charge)["state"] == ENDS[button]

    def test_the_wallet_declines_and_the_code_still_works(self, desk):
        charge = desk.waiting()
        desk.till.training.decline(charge.id)
        desk.let_pass(2)
        assert desk.screen(charge) == "declinedHint"
        assert desk.payment(charge)["state"] == "declined"
        desk.till.training.pay(charge.id)
        desk.let_pass(2)
        assert desk.screen(charge) == "paid"

    def test_the_network_drops_until_it_is_unknown(self, desk):
        charge = desk.waiting()
        desk.till.training.drop_network(charge.id)
        desk.let_pass(5)
        assert desk.screen(charge) == "noAnswer"
        desk.let_pass(60)
        assert desk.screen(charge) == "unknown"
        other = desk.waiting("9.00")
        assert desk.screen(other) == "waiting"

    def test_an_answer_is_lost_and_the_payment_is_found(self, desk):
        charge = desk.waiting()
        desk.till.training.lose_answer(charge.id)
        desk.let_pass(5)
        assert desk.screen(charge) == "noAnswer"
        assert desk.payment(charge)["state"] == "paid"
        desk.let_pass(10)
        assert desk.screen(charge) == "paid"

    def test_the_money_comes_after_the_cancel(self, desk):
        charge = desk.waiting()
        desk.till.training.pay_after_cancel(charge.id)
        assert desk.screen(charge) == "cancelledPaid"

    def test_the_customers_page_can_be_opened(self, desk):
        charge = desk.waiting()
        assert desk.http.get(desk.till.training.page_address(charge.id)).is_success

    def test_what_is_not_possible_is_told(self, desk):
        charge = desk.waiting()
        desk.till.training.pay(charge.id)
        with pytest.raises(TrainingError):
            desk.till.training.pay(charge.id)

    def test_without_a_simulator_it_says_so(self, desk, monkeypatch):
        charge = desk.waiting()

        def gone(*_):
            raise NotSent("refused")

        monkeypatch.setattr(desk.till.training._control, "act", gone)
        with pytest.raises(TrainingError, match="Start training again"):
            desk.till.training.pay(charge.id)


class TestOnlineApi:
    """Alipay carried by the service whose codes come as pictures."""

    @pytest.fixture
    def online(self, tmp_path, simulator):
        desk = TillWithSimulator(
            tmp_path, simulator, POS_APP_METHODS_GATEWAYS="alipay=citcon_online"
        )
        yield desk
        desk.close()

    def test_a_sale_is_charged_watched_and_paid(self, online):
        charge = online.waiting()
        assert charge.gateway == "citcon_online"
        assert charge.code.startswith(online.simulator.url)
        assert not charge.can_cancel
        assert online.act(charge, "pay")
        online.let_pass(4)
        assert online.now(charge).status is S.PAID

    def test_a_code_that_nobody_can_read_is_shown_as_the_picture_that_came(self, online):
        online.faults(("charge", "unreadable_picture"))
        assert online.waiting().code.startswith("data:image/png;base64,")

    def test_what_is_never_called_expired_stays_open_for_the_cashier(self, online):
        charge = online.waiting()
        online.let_pass(310, step=5)
        assert online.screen(charge) == "stillOpen"

    def test_other_methods_stay_where_they_were(self, online):
        assert online.waiting(method=PaymentMethod.WECHATPAY).gateway == "citcon_chop"

    def test_a_method_that_the_service_does_not_carry_is_off(self, tmp_path, simulator):
        desk = TillWithSimulator(
            tmp_path, simulator, POS_APP_METHODS_GATEWAYS="dana=citcon_online"
        )
        (choice,) = [
            one for one in desk.till.catalogue.methods() if one.method is PaymentMethod.DANA
        ]
        assert (choice.is_on, choice.off_reason) == (False, "gateway")
        with pytest.raises(MethodNotAvailableError):
            desk.till.catalogue.choice(PaymentMethod.DANA)
        desk.close()


class TestInStoreApi:
    """Alipay carried by a terminal whose codes are asked for without a reference."""

    @pytest.fixture
    def terminal(self, tmp_path, simulator):
        desk = TillWithSimulator(
            tmp_path, simulator, POS_APP_METHODS_GATEWAYS="alipay=citcon_instore"
        )
        yield desk
        desk.close()

    def test_a_sale_is_charged_watched_and_paid(self, terminal):
        charge = terminal.waiting()
        assert charge.gateway == "citcon_instore"
        terminal.till.training.pay(charge.id)
        terminal.let_pass(4)
        paid = terminal.now(charge)
        assert paid.status is S.PAID
        assert paid.transaction_id == charge.gateway_id

    def test_a_cancel_closes_it(self, terminal):
        charge = terminal.waiting()
        assert charge.can_cancel
        terminal.till.payments.cancel(charge.id, terminal.cashier.id)
        assert terminal.now(charge).status is S.CANCELLED

    def test_a_lost_code_is_another_payment_that_nobody_saw(self, terminal):
        terminal.faults(("charge", "lose_answer"))
        charge = terminal.waiting()
        assert charge.status is S.WAITING
        assert charge.gateway_id in charge.code

    def scanned(self, terminal, code="134650098712345678"):
        sale = Sale((SaleLine("", 1, Money(4250, "USD")),))
        read = read_code(code)
        charge = terminal.till.taking.charge(sale, read, terminal.cashier.id)
        return terminal.till.taking.send(charge.id, read)

    def test_a_customers_code_is_paid_at_once(self, terminal):
        paid = self.scanned(terminal)
        assert (paid.status, paid.method) == (S.PAID, PaymentMethod.WECHATPAY)
        assert terminal.payment(paid)["transaction_id"] == paid.transaction_id

    def test_the_customer_confirms_on_the_phone(self, terminal):
        terminal.faults(("pay", "needs_confirming"))
        charge = self.scanned(terminal)
        assert charge.status is S.WAITING
        assert terminal.act(charge, "pay")
        terminal.let_pass(4)
        assert terminal.now(charge).status is S.PAID

    def test_the_customer_says_no_on_the_phone(self, terminal):
        terminal.faults(("pay", "needs_confirming"))
        charge = self.scanned(terminal)
        assert terminal.act(charge, "decline")
        terminal.let_pass(4)
        assert terminal.now(charge).status is S.DECLINED

    def test_nobody_confirms_and_it_is_cancelled_after_a_minute(self, terminal):
        terminal.faults(("pay", "needs_confirming"))
        charge = self.scanned(terminal)
        terminal.let_pass(62)
        assert terminal.now(charge).status is S.CANCELLED
        assert terminal.payment(charge)["state"] == "cancelled"

    def test_a_code_that_is_too_old_takes_nothing(self, terminal):
        terminal.faults(("pay", "code_too_old"))
        charge = self.scanned(terminal)
        assert charge.status is S.EXPIRED
        assert terminal.payments(charge) == []

    def test_a_lost_answer_is_found_in_the_history_and_never_paid_twice(self, terminal):
        terminal.faults(("pay", "lose_answer"))
        charge = self.scanned(terminal)
        assert charge.status is S.UNKNOWN
        terminal.let_pass(6)
        assert terminal.now(charge).status is S.PAID
        assert terminal.payment(charge)["state"] == "paid"
