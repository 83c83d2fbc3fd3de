"""`pos-app reconcile` as a process, against the simulator."""

import json
from datetime import UTC, datetime

import pytest

from tests.fakes.command import NOWHERE, run
from tests.fakes.refunding_till import RefundingTill
from tests.fakes.running_simulator import running_simulator


class Sales:
    """A day of training, and how to compare it."""

    def __init__(self, folder, simulator):
        self.folder, self.url = folder, f"{simulator.url}/"
        self.till = RefundingTill(folder / "training", simulator)
        self.till.clock.at = datetime.now(UTC)

    def reconcile(self, *arguments, url=None):
        day = datetime.now().astimezone().date().isoformat()
        where = {"POS_APP_CITCON_CHOP_BASE_URL": url or self.url}
        return run(self.folder, "reconcile", "--day", day, "--training", *arguments, **where)


@pytest.fixture
def sales(tmp_path):
    with running_simulator() as simulator:
        sales = Sales(tmp_path, simulator)
        yield sales
        sales.till.close()


def test_a_day_that_agrees_is_one_line_and_exit_code_0(sales):
    charge = sales.till.paid()
    sales.till.refund(charge, 1250)
    done = sales.reconcile()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{datetime.now().astimezone().date()}: payments compared 1 (with the gateway's list)."
    ]


def test_a_lost_refund_is_told_and_known_from_then_on(sales):
    charge = sales.till.paid()
    sales.till.faults(("refund", "lose_answer"))
    refund = sales.till.refund(charge, 1250)
    done = sales.reconcile("--json")
    assert (done.returncode, done.stderr) == (0, "")
    (one,) = json.loads(done.stdout)["differences"]
    assert one == {
        "kind": "refund_done_there",
        "outcome": "repaired",
        "reference": charge.reference,
        "charge_id": charge.id,
        "refund": refund.reference,
        "here_minor": 1250,
        "there_minor": 1250,
        "currency": "USD",
    }
    again = sales.reconcile()
    assert (again.returncode, len(again.stdout.splitlines())) == (0, 1)
    assert sales.till.went_back(charge) == [1250]


def test_what_remains_is_told_and_the_exit_code_is_1(sales):
    charge = sales.till.paid()
    sales.till.faults(("refund", "lose_request"))
    refund = sales.till.refund(charge, 1250)
    done = sales.reconcile()
    assert done.returncode == 1
    assert done.stderr == "Not all agrees (differences that remain: 1).\n"
    assert done.stdout.splitlines()[1] == (
        f"{refund.reference}: a refund without an answer, and not in the gateway's list"
        " (here USD 12.50): needs a person."
    )


def test_a_gateway_that_cannot_be_reached_is_told(sales):
    sales.till.paid()
    done = sales.reconcile(url=NOWHERE)
    assert done.returncode == 1
    assert "payments that could not be compared: 1" in done.stderr
    assert "without the gateway's list" in done.stderr


@pytest.mark.parametrize("arguments", [(), ("--day",), ("--day", "yesterday")])
def test_wrong_usage_is_one_sentence_and_exit_code_2(tmp_path, arguments):
    done = run(tmp_path, "reconcile", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_no_ledger_is_told_and_none_is_made(tmp_path):
    done = run(tmp_path, "reconcile", "--day", "2026-07-12")
    assert done.returncode == 1
    assert "no ledger" in done.stderr
    assert not (tmp_path / "till.sqlite3").exists()
