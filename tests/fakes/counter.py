"""What a cashier does about a payment that was made, with keys alone, in the real window."""

from pos_app.ui.theme.tokens import LIGHT
from tests.fakes.waiting import is_soon, until
from tests.fakes.windowed_till import HALO_PX

MANAGER_PIN = "999999"
ROW_PX = 20_000
"""At least so much of the selected row is plain tint."""
CHIP_PX = 2_000
"""At least so much of a chosen reason is plain tint."""
BUTTON_PX = 5_000
"""At least so much of the deciding button is plain red once it can be pressed."""


class Counter:
    """From a paid sale to the slip of its refund, for the cashier of one till."""

    def __init__(self, till, screen):
        self._till, self._screen = till, screen

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
