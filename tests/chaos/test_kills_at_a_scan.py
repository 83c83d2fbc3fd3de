"""The real program is killed after a customer's code was sent; it never sends it again."""

import sqlite3

import pytest

from tests.fakes.command import run
from tests.fakes.waiting import until
from tests.fakes.windowed_store import Store

CODE = "134650098712348765"
HELD_S = 60
CONFIRM_S = 60


@pytest.fixture
def store(tmp_path, screen, gateway):
    return Store(tmp_path, screen, gateway)


def scan(store, screen):
    """Key an amount and scan a code for it; returns the charge's row."""
    store.till.sign_in()
    store.till.key("4", "2", "5", "0")
    store.open_scan_page()
    screen.press(*CODE)
    store.till.wait_for_charge_button()
    return store.till.confirm()


def confirming(store, screen, gateway):
    """A customer who has to confirm on the phone; returns the charge's row."""
    gateway.faults({"call": "pay", "fault": "needs_confirming"})
    charge = scan(store, screen)
    until(lambda: store.till.ledger.charges(status="waiting"), "the customer to be asked")
    return charge


def let_a_minute_pass(till):
    """Move what is written down about time into the past, as if the till had been off."""
    ledger = sqlite3.connect(till.ledger.file)
    minute = CONFIRM_S * 1_000_000
    ledger.execute(
        "UPDATE charges SET code_expires_at = code_expires_at - ?, shown_at = shown_at - ?",
        (minute, minute),
    )
    ledger.commit()
    ledger.close()


def check(store, gateway, charge, status, state):
    """Both sides say the same of the only charge, its code is nowhere, the journal is whole."""
    (row,) = store.till.ledger.charges()
    (there,) = gateway.transactions()
    assert (row["reference"], row["status"]) == (charge["reference"], status)
    assert (there["reference"], there["state"]) == (charge["reference"], state)
    assert store.keeps(CODE) == []
    verified = run(store.till.paths.root.parent, "journal", "verify", "--training")
    assert verified.stdout.startswith("The journal is whole"), verified
    assert store.till.said() == ""


def test_killed_while_the_customer_confirms_it_cancels_after_a_minute(store, screen, gateway):
    with store.till.running():
        charge = confirming(store, screen, gateway)
    let_a_minute_pass(store.till)
    with store.till.running():
        until(lambda: store.till.ledger.charges(status="cancelled"), "the till to cancel")
    check(store, gateway, charge, "cancelled", "cancelled")


def test_killed_while_the_customer_confirms_it_learns_of_the_payment(store, screen, gateway):
    with store.till.running():
        charge = confirming(store, screen, gateway)
    (there,) = gateway.transactions()
    gateway.act(there["q"], "pay")
    let_a_minute_pass(store.till)
    with store.till.running():
        until(lambda: store.till.ledger.charges(status="paid"), "the till to learn of it")
    check(store, gateway, charge, "paid", "paid")


def test_killed_before_the_answer_it_finds_the_payment_in_the_list(store, screen, gateway):
    with store.till.running():
        gateway.faults({"call": "pay", "fault": "delay", "seconds": HELD_S})
        charge = scan(store, screen)
        until(gateway.transactions, "the payment to be made")
        assert store.till.ledger.charges(status="created")
    with store.till.running():
        until(lambda: store.till.ledger.charges(status="paid"), "the till to find it")
    check(store, gateway, charge, "paid", "paid")
