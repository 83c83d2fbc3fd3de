"""Customers' codes: sent once, asked about until it is known, cancelled when nobody confirms."""

import logging

import pytest

from pos_app.domain.charges import ChargeStatus, UnknownReason
from pos_app.domain.customer_codes import read_code
from pos_app.domain.errors import ChargeStillOpenError, GatewayNotSetUp, StorageError
from pos_app.domain.money import Money
from pos_app.domain.outcomes import PaymentState, RefusalKind, Refused
from pos_app.domain.sales import Sale, SaleLine
from tests.fakes.taking_gateway import TakingGateway
from tests.fakes.till import TillOnTheDesk

S = ChargeStatus
TEXT = "2812345678901234"
CODE = read_code(TEXT)
SALE = Sale((SaleLine("", 1, Money(4250, "USD")),))


@pytest.fixture
def desk(tmp_path):
    desk = TillOnTheDesk(tmp_path, gateway=TakingGateway())
    yield desk
    desk.close()


def intent(desk, **more):
    return desk.till.taking.charge(SALE, CODE, desk.cashier.id, **more)


def taken(desk):
    return desk.till.taking.send(intent(desk).id, CODE)


def test_the_intent_is_on_disk_before_the_code_leaves(desk):
    charge = intent(desk)
    assert desk.now(charge).status is S.CREATED
    assert desk.now(charge).is_customer_presented
    assert desk.gateway.codes == []


def test_a_code_that_is_paid_at_once_is_paid(desk):
    paid = taken(desk)
    assert (paid.status, paid.gateway_id, paid.transaction_id) == (S.PAID, "c1", "c1")
    assert paid.code is None
    assert desk.gateway.calls == [("take", paid.reference)]


def test_a_second_send_sends_nothing(desk):
    charge = taken(desk)
    desk.till.taking.send(charge.id, CODE)
    desk.till.checkout.send(charge.id)
    assert desk.gateway.codes == [TEXT]


@pytest.mark.parametrize(
    ("state", "status"),
    [(PaymentState.DECLINED, S.DECLINED), (PaymentState.EXPIRED, S.EXPIRED)],
)
def test_a_code_that_is_not_paid_closes_the_charge(desk, state, status):
    desk.gateway.next_state = state
    assert taken(desk).status is status
    desk.gateway.next_state = PaymentState.PAID
    assert taken(desk).status is S.PAID  # the sale can be charged again


def test_what_the_service_refuses_is_refused(desk):
    desk.gateway.fail(Refused(RefusalKind.OTHER, "[scanCodeId]DATA_FORMAT_ERROR"))
    refused = taken(desk)
    assert (refused.status, refused.refusal) == (S.REFUSED, "[scanCodeId]DATA_FORMAT_ERROR")


def test_what_was_surely_not_sent_is_over(desk):
    desk.gateway.fail("not_sent")
    charge = taken(desk)
    assert charge.status is S.CANCELLED
    assert charge.not_sent_at is not None
    assert not charge.needs_answer
    assert taken(desk).status is S.PAID


class TestWhileTheCustomerConfirms:
    @pytest.fixture
    def waiting(self, desk):
        desk.gateway.next_state = PaymentState.OPEN
        charge = taken(desk)
        assert charge.status is S.WAITING
        return charge

    def test_it_is_asked_about_every_three_seconds(self, desk, waiting):
        desk.let_pass(30)
        assert desk.gateway.count("inquire") == 10
        desk.gateway.pay(waiting.reference)
        desk.let_pass(3)
        assert desk.now(waiting).status is S.PAID

    def test_nobody_confirms_within_a_minute_and_it_is_cancelled(self, desk, waiting):
        desk.let_pass(59)
        assert desk.gateway.count("cancel") == 0
        desk.let_pass(2)
        assert desk.gateway.count("cancel") == 1
        assert desk.now(waiting).status is S.CANCELLED
        assert desk.gateway.calls[-1][0] == "inquire"

    def test_a_payment_in_the_last_moment_stays_paid(self, desk, waiting):
        desk.let_pass(59)
        desk.gateway.pay(waiting.reference)
        desk.let_pass(2)
        assert desk.now(waiting).status is S.PAID
        assert desk.gateway.count("cancel") == 0

    def test_a_restart_cancels_in_time_too(self, desk, waiting):
        desk.restart()
        desk.let_pass(61)
        assert desk.now(waiting).status is S.CANCELLED
        assert desk.gateway.codes == [TEXT]


class TestWhenTheAnswerIsLost:
    def test_it_is_unknown_until_the_list_has_it(self, desk):
        desk.gateway.fail("lost_answer")
        charge = taken(desk)
        assert (charge.status, charge.unknown_reason) == (S.UNKNOWN, UnknownReason.NO_ANSWER)
        desk.let_pass(6)
        found = desk.now(charge)
        assert (found.status, found.gateway_id) == (S.PAID, "Uc1")
        assert desk.gateway.codes == [TEXT]

    def test_what_the_list_does_not_have_stays_unknown_and_is_looked_for_again(self, desk):
        desk.gateway.is_listing = False
        desk.gateway.fail("lost_answer")
        charge = taken(desk)
        desk.let_pass(119)
        assert desk.now(charge).status is S.UNKNOWN
        assert desk.gateway.count("transactions") == 3
        desk.gateway.is_listing = True
        desk.let_pass(2)
        assert desk.now(charge).status is S.PAID

    def test_only_a_second_look_a_minute_later_says_that_it_is_not_listed(self, desk):
        desk.gateway.fail("lost_request")
        charge = taken(desk)

        def is_not_listed():
            return desk.till.payments.view(charge.id).is_not_listed

        desk.let_pass(60)
        assert desk.gateway.count("transactions") == 2
        assert not is_not_listed()
        desk.let_pass(6)
        assert is_not_listed()
        assert desk.now(charge).status is S.UNKNOWN  # it proves nothing

    def test_a_list_that_does_not_come_is_no_look(self, desk):
        desk.gateway.fail("lost_request", *["not_sent"] * 8)
        charge = taken(desk)
        desk.let_pass(70)
        assert not desk.till.payments.view(charge.id).is_not_listed

    def test_a_request_that_was_lost_stays_for_a_person(self, desk):
        desk.gateway.fail("lost_request")
        charge = taken(desk)
        desk.let_pass(4000, step=5)
        assert desk.now(charge).needs_answer
        assert desk.gateway.codes == [TEXT]

    def test_the_same_amount_again_asks_whose_payment_it_is(self, desk):
        desk.gateway.fail("lost_request")
        taken(desk)
        with pytest.raises(ChargeStillOpenError):
            intent(desk)
        intent(desk, is_other_customer=True)

    def test_one_that_is_found_open_is_cancelled_in_time(self, desk):
        desk.gateway.next_state = PaymentState.OPEN
        desk.gateway.fail("lost_answer")
        charge = taken(desk)
        desk.let_pass(6)
        assert desk.now(charge).status is S.WAITING
        desk.let_pass(61)
        assert desk.now(charge).status is S.CANCELLED

    def test_a_crash_before_the_answer_never_sends_again(self, desk):
        charge = intent(desk)
        desk.restart()
        assert desk.now(charge).status is S.UNKNOWN
        desk.let_pass(10)
        assert desk.gateway.count("create") == 0
        assert desk.gateway.count("transactions") == 1

    def test_an_answer_that_cannot_be_written_is_found_in_the_list(self, desk, monkeypatch):
        charge = intent(desk)
        ledger = desk.till.recovery._ledger

        def full(*_args, **_more):
            raise StorageError("the disk is full")

        with monkeypatch.context() as patch:
            patch.setattr(ledger, "change", full)
            with pytest.raises(StorageError):
                desk.till.taking.send(charge.id, CODE)
        desk.till.taking.send(charge.id, CODE)
        desk.let_pass(6)
        assert desk.now(charge).status is S.PAID
        assert desk.gateway.codes == [TEXT]


def test_without_a_service_for_codes_nothing_is_written(tmp_path):
    desk = TillOnTheDesk(tmp_path)
    assert not desk.till.taking.is_set_up()
    with pytest.raises(GatewayNotSetUp):
        intent(desk)
    desk.close()


def test_with_one_it_is_set_up(desk):
    assert desk.till.taking.is_set_up()


def test_the_code_is_in_no_file_and_no_log(desk, caplog):
    caplog.set_level(logging.DEBUG)
    desk.gateway.fail("lost_answer")
    taken(desk)
    desk.let_pass(6)
    assert TEXT not in caplog.text
    for file in desk.paths.root.rglob("*"):
        if file.is_file():
            assert TEXT.encode() not in file.read_bytes()
