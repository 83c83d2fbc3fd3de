"""Dialogs inside the window: one at a time, safe by default, focus kept and given back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from pos_app.ui.widgets.dialog import Dialog, open_dialog


@pytest.fixture
def window(qapp, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 640)
    column = QVBoxLayout(window)
    window.field = QLineEdit(window)
    column.addWidget(window.field)
    window.show()
    window.activateWindow()
    window.field.setFocus()
    return window


def question(window, name="stopConfirmDialog"):
    dialog = Dialog(window, name, "Stop waiting?")
    dialog.add_text("The code stays open until it expires.")
    dialog.add_action("keep", "Keep waiting", "secondary", "keepButton", is_safe=True)
    dialog.add_action("stop", "Stop waiting", "danger", "confirmStopButton")
    dialog.answers = []
    dialog.answered.connect(dialog.answers.append)
    return dialog


def opened(window, qtbot):
    """An open dialog whose guard against late keys is over."""
    dialog = question(window)
    answers = dialog.answers
    dialog.open()
    qtbot.waitUntil(lambda: not dialog._guard.is_holding)
    return dialog, answers


def test_it_stands_in_the_middle_over_the_scrim(window):
    dialog = question(window)
    dialog.open()
    scrim = window.findChild(QWidget, "scrim")
    assert scrim.size() == window.size()
    assert abs(dialog.geometry().center().x() - window.rect().center().x()) <= 1
    window.resize(1000, 700)
    QApplication.processEvents()
    assert scrim.size() == window.size()
    assert abs(dialog.geometry().center().x() - window.rect().center().x()) <= 1


def test_the_safe_button_has_the_focus_at_first_and_focus_returns(window, qtbot):
    dialog, answers = opened(window, qtbot)
    assert QApplication.focusWidget().objectName() == "keepButton"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert answers == ["keep"]
    assert QApplication.focusWidget() is window.field
    assert open_dialog(window) is None


def test_tab_stays_inside(window, qtbot):
    opened(window, qtbot)
    names = []
    for _ in range(4):
        names.append(QApplication.focusWidget().objectName())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert set(names) == {"keepButton", "confirmStopButton", "stopConfirmDialogClose"}
    assert names[0] == names[3]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget().objectName() == names[0]


def test_enter_presses_the_button_that_has_the_focus(window, qtbot):
    _, answers = opened(window, qtbot)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget().objectName() == "confirmStopButton"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert answers == ["stop"]


def test_a_late_enter_or_tap_does_not_answer(window, qtbot):
    dialog = question(window)
    answers = dialog.answers
    dialog.open()
    button = dialog.findChild(QPushButton, "confirmStopButton")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert answers == []
    qtbot.waitUntil(lambda: not dialog._guard.is_holding)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert answers == ["stop"]


def test_while_sending_it_cannot_be_closed(window, qtbot):
    dialog, answers = opened(window, qtbot)
    dialog.set_busy("Sending the refund… Don’t close this window.")
    dialog.dismiss()
    QTest.mouseClick(dialog.findChild(QPushButton, "confirmStopButton"), Qt.MouseButton.LeftButton)
    assert answers == []
    assert dialog.is_open
    dialog.set_busy("")
    dialog.dismiss()
    assert answers == ["keep"]


def test_a_payment_s_result_does_not_wait_behind_it(window, qtbot):
    dialog, answers = opened(window, qtbot)
    dialog.set_busy("Sending…")
    dialog.force_dismiss()
    assert answers == ["keep"]


def test_only_one_is_open_and_the_earlier_gives_its_safe_answer(window, qtbot):
    first, answers = opened(window, qtbot)
    assert open_dialog(window) is first
    second = question(window, "cancelConfirmDialog")
    second.open()
    assert answers == ["keep"]
    assert open_dialog(window) is second


def test_it_answers_once(window, qtbot):
    dialog, answers = opened(window, qtbot)
    dialog.dismiss()
    dialog.answer("stop")
    assert answers == ["keep"]


def test_it_is_deleted_after_its_answer(window, qtbot):
    dialog, _ = opened(window, qtbot)
    dialog.dismiss()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert window.findChildren(Dialog) == []
