"""The real program is killed at each step of a sale; started again, it knows the truth."""

import socket
import time

import pytest
import zxingcpp

from pos_app.domain.transitions import FASTEST_CUSTOMER
from tests.fakes.command import run
from tests.fakes.waiting import until
from tests.fakes.windowed_till import WindowedTill

HELD_S = 60
AMOUNT = ("4", "2", "5", "0")


@pytest.fixture
def till(tmp_path, screen, gateway):
    return WindowedTill(tmp_path, screen, POS_APP_CITCON_CHOP_BASE_URL=f"{gateway.url}/")


def hold(call):
    """The gateway does what `call` asks for and keeps its answer back."""
    return {"call": call, "fault": "delay", "seconds": HELD_S}


def one_charge(gateway, charge):
    """What the gateway knows: a single transaction, this charge's."""
    (there,) = gateway.transactions()
    assert (there["reference"], there["amount"]) == (charge["reference"], charge["amount_minor"])
    return there


def be_no_faster_than_people(row):
    """Wait until a customer may have paid: sooner, the till takes it for an earlier payment."""
    enough = row["shown_at"] / 1_000_000 + FASTEST_CUSTOMER.total_seconds()
    until(lambda: time.time() > enough, "a customer to find the phone")


def waiting(till, gateway):
    """A sale whose code is on the screen, and a customer in front of it."""
    till.sign_in()
    charge = till.charge(*AMOUNT)
    assert till.code().endswith(one_charge(gateway, charge)["q"])
    be_no_faster_than_people(till.ledger.charges()[0])
    return charge


def pay(till, gateway, charge):
    """The customer pays the code that is on the screen, and the till learns of it."""
    there = one_charge(gateway, charge)
    assert till.code().endswith(there["q"])
    be_no_faster_than_people(till.ledger.charges()[0])
    gateway.act(there["q"], "pay")
    until(lambda: till.ledger.charges(status="paid"), "the till to learn of the payment")


def check(till, gateway, charge, status, state):
    """Both sides say the same about the only charge, and the journal is whole."""
    (row,) = till.ledger.charges()
    assert (row["reference"], row["status"]) == (charge["reference"], status)
    assert one_charge(gateway, charge)["state"] == state
    verified = run(till.paths.root.parent, "journal", "verify", "--training")
    assert verified.stdout.startswith("The journal is whole"), verified
    assert till.said() == ""


def test_killed_before_the_charge_is_sent(till, gateway):
    with till.running():
        till.sign_in()
        gateway.stop_answering()
        charge = till.charge(*AMOUNT)
    gateway.restart()  # what it had not read is lost with it
    assert gateway.transactions() == []
    with till.running():
        till.sign_in()
        pay(till, gateway, charge)
    check(till, gateway, charge, "paid", "paid")


def test_killed_after_the_charge_is_sent_and_before_the_answer(till, gateway):
    with till.running():
        till.sign_in()
        gateway.faults(hold("charge"))
        charge = till.charge(*AMOUNT)
        until(gateway.transactions, "the gateway to make the payment")
        assert till.ledger.charges(status="created")
    with till.running():
        till.sign_in()
        pay(till, gateway, charge)
    check(till, gateway, charge, "paid", "paid")


def test_killed_while_the_customer_pays(till, gateway):
    with till.running():
        charge = waiting(till, gateway)
    gateway.act(one_charge(gateway, charge)["q"], "pay")
    with till.running():
        until(lambda: till.ledger.charges(status="paid"), "the till to learn of the payment")
        till.sign_in()
    check(till, gateway, charge, "paid", "paid")


def test_killed_while_cancelling_before_the_cancel_is_sent(till, gateway):
    with till.running():
        charge = waiting(till, gateway)
        gateway.faults(hold("inquire"))  # the question that comes before every cancel
        till.cancel()
        until(lambda: gateway.faults_left() == [], "the gateway to hold its answer")
    assert till.ledger.charges(cancel_requested_at=None)
    with till.running():
        till.sign_in()
        pay(till, gateway, charge)
    check(till, gateway, charge, "paid", "paid")


def test_killed_while_the_cancel_is_carried_out(till, gateway, screen):
    with till.running():
        charge = waiting(till, gateway)
        gateway.faults(hold("cancel"))
        till.cancel()
        until(lambda: gateway.faults_left() == [], "the gateway to hold its answer")
    assert till.ledger.charges(status="waiting", cancel_requested_at=None) == []
    with till.running():
        until(lambda: till.ledger.charges(status="cancelled"), "the till to learn of the cancel")
        till.sign_in()
        assert zxingcpp.read_barcodes(screen.picture()) == []
    check(till, gateway, charge, "cancelled", "cancelled")


def test_killed_after_the_payment_and_before_the_receipt(tmp_path, screen, gateway):
    with socket.create_server(("127.0.0.1", 0)) as silent_printer:
        till = WindowedTill(
            tmp_path,
            screen,
            POS_APP_CITCON_CHOP_BASE_URL=f"{gateway.url}/",
            POS_APP_PRINTER_NAME="Counter",
            CUPS_SERVER="127.0.0.1:%d" % silent_printer.getsockname()[1],  # noqa: UP031
        )
        with till.running():
            charge = waiting(till, gateway)
            pay(till, gateway, charge)
        assert till.ledger.prints() == []
        with till.running():
            till.sign_in()
    check(till, gateway, charge, "paid", "paid")
