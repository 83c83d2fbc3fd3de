"""The step for a tip: nothing nobody asked for, by keys alone, by taps alone, by no scanner."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from pos_app.domain.money import Money
from pos_app.ui.dialogs.tip import TipDialog
from pos_app.ui.widgets.label import Label
from tests.fakes.scanner import ENTER, PERSON_MS, send

PRICE = Money(4250, "USD")


class Step:
    """The dialog over a window, and what came of it."""

    def __init__(self, qtbot, price=PRICE, percentages=(10, 15, 20)):
        self.window = QWidget()
        self.window.resize(1366, 768)
        qtbot.addWidget(self.window)
        self.window.show()
        self.tips, self.answers = [], []
        self.dialog = TipDialog(self.window, price, percentages)
        self.dialog.tip_chosen.connect(self.tips.append)
        self.dialog.answered.connect(self.answers.append)
        self.dialog.open()
        qtbot.waitUntil(lambda: not self.dialog._guard.is_holding)

    def find(self, name, kind=QWidget):
        return self.dialog.findChild(kind, name)

    def tap(self, name):
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def type(self, text, gap_ms=PERSON_MS):
        """As the window hands keys to a dialog: first to it, then to what has the focus."""
        focused = QApplication.focusWidget() or self.dialog
        send(
            lambda event: self.dialog.handle_key(event) or QApplication.sendEvent(focused, event),
            text,
            gap_ms,
        )

    @property
    def offered(self):
        return [
            chip.text() for chip in self.dialog.findChildren(QPushButton) if chip.isCheckable()
        ]

    @property
    def button(self):
        return self.find("confirmTipButton").text()


@pytest.fixture
def step(qtbot):
    return Step(qtbot)


def test_it_offers_the_percentages_in_money(step):
    assert step.offered == [
        "No tip", "10 % · US$ 4.25", "15 % · US$ 6.38", "20 % · US$ 8.50", "Other amount",
    ]  # fmt: skip


def test_enter_alone_adds_nothing(step):
    assert step.button == "Continue with US$ 42.50"
    step.type(ENTER)
    assert (step.tips, step.answers) == ([Money(0, "USD")], ["go"])


def test_a_percentage_by_taps(step):
    step.tap("tipChoice_15")
    assert step.button == "Continue with US$ 48.88"
    step.tap("confirmTipButton")
    assert step.tips == [Money(638, "USD")]


def test_an_amount_by_keys(step):
    step.type("500")
    assert step.button == "Continue with US$ 47.50"
    step.type(ENTER)
    assert step.tips == [Money(500, "USD")]


def test_an_amount_by_the_pad(step):
    for name in ("tipPadButton_3", "tipPadButton_00", "tipPadButton_backspace"):
        QTest.mousePress(step.find(name), Qt.MouseButton.LeftButton)
        QTest.mouseRelease(step.find(name), Qt.MouseButton.LeftButton)
    step.tap("confirmTipButton")
    assert step.tips == [Money(30, "USD")]


def test_walking_through_the_field_changes_nothing(step):
    step.tap("tipChoice_10")
    step.find("tipAmountEdit").setFocus()
    assert step.dialog.tip == Money(425, "USD")


@pytest.mark.parametrize("way", ["backFromTipButton", "tipDialogClose"])
def test_going_back_adds_nothing_and_goes_back(step, way):
    step.tap("tipChoice_20")
    step.tap(way)
    assert (step.tips, step.answers) == ([], ["back"])


def test_more_than_the_sale_is_pointed_out(step):
    warning = step.find("tipWarning", Label)
    assert warning.isHidden()
    step.type("4251")
    assert not warning.isHidden()


@pytest.mark.parametrize("ends", ["", ENTER])
def test_a_code_scanned_too_early_is_no_tip(step, ends):
    step.tap("tipChoice_10")
    step.type("134650098712345678" + ends, gap_ms=10)
    assert step.dialog.tip == Money(425, "USD")
    assert step.dialog.is_open


def test_a_currency_without_decimals_has_none(qtbot):
    step = Step(qtbot, Money(1250, "JPY"), (15,))
    assert step.offered[1] == "15 % · JP¥ 188"
    step.type("30")
    assert step.dialog.tip == Money(30, "JPY")
