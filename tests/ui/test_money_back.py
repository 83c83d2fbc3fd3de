"""Opening the refund dialogs, and a refund through the real window, services and simulator."""

from types import SimpleNamespace

import httpx
import pytest
from PySide6.QtCore import Qt

from pos_app.compose import Parts
from pos_app.domain.advice import Why
from pos_app.domain.errors import DiskFullError
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine
from pos_app.ui.pages.money_back import MoneyBack
from pos_app.ui.widgets.dialog import open_dialog
from tests.fakes.money_back import advice, standing
from tests.fakes.money_back_desk import MoneyBackDesk
from tests.fakes.running_simulator import running_simulator
from tests.fakes.till import CHEAP
from tests.fakes.whole_window import whole_window

MANAGER = ("Priya", "999999")


@pytest.fixture
def desk(qapp, qtbot):
    return MoneyBackDesk(qtbot)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Why.ALL_REFUNDED, "All of this payment has been refunded."),
        (Why.NOT_PAID, "This payment isn’t known to be paid."),
        (
            Why.HELD_BACK,
            "What is left of this payment may have gone back already. Find that out first.",
        ),
    ],
)
def test_nothing_to_refund_says_why_and_opens_nothing(desk, why, words):
    desk.refunding.shown = standing("126.00")
    desk.refunding.advised = advice(why)
    desk.money_back.refund(85)
    assert desk.dialog is None
    assert desk.toasts == [words]


def test_what_cannot_be_cancelled_any_more_says_so(desk):
    desk.money_back.cancel_paid(85)
    assert desk.dialog is None
    assert desk.toasts == ["Too late to cancel. Use Refund instead."]


def test_a_ledger_that_cannot_be_read_is_told(desk):
    def standing_of(charge_id):
        raise DiskFullError("The disk is full.")

    desk.till.refunding = SimpleNamespace(standing=standing_of)
    desk.money_back.refund(85)
    assert desk.toasts[0].startswith("This PC’s disk is full.")
    desk.till.refunding = desk.refunding
    desk.money_back.refund(85)
    assert desk.dialog is not None


def test_two_presses_open_one_dialog(desk):
    desk.background.is_held = True
    desk.money_back.refund(85)
    desk.money_back.refund(85)
    desk.finish()
    assert desk.dialog is not None
    assert len(desk.window.findChildren(type(desk.dialog))) == 1


@pytest.fixture
def simulator():
    with running_simulator() as running:
        yield running


@pytest.fixture
def shop(qtbot, tmp_path, simulator):
    """A signed-in window, a payment of US$ 42.50, and what the Transactions page will do."""
    address = {"POS_APP_CITCON_CHOP_BASE_URL": f"{simulator.url}/"}
    with whole_window(qtbot, tmp_path, parts=Parts(hasher=CHEAP), **address) as whole:
        whole.press(*"1111")
        whole.wait(lambda: whole.page == "sellPage")
        yield Shop(whole, simulator)


class Shop:
    """The window with one paid payment to give back."""

    def __init__(self, whole, simulator):
        self.whole, self.till, self.simulator = whole, whole.till, simulator
        cashier = self.till.people.everyone()[0]
        sale = Sale((SaleLine("", 1, Money.parse("42.50", "USD")),))
        made = self.till.checkout.charge(sale, PaymentMethod.ALIPAY, cashier.id)
        self.charge = self.till.checkout.send(made.id)
        self.till.payments.check_now(self.charge.id)
        self.till.training.pay(self.charge.id)
        whole.wait(lambda: self.till.payments.check_now(self.charge.id).charge.is_paid)
        self.money_back = MoneyBack(whole.window.page)
        self.money_back.connect_till(self.till, whole.window.background)
        self.money_back.tell_person(cashier)
        self.settling = []
        self.money_back.settle_wanted.connect(self.settling.append)

    def open(self, what):
        what(self.charge.id)
        self.whole.wait(lambda: open_dialog(self.whole.window) is not None)
        self.wait_until_keys_count()

    def wait_until_keys_count(self):
        self.whole.wait(lambda: not open_dialog(self.whole.window)._guard.is_holding)

    def wait_for(self, state):
        self.whole.wait(lambda: self.whole.find("refundMessage") is not None)
        message = self.whole.find("refundMessage")
        self.whole.wait(lambda: message.property("state") == state)
        self.wait_until_keys_count()

    def standing(self):
        shown = self.till.refunding.standing(self.charge.id)
        return shown.refunded.plain, shown.held_back.plain, shown.refundable.plain

    def returned_at_the_gateway(self):
        """Minor units of each refund that the gateway has really carried out."""
        path = f"{self.simulator.url}/simulator/transactions"
        answer = httpx.get(path, params={"reference": self.charge.reference}, trust_env=False)
        (payment,) = answer.raise_for_status().json()["transactions"]
        return [one["amount"] for one in payment["refunds"]]

    def figures(self):
        names = ("refundPaidLabel", "refundedSoFarLabel", "refundableAmountLabel")
        return tuple(self.whole.find(name).text() for name in names)


def test_keys_alone_refund_a_part_and_the_rest(shop):
    for keys, left in (("1250", "30.00"), ("3000", "0.00")):
        shop.open(shop.money_back.refund)
        shop.whole.press(*keys, Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return)
        shop.whole.press(*MANAGER[1], Qt.Key.Key_Return, Qt.Key.Key_Return)
        shop.wait_for("refundDone")
        shop.whole.wait(lambda left=left: shop.figures()[2] == left)
        shop.whole.press(Qt.Key.Key_Return)
        shop.whole.wait(lambda: open_dialog(shop.whole.window) is None)
    assert shop.standing() == ("42.50", "0.00", "0.00")


def test_the_mouse_alone_cancels_the_whole(shop):
    shop.open(shop.money_back.cancel_paid)
    shop.whole.click("refundReason_chargedTwice")
    for digit in MANAGER[1]:
        shop.whole.click(f"refundPadButton_{digit}")
    shop.whole.click("confirmCancelPaidButton")
    shop.wait_for("refundDone")
    assert shop.standing() == ("42.50", "0.00", "0.00")


def lose_the_answer(shop):
    """Refund all of it while the answer gets lost on its way back."""
    shop.open(shop.money_back.refund)
    shop.whole.click("simRefundLoseAnswer")
    shop.whole.wait(lambda: shop.whole.find("simRefundLoseAnswer").isChecked())
    shop.whole.click("refundAllButton")
    shop.whole.click("refundReason_returned")
    shop.whole.click("managerPinEdit")
    shop.whole.press(*MANAGER[1])
    shop.whole.click("confirmRefundButton")
    shop.wait_for("refundUnknown")


def test_a_lost_answer_is_held_back_and_can_be_settled(shop):
    lose_the_answer(shop)
    assert shop.standing() == ("0.00", "42.50", "0.00")
    shop.whole.wait(lambda: shop.figures()[2] == "0.00")
    shop.whole.click("settleRefundButton")
    assert shop.settling == [shop.charge.id]


def test_a_lost_answer_is_found_by_checking_and_nothing_goes_out_twice(shop):
    lose_the_answer(shop)
    shop.whole.click("checkRefundButton")
    shop.wait_for("refundDone")
    assert shop.standing() == ("42.50", "0.00", "0.00")
    assert shop.returned_at_the_gateway() == [4250]


def test_no_balance_moves_nothing_and_asks_again(shop):
    shop.open(shop.money_back.refund)
    shop.whole.click("simRefundNoBalance")
    shop.whole.wait(lambda: shop.whole.find("simRefundNoBalance").isChecked())
    shop.whole.press(*"1000", Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return)
    shop.whole.press(*MANAGER[1], Qt.Key.Key_Return, Qt.Key.Key_Return)
    shop.wait_for("refundNoBalance")
    assert shop.standing() == ("0.00", "0.00", "42.50")
    shop.whole.press(Qt.Key.Key_Return)
    shop.whole.wait(lambda: shop.whole.find("refundAmountEdit") is not None)
    assert shop.whole.find("refundAmountEdit").accessibleName() == "Refund amount US$ 10.00"


def test_a_wrong_pin_counts_and_sends_nothing(shop):
    shop.open(shop.money_back.refund)
    shop.whole.press(*"1000", Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return)
    shop.whole.press(*"123456", Qt.Key.Key_Return, Qt.Key.Key_Return)
    shop.whole.wait(lambda: shop.whole.find("managerPinError") is not None)
    assert shop.whole.find("managerPinError").text() == "That PIN isn’t right. 4 tries left."
    assert shop.till.refunding.standing(shop.charge.id).refunds == ()


def test_a_bug_while_sending_is_told_as_unknown_before_anything_else(shop, monkeypatch):
    def breaks(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(shop.till.refunding, "refund", breaks)
    shop.open(shop.money_back.refund)
    shop.whole.press(*"1000", Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return)
    shop.whole.press(*MANAGER[1], Qt.Key.Key_Return, Qt.Key.Key_Return)
    shop.wait_for("refundUnknown")
    shop.whole.press(Qt.Key.Key_Return)
    shop.whole.wait(lambda: shop.whole.find("failureDialog") is not None)
