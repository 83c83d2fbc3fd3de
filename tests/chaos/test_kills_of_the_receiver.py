"""The receiver beside the till is killed, or the till is: neither takes a payment along."""

import time

import pytest

from pos_app.domain.transitions import FASTEST_CUSTOMER
from pos_app.services.ports import is_free
from tests.fakes.receiver_beside import TillWithReceiver, receivers
from tests.fakes.waiting import until


@pytest.fixture
def till(tmp_path, screen, gateway):
    return TillWithReceiver(tmp_path, screen, gateway)


def sell(till, gateway, amount):
    """Sell something that the customer pays as soon as people do."""
    charge = till.charge(*amount)
    reference = charge["reference"]
    until(lambda: till.ledger.charges(reference=reference, status="waiting"), "the code")
    shown_s = till.ledger.charges(reference=reference)[0]["shown_at"] / 1_000_000
    until(lambda: time.time() > shown_s + FASTEST_CUSTOMER.total_seconds(), "the customer")
    (there,) = gateway.transactions(reference)
    gateway.act(there["q"], "pay")
    until(lambda: till.ledger.charges(reference=reference, status="paid"), "the payment")


def test_the_till_sells_on_without_its_receiver_and_gets_it_back(till, gateway, screen):
    with till.running():
        till.sign_in()
        first = till.receiver_pid()
        till.kill_receiver()
        sell(till, gateway, ("4", "2", "5", "0"))
        assert till.receiver_pid() != first
        until(lambda: till.is_on_sell() or screen.press("Return"), "Sell again")
        sell(till, gateway, ("1", "5", "0", "0"))
        until(lambda: len(till.ledger.rows("SELECT * FROM notices")) == 2, "both notices", 40)
    assert till.said() == ""


def test_the_receiver_ends_with_a_till_that_was_killed(till):
    with till.running():
        till.sign_in()
        till.receiver_pid()
    until(lambda: receivers(str(till.port)) == [], "the receiver to end", 5)
    assert is_free("127.0.0.1", till.port)
    assert till.ledger.rows("SELECT * FROM receivers") == []
