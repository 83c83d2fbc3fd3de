"""The training strip: there only in training, tells the desk, opens the customer's page."""

import pytest
from PySide6.QtGui import QDesktopServices

from pos_app.domain.errors import PosAppError
from pos_app.domain.methods import PaymentMethod
from pos_app.services.payment_view import Screen
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.training_strip import CustomerAct
from tests.fakes.payment_desk import PaymentDesk
from tests.fakes.payments import CODE, view


def training_desk(qtbot, state=Screen.WAITING, method=PaymentMethod.ALIPAY):
    return PaymentDesk(qtbot, view(state, method, is_training=True), is_training=True)


def test_it_is_not_there_outside_training(qtbot):
    assert PaymentDesk(qtbot, view()).find("simulatorPanel") is None


@pytest.mark.parametrize(
    ("button", "act"),
    [
        ("simPay", "pay"),
        ("simDecline", "decline"),
        ("simExpire", "expire"),
        ("simNetworkDrop", "drop_network"),
        ("simLoseAnswer", "lose_answer"),
        ("simPayAfterCancel", "pay_after_cancel"),
    ],
)
def test_each_button_lets_the_customer_do_it(qtbot, button, act):
    desk = training_desk(qtbot)
    desk.click(button)
    assert desk.till.training.acts == [(act, 87)]


def test_there_is_a_button_for_every_act(qtbot):
    desk = training_desk(qtbot)
    assert all(desk.find(act.value) is not None for act in CustomerAct)


def test_nothing_can_happen_before_there_is_a_code(qtbot):
    desk = training_desk(qtbot, Screen.CREATE_LOST)
    assert not any(desk.find(act.value).isEnabled() for act in CustomerAct)


def test_what_cannot_be_cancelled_cannot_be_paid_after_a_cancel(qtbot):
    desk = training_desk(qtbot, method=PaymentMethod.GCASH)
    assert not desk.find("simPayAfterCancel").isEnabled()
    assert desk.find("simPay").isEnabled()


def test_it_goes_when_the_payment_is_paid(qtbot):
    desk = training_desk(qtbot)
    desk.become(view(Screen.PAID, is_training=True))
    assert desk.find("simulatorPanel") is None


def test_the_customers_page_is_opened_in_the_browser(qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    training_desk(qtbot).find("simOpenPage").click()
    assert opened == [CODE]


def test_a_simulator_that_does_not_answer_is_told(qtbot):
    desk = training_desk(qtbot)

    def fail(charge_id):
        raise PosAppError("The simulator doesn't answer.")

    desk.till.training.pay = fail
    desk.click("simPay")
    assert desk.find("paymentTrouble") is not None
    assert desk.find("simPay", ActionButton).isEnabled()


def test_the_badge_stands_beside_the_code_and_never_on_it(qtbot):
    desk = training_desk(qtbot)
    code, badge = desk.find("qrCode"), desk.page._stage.panel.scan._badge
    place = badge.mapTo(desk.window, badge.rect().topLeft())
    assert badge.isVisible()
    assert not code.rect().contains(code.mapFrom(desk.window, place))


@pytest.mark.parametrize("height", [720, 642])
def test_the_code_is_large_and_centred_or_in_line_with_what_stands_beside_it(qtbot, height):
    desk = PaymentDesk(qtbot, view(is_training=True), size=(1366, height), is_training=True)
    scan = desk.page._stage.panel.scan
    code = desk.find("qrCode")
    qtbot.waitUntil(lambda: code.module_px() == 8)
    badge, larger = scan._badge.geometry(), scan.larger.geometry()
    frame = code.geometry().translated(scan._stack.pos())
    if height == 720:
        assert frame.center().x() == pytest.approx(scan.width() / 2, abs=1)
        assert badge.center().y() == pytest.approx(larger.center().y(), abs=1)
    else:
        assert (badge.top(), larger.bottom()) == (frame.top(), frame.bottom())
