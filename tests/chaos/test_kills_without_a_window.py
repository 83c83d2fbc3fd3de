"""The services alone, killed again and again while they sell and while the network breaks."""

import random
import subprocess
import sys
import time

from pos_app.domain.transitions import FASTEST_CUSTOMER
from pos_app.paths import DataPaths
from tests.fakes.command import surroundings
from tests.fakes.ledger import Ledger
from tests.fakes.ledger_file import LedgerFile
from tests.fakes.simulator_process import simulator_process
from tests.fakes.waiting import until

ROUNDS = 20
SEED = 20260712
FAULTS = (
    "charge.lose_answer=0.1,charge.lose_request=0.1,inquire.lose_answer=0.05,"
    "cancel.lose_answer=0.2,cancel.lose_request=0.1,cancel.pay_before_cancel=0.2,any.delay=0.1:0.2"
)
TRUTH = {
    "open": (),
    # What the till must know at the end for each state at the gateway. Money that came and went
    # back counts as paid: a person is told that it was perhaps returned.
    "paid": {"paid"},
    "refunded": {"paid"},
    "cancelled": {"cancelled"},
    "expired": {"expired", "cancelled"},
}
PAID_UNSEEN = {"unknown", "cancelled"}
"""The faults may pay a code that never was on the screen. No person can: it isn't called paid."""


class BusyTill:
    """`tests.fakes.busy_till` as a process."""

    def __init__(self, folder, gateway, *arguments):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.busy_till", str(folder), *arguments],
            env=surroundings(folder, POS_APP_CITCON_CHOP_BASE_URL=f"{gateway.url}/"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def kill_after(self, lines):
        """SIGKILL it as soon as it has told so much."""
        told = [self._process.stdout.readline() for _ in range(lines)]
        self._process.kill()
        _, errors = self._process.communicate(timeout=10)
        assert all(told), errors.decode()

    def end(self):
        """Let it end by itself."""
        _, errors = self._process.communicate(timeout=30)
        assert (self._process.returncode, errors) == (0, b"")


def verify(paths):
    store = Ledger(None, paths.database).open()
    with store.read() as work:
        work.journal.verify()
    store.close()


def finish_open_payments(ledger, gateway, luck):
    """Let customers pay what they can see, no faster than people are, or walk away."""
    long_ago = (time.time() - FASTEST_CUSTOMER.total_seconds()) * 1_000_000
    seen = {
        charge["gateway_id"]
        for charge in ledger.charges()
        if charge["shown_at"] and charge["shown_at"] < long_ago
    }
    for one in gateway.transactions():
        if one["state"] == "open" and one["q"] in seen:
            gateway.act(one["q"], luck.choice(["pay", "expire"]))


def disagreements(ledger, gateway):
    """References about which till and gateway do not say the same, with both their words."""
    charges = ledger.charges()
    till = {charge["reference"]: charge["status"] for charge in charges}
    unseen = {charge["reference"] for charge in charges if charge["shown_at"] is None}
    there = {one["reference"]: one["state"] for one in gateway.transactions()}
    wrong = {
        reference: (till.get(reference), state)
        for reference, state in there.items()
        if till.get(reference)
        not in (PAID_UNSEEN if state == "refunded" and reference in unseen else TRUTH[state])
    }
    # What the gateway never saw is closed, and was never shown.
    never_sent = {
        reference: (status, None)
        for reference, status in till.items()
        if reference not in there and status != "cancelled"
    }
    return {**wrong, **never_sent}


def test_killed_twenty_times_it_ends_with_the_gateways_truth(tmp_path):
    luck, paths = random.Random(SEED), DataPaths(tmp_path)
    ledger, state = LedgerFile(paths.database), ("--state", str(tmp_path / "gateway"))
    with simulator_process(*state, "--faults", FAULTS, "--seed", str(SEED)) as gateway:
        for number in range(ROUNDS):
            till = BusyTill(tmp_path, gateway, "sell", str(number))
            till.kill_after(1 + luck.randrange(30))
            verify(paths)

    with simulator_process(*state) as gateway:
        till = BusyTill(tmp_path, gateway, "look")

        def agree():
            finish_open_payments(ledger, gateway, luck)
            return not disagreements(ledger, gateway)

        until(agree, lambda: f"the same words: {disagreements(ledger, gateway)}", 45)
        till.end()
        there = gateway.transactions()
    verify(paths)

    charges = ledger.charges()
    amounts = {charge["reference"]: charge["amount_minor"] for charge in charges}
    assert len(charges) >= ROUNDS
    assert sorted(one["reference"] for one in there) == sorted({one["reference"] for one in there})
    assert [one for one in there if one["amount"] != amounts[one["reference"]]] == []
    assert {one["state"] for one in there} == set(TRUTH) - {"open"}
    paid = ledger.rows("SELECT sale_id FROM charges WHERE status = 'paid'")
    assert len(paid) == len({row["sale_id"] for row in paid})
