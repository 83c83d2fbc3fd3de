"""A part of a payment goes back, with the real program: keys in, money out once, a slip."""

import httpx
import pytest

from tests.fakes.counter import Counter
from tests.fakes.pdf import text_of
from tests.fakes.windowed_till import WindowedTill


@pytest.mark.usefixtures("qapp")
def test_from_the_sale_to_the_slip_of_its_refund_with_keys_alone(tmp_path, screen, gateway):
    till = WindowedTill(tmp_path, screen, POS_APP_CITCON_CHOP_BASE_URL=f"{gateway.url}/")
    counter = Counter(till, screen)
    with till.running():
        till.sign_in()
        till.charge("4", "2", "5", "0")
        httpx.post(till.code(), data={"action": "pay"}, trust_env=False)
        paid = till.paid()
        counter.find("0", "0", "0", "1")
        counter.fill_in_refund("1", "2", "5", "0")
        assert gateway.transactions()[0]["refunds"] == []
        counter.send()
        slip = counter.print_slip()
        (refund,) = till.ledger.rows("SELECT * FROM refunds")
        (there,) = gateway.transactions()

    assert (refund["status"], refund["amount_minor"]) == ("done", 1250)
    (went_out,) = there["refunds"]
    assert (went_out["kind"], went_out["amount"]) == ("refund", 1250)
    assert went_out["id"] == refund["gateway_id"]
    text = text_of(str(slip))
    for wanted in ("12.50", paid["reference"], refund["gateway_id"]):
        assert wanted in text
    assert till.said() == ""
