"""Each other payment service with the real program: sold, paid, on paper, and in part given back.

Keys in, what is to be seen out; the services are in another process, over HTTP.
"""

import httpx
import pytest

from tests.fakes.counter import Counter
from tests.fakes.customer_details import DETAILS, fill_in_customer
from tests.fakes.jpay import PAYING
from tests.fakes.pdf import text_of
from tests.fakes.waiting import is_soon, until
from tests.fakes.windowed_till import WindowedTill

WECHAT_CODE = "134650098712348765"


class Store:
    """A register on the screen, its customers and what the payment service knows in the end."""

    def __init__(self, folder, screen, gateway, carried_by=""):
        self._screen, self._gateway = screen, gateway
        self.till = WindowedTill(
            folder,
            screen,
            POS_APP_CITCON_CHOP_BASE_URL=f"{gateway.url}/",
            POS_APP_METHODS_GATEWAYS=carried_by,
        )

    def open_scan_page(self):
        """Go from Sell to where the customer's code is scanned."""

        def is_there():
            self._screen.press("shift+Return")  # ignored until the service is known to be set up
            return is_soon(lambda: not self.till.is_on_sell(), 0.5)

        until(is_there, "the page that scans")

    def give_back(self):
        """Once it is paid and its receipt is saved, give 12.50 of it back.

        Returns the charge's row, its receipt and the slip of the refund.
        """
        paid = self.till.paid()
        until(self.till.ledger.prints, "the receipt to be saved")
        (receipt,) = self.till.paths.receipts.glob("*.pdf")
        counter = Counter(self.till, self._screen)
        counter.find("0", "0", "0", "1")
        counter.fill_in_refund("1", "2", "5", "0")
        (there,) = self._gateway.transactions()
        assert there["refunds"] == []
        counter.send()
        return paid, receipt, counter.print_slip()

    def check_to_the_end(self, service):
        """See it paid and given back; ledger, service and papers agree. Returns the row."""
        paid, receipt, slip = self.give_back()
        (there,) = self._gateway.transactions()
        assert (paid["gateway"], paid["amount_minor"]) == (service, 4250)
        assert (there["reference"], there["state"]) == (paid["reference"], "paid")
        assert (there["amount"], there["method"]) == (4250, paid["method"])
        says(receipt, "42.50", paid["reference"], there["transaction_id"])
        (refund,) = self.till.ledger.rows("SELECT * FROM refunds")
        (went_out,) = there["refunds"]
        assert (refund["status"], refund["amount_minor"]) == ("done", 1250)
        assert (went_out["kind"], went_out["amount"]) == ("refund", 1250)
        assert refund["gateway_id"] == went_out["id"]
        says(slip, "12.50", paid["reference"], went_out["id"])
        return paid

    def keeps(self, secret):
        """The files of the till that have `secret` in them."""
        files = [file for file in self.till.paths.root.parent.rglob("*") if file.is_file()]
        return [file.name for file in files if secret.encode() in file.read_bytes()]


def says(pdf, *wanted):
    """Check that all of it is on the paper."""
    text = text_of(str(pdf))
    for one in wanted:
        assert one in text


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
