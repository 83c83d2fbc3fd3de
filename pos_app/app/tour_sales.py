"""The tour's sales: how a payment can end that is not given back."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos_app.app.tour_guide import Control, Until
from pos_app.app.tour_scene import CASHIER_PIN, ENTER, ESCAPE, Scene
from pos_app.domain.transitions import FASTEST_CUSTOMER

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge

_START_WITHIN_S = 60.0
_CODE_IS_THERE = frozenset({"waiting", "waitingLow"})


def sign_in(scene: Scene) -> Iterator[Until]:
    """Mei Lin types her PIN, and Sell comes up."""
    hands = scene.hands
    yield Until(
        lambda: scene.is_ready and hands.sees("personItem_1"),
        "the till to be ready",
        _START_WITHIN_S,
    )
    scene.show("lock")
    hands.type(CASHIER_PIN)
    yield Until(lambda: hands.sees("sellPage") or hands.sees("paymentPage"), "the Sell page")
    if hands.sees("paymentPage"):  # the till picks up what an earlier tour left open
        yield from scene.press("putAsideButton", "Put aside")
    yield scene.until_ready_to_sell()
    scene.show("sell")


def paid_sale(scene: Scene, digits: str) -> Generator[Until, None, Charge]:
    """The customer pays, and the receipt comes; returns the paid charge."""
    is_first = not scene.diary.has("paid")
    yield from _charge(scene, digits, Qt.Key.Key_F1)
    if is_first:
        scene.show("code")
    charge = scene.charge_shown()
    yield _until_customer_has_looked(scene, charge)
    scene.hands.press("simPay")
    yield scene.until_state("paid")
    number = charge.short_reference
    yield Until(lambda: bool(scene.papers(number)), "the receipt's PDF")
    yield scene.until_seen("receiptPaper")
    if is_first:
        scene.show("paid")
    scene.note_sale(scene.keep_paper(number, "receipt"))
    yield from _begin_new_sale(scene)
    return charge


def cancelled_sale(scene: Scene) -> Iterator[Until]:
    """The cashier cancels while the customer has not paid."""
    yield from _charge(scene, "1800", Qt.Key.Key_F2)
    scene.hands.type(ESCAPE)
    yield scene.until_pressable("confirmCancelButton", "the question")
    scene.show("cancel-question")
    scene.hands.press("confirmCancelButton")
    yield scene.until_state("cancelled")
    scene.show("cancelled")
    scene.note_sale()
    yield from scene.press("endSaleButton", "End sale")
    yield scene.until_ready_to_sell()


def sale_without_answer(scene: Scene) -> Generator[Until, None, Charge]:
    """The network drops; the sale is put aside, and the next customer is served.

    Returns its charge: at the end of its code's life nobody will know what became of it.
    """
    yield from _charge(scene, "980", Qt.Key.Key_F5)
    scene.hands.press("simNetworkDrop")
    yield scene.until_state("noAnswer")
    scene.show("no-answer")
    yield scene.until_pressable("putAsideButton", "Put aside")
    charge = scene.charge_shown()
    scene.hands.type((Qt.Key.Key_D, Control))
    yield scene.until_ready_to_sell()
    scene.show("put-aside")
    return charge


def stopped_sale(scene: Scene) -> Iterator[Until]:
    """A method that can't be cancelled: the code stays open, and somebody has to look."""
    yield from _charge(scene, "640", Qt.Key.Key_F4)
    scene.hands.type(ESCAPE)
    yield from scene.press("confirmStopButton", "the question")
    yield scene.until_state("stopped")
    scene.show("stopped")
    scene.note_sale()
    yield from _begin_new_sale(scene)


def _charge(scene: Scene, digits: str, method: Qt.Key) -> Iterator[Until]:
    """Key an amount and charge it; ends when the code is on the screen."""
    hands = scene.hands
    hands.type(digits, method)
    yield scene.until_pressable("chargeButton", "Charge to light up")
    if not scene.diary.has("amount"):
        scene.show("amount")
    hands.type(ENTER)
    yield Until(
        lambda: hands.sees("paymentPage") or hands.can_press("differentCustomerButton"),
        "the payment page",
    )
    if hands.sees("differentCustomerButton"):  # an earlier tour left the same amount open
        hands.press("differentCustomerButton")
    yield Until(lambda: hands.payment_state() in _CODE_IS_THERE, "the code")


def _begin_new_sale(scene: Scene) -> Iterator[Until]:
    yield scene.until_pressable("newSaleButton", "New sale")
    scene.hands.type(ENTER)
    yield scene.until_ready_to_sell()


def _until_customer_has_looked(scene: Scene, charge: Charge) -> Until:
    """Nobody pays faster than this; the till would take it for somebody else's payment."""
    clock = scene.till.clock
    since = charge.shown_at or clock.now()
    return Until(lambda: clock.now() - since > FASTEST_CUSTOMER, "the customer to look")
