"""Each other payment service with the real program: sold, paid, on paper, and in part given back.

Keys in, what is to be seen out; the services are in another process, over HTTP.
"""

import httpx
import pytest

from pos_app.ui.theme.tokens import LIGHT
from tests.fakes.customer_details import DETAILS, fill_in_customer
from tests.fakes.jpay import PAYING
from tests.fakes.screen import SIZE
from tests.fakes.waiting import is_soon, until
from tests.fakes.windowed_store import Store, says

WECHAT_CODE = "134650098712348765"
HALF_OF_THE_SCREEN = SIZE[0] * SIZE[1] / 2
"""In pixels: as much is plain on the page that scans."""


@pytest.mark.usefixtures("qapp")
def test_a_code_that_comes_as_a_picture_is_shown_and_paid(tmp_path, screen, gateway):
    store = Store(tmp_path, screen, gateway, "alipay=citcon_online")
    with store.till.running():
        store.till.sign_in()
        store.till.charge("4", "2", "5", "0")
        address = store.till.code()
        assert address.startswith(gateway.url)
        assert "42.50" in httpx.get(address, trust_env=False).text
        httpx.post(address, data={"action": "pay"}, trust_env=False)
        store.check_to_the_end("citcon_online")
    assert store.till.said() == ""


@pytest.mark.usefixtures("qapp")
def test_the_customers_own_code_is_scanned_and_kept_nowhere(tmp_path, screen, gateway):
    store = Store(tmp_path, screen, gateway)
    with store.till.running():
        store.till.sign_in()
        store.till.key("4", "2", "5", "0")
        store.open_scan_page()
        screen.press(*WECHAT_CODE)
        store.till.wait_for_charge_button()
        assert store.till.ledger.charges() == []
        store.till.confirm()
        paid = store.check_to_the_end("citcon_instore")
    assert paid["method"] == "wechatpay"
    assert store.keeps(paid["reference"])
    assert store.keeps(WECHAT_CODE) == []
    assert store.till.said() == ""


@pytest.mark.usefixtures("qapp")
def test_a_tip_is_keyed_before_the_scan_and_stands_on_the_receipt(tmp_path, screen, gateway):
    store = Store(tmp_path, screen, gateway, POS_APP_METHODS_TIPS="10,15,20")
    with store.till.running():
        store.till.sign_in()
        store.till.key("4", "2", "5", "0")
        store.open_scan_page()  # the step for a tip stands before it, over Sell
        screen.press("6", "3", "8")

        def is_answered():
            screen.press("Return")  # ignored for the first 700 ms
            return is_soon(lambda: screen.count(LIGHT.surface) > HALF_OF_THE_SCREEN, 0.5)

        until(is_answered, "the page that scans")
        screen.press(*WECHAT_CODE)
        store.till.wait_for_charge_button()
        store.till.confirm()
        paid = store.till.paid()
        until(store.till.ledger.prints, "the receipt to be saved")
    (there,) = gateway.transactions()
    assert (paid["amount_minor"], paid["tip_minor"]) == (4888, 638)
    assert (there["amount"], there["tip"], there["state"]) == (4888, 638, "paid")
    (receipt,) = store.till.paths.receipts.glob("*.pdf")
    says(receipt, "Subtotal", "42.50", "Tip", "6.38", "48.88")
    assert store.till.said() == ""


@pytest.mark.usefixtures("qapp")
def test_a_card_is_paid_on_the_banks_page_and_who_bought_is_kept_nowhere(
    tmp_path, screen, gateway
):
    store = Store(tmp_path, screen, gateway, "cc=jpay")
    with store.till.running():
        store.till.sign_in()
        store.till.key("4", "2", "5", "0", by="F5")
        screen.press("Return")
        fill_in_customer(screen)
        assert store.till.ledger.charges() == []
        store.till.confirm()
        address = store.till.code()
        assert "42.50" in httpx.get(address, trust_env=False).text
        httpx.post(address, data=PAYING, trust_env=False)
        paid = store.check_to_the_end("jpay")
    assert store.keeps(paid["reference"])
    assert [found for told in DETAILS for found in store.keeps(told)] == []
    assert store.till.said() == ""
