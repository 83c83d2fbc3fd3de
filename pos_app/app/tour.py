"""`pos-app demo --tour`: sells in training as Mei Lin would, and keeps a picture of each step.

The real till with the real simulator beside it; what is pressed is what a person presses. The
tour takes about 20 s. Refunds and the closing of the shift will join it here.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from pos_app.app.till import NoDisplayError, Session, TillOptions, check_display, run
from pos_app.app.tour_diary import Diary
from pos_app.app.tour_guide import Control, Guide, Hands, TourStuckError, Until
from pos_app.domain.errors import PosAppError
from pos_app.domain.transitions import FASTEST_CUSTOMER

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.services.till import Till

_PIN = "1111"
_ENTER, _ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape
_START_WITHIN_S = 60.0


def run_tour(options: TillOptions, out: Path) -> int:
    """Take the tour and return the exit code; off screen where there is no display.

    Args:
        options: the till, in training.
        out: folder of the pictures, the receipt and `tour.json`; made if it is not there.

    Raises:
        TourStuckError: something unexpected happened; says what.
        OSError: `out` cannot be written.
    """
    try:
        check_display(os.environ)
    except NoDisplayError:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out.mkdir(parents=True, exist_ok=True)
    ended: list[PosAppError | None] = []

    def accompany(session: Session) -> Tour:
        tour = Tour(session, options, out)
        tour.guide.over.connect(ended.append)
        return tour

    run(options, accompany)
    if not ended:
        raise TourStuckError("The window was closed before the tour was over.")
    if ended[0] is not None:
        raise ended[0]
    return 0


class Tour(QObject):
    """The script of the tour, and its diary.

    Attributes:
        guide: walks through the script once the till is there; says when it is over.
    """

    def __init__(self, session: Session, options: TillOptions, out: Path) -> None:
        super().__init__()
        self._window = session.window
        self._hands = Hands(session.window)
        self._receipts = options.paths.receipts
        self._out = out
        self._diary = Diary(out)
        self._till: Till | None = None
        self.guide = Guide(self._script(), self)
        self.guide.over.connect(self._on_over)
        session.till_ready.connect(self._on_ready)
        session.till_failed.connect(self.guide.stop)
        session.failed.connect(self._on_unforeseen, Qt.ConnectionType.QueuedConnection)
        self.guide.start()

    @Slot(object)
    def _on_ready(self, till: Till) -> None:
        self._till = till

    @Slot()
    def _on_unforeseen(self) -> None:
        self.guide.stop(TourStuckError("Something went wrong in the program; see its log."))

    @Slot(object)
    def _on_over(self, trouble: PosAppError | None) -> None:
        QApplication.exit(0 if trouble is None else 1)

    def _script(self) -> Iterator[Until]:
        """Tell the tour, step by step."""
        yield from self._sign_in()
        yield from self._paid_sale()
        yield from self._cancelled_sale()
        yield from self._sale_without_answer()
        yield from self._stopped_sale()
        yield from self._look_at_answers()
        self._hands.type((Qt.Key.Key_L, Control))
        yield self._until_seen("lockPage")
        self._show("locked")
        self._diary.close()

    def _sign_in(self) -> Iterator[Until]:
        yield Until(
            lambda: self._till is not None and self._hands.sees("personItem_1"),
            "the till to be ready",
            _START_WITHIN_S,
        )
        self._show("lock")
        self._hands.type(_PIN)
        hands = self._hands
        yield Until(lambda: hands.sees("sellPage") or hands.sees("paymentPage"), "the Sell page")
        if hands.sees("paymentPage"):  # the till picks up what an earlier tour left open
            yield Until(lambda: hands.can_press("putAsideButton"), "Put aside")
            hands.press("putAsideButton")
        yield self._until_ready_to_sell()
        self._show("sell")

    def _paid_sale(self) -> Iterator[Until]:
        yield from self._charge("4250", Qt.Key.Key_F1)
        self._show("code")
        charge = self._charge_shown()
        yield self._until_customer_has_looked(charge)
        self._hands.press("simPay")
        yield self._until_state("paid")
        yield Until(lambda: bool(self._papers(charge)), "the receipt's PDF")
        yield self._until_seen("receiptPaper")
        self._show("paid")
        paper = self._papers(charge)[0]
        kept = self._out / f"receipt-{charge.short_reference}.pdf"
        shutil.copyfile(paper, kept)
        self._note_sale(kept.name)
        yield from self._begin_new_sale()

    def _cancelled_sale(self) -> Iterator[Until]:
        yield from self._charge("1800", Qt.Key.Key_F2)
        self._hands.type(_ESCAPE)
        yield Until(lambda: self._hands.can_press("confirmCancelButton"), "the question")
        self._show("cancel-question")
        self._hands.press("confirmCancelButton")
        yield self._until_state("cancelled")
        self._show("cancelled")
        self._note_sale()
        yield Until(lambda: self._hands.can_press("endSaleButton"), "End sale")
        self._hands.press("endSaleButton")
        yield self._until_ready_to_sell()

    def _sale_without_answer(self) -> Iterator[Until]:
        yield from self._charge("980", Qt.Key.Key_F1)
        self._hands.press("simNetworkDrop")
        yield self._until_state("noAnswer")
        self._show("no-answer")
        yield Until(lambda: self._hands.can_press("putAsideButton"), "Put aside")
        self._note_sale()
        self._hands.type((Qt.Key.Key_D, Control))
        yield self._until_ready_to_sell()
        self._show("put-aside")

    def _stopped_sale(self) -> Iterator[Until]:
        """A method that can't be cancelled: the code stays open, and somebody has to look."""
        yield from self._charge("640", Qt.Key.Key_F4)
        self._hands.type(_ESCAPE)
        yield Until(lambda: self._hands.can_press("confirmStopButton"), "the question")
        self._hands.press("confirmStopButton")
        yield self._until_state("stopped")
        self._show("stopped")
        self._note_sale()
        yield from self._begin_new_sale()

    def _look_at_answers(self) -> Iterator[Until]:
        self._hands.type((Qt.Key.Key_2, Control))
        yield self._until_seen("transactionsPage")
        yield Until(self._selects_first, "a payment in the list")
        self._show("answers")

    def _selects_first(self) -> bool:
        """Select the first row of the list; return whether its payment is shown."""
        self._hands.type(Qt.Key.Key_Home)
        return self._hands.sees("openPaymentButton")

    def _charge(self, digits: str, method: Qt.Key) -> Iterator[Until]:
        """Key an amount and charge it; ends when the code is on the screen."""
        hands = self._hands
        hands.type(digits, method)
        yield Until(lambda: hands.can_press("chargeButton"), "Charge to light up")
        if not self._diary.has("amount"):
            self._show("amount")
        hands.type(_ENTER)
        yield Until(
            lambda: hands.sees("paymentPage") or hands.can_press("differentCustomerButton"),
            "the payment page",
        )
        if hands.sees("differentCustomerButton"):  # an earlier tour left the same amount open
            hands.press("differentCustomerButton")
        yield self._until_state("waiting")

    def _begin_new_sale(self) -> Iterator[Until]:
        yield Until(lambda: self._hands.can_press("newSaleButton"), "New sale")
        self._hands.type(_ENTER)
        yield self._until_ready_to_sell()

    def _until_seen(self, object_name: str) -> Until:
        return Until(lambda: self._hands.sees(object_name), object_name)

    def _until_ready_to_sell(self) -> Until:
        """Sell with an empty sale, and everything read that it shows."""
        background = self._window.background
        return Until(lambda: self._hands.sees("sellPage") and background.is_idle, "the Sell page")

    def _until_state(self, state: str) -> Until:
        return Until(
            lambda: self._hands.payment_state() == state, f"the payment page to say “{state}”"
        )

    def _until_customer_has_looked(self, charge: Charge) -> Until:
        """Nobody pays faster than this; the till would take it for somebody else's payment."""
        assert self._till is not None
        clock = self._till.clock
        since = charge.shown_at or clock.now()
        return Until(lambda: clock.now() - since > FASTEST_CUSTOMER, "the customer to look")

    def _charge_shown(self) -> Charge:
        """Return the charge on the payment page as it is now."""
        from pos_app.ui.pages.payment import PaymentPage

        page = self._window.page
        if self._till is None or not isinstance(page, PaymentPage):
            raise TourStuckError("The tour found no payment on the screen.")
        return self._till.payments.view(page.charge_id).charge

    def _note_sale(self, receipt: str = "") -> None:
        self._diary.sale(self._charge_shown(), self._hands.payment_state(), receipt)

    def _papers(self, charge: Charge) -> list[Path]:
        return sorted(self._receipts.glob(f"{charge.short_reference}-*.pdf"))

    def _show(self, name: str) -> None:
        self._hands.picture(self._diary.step(name, self._hands.payment_state()))
