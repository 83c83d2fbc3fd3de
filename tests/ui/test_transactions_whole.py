"""Transactions in the real window over ledger and simulator: by keys alone, by mouse alone."""

import csv

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from pos_app.compose import Parts
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine
from pos_app.ui.widgets.dialog import open_dialog
from tests.fakes.running_simulator import running_simulator
from tests.fakes.till import CHEAP
from tests.fakes.whole_window import PIN, whole_window

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
MANAGER_PIN = "999999"


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as running:
        yield running


@pytest.fixture
def shop(qtbot, tmp_path, simulator):
    """A signed-in window with one paid payment and one that is still open."""
    address = {"POS_APP_CITCON_CHOP_BASE_URL": f"{simulator.url}/"}
    with whole_window(qtbot, tmp_path, parts=Parts(hasher=CHEAP), **address) as whole:
        whole.press(*PIN)
        whole.wait(lambda: whole.page == "sellPage")
        yield Shop(whole)


class Shop:
    """What a cashier does on the page."""

    def __init__(self, whole):
        self.whole, self.till = whole, whole.till
        self.cashier = self.till.people.everyone()[0]
        self.paid = self.charge("42.50")
        self.till.training.pay(self.paid.id)
        whole.wait(lambda: self.till.payments.check_now(self.paid.id).charge.is_paid)
        self.open = self.charge("18.00", PaymentMethod.WECHATPAY)

    def charge(self, plain, method=PaymentMethod.ALIPAY):
        sale = Sale((SaleLine("", 1, Money.parse(plain, "USD")),), note="Blue bag")
        made = self.till.checkout.charge(sale, method, self.cashier.id, is_other_customer=True)
        charge = self.till.checkout.send(made.id)
        self.till.payments.check_now(charge.id)
        return charge

    @property
    def model(self):
        return self.whole.window.page._model

    def rows(self):
        lines = [self.model.line(row) for row in range(self.model.rowCount())]
        return [(line.row.short_reference, line.amount, line.pill.word) for line in lines if line]

    def listed(self, charge, amount, word):
        return charge.short_reference, amount, word

    def press(self, *keys, held=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            QTest.keyClick(self.whole.window.windowHandle(), key, held)

    def tap_row(self, row):
        table = self.whole.find("transactionsTable")
        place = table.visualRect(self.model.index(row, 0)).center()
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y())
        )

    def wait_until_keys_count(self):
        dialog = open_dialog(self.whole.window)
        self.whole.wait(lambda: not dialog._guard.is_holding)

    def wait_for_refund(self):
        self.whole.wait(lambda: self.whole.find("refundMessage") is not None)
        message = self.whole.find("refundMessage")
        self.whole.wait(lambda: message.property("state") == "refundDone")
        self.wait_until_keys_count()


def test_keys_alone_find_a_payment_and_refund_a_part_of_it(shop):
    shop.press(K.Key_2, held=CONTROL)
    shop.whole.wait(lambda: len(shop.rows()) == 2)
    assert shop.rows() == [
        shop.listed(shop.open, "18.00", "Waiting"),
        shop.listed(shop.paid, "42.50", "Paid"),
    ]
    shop.press(K.Key_F, held=CONTROL)
    shop.whole.press(*"42.5", K.Key_Return)
    shop.whole.wait(lambda: len(shop.rows()) == 1)
    shop.whole.wait(lambda: shop.whole.find("refundButton") is not None)
    shop.press(K.Key_R, held=CONTROL)
    shop.whole.wait(lambda: open_dialog(shop.whole.window) is not None)
    shop.wait_until_keys_count()
    shop.whole.press(*"1250", K.Key_Return, K.Key_Return, K.Key_Return)
    shop.whole.press(*MANAGER_PIN, K.Key_Return, K.Key_Return)
    shop.wait_for_refund()
    shop.whole.press(K.Key_Return)
    shop.whole.wait(lambda: shop.rows() == [shop.listed(shop.paid, "42.50", "Part refunded")])
    shop.whole.wait(lambda: shop.whole.find("refundableLabel").text() == "Can still refund 30.00")
    assert shop.till.refunding.standing(shop.paid.id).refunded.plain == "12.50"


def test_the_mouse_alone_cancels_a_whole_payment_and_prints_its_receipt(shop, tmp_path):
    shop.whole.click("navTransactions")
    shop.whole.wait(lambda: len(shop.rows()) == 2)
    shop.tap_row(1)
    shop.whole.click("detailPrintButton")
    shop.whole.wait(lambda: list(tmp_path.glob("receipts/*.pdf")))
    shop.whole.click("cancelPaidButton")
    shop.whole.wait(lambda: open_dialog(shop.whole.window) is not None)
    shop.wait_until_keys_count()
    shop.whole.click("refundReason_chargedTwice")
    for digit in MANAGER_PIN:
        shop.whole.click(f"refundPadButton_{digit}")
    shop.whole.click("confirmCancelPaidButton")
    shop.wait_for_refund()
    shop.whole.click("closeRefundButton")
    refunded = shop.listed(shop.paid, "42.50", "Refunded")
    shop.whole.wait(lambda: refunded in shop.rows())
    shop.whole.wait(lambda: shop.whole.find("cancelPaidButton") is None)


def test_a_payment_that_comes_meanwhile_is_seen_in_its_row(shop):
    shop.whole.click("navTransactions")
    shop.whole.wait(lambda: len(shop.rows()) == 2)
    shop.tap_row(0)
    shop.whole.wait(lambda: shop.whole.find("openPaymentButton") is not None)
    shop.till.training.pay(shop.open.id)
    shop.whole.wait(lambda: shop.rows()[0][2] == "Paid")
    shop.whole.wait(lambda: shop.whole.find("refundButton") is not None)


def test_an_open_payment_is_opened_from_the_list(shop):
    shop.press(K.Key_2, held=CONTROL)
    shop.whole.wait(lambda: len(shop.rows()) == 2)
    shop.press(K.Key_Down)
    shop.whole.wait(lambda: shop.whole.find("openPaymentButton") is not None)
    shop.press(K.Key_Return)
    shop.whole.wait(lambda: shop.whole.page == "paymentPage")


def test_a_manager_s_pin_lets_a_cashier_export_the_list(shop, tmp_path):
    shop.press(K.Key_2, held=CONTROL)
    shop.whole.wait(lambda: len(shop.rows()) == 2)
    shop.whole.click("exportButton")
    shop.whole.wait(lambda: open_dialog(shop.whole.window) is not None)
    shop.whole.wait(lambda: shop.whole.find("managerPinEdit") is not None)
    shop.wait_until_keys_count()
    shop.whole.press(*MANAGER_PIN)
    shop.whole.click("confirmManagerPinButton")
    find = shop.whole.window.findChild
    shop.whole.wait(lambda: find(QFileDialog, "exportFileDialog") is not None)
    chooser, file = find(QFileDialog, "exportFileDialog"), tmp_path / "list.csv"
    chooser.findChild(QLineEdit, "fileNameEdit").setText(str(file))
    chooser.accept()
    shop.whole.wait(file.exists)
    with file.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["reference"] for row in rows] == [shop.paid.reference, shop.open.reference]
