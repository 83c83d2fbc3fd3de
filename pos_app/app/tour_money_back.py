"""The tour's money back: a payment is found, and a part or the whole of it goes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos_app.app.tour_guide import Control, Until
from pos_app.app.tour_scene import ENTER, MANAGER_PIN, Scene

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge


def refund_a_part(scene: Scene, charge: Charge) -> Iterator[Until]:
    """The customer brings something back: 12.50 of the sale is refunded."""
    yield from scene.go_to_transactions()
    scene.show("transactions")
    yield from scene.find(charge)
    scene.show("found")
    scene.hands.type((Qt.Key.Key_R, Control))
    yield scene.until_seen("refundDialog")
    scene.hands.type("12.50")
    scene.hands.press("refundReason_returned")
    yield from _approve_and_send(scene, charge, "confirmRefundButton", "refund")
    scene.show("part-refunded")


def cancel_whole(scene: Scene, charge: Charge) -> Iterator[Until]:
    """The whole sale was a mistake: it is cancelled, and all of it goes back."""
    yield from scene.find(charge)
    scene.hands.press("cancelPaidButton")
    yield scene.until_seen("cancelPaidDialog")
    scene.hands.press("refundReason_wrongAmount")
    yield from _approve_and_send(scene, charge, "confirmCancelPaidButton", "cancel-paid")
    scene.show("whole-refunded")


def _approve_and_send(scene: Scene, charge: Charge, button: str, name: str) -> Iterator[Until]:
    """The manager keys the PIN, it is sent, and the slip is printed."""
    hands = scene.hands
    yield Until(hands.is_free, "the dialog to take an Enter")
    hands.type(ENTER, MANAGER_PIN)
    yield scene.until_pressable(button, "the deciding button")
    scene.show(name)
    hands.press(button)
    yield scene.until_returned("refundDone")
    yield from scene.press("printRefundSlipButton", "Print slip")
    refund = scene.standing(charge).refunds[-1]
    number = refund.short_reference
    yield Until(lambda: bool(scene.papers(number)) and scene.is_idle, "the slip's PDF")
    scene.show(f"{name}-done")
    scene.diary.refund(refund, charge, scene.keep_paper(number, "slip"))
    hands.press("closeRefundButton")
    yield scene.until_gone("refundMessage")
