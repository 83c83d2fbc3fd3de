"""Sell: keys, taps, currencies and every state of the Charge button."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from pos_app.config.settings import MethodSettings, Settings
from pos_app.domain.customer_codes import read_code
from pos_app.domain.errors import (
    AmountError,
    ChargeStillOpenError,
    DiskFullError,
    NoShiftError,
)  # fmt: skip
from pos_app.domain.events import ChargeChanged, ConnectionChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import SaleLine
from pos_app.ui import theme
from pos_app.ui.widgets.late_key_guard import is_held
from tests.fakes.sell_desk import Desk
from tests.fakes.till_for_sell import (
    AT,
    CUP,
    MEI_LIN,
    TEA,
    FakeCatalogue,
    FakeTill,
    waiting_charge,
)  # fmt: skip

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER, ESCAPE, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete
BACKSPACE, UP, DOWN = Qt.Key.Key_Backspace, Qt.Key.Key_Up, Qt.Key.Key_Down
F1, F2, F3, F9 = Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F9


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot, FakeTill())


def with_setting(qtbot, **methods):
    return Desk(qtbot, FakeTill(settings=Settings(methods=MethodSettings(**methods))))


# Keying


def test_digits_and_enter_charge_the_amount_with_the_default_method(qtbot, desk):
    with qtbot.waitSignal(desk.page.charge_started, timeout=1_000) as started:
        desk.press("4250", ENTER)
    sale, method, cashier, is_other = desk.till.checkout.charged[0]
    assert sale.lines == (SaleLine("", 1, Money(4250, "USD")),)
    assert (method, cashier, is_other) == (PaymentMethod.ALIPAY, MEI_LIN.id, False)
    assert started.args[0].amount == Money(4250, "USD")


def test_touch_alone_keys_chooses_and_charges(qtbot, desk):
    for name in ("4", "00"):
        key = desk.button(f"keypadButton_{name}", QToolButton)
        qtbot.mousePress(key, Qt.MouseButton.LeftButton)
        qtbot.mouseRelease(key, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(desk.button("methodTile_wechatpay", QToolButton), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(desk.page.charge_started, timeout=1_000) as started:
        qtbot.mouseClick(desk.charge, Qt.MouseButton.LeftButton)
    assert started.args[0].amount == Money(400, "USD")
    assert started.args[0].method is PaymentMethod.WECHATPAY


def test_a_point_switches_to_plain_decimals(desk):
    desk.press("42.5")
    assert desk.cart.total == Money(4250, "USD")


def test_plus_makes_a_line_and_the_total_stays(desk):
    desk.press("400+350")
    assert [line.total.minor for line in desk.cart.lines] == [400]
    assert desk.cart.total == Money(750, "USD")


@pytest.mark.parametrize("key", ["c", "C", DELETE, ESCAPE])
def test_the_entry_is_cleared_and_the_lines_stay(desk, key):
    desk.press("400+77", key)
    assert desk.cart.entry.is_empty
    assert desk.cart.total == Money(400, "USD")


def test_backspace_takes_one_key_back(desk):
    desk.press("4250", BACKSPACE)
    assert desk.cart.total == Money(425, "USD")


def test_the_tenth_digit_is_ignored_with_the_low_sound(qtbot, desk):
    desk.press("123456789")
    with qtbot.waitSignal(desk.page.sound_requested, timeout=1_000) as sound:
        desk.press("0")
    assert sound.args == ["limit"]
    assert desk.cart.total == Money(123456789, "USD")


def test_arrows_walk_the_lines_star_sets_the_quantity_and_delete_removes(desk):
    desk.press("100+200+", DOWN, "3*")
    assert [line.quantity for line in desk.cart.lines] == [3, 1]
    assert desk.cart.entry.is_empty
    desk.press(DOWN, DELETE)
    assert [line.unit_price.minor for line in desk.cart.lines] == [100]


def test_star_without_a_number_opens_the_line_for_its_buttons(desk):
    desk.press("100+*")
    assert desk.cart.selected == 0
    assert desk.cart.lines[0].quantity == 1


def test_enter_presses_the_button_that_has_the_focus(qtbot, desk):
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow, timeout=2_000)
    desk.press("4250")
    desk.button("noteButton").setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(ENTER)
    assert desk.dialog.objectName() == "noteDialog"
    assert desk.till.checkout.charged == []


def test_control_i_goes_to_the_items_and_back(desk):
    desk.press("i", modifiers=Qt.KeyboardModifier.NoModifier)
    assert desk.button("entryModeKeypad").isChecked()
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_I, CONTROL, "\t")
    assert desk.page.handle_key(event)
    assert desk.button("entryModeItems").isChecked()
    desk.page.handle_key(event)
    assert desk.button("entryModeKeypad").isChecked()


# Methods and currencies


def test_f_keys_choose_the_method(desk):
    desk.press(F2)
    assert desk.chosen() == ["wechatpay"]


def test_an_empty_sale_takes_the_methods_currency(desk):
    desk.press(F9, "42")
    assert desk.cart.total == Money(42, "KRW")
    assert desk.button("keypadButton_000", QToolButton) is not None


def test_a_method_of_another_currency_is_off_once_something_is_keyed(qtbot, desk):
    desk.press("4250")
    assert not desk.button("methodTile_alipay_hk", QToolButton).isEnabled()
    with qtbot.waitSignal(desk.page.toast_requested, timeout=1_000) as toast:
        desk.press(F3)
    assert toast.args == ["Alipay HK takes HK$ only. Clear the sale to use it."]
    assert desk.chosen() == ["alipay"]
    assert desk.cart.total == Money(4250, "USD")
    desk.press("c", F3)
    assert desk.chosen() == ["alipay_hk"]


def test_store_methods_are_off_while_the_sale_is_in_a_wallets_currency(desk):
    desk.press(F3, "100")
    assert not desk.button("methodTile_alipay", QToolButton).isEnabled()
    desk.press(ENTER)
    assert desk.till.checkout.charged[0][0].lines[0].unit_price == Money(100, "HKD")


def test_an_item_brings_an_empty_sale_back_to_its_own_currency(desk):
    desk.press(F3)
    desk.page._desk.add_item(TEA)
    assert desk.cart.total == TEA.price
    assert desk.chosen() == ["alipay"]


def test_an_item_of_another_currency_cannot_join(desk):
    desk.press(F3, "100")
    desk.page._desk.add_item(TEA)
    assert desk.cart.lines == ()


def test_one_tap_charges_when_a_method_is_chosen(qtbot):
    desk = with_setting(qtbot, one_tap=True)
    desk.press(F2)
    assert desk.till.checkout.charged == []
    desk.press("500", F2)
    assert desk.till.checkout.charged[0][1] is PaymentMethod.WECHATPAY


# Scanner


def test_a_scan_adds_its_item_and_keeps_what_was_keyed(desk):
    desk.press("400")
    desk.press(TEA.barcode, ENTER, gap_ms=5)
    assert [line.name for line in desk.cart.lines] == [TEA.name]
    assert desk.cart.entry.amount == Money(400, "USD")
    assert desk.till.checkout.charged == []


def test_an_unknown_scan_is_no_amount_and_no_charge(qtbot, desk):
    sounds = []
    desk.page.sound_requested.connect(sounds.append)
    with qtbot.waitSignal(desk.page.toast_requested, timeout=1_000) as toast:
        desk.press("9+C*99999.12345", ENTER, gap_ms=5)
    assert toast.args == ["No item with that barcode"]
    assert desk.cart.is_empty
    assert desk.till.checkout.charged == []


def test_a_customers_code_is_no_item_and_offers_to_be_scanned_where_it_belongs(qtbot, desk):
    desk.till.taking.is_there = True
    desk.events.services_changed.emit()
    desk.press("4250")
    with qtbot.waitSignal(desk.page.action_toast_requested) as toast:
        desk.press("134650098712345678", ENTER, gap_ms=5)
    words, button, act = toast.args
    assert "Nothing was charged" in words
    assert button == "Scan customer’s code"
    assert desk.cart.entry.amount == Money(4250, "USD")
    with qtbot.waitSignal(desk.page.scan_wanted) as wanted:
        act()
    assert wanted.args == [Money(4250, "USD")]
    assert desk.till.checkout.charged == []


def test_a_customers_code_before_there_is_an_amount_is_none(qtbot, desk):
    desk.till.taking.is_there = True
    desk.events.services_changed.emit()
    with qtbot.waitSignal(desk.page.toast_requested) as toast:
        desk.press("134650098712345678", gap_ms=5)  # from a scanner that sends no Enter
    assert toast.args == [
        "That’s a customer’s payment code. Nothing was charged. Key an amount first."
    ]
    assert desk.cart.is_empty


# Tips

TIPPED = {"tips": (10, 15), "gateways": {PaymentMethod.ALIPAY: "citcon_instore"}}


def test_a_tip_is_asked_for_where_the_service_takes_one(qtbot):
    desk = with_setting(qtbot, **TIPPED)
    desk.press("4250", ENTER)
    assert desk.till.checkout.charged == []
    desk.button("tipChoice_10").click()
    with qtbot.waitSignal(desk.page.charge_started):
        desk.answer("confirmTipButton")
    assert desk.till.checkout.tips == [Money(425, "USD")]


def test_going_back_at_the_tip_charges_nothing_and_keeps_the_sale(qtbot):
    desk = with_setting(qtbot, **TIPPED)
    desk.press("4250", ENTER)
    desk.answer("backFromTipButton")
    assert desk.till.checkout.charged == []
    assert desk.charge.isEnabled()
    assert desk.cart.total == Money(4250, "USD")


@pytest.mark.parametrize("setting", [{"tips": (10,)}, {"gateways": TIPPED["gateways"]}])
def test_no_tip_is_asked_for_elsewhere(qtbot, setting):
    desk = with_setting(qtbot, **setting)
    with qtbot.waitSignal(desk.page.charge_started):
        desk.press("4250", ENTER)
    assert desk.till.checkout.tips == [None]


def test_the_limit_for_large_amounts_counts_the_tip(qtbot):
    desk = with_setting(qtbot, large_amount="45.00", **TIPPED)
    desk.press("4250", ENTER)
    desk.button("tipChoice_10").click()
    desk.answer("confirmTipButton")
    assert desk.dialog.objectName() == "largeAmountDialog"


def test_a_code_is_scanned_for_sale_and_tip(qtbot):
    desk = with_setting(qtbot, tips=(10, 15))
    desk.till.taking.is_there = True
    desk.events.services_changed.emit()
    desk.press("4250")
    desk.page.press_scan()
    desk.button("tipChoice_10").click()
    with qtbot.waitSignal(desk.page.scan_wanted) as wanted:
        desk.answer("confirmTipButton")
    assert wanted.args == [Money(4675, "USD")]
    with qtbot.waitSignal(desk.page.charge_started):
        desk.page.charge_code(read_code("134650098712345678"))
    assert desk.till.taking.tips == [Money(425, "USD")]


# States of Charge


def test_nothing_keyed(desk):
    assert not desk.charge.isEnabled()
    assert desk.reason == "Key an amount"
    desk.press(ENTER)
    assert desk.till.checkout.charged == []


def test_ready_says_amount_and_method(desk):
    desk.press("4250")
    assert desk.charge.text() == "Charge US$ 42.50"
    assert desk.charge.accessibleName() == "Charge US$ 42.50 with Alipay"


def test_no_method(qtbot):
    methods = (PaymentMethod.ALIPAY_HK,)
    catalogue = FakeCatalogue(chosen=tuple(
        one for one in FakeCatalogue().chosen if one.method in methods
    ))  # fmt: skip
    desk = Desk(qtbot, FakeTill(catalogue=catalogue))
    desk.page._desk.add_item(TEA)
    assert desk.reason == "Choose how to pay"
    assert not desk.charge.isEnabled()


def test_no_shift_opens_one_and_keeps_the_amount(qtbot):
    till = FakeTill()
    till.shifts.shift = None
    desk = Desk(qtbot, till)
    desk.press("4250")
    assert desk.charge.text() == "Open a shift to start selling"
    with qtbot.waitSignal(desk.page.shift_opened, timeout=1_000):
        desk.press(ENTER)
    assert desk.charge.text() == "Charge US$ 42.50"
    assert till.checkout.charged == []


def test_no_connection_switches_charge_off_until_it_is_back(desk):
    desk.press("4250")
    desk.events.connection_changed.emit(ConnectionChanged("citcon_chop", False, False))
    assert desk.reason == "No connection to Citcon"
    assert desk.button("sellStatus", QWidget).isVisible()
    desk.press("5", ENTER)
    assert desk.till.checkout.charged == []
    assert desk.cart.total == Money(42505, "USD")
    desk.events.connection_changed.emit(ConnectionChanged("citcon_chop", True, True))
    assert desk.charge.isEnabled()
    assert not desk.button("sellStatus", QWidget).isVisible()


def test_a_ledger_that_cannot_be_written_charges_nothing_and_loses_nothing(desk):
    desk.till.checkout.trouble = DiskFullError("database or disk is full")
    desk.press("4250", ENTER)
    assert desk.reason == "This register can’t save sales"
    assert desk.cart.total == Money(4250, "USD")
    desk.button("sellDetailsButton").click()
    details = desk.button("sellErrorDetails", QLabel)
    assert details.isVisible()
    assert details.text() == "database or disk is full"
    desk.button("sellRetryButton").click()
    assert desk.charge.isEnabled()


def test_a_refusal_is_told_in_a_sentence_and_keeps_what_was_keyed(desk):
    desk.till.checkout.trouble = AmountError("too long")
    desk.press("4250", ENTER)
    assert desk.button("sellStatus", QWidget).title == "This amount can’t be charged."
    assert desk.cart.total == Money(4250, "USD")
    desk.press("1")
    assert not desk.button("sellStatus", QWidget).isVisible()


def test_a_shift_that_was_closed_meanwhile_is_asked_for(desk):
    desk.till.checkout.trouble = NoShiftError("No shift is open.")
    desk.press("4250", ENTER)
    assert desk.charge.text() == "Open a shift to start selling"


def test_charge_is_off_from_the_first_press_to_the_answer(desk):
    desk.press("4250")
    desk.background.is_held = True
    desk.press(ENTER, ENTER, ENTER)
    assert not desk.charge.isEnabled()
    desk.background.work()
    assert len(desk.till.checkout.charged) == 1


def test_charge_says_what_it_waits_for_only_when_that_takes_long(desk, qtbot):
    desk.press("4250")
    desk.background.is_held = True
    desk.press(ENTER)
    assert desk.reason == "with Alipay"
    qtbot.waitUntil(lambda: desk.reason == "One moment")


# Questions


def test_from_the_limit_on_it_asks_and_enter_means_change(desk):
    desk.press("200000", ENTER)
    assert desk.dialog.objectName() == "largeAmountDialog"
    desk.answer("changeAmountButton")
    assert desk.till.checkout.charged == []
    assert desk.charge.isEnabled()
    desk.press(ENTER)
    desk.answer("confirmLargeChargeButton")
    assert len(desk.till.checkout.charged) == 1


def test_below_the_limit_it_does_not_ask(desk):
    desk.press("199999", ENTER)
    assert desk.dialog is None
    assert len(desk.till.checkout.charged) == 1


class TestSameAmountAgain:
    """The same amount as a charge that may still take this customer's money."""

    @pytest.fixture
    def asked(self, desk):
        desk.till.payments.charges[7] = replace(
            waiting_charge(Money(4250, "USD"), charge_id=7), created_at=AT
        )
        desk.till.checkout.trouble = ChargeStillOpenError(7, "T1-2507120087-K7QX")
        desk.press("4250", ENTER)
        return desk

    def text(self, desk):
        return [label.text() for label in desk.dialog.findChildren(QLabel)]

    def test_it_names_the_earlier_payment(self, asked):
        local = AT.astimezone().strftime("%H:%M")
        assert (
            f"US$ 42.50 by Alipay at {local} has no answer yet. Charging the same customer "
            "again could take the money twice."
        ) in self.text(asked)

    def test_going_to_that_payment_charges_nothing(self, qtbot, asked):
        with qtbot.waitSignal(asked.page.payment_requested, timeout=1_000) as wanted:
            asked.answer("goToOpenPaymentButton")
        assert wanted.args == [7]
        assert len(asked.till.checkout.charged) == 1
        assert asked.charge.isEnabled()

    def test_a_different_customer_is_charged(self, qtbot, asked):
        with qtbot.waitSignal(asked.page.charge_started, timeout=1_000):
            asked.answer("differentCustomerButton")
        assert [is_other for *_, is_other in asked.till.checkout.charged] == [False, True]

    def test_closing_it_charges_nothing(self, asked):
        asked.dialog.dismiss()
        assert len(asked.till.checkout.charged) == 1
        assert asked.charge.isEnabled()

    def test_a_payment_of_another_till_is_named_by_its_reference(self, desk):
        desk.till.checkout.trouble = ChargeStillOpenError(99, "T2-2507120087-K7QX")
        desk.press("4250", ENTER)
        assert any("T2-0087" in text for text in self.text(desk))


def test_clearing_is_undone_from_the_toast(qtbot, desk):
    desk.press("100+200")
    with qtbot.waitSignal(desk.page.action_toast_requested, timeout=1_000) as toast:
        desk.button("clearSaleButton").click()
    assert desk.cart.is_empty
    text, words, undo = toast.args
    assert (text, words) == ("Sale cleared", "Undo")
    undo()
    assert desk.cart.total == Money(300, "USD")


def test_undo_does_not_overwrite_the_next_sale(qtbot, desk):
    desk.press("100+")
    with qtbot.waitSignal(desk.page.action_toast_requested, timeout=1_000) as toast:
        desk.button("clearSaleButton").click()
    desk.press("7")
    toast.args[2]()
    assert desk.cart.total == Money(7, "USD")


def test_escape_asks_before_it_clears_lines(desk):
    desk.press("100+", ESCAPE)
    assert desk.dialog.objectName() == "clearSaleDialog"
    desk.answer("keepSaleButton")
    assert desk.cart.total == Money(100, "USD")
    desk.press(ESCAPE)
    desk.answer("confirmClearSaleButton")
    assert desk.cart.is_empty


def test_a_note_is_kept_with_the_sale(desk):
    desk.button("noteButton").click()
    desk.button("noteEdit", QLineEdit).setText("gift wrap")
    desk.answer("saveNoteButton")
    desk.press("100", ENTER)
    assert desk.till.checkout.charged[0][0].note == "gift wrap"


# After the charge


@pytest.mark.parametrize("ending", ["paid", "put_aside", "stopped"])
def test_the_sale_goes_when_its_charge_is_paid_or_lives_on_alone(desk, ending):
    desk.press("4250", ENTER)
    before = waiting_charge(Money(4250, "USD"))
    endings = {
        "paid": replace(before, status=before.status.PAID),
        "put_aside": replace(before, put_aside_at=AT),
        "stopped": replace(before, stopped_at=AT),
    }
    desk.events.charge_changed.emit(ChargeChanged(before, endings[ending]))
    assert desk.cart.is_empty


def test_another_charge_does_not_touch_the_sale(desk):
    desk.press("4250", ENTER)
    other = waiting_charge(Money(100, "USD"), charge_id=2)
    paid = replace(other, status=other.status.PAID)
    desk.events.charge_changed.emit(ChargeChanged(other, paid))
    assert desk.cart.total == Money(4250, "USD")


def test_a_sale_taken_back_is_charged_as_itself_while_it_is_unchanged(desk):
    desk.press("4250", ENTER)
    sale = replace(desk.till.checkout.charged[0][0], id=9)
    desk.page.start_new_sale()
    desk.page.reopen_sale(sale, PaymentMethod.WECHATPAY)
    assert desk.chosen() == ["wechatpay"]
    desk.press(ENTER)
    assert desk.till.checkout.charged[1][0].id == 9
    desk.page.shown()  # after the payment's page
    desk.press("1+", ENTER)
    assert desk.till.checkout.charged[2][0].id == 0


def test_a_sale_is_charged_again_under_its_record_and_not_before_its_page_was_left(desk):
    desk.press("4250", ENTER, ENTER)
    assert len(desk.till.checkout.charged) == 1
    desk.page.shown()
    desk.press(ENTER)
    assert desk.till.checkout.charged[1][0].id == desk.cart.sale_id != 0


def test_the_cart_stays_when_somebody_else_signs_in(desk):
    desk.press("100+")
    desk.page.set_person(replace(MEI_LIN, id=2))
    desk.press(ENTER)
    assert desk.till.checkout.charged[0][2] == 2


# Items and layout


def test_items_are_searched_and_a_barcode_in_the_field_adds_one(qtbot, desk):
    desk.button("entryModeItems").click()
    field = desk.button("itemSearchEdit", QLineEdit)
    field.setText("cup")
    assert [tile.item for tile in desk.items._tiles] == [CUP]
    field.setText(TEA.barcode)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.cart.total == TEA.price
    assert field.text() == ""


def test_a_store_without_items_says_where_they_come_from(qtbot):
    desk = Desk(qtbot, FakeTill(catalogue=FakeCatalogue(shown=())))
    desk.button("entryModeItems").click()
    words = [label.text() for label in desk.items.findChildren(QLabel)]
    assert "No items yet. A manager can add them in Settings." in words


def test_narrow_folds_the_sale_and_keeps_charge_on_the_screen(qtbot, desk):
    desk.press("4250")
    desk.page.set_narrow(True)
    sale = desk.button("saleCard", QWidget)
    assert not sale.isVisible()
    qtbot.waitUntil(desk.charge.isVisible, timeout=2_000)
    desk.button("showSaleButton").click()
    assert sale.isVisible()
    desk.page.set_narrow(False)
    assert sale.isAncestorOf(desk.charge)
    assert sale.isVisible()


def test_everything_to_press_has_a_name_and_is_large_enough(desk, qapp):
    theme.apply(qapp, theme.Look())
    desk.page._desk.add_item(TEA)
    desk.press(UP)
    buttons = [*desk.page.findChildren(QPushButton), *desk.page.findChildren(QToolButton)]
    for one in buttons:
        if one.isVisible() and not one.objectName().startswith("entryMode"):  # 48 with its frame
            assert one.accessibleName(), one.objectName()
            assert min(one.width(), one.height()) >= 48, one.objectName()


def test_a_second_press_meant_for_the_page_before_charges_nothing(qtbot):
    desk = Desk(qtbot, FakeTill())
    desk.press("425")
    desk.page.hide()
    desk.page.show()
    qtbot.mouseClick(desk.charge, Qt.MouseButton.LeftButton)
    assert is_held(desk.window)
    assert desk.till.checkout.charged == []
    qtbot.waitUntil(lambda: not is_held(desk.window))
    qtbot.mouseClick(desk.charge, Qt.MouseButton.LeftButton)
    assert len(desk.till.checkout.charged) == 1


def test_an_empty_sale_holds_no_key_back(qtbot):
    desk = Desk(qtbot, FakeTill())
    desk.page.hide()
    desk.page.show()
    assert not is_held(desk.window)
