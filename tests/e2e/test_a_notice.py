"""The real till with the receiver beside it: a payment shows at once, before anybody asks."""

import time

import httpx
import pytest

from pos_app.services.schedule import NORMAL
from tests.fakes.receiver_beside import TillWithReceiver
from tests.fakes.waiting import until
from tests.fakes.windowed_till import WindowedTill

AT_ONCE_S = 1.0


@pytest.mark.usefixtures("qapp")
def test_a_payment_shows_within_a_second_before_the_next_question_is_due(
    tmp_path, screen, gateway
):
    till = TillWithReceiver(tmp_path, screen, gateway)
    with till.running():
        till.sign_in()
        till.receiver_pid()
        till.charge("4", "2", "5", "0")
        (row,) = until(lambda: till.ledger.charges(status="waiting"), "the code")
        shown_s = row["shown_at"] / 1_000_000
        until(lambda: time.time() > shown_s + 1.5, "a customer to find the phone")
        (there,) = gateway.transactions()
        paid_s = time.time()
        gateway.act(there["q"], "pay")
        paid = till.paid()
        took_s = time.time() - paid_s
    known_s = paid["paid_at"] / 1_000_000
    assert known_s < shown_s + NORMAL.first.total_seconds() - 0.2
    assert took_s < AT_ONCE_S
    (notice,) = till.ledger.rows("SELECT * FROM notices")
    assert notice["charge_id"] == paid["id"]
    assert till.said() == ""


class Demo(WindowedTill):
    """The demo as it is: with a simulator and a receiver of its own."""

    def __init__(self, folder, screen):
        super().__init__(folder, screen, POS_APP_CITCON_CHOP_BASE_URL="")
        del self._environ["POS_APP_NOTIFY_BESIDE_TILL"]

    def pay(self):
        """Let the simulated customer pay the only code."""
        port = (self.paths.root / "simulator.port").read_text()
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/simulator", trust_env=False) as there:
            (one,) = there.get("/transactions").json()["transactions"]
            there.post(f"/transactions/{one['q']}/pay").raise_for_status()

    def has_receiver(self):
        """Whether its receiver has begun to beat."""
        return self.ledger.rows("SELECT * FROM receivers")


@pytest.mark.usefixtures("qapp")
def test_in_the_demo_the_simulator_tells_of_payments_too(tmp_path, screen):
    till = Demo(tmp_path, screen)
    with till.running():
        till.sign_in()
        until(till.has_receiver, "the receiver")
        till.charge("4", "2", "5", "0")
        (row,) = until(lambda: till.ledger.charges(status="waiting"), "the code")
        until(lambda: time.time() > row["shown_at"] / 1_000_000 + 1.5, "a customer")
        till.pay()
        paid = till.paid()
        assert (paid["paid_at"] - row["shown_at"]) / 1_000_000 < NORMAL.first.total_seconds()
        (notice,) = till.ledger.rows("SELECT * FROM notices")
        assert notice["charge_id"] == paid["id"]
    assert till.said() == ""
