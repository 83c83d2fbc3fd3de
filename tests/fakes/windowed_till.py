"""The real program with its window on a screen, driven by keys and looked at from outside."""

import signal
import subprocess
from contextlib import contextmanager

import zxingcpp

from pos_app.paths import DataPaths
from pos_app.ui.theme.tokens import LIGHT
from tests.fakes.command import COMMAND, surroundings
from tests.fakes.ledger_file import LedgerFile
from tests.fakes.screen import SIZE
from tests.fakes.waiting import is_soon, until

PIN = "1111"
"""Mei Lin's, the first in the demo's list of people."""
TILE_PX = 3_000
"""At least so much of a chosen person's tile is plain tint."""
HALO_PX = 2_000
"""Of the pale green around the tick of Paid (ux.md 6.3), and in the banner of a sent refund."""
UNIONPAY_RED = "#9a3412"
"""The glyph of a method that the demo's store takes: on the screen while Sell is."""


class WindowedTill:
    """`pos-app demo` on one screen and one data folder, started and killed as often as wanted.

    Attributes:
        ledger: its database, to look at.
    """

    def __init__(self, folder, screen, *, command=COMMAND, **variables):
        self._command = command
        self.paths = DataPaths(folder).training
        self.ledger = LedgerFile(self.paths.database)
        self._screen = screen
        self._environ = surroundings(
            folder,
            DISPLAY=screen.name,
            QT_QPA_PLATFORM="xcb",
            HOME=str(folder),
            **{"POS_APP_NOTIFY_BESIDE_TILL": "no", **variables},
        )
        self._process = None
        self._errors = folder / "errors.txt"

    def start(self):
        """Start it and wait for its window."""
        with self._errors.open("ab") as errors:
            self._process = subprocess.Popen(
                [*self._command, "demo"],
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
            )
        self._screen.focus_window()

    def sign_in(self):
        """Type the PIN, so that Lock gives way to Sell or to the payment that was open."""
        until(
            lambda: self.is_locked() and self._screen.count(LIGHT.tint) > TILE_PX,
            "the people who may sign in",
        )
        self._screen.press(*PIN)
        until(lambda: not self.is_locked(), "the till to let Mei Lin in")

    def is_locked(self):
        """Whether Lock is on the screen: the dark panel is wider than the rail."""
        return self._screen.count(LIGHT.rail) > SIZE[0] * SIZE[1] / 4

    def is_on_sell(self):
        """Whether Sell is on the screen."""
        return self._screen.count(UNIONPAY_RED) > 100

    def key(self, *keys, by="F1"):
        """On Sell, key an amount and choose how to pay by its F-key; F1 is Alipay."""
        until(self.is_on_sell, "the Sell page")
        self._screen.press("Delete", *keys, by)
        self.wait_for_charge_button()

    def wait_for_charge_button(self):
        """Wait until Charge can be pressed."""
        until(lambda: self._screen.count(LIGHT.primary) > 10_000, "Charge to light up")

    def charge(self, *keys):
        """On Sell, key an amount, choose Alipay and charge; returns the new charge's row."""
        self.key(*keys)
        return self.confirm()

    def confirm(self):
        """Press Enter, where it charges; returns the new charge's row."""
        known = len(self.ledger.charges())
        self._screen.press("Return")
        return until(lambda: self.ledger.charges()[known:], "the charge in the ledger")[0]

    def paid(self):
        """Wait until the one charge is paid, in the ledger and on the screen; returns its row."""
        (paid,) = until(lambda: self.ledger.charges(status="paid"), "the till to learn of it")
        until(lambda: self._screen.count(LIGHT.ok_bg) > HALO_PX, "Paid on the screen")
        return paid

    def code(self):
        """What the code on the screen says, once it is there."""
        found = until(lambda: zxingcpp.read_barcodes(self._screen.picture()), "a code to scan")
        return found[0].text

    def cancel(self):
        """On the payment page, ask for a cancel and confirm it once the question takes keys."""
        card = self._screen.count(LIGHT.surface)
        self._screen.press("Escape")
        until(lambda: self._screen.count(LIGHT.surface) < card / 2, "the question over its scrim")
        self._screen.press("Tab")

        def is_gone():
            self._screen.press("Return")  # ignored for the first 700 ms
            return is_soon(lambda: self._screen.count(LIGHT.surface) > card / 2, 0.3)

        until(is_gone, "the question to be answered")

    def kill(self):
        """SIGKILL: nothing is closed, saved or given back."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)

    @contextmanager
    def running(self):
        """Have it running while the block runs; killed in the end unless it has ended before.

        When the block fails, what was to be seen stays in the data folder as `failed.png`.
        """
        self.start()
        try:
            yield self
        except BaseException:
            self._screen.picture().save(self.paths.root.parent / "failed.png")
            raise
        finally:
            if self._process.poll() is None:
                self.kill()

    def said(self):
        """Everything it ever wrote to its terminal."""
        return self._errors.read_text()
