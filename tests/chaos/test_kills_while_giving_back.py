"""The till is killed between sending a refund and its answer: it is never sent a second time."""

import json
import subprocess
import sys
from contextlib import contextmanager
from datetime import datetime

import pytest

from tests.fakes.command import run, surroundings
from tests.fakes.ledger_file import LedgerFile
from tests.fakes.simulator_process import simulator_process
from tests.fakes.waiting import until

HELD_S = 60


@pytest.fixture
def gateway(tmp_path):
    with simulator_process("--state", str(tmp_path / "gateway")) as gateway:
        yield gateway


class Shop:
    """A data folder in training, and the till that is killed on it."""

    def __init__(self, folder, gateway):
        self.folder, self.gateway = folder, gateway
        self.where = {"POS_APP_CITCON_CHOP_BASE_URL": f"{gateway.url}/"}
        self.ledger = LedgerFile(folder / "training" / "till.sqlite3")

    @contextmanager
    def till(self, mode):
        """Run it and kill it; the lines that it tells come one by one."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.giving_till", str(self.folder / "training"), mode],
            env=surroundings(self.folder / "training", **self.where),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert process.stdout.readline().strip() == "ready"
            yield process.stdout
        finally:
            process.kill()
            process.communicate(timeout=10)

    def refunds(self):
        return self.ledger.rows("SELECT reference, kind, status, gateway_id FROM refunds")

    def unknown(self):
        return [one for one in self.refunds() if one["status"] == "unknown"]

    def went_back(self):
        return [refund for one in self.gateway.transactions() for refund in one["refunds"]]

    def reconcile(self):
        day = datetime.now().astimezone().date().isoformat()
        arguments = ("reconcile", "--day", day, "--training", "--json")
        return json.loads(run(self.folder, *arguments, **self.where).stdout)

    def verify(self):
        done = run(self.folder, "journal", "verify", "--training")
        assert done.stdout.startswith("The journal is whole"), done


@pytest.fixture
def shop(tmp_path, gateway):
    return Shop(tmp_path, gateway)


@pytest.mark.parametrize("kind", ["refund", "cancel"])
def test_killed_after_it_was_carried_out_and_before_the_answer(shop, gateway, kind):
    gateway.faults({"call": kind, "fault": "delay", "seconds": HELD_S})
    with shop.till(kind) as told:
        assert told.readline()
        until(shop.went_back, "the gateway to carry it out")
    assert [one["status"] for one in shop.refunds()] == ["requested"]
    gateway.faults()
    with shop.till("look"):
        until(shop.unknown, "the till to take it up")
    assert len(shop.went_back()) == 1

    (found,) = shop.reconcile()["differences"]
    (refund,) = shop.refunds()
    (carried_out,) = shop.went_back()
    assert (found["kind"], found["outcome"]) == ("refund_done_there", "repaired")
    assert (refund["status"], refund["gateway_id"]) == ("done", carried_out["id"])
    assert shop.reconcile()["differences"] == []
    shop.verify()


def test_killed_before_the_gateway_has_read_it(shop, gateway):
    gateway.faults({"call": "refund", "fault": "lose_request", "times": None})
    with shop.till("refund") as told:
        assert told.readline()
        gateway.stop_answering()
        until(shop.refunds, "the intent to be on disk")
    gateway.restart()  # what it had not read is lost with it
    with shop.till("look"):
        until(shop.unknown, "the till to take it up")
    (found,) = shop.reconcile()["differences"]
    assert (found["kind"], found["outcome"]) == ("refund_unknown", "needs_person")
    assert shop.unknown() == shop.refunds()
    assert shop.went_back() == []
    shop.verify()
