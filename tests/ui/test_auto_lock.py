"""The till locks by itself when nobody touches it, but never in the middle of something."""

from threading import Event

import pytest
from PySide6.QtCore import Qt

from pos_app.compose import Parts
from pos_app.ui.pages.money_back import MoneyBack
from pos_app.ui.widgets.dialog import open_dialog
from tests.fakes.at_the_till import (
    PRIYAS_PIN,
    RETURN,
    charge,
    come_to_rest,
    dialog_of,
    let_pay,
    sign_in,
)
from tests.fakes.command import NOWHERE
from tests.fakes.refunding_gateway import RefundingGateway
from tests.fakes.till import CHEAP
from tests.fakes.whole_window import whole_window


class SlowGateway(RefundingGateway):
    """Carries a refund out when `may_answer` is set."""

    def __init__(self):
        super().__init__()
        self.is_asked, self.may_answer = Event(), Event()

    def refund(self, charge, amount, reason):
        self.is_asked.set()
        assert self.may_answer.wait(20)
        return super().refund(charge, amount, reason)


@pytest.fixture
def gateway():
    return SlowGateway()


@pytest.fixture
def shown(qtbot, tmp_path, gateway):
    """The window with Mei Lin at it and a payment to give back."""
    parts = Parts(factories=[gateway.factory()], hasher=CHEAP)
    with whole_window(qtbot, tmp_path, parts=parts, POS_APP_CITCON_CHOP_BASE_URL=NOWHERE) as shown:
        sign_in(shown)
        yield shown
        gateway.may_answer.set()


def sell(shown, gateway):
    """Sell something for US$ 42.50 and stay on the page that says Paid."""
    charge_id = charge(shown)
    let_pay(shown, gateway, charge_id)
    return charge_id


def begin_refund(shown, charge_id):
    """Fill a refund of US$ 12.50 in, up to the manager's PIN."""
    money_back = MoneyBack(shown.window.page)
    money_back.connect_till(shown.till, shown.window.background)
    money_back.tell_person(shown.till.people.named("Mei Lin"))
    money_back.refund(charge_id)
    dialog = dialog_of(shown, "refundDialog")
    shown.press(*"1250", RETURN, RETURN, RETURN, *PRIYAS_PIN[:-1])
    return dialog


def sit_idle(shown):
    """As long as it takes; the timer itself is tried in `test_window`."""
    shown.window._on_idle()


def refunds(shown, charge_id):
    return shown.till.refunding.standing(charge_id).refunds


def test_a_half_keyed_refund_is_put_away_and_nothing_is_sent(shown, gateway):
    charge_id = sell(shown, gateway)
    begin_refund(shown, charge_id)
    sit_idle(shown)
    assert shown.window.is_locked
    assert open_dialog(shown.window) is None
    sign_in(shown, 2, "2222")
    assert refunds(shown, charge_id) == ()
    assert gateway.refunds == []


def test_a_refund_that_is_being_sent_keeps_the_till_open_until_its_answer_is_told(shown, gateway):
    charge_id = sell(shown, gateway)
    begin_refund(shown, charge_id)
    shown.press(PRIYAS_PIN[-1], RETURN, RETURN)
    shown.wait(gateway.is_asked.is_set)
    sit_idle(shown)
    assert not shown.window.is_locked
    gateway.may_answer.set()
    shown.wait(lambda: shown.find("refundMessage"))
    message = shown.find("refundMessage")
    shown.wait(lambda: message.property("state") == "refundDone")
    come_to_rest(shown)
    sit_idle(shown)
    assert shown.window.is_locked
    assert len(refunds(shown, charge_id)) == 1


def test_a_payment_that_is_open_keeps_it_open_and_a_paid_one_does_not(shown, gateway):
    charge_id = charge(shown)
    sit_idle(shown)
    assert shown.page == "paymentPage"
    let_pay(shown, gateway, charge_id)
    sit_idle(shown)
    assert shown.window.is_locked
    sign_in(shown, 2, "2222")
    assert shown.find("saleLine_1") is None  # it is paid: nobody may charge it again


def test_a_question_is_answered_with_the_safe_answer(shown):
    shown.press(*"4250", Qt.Key.Key_Plus, Qt.Key.Key_Escape)
    dialog = open_dialog(shown.window)
    answers = []
    dialog.answered.connect(answers.append)
    sit_idle(shown)
    assert shown.window.is_locked
    assert answers == [dialog.safe_answer]
    sign_in(shown, 2, "2222")
    assert shown.find("saleLine_1") is not None
