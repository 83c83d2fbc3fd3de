"""The payment page: states, keys, questions, and what it asks of the services."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_app.domain.errors import ChargeStillOpenError, DiskFullError
from pos_app.domain.methods import PaymentMethod
from pos_app.services.payment_view import CODE_ON_SCREEN, Screen
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.qr_code import QrCode
from tests.fakes.payment_desk import PaymentDesk
from tests.fakes.payments import LaterBackground, charge, view

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER, ESCAPE, F5 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F5


def desk_in(qtbot, state, **options):
    desk = PaymentDesk(qtbot, view(state), **options)
    desk.settle()
    return desk


@pytest.mark.parametrize("state", Screen)
def test_the_banner_carries_every_state(qtbot, state):
    desk = desk_in(qtbot, state)
    banner = desk.page.findChild(QWidget, "paymentStatus")
    assert banner.property("state") == state.value


@pytest.mark.parametrize("state", Screen)
def test_the_code_is_on_the_screen_exactly_while_it_may_be_paid(qtbot, state):
    desk = desk_in(qtbot, state)
    painted = [code for code in desk.window.findChildren(QrCode) if code.text is not None]
    assert [code.isVisible() for code in painted] == [True] * (state in CODE_ON_SCREEN)


@pytest.mark.parametrize(
    "state", [Screen.UNKNOWN, Screen.EXPIRED, Screen.CANCELLING, Screen.PAID, Screen.LAST_CHECK]
)
def test_the_code_goes_the_moment_it_is_not_payable(qtbot, state):
    desk = desk_in(qtbot, Screen.WAITING)
    desk.press(Qt.Key.Key_B, CONTROL)
    assert desk.find("bigCodeView") is not None
    desk.become(view(state))
    assert all(code.text is None for code in desk.window.findChildren(QrCode))
    assert desk.find("bigCodeView") is None


def test_a_code_in_the_making_is_drawn_when_its_page_comes_up(qtbot):
    desk = desk_in(qtbot, Screen.CANCELLED)
    desk.page.hide()
    desk.till.payments.shown = view(Screen.CREATING)
    desk.page.show_charge(desk.till.payments.shown.charge.id)
    banner = desk.page.findChild(QWidget, "paymentStatus")
    assert desk.page.awaits_code
    assert desk.page.holds_frame
    desk.page.show()
    desk.page.shown()
    assert banner.property("state") == Screen.CREATING.value


def test_a_code_that_comes_before_its_page_is_drawn_at_once(qtbot):
    desk = desk_in(qtbot, Screen.CANCELLED)
    desk.page.hide()
    desk.till.payments.shown = view(Screen.CREATING)
    desk.page.show_charge(desk.till.payments.shown.charge.id)
    desk.become(view(Screen.WAITING))
    banner = desk.page.findChild(QWidget, "paymentStatus")
    assert banner.property("state") == Screen.WAITING.value
    assert desk.page.findChild(QrCode, "qrCode").text is not None


@pytest.mark.parametrize("state", Screen)
@pytest.mark.parametrize(("size", "is_training"), [((1366, 768), False), ((1366, 690), True)])
def test_every_state_fits_and_no_button_is_cut(qtbot, state, size, is_training):
    shown = view(state, is_training=is_training)
    desk = PaymentDesk(qtbot, shown, size, is_training=is_training)
    for button in desk.page.findChildren(ActionButton):
        if button.isVisible():
            place = button.mapTo(desk.page, button.rect().bottomRight())
            assert place.y() < desk.page.height(), button.objectName()
            assert place.x() < desk.page.width(), button.objectName()
            assert button.height() >= 48


@pytest.mark.parametrize("state", Screen)
def test_every_visible_button_has_a_name_for_assistive_tools(qtbot, state):
    desk = desk_in(qtbot, state)
    for button in desk.page.findChildren(ActionButton):
        if button.isVisible():
            assert button.objectName()
            assert button.accessibleName()


def test_a_fresh_charge_is_sent_once_and_its_code_shown(qtbot):
    desk = PaymentDesk(qtbot, view(Screen.CREATING), after=view(Screen.WAITING))
    assert desk.till.checkout.asked == [("send", 87)]
    assert desk.find("qrCode", QrCode).text == view().code
    assert desk.page.findChild(QWidget, "paymentStatus").property("state") == "waiting"


def test_an_earlier_charge_is_opened_and_not_sent(qtbot):
    desk = PaymentDesk(qtbot, view(Screen.CREATE_LOST))
    assert desk.till.checkout.asked == []
    assert desk.asked == [("open", 87)]


def test_the_placeholder_appears_only_after_patience(qtbot):
    desk = PaymentDesk(qtbot, view(Screen.CREATING))
    code = desk.page.findChild(QrCode, "qrCode")
    assert not code._is_placeholder
    qtbot.waitUntil(lambda: code._is_placeholder, timeout=2_000)


def test_keys_check_and_put_aside(qtbot):
    desk = desk_in(qtbot, Screen.WAITING)
    assert desk.press(F5)
    assert desk.press(ENTER)  # the primary action of waiting is Check now
    assert desk.press(Qt.Key.Key_D, CONTROL)
    assert desk.commands() == ["check_now", "check_now", "put_aside"]
    assert desk.new_sales == [True]


def test_escape_asks_and_never_cancels_at_once(qtbot):
    desk = desk_in(qtbot, Screen.WAITING)
    desk.press(ESCAPE)
    assert desk.dialog.objectName() == "cancelConfirmDialog"
    assert desk.dialog.safe_answer == "keep"
    desk.dialog.dismiss()
    assert desk.commands() == []
    assert "Cancel payment" in desk.buttons()


def test_a_confirmed_cancel_is_asked_for(qtbot):
    desk = desk_in(qtbot, Screen.WAITING)
    desk.press(ESCAPE)
    desk.dialog.answer("cancel")
    assert desk.commands() == ["cancel"]


def test_what_cannot_be_cancelled_is_stopped(qtbot):
    desk = PaymentDesk(qtbot, view(Screen.WAITING, PaymentMethod.GCASH))
    desk.settle()
    desk.press(ESCAPE)
    assert desk.dialog.objectName() == "stopConfirmDialog"
    desk.dialog.answer("stop")
    assert desk.commands() == ["stop"]


@pytest.mark.parametrize("state", [Screen.PAID, Screen.EXPIRED, Screen.UNKNOWN, Screen.NO_ANSWER])
def test_a_result_never_waits_behind_the_question(qtbot, state):
    desk = desk_in(qtbot, Screen.WAITING)
    desk.press(ESCAPE)
    desk.become(view(state))
    assert desk.dialog is None
    assert desk.commands()[:1] != ["cancel"]


def test_the_question_stays_while_it_still_applies(qtbot):
    desk = desk_in(qtbot, Screen.WAITING)
    desk.press(ESCAPE)
    desk.become(view(Screen.WAITING_LOW))
    assert desk.dialog is not None


def test_cancelling_needs_a_connection(qtbot):
    desk = desk_in(qtbot, Screen.NO_ANSWER)
    button = desk.find("cancelPaymentButton", ActionButton)
    assert not button.isEnabled()
    assert button.sub == "Needs a connection"
    assert not desk.press(ESCAPE)
    desk.become(view(Screen.WAITING))
    assert button.isEnabled()


def test_a_late_enter_does_not_answer_a_new_state(qtbot):
    desk = desk_in(qtbot, Screen.WAITING)
    desk.become(view(Screen.EXPIRED))
    assert desk.press(ENTER)
    desk.click("newCodeButton")
    assert desk.till.checkout.asked == []
    desk.settle()
    desk.press(ENTER)
    assert [what for what, *_ in desk.till.checkout.asked][:1] == ["charge"]


def test_a_button_switches_itself_off_at_the_first_press(qtbot):
    desk = desk_in(qtbot, Screen.CANCELLED)
    desk.till.payments.sale_of = lambda charge_id: pytest.fail("asked twice") if desk.sales else 1
    desk.click("backToSaleButton")
    assert not desk.find("backToSaleButton", ActionButton).isEnabled()
    assert desk.sales == [1]
    desk.press(ENTER)


def test_a_new_code_is_a_new_charge_for_the_same_sale_and_method(qtbot):
    desk = desk_in(qtbot, Screen.EXPIRED)
    desk.click("newCodeButton")
    assert desk.till.checkout.asked[0] == ("charge", 5, PaymentMethod.ALIPAY, 1)
    assert desk.page.charge_id == 88


def test_a_new_code_that_may_be_a_second_payment_goes_to_the_sell_page(qtbot):
    desk = desk_in(qtbot, Screen.EXPIRED)

    def refuse(*_args, **_more):
        raise ChargeStillOpenError(3, "HSG1-0003")

    desk.till.checkout.charge = refuse
    desk.click("newCodeButton")
    assert [sale.id for sale in desk.sales] == [5]


@pytest.mark.parametrize(
    ("state", "button", "is_left"),
    [
        (Screen.CREATE_UNREACHABLE, "backToSaleButton", True),
        (Screen.CREATE_LOST, "backToSaleButton", True),
        (Screen.CREATE_REFUSED, "otherMethodButton", False),
        (Screen.DECLINED, "otherMethodButton", False),
        (Screen.CANCELLED_PAID, "backToSaleButton", False),
    ],
)
def test_the_sale_goes_back_and_an_unsent_charge_is_left(qtbot, state, button, is_left):
    desk = desk_in(qtbot, state)
    desk.click(button)
    assert [sale.id for sale in desk.sales] == [5]
    assert (("leave", 87) in desk.till.checkout.asked) == is_left


def test_trying_again_sends_the_same_charge(qtbot):
    desk = desk_in(qtbot, Screen.CREATE_UNREACHABLE)
    desk.press(ENTER)
    assert desk.till.checkout.asked == [("send", 87)]


def test_ending_the_sale_starts_a_new_one(qtbot):
    desk = desk_in(qtbot, Screen.DECLINED)
    desk.click("endSaleButton")
    assert desk.new_sales == [True]


def test_details_show_and_copy_what_the_gateway_said(qtbot, qapp):
    desk = desk_in(qtbot, Screen.CREATE_REFUSED)
    details = desk.find("errorDetails")
    assert details.text.startswith("1004 parameter error")
    assert "HSG1-2507120087-K7QX" in details.text
    assert desk.find("copyDetailsButton") is None
    details._toggle.click()
    desk.find("copyDetailsButton").click()
    assert qapp.clipboard().text() == details.text


def test_a_command_that_fails_is_told_and_can_be_tried_again(qtbot):
    desk = desk_in(qtbot, Screen.WAITING)
    desk.till.payments.answers["put_aside"] = DiskFullError("no space left on device")
    desk.click("putAsideButton")
    assert desk.find("paymentTroubleTitle").text() == "This PC’s disk is full."
    assert "Put aside" in desk.buttons()
    assert desk.new_sales == []


def test_each_sound_is_played_once_for_a_payment(qtbot):
    desk = desk_in(qtbot, Screen.WAITING)
    desk.become(view(Screen.UNKNOWN))
    desk.become(view(Screen.WAITING))
    desk.become(view(Screen.UNKNOWN))
    desk.become(view(Screen.PAID))
    desk.page.show_charge(87)
    assert desk.sounds == ["attention", "paid"]


def test_news_of_another_payment_change_nothing(qtbot):
    desk = desk_in(qtbot, Screen.WAITING)
    other = view(Screen.PAID, charge=charge(Screen.PAID, id=86))
    desk.events.asked.emit(86)
    desk.till.payments.view = lambda charge_id: other if charge_id == 86 else view()
    desk.become(other)
    assert desk.page.findChild(QWidget, "paymentStatus").property("state") == "waiting"


@pytest.mark.parametrize("answer", [view(Screen.WAITING), DiskFullError("no space left")])
def test_what_comes_late_for_an_earlier_payment_is_dropped(qtbot, answer):
    later = LaterBackground()
    desk = PaymentDesk(qtbot, view(Screen.WAITING), background=later)
    desk.settle()
    later.run_all()
    desk.till.payments.answers["put_aside"] = answer
    desk.click("putAsideButton")
    desk.till.payments.shown = view(Screen.WAITING, charge=charge(id=90))
    desk.page.show_charge(90)
    later.run_all()
    assert ("put_aside", 87) in desk.asked
    assert desk.new_sales == []
    assert desk.find("paymentTrouble") is None


def test_the_frame_is_held_until_nothing_is_left_to_decide(qtbot):
    desk = desk_in(qtbot, Screen.WAITING)
    assert desk.page.holds_frame
    assert desk.page.keeps_awake
    desk.become(view(Screen.STOPPED))
    assert not desk.page.holds_frame
    assert not desk.page.keeps_awake
    desk.become(view(Screen.EXPIRED))
    assert desk.page.holds_frame


def test_leaving_the_page_lets_go_of_the_payment(qtbot):
    desk = desk_in(qtbot, Screen.WAITING)
    desk.page.hidden()
    assert ("close", 87) in desk.asked
    assert desk.page.charge_id == 0
    assert desk.page.findChild(QrCode, "qrCode").text is None
    assert not desk.page._timer.isActive()


def test_the_primary_button_has_the_focus(qtbot):
    desk = desk_in(qtbot, Screen.EXPIRED)
    desk.page.focus_first()
    assert desk.page._stage.primary.objectName() == "newCodeButton"


def test_checked_says_how_old_the_knowledge_is(qtbot):
    desk = desk_in(qtbot, Screen.WAITING)
    assert desk.find("lastCheckLabel").text() == "Checked 1 s ago"


def test_escape_closes_the_large_code_before_anything_else(qtbot):
    desk = desk_in(qtbot, Screen.WAITING)
    desk.click("showLargerButton")
    assert desk.find("bigQrCode", QrCode).text == view().code
    desk.press(ESCAPE)
    assert desk.find("bigCodeView") is None
    assert desk.dialog is None
