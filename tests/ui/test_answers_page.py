"""The list of payments that need an answer."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from pos_app.domain.charges import Attention
from pos_app.domain.errors import DatabaseReadOnlyError
from pos_app.domain.events import ChargeChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.services.payment_view import Screen
from pos_app.services.printing import PrintResult
from pos_app.ui.background import EventBridge
from pos_app.ui.pages.answers import AnswersPage
from tests.fakes.payment_desk import MEI_LIN
from tests.fakes.payments import FakePaymentTill, InlineBackground, answer_row, charge, view

CONTROL = Qt.KeyboardModifier.ControlModifier


class AnswersDesk:
    def __init__(self, qtbot, *rows):
        self.till = FakePaymentTill(view())
        self.till.answers.rows = list(rows)
        self.page = AnswersPage()
        qtbot.addWidget(self.page)
        self.page.resize(1270, 712)
        self.events = EventBridge(self.page)
        self.opened, self.toasts = [], []
        self.page.payment_requested.connect(self.opened.append)
        self.page.toast_requested.connect(self.toasts.append)
        self.page.set_person(MEI_LIN)
        self.page.connect_till(self.till, InlineBackground(), self.events)
        self.page.show()
        self.page.shown()

    def find(self, name, kind=QWidget):
        found = self.page.findChild(kind, name)
        return found if found is not None and found.isVisible() else None

    def rows(self):
        return self.page._list.rows

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        return self.page.handle_key(QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


@pytest.fixture
def desk(qtbot):
    return AnswersDesk(
        qtbot,
        answer_row(Screen.UNKNOWN, 87),
        answer_row(Screen.PAID_LATE, 86, "Jonas", method=PaymentMethod.WECHATPAY),
        answer_row(Screen.STOPPED, 85),
    )


def test_an_empty_list_says_so(qtbot):
    desk = AnswersDesk(qtbot)
    assert desk.find("transactionsEmpty", QLabel).text() == "Nothing needs an answer."
    assert desk.find("openPaymentButton") is None
    assert not desk.press(Qt.Key.Key_Return)


def test_each_row_is_told_whole(desk):
    assert desk.rows()[1].accessibleName().split(", ")[1:] == [
        "HSG1-0086", "WeChat Pay", "US$ 42.50", "Paid"
    ]  # fmt: skip
    assert desk.find("transactionsTotals", QLabel).text() == "3 payments need an answer"


def test_the_copy_button_makes_its_fact_no_higher_than_the_others(desk):
    desk.press(Qt.Key.Key_Down)
    copy = desk.find("copyTransactionIdButton")
    names = ("detailReference", "detailTransactionId")
    reference, transaction = (desk.find(name, QLabel) for name in names)
    assert (copy.width(), copy.height()) == (48, 48)
    assert reference.height() == transaction.height()
    middle = copy.mapToGlobal(copy.rect().center()).y()
    assert middle == pytest.approx(transaction.mapToGlobal(transaction.rect().center()).y(), abs=1)


def test_the_first_row_is_selected_and_explained(desk):
    assert desk.find("detailReference", QLabel).text() == "HSG1-2507120087-K7QX"
    assert desk.rows()[0].isChecked()


def test_arrows_walk_and_enter_opens(desk):
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    assert not desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.opened == [85]


def test_a_tap_selects_and_the_button_opens(desk, qtbot):
    qtbot.mouseClick(desk.rows()[1], Qt.MouseButton.LeftButton)
    assert desk.opened == []
    desk.find("openPaymentButton").click()
    assert desk.opened == [86]


def test_done_answers_a_late_payment_only(desk):
    assert desk.find("detailDoneButton") is None
    desk.press(Qt.Key.Key_Down)
    desk.find("detailDoneButton").click()
    assert desk.till.answers.seen == [(86, Attention.PAID_LATE, 1)]
    assert [row.row.charge.id for row in desk.rows()] == [87, 85]


def test_the_selection_stays_when_the_list_changes(desk, qtbot):
    desk.press(Qt.Key.Key_Down)
    desk.till.answers.rows.insert(0, answer_row(Screen.MISMATCH, 88))
    after = charge(Screen.MISMATCH, id=88)
    desk.events.charge_changed.emit(ChargeChanged(None, after))
    qtbot.waitUntil(lambda: len(desk.rows()) == 4, timeout=2_000)
    assert [row.row.charge.id for row in desk.rows() if row.isChecked()] == [86]


def test_a_payment_that_needs_nothing_is_no_reason_to_read(desk):
    desk.till.answers.rows.clear()
    desk.events.charge_changed.emit(ChargeChanged(None, charge(Screen.WAITING, id=99)))
    assert not desk.page._timer.isActive()


def test_a_read_error_is_told_and_can_be_tried_again(desk):
    def fail():
        raise DatabaseReadOnlyError("read-only")

    good, desk.till.answers.needing = desk.till.answers.needing, fail
    desk.page.shown()
    assert desk.find("answersTrouble") is not None
    desk.till.answers.needing = good
    desk.find("answersRetry").click()
    assert desk.find("answersTrouble") is None


@pytest.mark.parametrize(
    ("last", "result", "words"),
    [
        (None, PrintResult(True, None, ""), "There is no receipt yet."),
        (charge(Screen.PAID), PrintResult(True, None, ""), "Printed again, marked as a copy."),
        (
            charge(Screen.PAID),
            PrintResult(False, None, "not_answering"),
            "Receipt not printed. The printer isn’t answering. The payment is safe.",
        ),
    ],
)
def test_the_last_receipt_is_printed_again(desk, last, result, words):
    desk.till.receipts.last, desk.till.receipts.result = last, result
    assert desk.press(Qt.Key.Key_P, CONTROL)
    assert desk.toasts == [words]
    assert desk.till.receipts.printed == ([87] if last else [])


def test_rows_fit_a_narrow_window(desk):
    desk.page.set_narrow(True)
    assert desk.page.minimumSizeHint().width() <= 1033  # 1024 × 768 at 0.9, without the rail
    assert len(desk.rows()) == 3
