"""The window: going, locking, keys, attention, scale and closing, with plain pages inside."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pos_app.config.settings import MethodSettings
from pos_app.domain.charges import Attention, ChargeDecision, ChargeStatus
from pos_app.domain.events import ChargeChanged, ConnectionChanged, SettingsChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.ui import theme
from pos_app.ui.pages.page import Page, Shortcut
from pos_app.ui.widgets.dialog import Dialog, open_dialog
from pos_app.ui.widgets.toast import Toast
from pos_app.ui.window import MainWindow
from tests.fakes.charges import CREATED
from tests.fakes.window_till import MEI_LIN, FakeWindowTill

NOW = datetime.now(UTC)
CHARGE = replace(CREATED, id=7, created_at=NOW, status=ChargeStatus.WAITING)


class PlainPage(Page):
    """A page with a field and a button that keeps what happens to it."""

    signed_in = Signal(object)
    charge_started = Signal(object)
    shift_opened = Signal(object)
    sale_returned = Signal(object)
    new_sale_requested = Signal()
    scan_wanted = Signal(object)
    code_read = Signal(object)

    def __init__(self, name):
        super().__init__()
        self.name, self.keys, self.calls, self.till = name, [], [], None
        self.holds = self.awaits_code = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        self.field, self.button = QLineEdit(self), QPushButton("Primary", self)
        self.button.setAutoDefault(False)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.button.clicked.connect(lambda: self.calls.append("pressed"))

    title = property(lambda self: self.name.title())
    is_framed = property(lambda self: self.name != "lock")
    holds_frame = property(lambda self: self.holds)

    def connect_till(self, till, background, events):
        self.till = till

    def shown(self):
        self.calls.append("shown")

    def hidden(self):
        self.calls.append("hidden")

    def focus_first(self):
        self.setFocus()

    def set_narrow(self, is_narrow):
        self.is_narrow = is_narrow

    def shortcuts(self):
        return (Shortcut("Enter", "Charge"),)

    def handle_key(self, event):
        self.keys.append(Qt.Key(event.key()))
        return event.key() != Qt.Key.Key_Tab

    def show_charge(self, charge_id):
        self.calls.append(charge_id)

    def show_needs_answer(self, count):
        self.needs_answer = count

    def show_answers(self):
        self.calls.append("show_answers")

    def start_new_sale(self):
        self.calls.append("new sale")


@pytest.fixture
def window(qapp, qtbot):
    theme.load_fonts()
    theme.apply(qapp, theme.Look())
    pages = {}

    def make(name):
        return pages.setdefault(name, PlainPage(name))

    window = MainWindow(make=make)
    window.of = make
    qtbot.addWidget(window, before_close_func=lambda _: window.background.close())
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window._made_parts is not None)
    yield window
    window._may_close = True
    theme.apply(qapp, theme.Look())


def connect(window, qtbot, till=None):
    till = till or FakeWindowTill()
    with qtbot.waitSignal(window.completed):
        window.connect_till(till)
    qtbot.waitUntil(lambda: window.background.is_idle)
    return till


def sign_in(window, qtbot, till=None):
    till = connect(window, qtbot, till)
    window.of("lock").signed_in.emit(MEI_LIN)
    qtbot.waitUntil(lambda: window.background.is_idle)
    return till


def key(window, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for one in keys:
        QTest.keyClick(window.windowHandle(), one, modifier)


def tap(window, name):
    QTest.mouseClick(window.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def toasts(window):
    return [toast.accessibleName() for toast in window.findChildren(Toast) if toast.isVisible()]


def test_it_shows_lock_before_any_service_or_bar_is_there(qapp, qtbot):
    window = MainWindow(make=PlainPage)
    qtbot.addWidget(window)
    assert window.is_locked
    assert window.page.name == "lock"
    assert window.findChild(QWidget, "navRail") is None
    assert window.findChild(QWidget, "topBar") is None


def test_the_other_pages_are_made_behind_and_get_the_till(window, qtbot):
    assert window.findChildren(Page) == [window.of("lock")]
    till = connect(window, qtbot)
    assert [window.of(name).till for name in ("lock", "sell", "payment", "transactions")] == (
        [till] * 4
    )


def test_signing_in_leads_to_sell_with_shift_and_cashier(window, qtbot):
    sign_in(window, qtbot)
    assert window.page.name == "sell"
    assert window.findChild(QLabel, "cashierLabel").text() == "Mei Lin"
    assert window.findChild(QLabel, "shiftLabel").text() == "Shift 214"
    assert window.findChild(QLabel, "pageTitle").text() == "Sell"
    assert window.findChild(QPushButton, "navSell").isChecked()
    assert window.findChild(QPushButton, "connectionStatus").text() == "Connected"


def test_the_rail_and_ctrl_numbers_go_to_the_pages(window, qtbot):
    sign_in(window, qtbot)
    tap(window, "navTransactions")
    assert window.page.name == "transactions"
    key(window, Qt.Key.Key_1, modifier=Qt.KeyboardModifier.ControlModifier)
    assert window.page.name == "sell"
    assert window.of("transactions").calls == ["shown", "hidden"]
    key(window, Qt.Key.Key_3, modifier=Qt.KeyboardModifier.ControlModifier)
    assert window.page.name == "sell"
    assert toasts(window) == ["Not in this version yet."]


def test_a_started_charge_brings_its_payment_page(window, qtbot):
    sign_in(window, qtbot)
    window.of("sell").charge_started.emit(CHARGE)
    assert window.page.name == "payment"
    assert window.of("payment").calls == [7, "shown"]
    window.of("payment").new_sale_requested.emit()
    assert window.page.name == "sell"
    assert "new sale" in window.of("sell").calls


def test_a_quick_code_comes_together_with_its_page(window, qtbot):
    sign_in(window, qtbot)
    payment = window.of("payment")
    payment.awaits_code = True
    window.of("sell").charge_started.emit(CHARGE)
    payment.frame_changed.emit()  # the code is being made
    assert window.page.name == "sell"
    assert payment.calls == [7]
    payment.awaits_code = False
    payment.frame_changed.emit()
    assert window.page.name == "payment"
    assert payment.calls == [7, "shown"]


def test_a_slow_code_is_seen_being_made(window, qtbot):
    sign_in(window, qtbot)
    window.of("payment").awaits_code = True
    window.of("sell").charge_started.emit(CHARGE)
    qtbot.waitUntil(lambda: window.page.name == "payment")
    assert window.of("payment").awaits_code


@pytest.mark.parametrize("name", ["navTransactions", "navLock"])
def test_nobody_leaves_before_the_page_of_a_begun_payment(window, qtbot, name):
    sign_in(window, qtbot)
    payment = window.of("payment")
    payment.awaits_code = payment.holds = True
    window.of("sell").charge_started.emit(CHARGE)
    tap(window, name)
    assert window.page.name == "payment"


def test_a_payment_that_is_open_holds_rail_and_lock(window, qtbot):
    sign_in(window, qtbot)
    window.of("payment").holds = True
    window.show_payment(7)
    tap(window, "navTransactions")
    tap(window, "navLock")
    key(window, Qt.Key.Key_L, modifier=Qt.KeyboardModifier.ControlModifier)
    window._on_idle()
    window.lock()
    assert window.page.name == "payment"
    assert set(toasts(window)) == {"Finish or put aside this payment first."}


def test_unlocking_returns_to_the_same_place(window, qtbot):
    sign_in(window, qtbot)
    window.show_answers()
    key(window, Qt.Key.Key_L, modifier=Qt.KeyboardModifier.ControlModifier)
    assert window.is_locked
    assert window.findChild(QLabel, "cashierLabel").text() == ""
    window.of("lock").signed_in.emit(replace(MEI_LIN, id=2, name="Jonas"))
    assert window.page.name == "transactions"
    assert window.findChild(QLabel, "cashierLabel").text() == "Jonas"


def test_what_one_cashier_was_told_is_not_on_the_lock_page(window, qtbot):
    sign_in(window, qtbot)
    window.of("sell").action_toast_requested.emit("Sale cleared", "Undo", print)
    window.lock()
    window.of("sell").toast_requested.emit("US$ 42.50 went back")
    assert toasts(window) == []
    window.show_toast("Report saved: till.zip")
    assert toasts(window) == ["Report saved: till.zip"]


def test_it_comes_forward_when_the_till_is_started_again(window, qtbot):
    window.showMinimized()
    window.come_forward()
    assert not window.isMinimized()
    assert window.isActiveWindow()


def test_it_locks_when_idle_but_not_while_something_is_sent(window, qtbot):
    import threading

    sign_in(window, qtbot)
    gate = threading.Event()
    window.background.run(gate.wait)
    window._on_idle()
    assert not window.is_locked
    gate.set()
    qtbot.waitUntil(lambda: window.background.is_idle)
    window._parts.input._idle_timer.setInterval(10)
    window._parts.input._idle_timer.start()
    qtbot.waitUntil(lambda: window.is_locked)


def test_a_locked_till_goes_nowhere_by_keys(window, qtbot):
    connect(window, qtbot)
    key(window, Qt.Key.Key_2, modifier=Qt.KeyboardModifier.ControlModifier)
    assert window.is_locked


def test_the_page_gets_keys_wherever_the_focus_is(window, qtbot):
    sign_in(window, qtbot)
    window.of("sell").button.setFocus()
    key(window, Qt.Key.Key_4, Qt.Key.Key_F1, Qt.Key.Key_Return)
    assert window.of("sell").keys == [Qt.Key.Key_4, Qt.Key.Key_F1, Qt.Key.Key_Return]
    assert window.of("sell").calls == ["shown"]


def test_a_text_field_keeps_its_letters_and_lets_commands_through(window, qtbot):
    sign_in(window, qtbot)
    page = window.of("sell")
    page.field.setFocus()
    key(window, Qt.Key.Key_4, Qt.Key.Key_A, Qt.Key.Key_Backspace)
    assert page.field.text() == "4"
    assert page.keys == []
    key(window, Qt.Key.Key_F5, Qt.Key.Key_Escape, Qt.Key.Key_Return)
    key(window, Qt.Key.Key_I, modifier=Qt.KeyboardModifier.ControlModifier)
    assert page.keys == [
        Qt.Key.Key_F5, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_I
    ]  # fmt: skip


def test_enter_presses_a_button_that_was_walked_to(window, qtbot):
    sign_in(window, qtbot)
    page = window.of("sell")
    page.field.setFocus()
    key(window, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.button
    key(window, Qt.Key.Key_Return)
    assert page.calls == ["shown", "pressed"]
    assert page.keys == []


def test_keys_do_not_reach_the_page_behind_a_dialog(window, qtbot):
    sign_in(window, qtbot)
    key(window, Qt.Key.Key_F12)
    dialog = open_dialog(window)
    assert dialog.objectName() == "shortcutsDialog"
    assert "Charge" in {label.text() for label in dialog.findChildren(QLabel)}
    key(window, Qt.Key.Key_4, Qt.Key.Key_Return)
    assert window.of("sell").keys == []
    key(window, Qt.Key.Key_Escape)
    assert open_dialog(window) is None


def test_f11_fills_the_screen_and_gives_it_back(window):
    key(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    key(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


@pytest.mark.parametrize(
    ("end", "words", "tone"),
    [
        ((ChargeStatus.PAID, ()), "HSG1-0087 was paid · US$ 42.50 Alipay", "ok"),
        ((ChargeStatus.EXPIRED, ()), "HSG1-0087 has expired · US$ 42.50 Alipay", "info"),
        ((ChargeStatus.UNKNOWN, ()), "HSG1-0087 needs an answer · US$ 42.50 Alipay", "warn"),
        (
            (ChargeStatus.PAID, (Attention.PAID_LATE,)),
            "HSG1-0087 was paid late · US$ 42.50 Alipay",
            "warn",
        ),
    ],
)
def test_a_payment_that_was_put_aside_tells_its_end(window, qtbot, end, words, tone):
    status, attention = end
    till = sign_in(window, qtbot)
    after = replace(CHARGE, status=status, attention=frozenset(attention))
    till.needing = 1
    till.events.publish(ChargeChanged(CHARGE, after))
    bar = window._frame.bars.attention
    qtbot.waitUntil(bar.isVisible)
    assert bar.text == words
    assert bar.property("tone") == tone
    qtbot.waitUntil(lambda: window.findChild(QLabel, "attentionBadge").isVisible())
    assert window.of("lock").needs_answer == 1
    qtbot.waitUntil(lambda: not bar._guard.is_holding)
    tap(window, "attentionViewButton")
    assert window.page.name == "payment"
    assert 7 in window.of("payment").calls


def test_what_has_its_answer_is_said_no_more(window, qtbot):
    till = sign_in(window, qtbot)
    unknown = replace(CHARGE, status=ChargeStatus.UNKNOWN)
    till.events.publish(ChargeChanged(CHARGE, unknown))
    bar = window._frame.bars.attention
    qtbot.waitUntil(bar.isVisible)
    decided = replace(unknown, decision=ChargeDecision.NOT_PAID)
    till.events.publish(ChargeChanged(unknown, decided))
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert window._parts.attention.open_count == 1


def test_the_payment_on_the_screen_and_stopping_are_no_news(window, qtbot):
    till = sign_in(window, qtbot)
    stopped = replace(CHARGE, attention=frozenset({Attention.STOPPED}))
    till.events.publish(ChargeChanged(CHARGE, stopped))
    window.show_payment(7)
    qtbot.waitUntil(lambda: window._parts.attention.open_count == 1)
    till.events.publish(ChargeChanged(CHARGE, replace(CHARGE, status=ChargeStatus.PAID)))
    qtbot.waitUntil(lambda: window._parts.attention.open_count == 0)
    assert window._frame.bars.attention.text == ""


def test_the_connection_is_followed(window, qtbot):
    till = sign_in(window, qtbot)
    status = window.findChild(QPushButton, "connectionStatus")
    till.events.publish(ConnectionChanged("citcon_chop", False, True))
    qtbot.waitUntil(lambda: status.text() == "Citcon not answering")
    till.events.publish(ConnectionChanged("citcon_chop", False, False))
    qtbot.waitUntil(lambda: status.text() == "No connection")
    status.click()
    assert open_dialog(window).objectName() == "connectionDialog"


def test_training_has_its_band_and_says_simulator(window, qtbot):
    sign_in(window, qtbot, FakeWindowTill(is_training=True))
    assert window.findChild(QWidget, "trainingBand").isVisible()
    assert window.findChild(QPushButton, "connectionStatus").text() == "Simulator"


def test_the_training_band_follows_the_settings(window, qtbot):
    till = sign_in(window, qtbot, FakeWindowTill(is_training=True))
    band = window.findChild(QWidget, "trainingBand")
    assert band.accessibleName().endswith("reaches Citcon.")
    methods = MethodSettings(gateways={PaymentMethod.CC: "jpay"})
    till.settings = replace(till.settings, methods=methods)
    till.events.publish(SettingsChanged())
    qtbot.waitUntil(lambda: band.accessibleName().endswith("reaches Citcon or J-Pay."))


def test_a_fresh_open_payment_is_picked_up_after_signing_in(window, qtbot):
    sign_in(window, qtbot, FakeWindowTill(resume=(CHARGE,)))
    assert window.page.name == "payment"


def test_an_older_open_payment_is_only_told(window, qtbot):
    old = replace(CHARGE, created_at=NOW - timedelta(minutes=11))
    sign_in(window, qtbot, FakeWindowTill(resume=(old,)))
    assert window.page.name == "sell"
    assert toasts(window) == ["1 payment was open when the app closed. Checking it now."]


def test_closing_warns_while_a_payment_is_open(window, qtbot):
    till = sign_in(window, qtbot)
    till.events.publish(ChargeChanged(None, CHARGE))
    qtbot.waitUntil(lambda: window._parts.attention.open_count == 1)
    assert not window.close()
    dialog = open_dialog(window)
    assert dialog.accessibleName() == "1 payment is still open."
    assert QApplication.focusWidget().objectName() == "keepOpenButton"
    dialog.dismiss()
    assert window.isVisible()
    window.close()
    with qtbot.waitSignal(window.closed):
        open_dialog(window).answer("close_anyway")
    assert not window.isVisible()


def test_closing_asks_nothing_when_nothing_is_open(window, qtbot):
    till = sign_in(window, qtbot)
    till.events.publish(ChargeChanged(None, CHARGE))
    qtbot.waitUntil(lambda: window._parts.attention.open_count == 1)
    till.events.publish(ChargeChanged(CHARGE, replace(CHARGE, status=ChargeStatus.EXPIRED)))
    qtbot.waitUntil(lambda: window._parts.attention.open_count == 0)
    assert window._parts.attention.open_count == 0
    assert window.close()


def test_an_unforeseen_failure_is_told_and_the_till_goes_on(window, qtbot, caplog):
    sign_in(window, qtbot)

    def call():
        raise ZeroDivisionError

    window.background.run(call)
    qtbot.waitUntil(lambda: open_dialog(window) is not None)
    dialog = open_dialog(window)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert "Something went wrong in the app." in words
    assert "Payments are saved and will be checked." in words
    with qtbot.waitSignal(window.report_wanted):
        dialog.answer("save_report")


def sending(window):
    """A dialog that is sending money back."""
    dialog = Dialog(window, "refundDialog", "Refund")
    dialog.add_action("close", "Close", "secondary", "closeRefundButton", is_safe=True)
    dialog.open()
    dialog.set_busy("Sending the refund… Don’t close this window.")
    return dialog


def test_the_window_stays_while_a_dialog_sends_something(window, qtbot):
    sign_in(window, qtbot)
    dialog = sending(window)
    assert not window.close()
    assert open_dialog(window) is dialog
    dialog.set_busy("")
    assert window.close()


def test_a_payment_and_a_failure_wait_for_a_dialog_that_sends_something(window, qtbot):
    sign_in(window, qtbot)
    dialog = sending(window)
    window.show_payment(7)
    window.show_failure("ZeroDivisionError")
    assert open_dialog(window) is dialog
    assert window.page is window.of("sell")
    dialog.set_busy("")
    dialog.dismiss()
    assert window.page is window.of("payment")
    assert open_dialog(window).objectName() == "failureDialog"


def test_scale_and_layout_follow_the_window(window, qtbot):
    sign_in(window, qtbot)
    assert theme.scale() == 1.0
    assert not window.of("sell").is_narrow
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: theme.scale() == 1.25)
    assert window.findChild(QWidget, "navRail").width() == 120
    window.resize(1024, 768)
    qtbot.waitUntil(lambda: theme.scale() == 0.9)
    assert window.of("sell").is_narrow
    assert window.findChild(QWidget, "navRail").width() == 65
    assert not window.findChild(QPushButton, "navSell").findChild(QLabel).isVisible()


def test_the_ring_shows_after_tab_and_not_after_a_tap(window, qtbot):
    sign_in(window, qtbot)
    key(window, Qt.Key.Key_Tab)
    ring = window.findChild(QWidget, "focusRing")
    assert ring.isVisible()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton)
    assert not ring.isVisible()


class FakeSounds:
    """Sounds that only know whether they have been asked to load."""

    is_warm = False

    def warm_up(self):
        self.is_warm = True


def test_the_sounds_are_loaded_while_a_payment_is_on_the_screen(window, qtbot):
    sign_in(window, qtbot)
    window._made_parts.sounds = sounds = FakeSounds()
    window.show_sell()
    window.show_payment(7)
    assert not sounds.is_warm
    qtbot.waitUntil(lambda: sounds.is_warm)
