"""Toasts: at most two, gone by themselves, one action at most."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from pos_app.ui.widgets import toast as toasts
from pos_app.ui.widgets.toast import Toast, ToastArea


@pytest.fixture
def window(qapp, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    return window


@pytest.fixture
def area(window):
    return ToastArea(window)


def shown(window):
    return [toast for toast in window.findChildren(Toast) if toast.isVisible()]


def test_it_stands_at_the_foot_in_the_middle(window, area):
    area.show_toast("Saved")
    (toast,) = shown(window)
    assert toast.objectName() == "toast"
    assert toast.geometry().bottom() < window.height()
    assert abs(toast.geometry().center().x() - window.rect().center().x()) <= 1
    window.resize(1000, 700)
    assert toast.geometry().top() > 600


def test_the_third_pushes_the_oldest_out(window, area):
    for text in ("one", "two", "three"):
        area.show_toast(text)
    assert {toast.accessibleName() for toast in shown(window)} == {"two", "three"}
    first, second = shown(window)
    assert not first.geometry().intersects(second.geometry())


def test_it_goes_by_itself(window, area, monkeypatch, qtbot):
    monkeypatch.setattr(toasts, "PLAIN_MS", 20)
    area.show_toast("Saved")
    qtbot.waitUntil(lambda: shown(window) == [])


def test_it_stays_while_the_focus_is_in_it(window, area, monkeypatch, qtbot):
    monkeypatch.setattr(toasts, "WITH_ACTION_MS", 20)
    area.show_toast("Sale cleared", "Undo", list)
    (toast,) = shown(window)
    window.activateWindow()
    toast.button.setFocus()
    with qtbot.waitSignal(toast._timer.timeout):
        pass
    assert shown(window) == [toast]
    toast.button.clearFocus()
    qtbot.waitUntil(lambda: shown(window) == [])


def test_its_action_happens_once_and_ends_it(window, area):
    done = []
    area.show_toast("Sale cleared", "Undo", lambda: done.append("undone"))
    button = window.findChild(QPushButton, "toastActionButton")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["undone"]
    assert shown(window) == []


def test_one_with_an_action_stays_longer():
    assert toasts.WITH_ACTION_MS == 2 * toasts.PLAIN_MS == 10_000
