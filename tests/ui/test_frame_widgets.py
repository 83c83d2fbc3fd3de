"""Rail, top bar, training band and attention bar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.attention_bar import AttentionBar, AttentionNote
from pos_app.ui.widgets.late_key_guard import is_held
from pos_app.ui.widgets.nav_rail import NavRail
from pos_app.ui.widgets.top_bar import ConnectionLook, TopBar
from pos_app.ui.widgets.training_band import TrainingBand


@pytest.fixture(autouse=True)
def own_look(qapp):
    theme.load_fonts()
    theme.apply(qapp, theme.Look())


@pytest.fixture
def rail(qtbot):
    rail = NavRail()
    qtbot.addWidget(rail)
    rail.resize(96, 712)
    rail.show()
    rail.asked, rail.told = [], []
    rail.wanted.connect(rail.asked.append)
    rail.refused.connect(rail.told.append)
    return rail


def tap(rail, name):
    QTest.mouseClick(rail.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_a_tap_on_the_rail_asks_and_decides_nothing(rail):
    rail.set_current("sell")
    tap(rail, "navTransactions")
    tap(rail, "navLock")
    assert rail.asked == ["transactions", "lock"]
    assert rail.findChild(QPushButton, "navSell").isChecked()
    assert not rail.findChild(QPushButton, "navTransactions").isChecked()


def test_rail_items_are_as_large_as_a_finger_needs(rail):
    for name in ("navSell", "navTransactions", "navShift", "navSettings", "navLock"):
        item = rail.findChild(QPushButton, name)
        assert (item.width(), item.height()) == (86, 66)


def test_an_item_that_is_off_says_why(rail):
    rail.set_off("shift", "Not in this version yet.")
    tap(rail, "navShift")
    assert rail.asked == []
    assert rail.told == ["Not in this version yet."]
    item = rail.findChild(QPushButton, "navShift")
    assert item.toolTip() == item.accessibleDescription() == "Not in this version yet."


def test_while_a_payment_is_open_the_rail_is_off_and_comes_back(rail):
    rail.set_current("sell")
    rail.set_payment_open("Finish or put aside this payment first.")
    tap(rail, "navTransactions")
    tap(rail, "navLock")
    assert rail.asked == []
    assert len(rail.told) == 2
    rail.set_payment_open("")
    tap(rail, "navLock")
    assert rail.asked == ["lock"]


def test_the_badge_counts_and_stays_while_a_payment_is_open(rail):
    badge = rail.findChild(QLabel, "attentionBadge")
    assert not badge.isVisible()
    rail.set_badge(2)
    rail.set_payment_open("Finish or put aside this payment first.")
    assert badge.isVisible()
    assert badge.text() == "2"
    item = rail.findChild(QPushButton, "navTransactions")
    assert item.accessibleName() == "Transactions, 2 payments need an answer"
    rail.set_badge(140)
    assert badge.text() == "99+"
    rail.set_badge(0)
    assert not badge.isVisible()
    assert item.accessibleName() == "Transactions"


def test_arrows_walk_the_rail(rail):
    rail.activateWindow()
    rail.findChild(QPushButton, "navSell").setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert QApplication.focusWidget().objectName() == "navTransactions"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert QApplication.focusWidget().objectName() == "navLock"


def test_a_narrow_rail_has_icons_alone(rail):
    rail.set_narrow(True)
    assert rail.width() == 72
    sell = rail.findChild(QPushButton, "navSell")
    assert not sell.findChild(QLabel).isVisible()
    assert sell.accessibleName() == "Sell"


@pytest.fixture
def bar(qtbot):
    outer = QWidget()
    qtbot.addWidget(outer)
    bar = TopBar(outer)
    bar.outer = outer
    outer.show()
    bar.show()
    return bar


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (ConnectionLook.CONNECTED, "Connected"),
        (ConnectionLook.NOT_ANSWERING, "Citcon not answering"),
        (ConnectionLook.NO_CONNECTION, "No connection"),
        (ConnectionLook.SIMULATOR, "Simulator"),
    ],
)
def test_the_connection_is_told_in_words(bar, look, words):
    bar.show_connection(look, "Citcon")
    status = bar.findChild(QPushButton, "connectionStatus")
    assert status.text() == status.accessibleName() == words
    assert status.isVisible()


def test_a_tap_on_the_connection_asks_for_its_details(bar, qtbot):
    bar.show_connection(ConnectionLook.CONNECTED, "Citcon")
    with qtbot.waitSignal(bar.connection_pressed):
        bar.findChild(QPushButton, "connectionStatus").click()


def test_the_bar_says_store_shift_cashier_and_time(bar):
    bar.show_store("Harbour Street Gifts", "Register 1")
    bar.show_title("Sell")
    bar.show_shift(214)
    bar.show_cashier("Mei Lin")
    bar.show_clock("14:32")
    texts = [
        bar.findChild(QLabel, name).text()
        for name in ("pageTitle", "shiftLabel", "cashierLabel", "clockLabel")
    ]
    assert texts == ["Sell", "Shift 214", "Mei Lin", "14:32"]
    bar.show_shift(None)
    assert bar.findChild(QLabel, "shiftLabel").text() == "No shift"
    bar.show_cashier("")
    assert not bar.findChild(QLabel, "cashierLabel").isVisible()


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["J-Pay"], "J-Pay"),
        (["Citcon", "J-Pay"], "Citcon or J-Pay"),
        (["Citcon", "J-Pay", "Third"], "Citcon, J-Pay or Third"),
    ],
)
def test_the_training_band_names_the_services(qtbot, names, told):
    band = TrainingBand()
    qtbot.addWidget(band)
    band.show_services(names)
    assert band.accessibleName() == f"Training. No real money moves and nothing reaches {told}."
    assert not band.findChild(QPushButton, "leaveTrainingButton").isEnabled()


@pytest.fixture
def attention(qtbot):
    outer = QWidget()
    qtbot.addWidget(outer)
    attention = AttentionBar(outer)
    attention.outer = outer
    outer.show()
    attention.viewed = []
    attention.view_wanted.connect(attention.viewed.append)
    return attention


def press(attention, name):
    attention.findChild(QPushButton, name).click()


def test_the_attention_bar_shows_the_newest_note_and_then_the_older(attention):
    attention.add_note(AttentionNote(1, "ok", "HSG1-0087 was paid · US$ 42.50 Alipay"))
    attention.add_note(AttentionNote(2, "warn", "HSG1-0088 needs an answer · US$ 9.00 Alipay"))
    assert attention.isVisible()
    assert attention.text.startswith("HSG1-0088")
    assert attention.property("tone") == "warn"
    press(attention, "attentionLaterButton")
    assert attention.text.startswith("HSG1-0087")
    press(attention, "attentionViewButton")
    assert attention.viewed == [1]
    assert not attention.isVisible()


def test_a_newer_note_of_the_same_charge_replaces_the_older(attention):
    attention.add_note(AttentionNote(1, "warn", "HSG1-0087 needs an answer"))
    attention.add_note(AttentionNote(1, "ok", "HSG1-0087 was paid"))
    press(attention, "attentionLaterButton")
    assert attention.text == ""


def test_notes_wait_while_there_is_no_frame(attention):
    attention.set_allowed(False)
    attention.add_note(AttentionNote(1, "ok", "HSG1-0087 was paid"))
    assert not attention.isVisible()
    attention.set_allowed(True)
    assert attention.isVisible()


def test_a_tap_that_was_under_way_does_not_answer_a_new_note(attention, qtbot):
    attention.add_note(AttentionNote(1, "ok", "HSG1-0087 was paid"))
    later = attention.findChild(QPushButton, "attentionLaterButton")
    qtbot.mouseClick(later, Qt.MouseButton.LeftButton)
    assert attention.isVisible()
    assert not is_held(attention.outer)  # Enter means something else
    qtbot.waitUntil(lambda: not attention._guard.is_holding)
    qtbot.mouseClick(later, Qt.MouseButton.LeftButton)
    assert not attention.isVisible()
