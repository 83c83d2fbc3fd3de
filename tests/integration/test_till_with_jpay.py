"""A whole till that takes cards through J-Pay, against the simulator over real HTTP."""

import io
import logging
import zipfile

import pytest

from pos_app.app.report import save_report
from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.reconciliation import DifferenceKind, DifferenceOutcome
from pos_app.domain.refunds import RefundStatus
from pos_app.logs import start_logging, stop_logging
from pos_app.paths import DataPaths
from pos_app.services.exporting import FORMATS, TABLES
from tests.fakes.card_desk import CUSTOMER, card_desk
from tests.fakes.jpay import PAYING
from tests.fakes.running_simulator import running_simulator

S = ChargeStatus
PERSONAL = [b"Anastasia", b"Lopezhova", b"ana@mail.example", b"555 0199"]


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def desk(tmp_path, simulator):
    with card_desk(tmp_path, simulator) as desk:
        yield desk


@pytest.fixture
def charge_paid(desk):
    return desk.paid()


def test_a_card_is_paid_on_the_page_that_the_code_opens(desk):
    charge = desk.shown()
    assert charge.code.startswith(desk.simulator.url)
    desk.let_pass(2)
    desk.http.post(charge.code, data=PAYING)
    desk.let_pass(5)
    paid = desk.now(charge)
    assert (paid.status, paid.gateway) == (S.PAID, "jpay")
    assert paid.transaction_id == desk.payment(charge)["transaction_id"]
    assert desk.till.payments.view(charge.id).gateway_name == "J-Pay"
    assert desk.journal_holds()


@pytest.mark.parametrize(("deed", "status"), [("pay", S.PAID), ("decline", S.DECLINED)])
def test_in_training_the_till_plays_the_customer(desk, deed, status):
    charge = desk.shown()
    desk.let_pass(2)
    getattr(desk.till.training, deed)(charge.id)
    desk.let_pass(5)
    assert desk.now(charge).status is status
    assert desk.till.training.page_address(charge.id) == charge.code


def test_a_no_of_the_bank_closes_the_payment(desk):
    charge = desk.shown()
    desk.let_pass(2)
    assert desk.act(charge, "decline")
    desk.let_pass(5)
    assert desk.now(charge).status is S.DECLINED


def test_another_amount_than_asked_for_is_flagged_and_not_simply_paid(desk):
    charge = desk.shown()
    desk.let_pass(2)
    assert desk.act(charge, "pay")
    desk.faults(("inquire", "wrong_amount", {"times": None}))
    desk.let_pass(5)
    now = desk.now(charge)
    assert now.status is S.UNKNOWN
    assert now.received == Money(4251, "USD")
    assert desk.screen(charge) == "mismatch"


@pytest.mark.parametrize("fault", ["lose_answer", "empty", "status_500", "garbage"])
def test_a_create_without_an_answer_is_never_sent_again(desk, fault):
    charge = desk.card()
    desk.faults(("charge", fault))
    closed = desk.send(charge)
    assert closed.status is S.EXPIRED
    assert closed.code is None
    assert len(desk.payments(charge)) == 1
    assert desk.screen(charge) == "expired"


@pytest.mark.parametrize("fault", ["lose_request", "captive_portal"])
def test_what_jpay_does_not_know_is_closed_and_watched(desk, fault):
    charge = desk.card()
    desk.faults(("charge", fault))
    assert desk.send(charge).status is S.EXPIRED
    assert desk.payments(charge) == []
    again = desk.till.checkout.charge(
        desk.till.payments.sale_of(charge.id),
        PaymentMethod.CC,
        desk.cashier.id,
        customer=CUSTOMER,
    )
    assert again.reference != charge.reference
    assert desk.send(again).status is S.WAITING


def test_while_nobody_answers_the_create_stays_in_question_and_is_found_out_later(desk):
    charge = desk.card()
    desk.faults(("charge", "lose_answer"), ("inquire", "status_500", {"times": None}))
    assert desk.send(charge).status is S.CREATED
    assert desk.screen(charge) == "createLost"
    desk.till.checkout.leave(charge.id)
    desk.let_pass(20)
    assert desk.now(charge).status is S.CREATED
    desk.faults()
    desk.let_pass(60, step=2)
    assert desk.now(charge).status is S.EXPIRED
    assert len(desk.payments(charge)) == 1


def test_money_that_lands_on_a_lost_page_calls_for_a_person(desk):
    charge = desk.card()
    desk.faults(("charge", "lose_answer"))
    assert desk.send(charge).status is S.EXPIRED
    assert desk.act(charge, "pay")
    desk.let_pass(60, step=2)
    assert Attention.REUSED_REFERENCE in desk.now(charge).attention


def test_after_a_crash_a_create_that_may_have_left_is_asked_about(desk):
    charge = desk.card()
    desk.faults(("charge", "lose_answer"), ("inquire", "status_500", {"times": None}))
    desk.send(charge)
    desk.faults()
    desk.restart()
    desk.till.recovery.send_again(desk.till.to_send_again)
    assert desk.now(charge).status is S.EXPIRED
    assert len(desk.payments(charge)) == 1


def test_what_surely_never_left_is_sent_with_the_same_details(desk):
    desk.environ["POS_APP_CITCON_CHOP_BASE_URL"] = "http://127.0.0.1:9/"
    desk.restart()
    charge = desk.card()
    assert desk.send(charge).is_surely_not_sent
    assert desk.screen(charge) == "createUnreachable"
    assert desk.till.checkout._customers
    desk.till.checkout.leave(charge.id)
    assert not desk.till.checkout._customers
    assert desk.now(charge).status is S.CANCELLED


def test_without_the_customers_details_nothing_is_sent(desk):
    charge = desk.send(desk.charge(method=PaymentMethod.CC))
    assert charge.status is S.REFUSED
    assert "details" in charge.refusal
    assert desk.payments(charge) == []


def refund(desk, charge, minor):
    manager = next(one for one in desk.till.people.everyone() if one.name == "Priya")
    return desk.till.refunding.refund(
        charge.id, Money(minor, "USD"), "Goods returned", desk.cashier.id, manager.id
    )


def test_a_refund_goes_back(desk):
    charge = desk.paid()
    assert refund(desk, charge, 1000).status is RefundStatus.DONE
    assert [one["amount"] for one in desk.payment(charge)["refunds"]] == [1000]


@pytest.mark.parametrize(
    ("fault", "end"),
    [("requested_refund", RefundStatus.DONE), ("failed_refund", RefundStatus.REFUSED)],
)
def test_a_refund_that_takes_its_time_is_held_back_and_asked_about(desk, fault, end):
    charge = desk.paid()
    desk.faults(("refund", fault, {"seconds": 60}))
    made = refund(desk, charge, 4250)
    assert made.status is RefundStatus.PENDING
    assert desk.till.refunding.check(made.id).status is RefundStatus.PENDING
    desk._nap(61)
    assert desk.till.refunding.check(made.id).status is end


@pytest.mark.parametrize(
    ("fault", "end"),
    [("requested_refund", RefundStatus.DONE), ("failed_refund", RefundStatus.REFUSED)],
)
def test_what_became_of_an_accepted_refund_is_found_out_by_itself(desk, fault, end):
    charge = desk.paid()
    desk.faults(("refund", fault, {"seconds": 60}))
    assert refund(desk, charge, 4250).status is RefundStatus.PENDING
    desk.restart()
    desk.let_pass(130, step=5)
    standing = desk.till.refunding.standing(charge.id)
    assert [one.status for one in standing.refunds] == [end]
    assert bool(standing.refundable) is (end is RefundStatus.REFUSED)
    assert desk.journal_holds()


def test_a_refund_whose_answer_was_lost_is_found_and_never_repeated(desk):
    charge = desk.paid()
    desk.faults(("refund", "lose_answer"))
    assert refund(desk, charge, 1000).status is RefundStatus.UNKNOWN
    desk.let_pass(6)
    (found,) = desk.till.refunding.standing(charge.id).refunds
    (there,) = desk.payment(charge)["refunds"]
    assert (found.status, found.gateway_id) == (RefundStatus.DONE, there["id"])


def test_a_refund_that_never_came_there_stays_unknown_and_is_never_repeated(desk):
    charge = desk.paid()
    refund(desk, charge, 700)
    desk.faults(("refund", "lose_request"))
    made = refund(desk, charge, 1000)
    desk.let_pass(200, step=10)
    assert desk.till.refunding.check(made.id).status is RefundStatus.UNKNOWN
    assert [one["amount"] for one in desk.payment(charge)["refunds"]] == [700]


@pytest.mark.parametrize("minor", [1000, 4250])
def test_a_refund_made_elsewhere_is_told_and_is_less_to_refund(desk, charge_paid, minor):
    """In the merchant's portal, say: with the same key, and not by this register."""
    gateway = desk.till.looking._gateways.for_charge(charge_paid)
    gateway.refund(charge_paid, Money(minor, "USD"), "by telephone")
    looked = desk.till.looking.look(charge_paid.id)
    assert looked.differs
    assert looked.left.minor == 4250 - minor
    assert desk.now(charge_paid).attention == {Attention.LIST_DISAGREES}
    assert desk.needing_answer() == [charge_paid.id]


def test_reconciling_finds_that_all_went_back_elsewhere(desk, charge_paid):
    gateway = desk.till.looking._gateways.for_charge(charge_paid)
    gateway.refund(charge_paid, Money(4250, "USD"), "by telephone")
    day = desk.clock.local(charge_paid.created_at).date()
    (one,) = desk.till.reconciliation.reconcile(day).differences
    assert (one.kind, one.outcome) == (
        DifferenceKind.MORE_REFUNDED_THERE,
        DifferenceOutcome.NEEDS_PERSON,
    )


def test_our_own_refund_is_no_news(desk, charge_paid):
    refund(desk, charge_paid, 4250)
    looked = desk.till.looking.look(charge_paid.id)
    assert (looked.is_answered, looked.differs, looked.left.minor) == (True, False, 0)


def everything(desk, charge):
    """All that is left of a sale, by where it is."""
    with zipfile.ZipFile(save_report(desk.paths)) as bundle:
        found = {name: bundle.read(name) for name in bundle.namelist()}
    for file in desk.paths.root.rglob("*"):
        if file.is_file():
            found[file.name] = file.read_bytes()
    with desk.till.recovery._ledger.store.read() as work:
        for name, table in TABLES.items():
            for kind, write in FORMATS.items():
                stream = io.StringIO()
                write(table.columns, table.rows(work.exports)(None, None), stream)
                found[f"{name}.{kind}"] = stream.getvalue().encode()
    found["paper"] = repr(desk.till.receipts.receipt(charge.id)).encode()
    found["memory"] = repr((desk.till, desk.now(charge))).encode()
    return found


@pytest.fixture
def talkative_log(tmp_path):
    start_logging(DataPaths(tmp_path).logs, level=logging.DEBUG)
    yield
    stop_logging()


@pytest.mark.usefixtures("talkative_log")
def test_the_customers_details_are_nowhere_afterwards(desk, capfd):
    charge = desk.paid()
    for fault in ("lose_answer", "garbage", "refused"):
        desk.faults(("charge", fault))
        desk.send(desk.card("9.00"))
    assert not desk.till.checkout._customers
    found = everything(desk, charge) | {"output": "".join(capfd.readouterr()).encode()}
    assert b"charge_accepted" in found["journal.jsonl"]
    assert b"create without an answer" in found["till.log"]
    told = {(name, one) for name, text in found.items() for one in PERSONAL if one in text}
    assert told == set()
