"""Two tills, two processes, one database: the same charge is given back once."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import pos_app
from pos_app.domain.charges import ChargeStatus
from pos_app.domain.money import Money
from pos_app.domain.people import Role
from tests.fakes.ledger import NOON, a_charge, a_person

ROOT = Path(pos_app.__file__).parents[1]
CHARGES = 25


@pytest.fixture
def paid(ledger):
    """Payments of 42.50 on a shared ledger, and who gives them back."""
    store = ledger.open()
    with store.write() as unit:
        manager = a_person(unit, "Priya", Role.MANAGER)
        charges = [
            a_charge(unit, status=ChargeStatus.PAID, paid_at=NOON, gateway_id=f"q{number}")
            for number in range(CHARGES)
        ]
    yield store, charges, manager
    store.close()


def start(ledger, writer):
    command = [sys.executable, "-m", "tests.fakes.refunding_process"]
    return subprocess.Popen(
        [*command, ledger.url or "", str(ledger.file), writer],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def race(ledger, paid, deeds):
    """Let each process do its deed to every charge at once; returns what each got, by charge."""
    _, charges, manager = paid
    tills = [start(ledger, f"till:T{number}:abcdefgh") for number, _ in enumerate(deeds)]
    try:
        assert [till.stdout.readline().strip() for till in tills] == ["ready"] * len(tills)
        for till, (deed, minor) in zip(tills, deeds, strict=True):
            wish = {
                "deed": deed,
                "minor": minor,
                "charges": [charge.id for charge in charges],
                "asked_by": charges[0].cashier_id,
                "approved_by": manager.id,
            }
            till.stdin.write(f"{json.dumps(wish)}\n")
            till.stdin.flush()
        ended = [json.loads(till.communicate(timeout=60)[0]) for till in tills]
    finally:
        for till in tills:
            till.kill()
            till.wait(timeout=30)
            till.stdin.close()
            till.stdout.close()
    return list(zip(*ended, strict=True))


def sums(paid):
    store, charges, _ = paid
    with store.read() as unit:
        unit.journal.verify()
        return [unit.refunds.sums(charge.id) for charge in charges]


def test_two_tills_refund_the_same_charge_and_one_is_told_why_not(ledger, paid):
    ended = race(ledger, paid, [("refund", 3000), ("refund", 3000)])
    assert Counter(map(frozenset, ended)) == {frozenset({"done", "RefundTooMuchError"}): CHARGES}
    assert {(one.refunded_minor, one.held_back_minor) for one in sums(paid)} == {(3000, 0)}


def test_one_till_refunds_while_the_other_cancels_and_one_is_told_why_not(ledger, paid):
    ended = race(ledger, paid, [("refund", 1), ("cancel", None)])
    allowed = {("done", "CannotCancelPaidError"), ("RefundTooMuchError", "done")}
    assert set(ended) <= allowed
    returned = [1 if by_refund == "done" else 4250 for by_refund, _ in ended]
    assert [one.refunded_minor for one in sums(paid)] == returned


def test_two_tills_cancel_the_same_charge_and_one_is_told_why_not(ledger, paid):
    ended = race(ledger, paid, [("cancel", None), ("cancel", None)])
    assert Counter(map(frozenset, ended)) == {
        frozenset({"done", "CannotCancelPaidError"}): CHARGES
    }
    assert {one.refunded_minor for one in sums(paid)} == {Money(4250, "USD").minor}


def test_parts_that_fit_together_both_go_back(ledger, paid):
    ended = race(ledger, paid, [("refund", 2250), ("refund", 2000)])
    assert set(ended) == {("done", "done")}
    assert {one.refunded_minor for one in sums(paid)} == {4250}
