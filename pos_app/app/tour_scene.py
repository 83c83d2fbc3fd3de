"""What every chapter of the tour works with: the window's hands, the diary, and what is shown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos_app.app.tour_guide import Control, Hands, TourStuckError, Until

if TYPE_CHECKING:
    from pos_app.app.tour_diary import Diary
    from pos_app.domain.charges import Charge
    from pos_app.services.refund_book import Standing
    from pos_app.services.till import Till
    from pos_app.ui.window import MainWindow

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape
CASHIER_PIN, MANAGER_PIN = "1111", "999999"
"""Mei Lin's and Priya's (design.md, section 7)."""


class Scene:
    """The till as one sees it, and the diary that is kept of it. GUI thread only.

    Args:
        window: the till's.
        receipts: the folder that the till leaves its papers in.
        diary: where steps go, and what became of each sale.

    Attributes:
        hands: press keys and buttons.
        diary: as above.
    """

    def __init__(self, window: MainWindow, receipts: Path, diary: Diary) -> None:
        self._window = window
        self._receipts = receipts
        self._till: Till | None = None
        self.hands = Hands(window)
        self.diary = diary

    def till_is(self, till: Till) -> None:
        """Know the services: the till has started."""
        self._till = till

    @property
    def is_ready(self) -> bool:
        """Whether the services are there."""
        return self._till is not None

    @property
    def till(self) -> Till:
        """The services.

        Raises:
            TourStuckError: they are not there yet.
        """
        if self._till is None:
            raise TourStuckError("The tour found no till behind the window.")
        return self._till

    @property
    def is_idle(self) -> bool:
        """Whether everything has been read that the window shows."""
        return self._window.background.is_idle

    # What is shown

    def show(self, name: str) -> None:
        """Keep a picture of this step."""
        state = self.hands.payment_state() or self.hands.state_of("refundMessage")
        self.hands.picture(self.diary.step(name, state))

    def charge_shown(self) -> Charge:
        """Return the charge on the payment page as it is now.

        Raises:
            TourStuckError: there is none.
        """
        from pos_app.ui.pages.payment import PaymentPage

        page = self._window.page
        if not isinstance(page, PaymentPage):
            raise TourStuckError("The tour found no payment on the screen.")
        return self.till.payments.view(page.charge_id).charge

    def standing(self, charge: Charge) -> Standing:
        """Return where a charge stands with its refunds."""
        return self.till.refunding.standing(charge.id)

    def note_sale(self, receipt: str = "") -> None:
        """Write down what became of the sale on the payment page."""
        self.diary.sale(self.charge_shown(), self.hands.payment_state(), receipt)

    def note_sale_of(self, charge: Charge) -> None:
        """Write down what became of a sale whose page was left long ago."""
        self.diary.sale(self.standing(charge).charge, "", "")

    def papers(self, number: str) -> list[Path]:
        """Return the saved receipts or slips of this number, oldest first."""
        return sorted(self._receipts.glob(f"{number}-2*.pdf"))

    def keep_paper(self, number: str, kind: str) -> str:
        """Keep the newest paper of this number beside the pictures; return the file's name."""
        kept = self.diary.folder / f"{kind}-{number}.pdf"
        shutil.copyfile(self.papers(number)[-1], kept)
        return kept.name

    # What is waited for

    def until_seen(self, object_name: str) -> Until:
        """Wait until a widget can be seen."""
        return Until(lambda: self.hands.sees(object_name), object_name)

    def until_pressable(self, object_name: str, what: str) -> Until:
        """Wait until a press of a button counts."""
        return Until(lambda: self.hands.can_press(object_name), what)

    def until_gone(self, object_name: str) -> Until:
        """Wait until a dialog has gone, and what changed behind it has been read again."""
        return Until(
            lambda: not self.hands.sees(object_name) and self.is_idle, f"{object_name} to close"
        )

    def until_ready_to_sell(self) -> Until:
        """Sell with an empty sale, and everything read that it shows."""
        return Until(lambda: self.hands.sees("sellPage") and self.is_idle, "the Sell page")

    def until_state(self, state: str) -> Until:
        """Wait until the payment page is in this state (ux.md 6.3)."""
        return Until(
            lambda: self.hands.payment_state() == state, f"the payment page to say “{state}”"
        )

    def until_returned(self, state: str) -> Until:
        """Wait until the dialog about money back is in this state (ux.md 6.5)."""
        return Until(
            lambda: self.hands.state_of("refundMessage") == state, f"the refund to be “{state}”"
        )

    # What several chapters do

    def press(self, object_name: str, what: str) -> Iterator[Until]:
        """Press a button as soon as a press of it counts."""
        yield self.until_pressable(object_name, what)
        self.hands.press(object_name)

    def approve(self) -> Iterator[Until]:
        """Have the manager key the PIN into the dialog that asks for it."""
        yield Until(
            lambda: self.hands.sees("managerPinDialog") and self.is_idle,
            "the question for a manager's PIN",
        )
        self.hands.type(MANAGER_PIN)
        yield from self.press("confirmManagerPinButton", "Approve")
        yield self.until_gone("managerPinDialog")

    def go_to_transactions(self) -> Iterator[Until]:
        """Bring up the list of all payments."""
        self.hands.type((Qt.Key.Key_2, Control))
        yield Until(
            lambda: self.hands.sees("transactionsPage") and self.is_idle, "the Transactions page"
        )

    def find(self, charge: Charge) -> Iterator[Until]:
        """Find a payment by the number on its receipt, and select it."""
        hands, number = self.hands, charge.short_reference
        hands.type((Qt.Key.Key_F, Control), number)

        def is_found() -> bool:
            rows = hands.rows_of("transactionsTable")
            return self.is_idle and len(rows) == 1 and number in rows[0]

        yield Until(is_found, number)
        hands.type(ENTER)
        yield Until(
            lambda: hands.words_of("detailReference") == charge.reference and self.is_idle, number
        )
