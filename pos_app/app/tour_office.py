"""The tour's end of the day: the payment service's own list, the people, what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos_app.app.tour_guide import Control, Until
from pos_app.app.tour_scene import ESCAPE, Scene

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge

_NEEDING = 2
"""Payments that need an answer: the stopped one, and in the end the one that nobody answered."""
_UNKNOWN_WITHIN_S = 60.0


def compare_the_day(scene: Scene) -> Iterator[Until]:
    """Compare today with the payment service's own list."""
    hands = scene.hands
    hands.press("reconcileButton")
    yield from scene.press("confirmReconcileButton", "Compare")
    yield Until(
        lambda: scene.is_idle and hands.can_press("confirmReconcileButton"), "what was found"
    )
    scene.show("compared")
    hands.type(ESCAPE)
    yield scene.until_gone("reconcileDialog")


def look_at_settings(scene: Scene) -> Iterator[Until]:
    """A manager looks at what can be paid with, and at who may use the till."""
    scene.hands.type((Qt.Key.Key_Comma, Control))
    yield from scene.approve()
    yield Until(lambda: scene.hands.sees("methodRow_alipay") and scene.is_idle, "the methods")
    scene.show("methods")
    scene.hands.press("settingsItem_people")
    yield Until(lambda: scene.hands.sees("personRow_1") and scene.is_idle, "the people")
    scene.show("people")


def settle_by_hand(scene: Scene, charge: Charge) -> Iterator[Until]:
    """Nobody knows what became of a payment: a manager says what the customer's app shows."""
    hands = scene.hands
    yield from scene.go_to_transactions()
    hands.press("clearFiltersButton")
    hands.press("needsAnswerFilter")
    yield Until(
        lambda: scene.is_idle and len(hands.rows_of("transactionsTable")) == _NEEDING,
        "the payment to be unknown",
        _UNKNOWN_WITHIN_S,
    )
    scene.show("answers")
    hands.press("clearFiltersButton")
    yield from scene.find(charge)
    hands.press("detailSettleButton")
    yield from scene.approve()
    yield from scene.press("settleNotPaidRadio", "the answers")
    hands.press("settleNote_1")
    yield scene.until_pressable("confirmSettleButton", "Record decision")
    scene.show("settling")
    hands.press("confirmSettleButton")
    yield scene.until_gone("settleDialog")
    yield Until(
        lambda: scene.is_idle and not hands.sees("detailSettleButton"), "the decision to be shown"
    )
    scene.show("settled")
    scene.note_sale_of(charge)


def lock(scene: Scene) -> Iterator[Until]:
    """Leave the till to the next person."""
    scene.hands.type((Qt.Key.Key_L, Control))
    yield scene.until_seen("lockPage")
    scene.show("locked")
