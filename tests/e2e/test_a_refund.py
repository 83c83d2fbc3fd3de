"""A part of a payment goes back, with the real program: keys in, money out once, a slip."""

import httpx
import pytest

from pos_app.ui.theme.tokens import LIGHT
from tests.fakes.pdf import text_of
from tests.fakes.waiting import is_soon, until
from tests.fakes.windowed_till import WindowedTill

MANAGER_PIN = "999999"
HALO_PX = 2_000
"""Of the pale green around the tick of Paid, and in the banner of a refund that was sent."""
ROW_PX = 20_000
"""At least so much of the selected row is plain tint."""
CHIP_PX = 2_000
"""At least so much of a chosen reason is plain tint."""
BUTTON_PX = 5_000
"""At least so much of the deciding button is plain red once it can be pressed."""


class Counter:
    """What a cashier does with keys alone after the sale."""

    def __init__(self, till, screen):
        self._till, self._screen = till, screen

    def sell(self):
        """Sell for 42.50; the customer pays at once. Returns the paid charge's row."""
        self._till.charge("4", "2", "5", "0")
        httpx.post(self._till.code(), data={"action": "pay"}, trust_env=False)
        (paid,) = until(lambda: self._till.ledger.charges(status="paid"), "the payment")
        until(lambda: self._screen.count(LIGHT.ok_bg) > HALO_PX, "Paid on the screen")
        return paid

    def find(self, *number):
        """Bring up the payment whose receipt has this number."""
        self._screen.press("ctrl+2")
        until(lambda: self._screen.count(LIGHT.ok_bg) < HALO_PX, "the Transactions page")
        self._screen.press("ctrl+f", *number, "Return")
        until(lambda: self._screen.count(LIGHT.tint) > ROW_PX, "the payment in the list")

    def fill_in_refund(self, *amount):
        """Key amount, first reason and the manager's PIN."""
        self._screen.press("ctrl+r")
        until(lambda: self._screen.count(LIGHT.rail) == 0, "the dialog over its scrim")
        self._screen.press(*amount, "Tab", "Tab")

        def is_chosen():
            self._screen.press("space")  # ignored for the first 700 ms
            return is_soon(lambda: self._screen.count(LIGHT.tint) > CHIP_PX, 0.3)

        until(is_chosen, "the reason to be chosen")
        self._screen.press("Return", *MANAGER_PIN)
        until(lambda: self._screen.count(LIGHT.bad_fill) > BUTTON_PX, "Refund to light up")

    def send(self):
        """Go to the deciding button, press it, and wait for what becomes of it."""
        self._screen.press("Return", "Return")
        until(lambda: self._screen.count(LIGHT.ok_bg) > HALO_PX, "Refund sent on the screen")

    def print_slip(self):
        """Print the slip; returns its file."""
        folder = self._till.paths.receipts
        self._screen.press("shift+Tab")

        def slips():
            return list(folder.glob("HSG1-0001-R1-*.pdf"))

        def is_printed():
            self._screen.press("Return")  # ignored for the first 700 ms
            return is_soon(slips, 1.0)

        until(is_printed, "the slip")
        return slips()[0]


@pytest.mark.usefixtures("qapp")
def test_from_the_sale_to_the_slip_of_its_refund_with_keys_alone(tmp_path, screen, gateway):
    till = WindowedTill(tmp_path, screen, POS_APP_CITCON_CHOP_BASE_URL=f"{gateway.url}/")
    counter = Counter(till, screen)
    with till.running():
        till.sign_in()
        paid = counter.sell()
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
