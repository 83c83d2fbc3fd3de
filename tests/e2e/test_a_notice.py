"""The real till with the receiver beside it: a payment shows at once, before anybody asks."""

import time

import pytest

from pos_app.services.schedule import NORMAL
from tests.fakes.receiver_beside import TillWithReceiver
from tests.fakes.waiting import until

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
