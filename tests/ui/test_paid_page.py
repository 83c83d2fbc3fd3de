"""Paid: the receipt, its printing, late payments."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.charges import Attention
from pos_app.domain.errors import PrinterError
from pos_app.services.payment_view import Screen
from pos_app.services.printing import PrintResult
from pos_app.ui.widgets.action_button import ActionButton
from tests.fakes.payment_desk import PaymentDesk
from tests.fakes.payments import view

P, ENTER = Qt.Key.Key_P, Qt.Key.Key_Return


def paid_desk(qtbot, state=Screen.PAID, **options):
    desk = PaymentDesk(qtbot, view(Screen.WAITING), **options)
    desk.become(view(state))
    desk.settle()
    return desk


def test_the_receipt_is_printed_once_by_itself(qtbot):
    desk = paid_desk(qtbot)
    assert desk.till.receipts.printed == [87]
    assert desk.find("receiptPrintStatus").text() == "Printed"
    assert desk.find("receiptPreview").receipt.number == "HSG1-0087"


def test_an_already_printed_receipt_is_not_printed_by_itself_again(qtbot):
    desk = paid_desk(qtbot)
    desk.page.show_charge(87)
    assert desk.till.receipts.printed == [87]


def test_p_prints_again_and_enter_starts_a_new_sale(qtbot):
    desk = paid_desk(qtbot)
    assert desk.find("printAgainButton", ActionButton).text() == "Print again"
    assert desk.press(P)
    assert desk.till.receipts.printed == [87, 87]
    assert desk.press(ENTER)
    assert desk.new_sales == [True]


@pytest.mark.parametrize(
    ("result", "status", "has_strip"),
    [
        (PrintResult(True, Path("r.pdf"), ""), "Printed", False),
        (PrintResult(False, Path("r.pdf"), "no_printer"), "Saved as PDF", False),
        (PrintResult(False, Path("r.pdf"), "not_answering"), "Not printed", True),
        (PrintResult(False, None, "no_printer"), "Not printed", True),
    ],
)
def test_the_status_says_what_became_of_the_paper(qtbot, result, status, has_strip):
    desk = paid_desk(qtbot, result=result)
    assert desk.find("receiptPrintStatus").text() == status
    assert (desk.find("receiptTrouble") is not None) == has_strip


def test_printer_trouble_can_be_tried_again_or_left(qtbot):
    desk = paid_desk(qtbot, result=PrintResult(False, None, "not_answering"))
    desk.till.receipts.result = PrintResult(True, None, "")
    desk.find("printRetryButton").click()
    assert desk.find("receiptPrintStatus").text() == "Printed"
    assert desk.find("receiptTrouble") is None


def test_not_now_hides_the_strip_and_nothing_else(qtbot):
    desk = paid_desk(qtbot, result=PrintResult(False, None, "not_answering"))
    desk.find("notNowButton").click()
    assert desk.find("receiptTrouble") is None
    assert desk.find("receiptPrintStatus").text() == "Not printed"


def test_printing_that_raises_leaves_paid_paid(qtbot):
    desk = paid_desk(qtbot)

    def fail(*_args):
        raise PrinterError("on fire")

    desk.till.receipts.print = fail
    desk.press(P)
    assert desk.toasts == [
        "Receipt not printed. The payment is safe. Check the printer, then try again."
    ]
    assert desk.buttons() >= {"New sale", "Print again"}


def test_a_late_payment_is_not_printed_by_itself_and_wants_an_answer(qtbot):
    desk = paid_desk(qtbot, Screen.PAID_LATE)
    assert desk.till.receipts.printed == []
    assert desk.buttons() == {"Print receipt", "Refund…", "Done"}
    assert desk.page._stage.primary.objectName() == "printReceiptButton"
    desk.click("doneButton")
    assert desk.till.answers.seen == [(87, Attention.PAID_LATE, 1)]
    assert desk.new_sales == [True]


def test_printing_a_late_receipt_keeps_print_on_enter(qtbot):
    desk = paid_desk(qtbot, Screen.PAID_LATE)
    desk.press(ENTER)
    assert desk.till.receipts.printed == [87]
    assert desk.page._stage.primary.objectName() == "printAgainButton"


def test_the_next_payment_begins_with_nothing_printed(qtbot):
    desk = paid_desk(qtbot)
    desk.page.show_charge(87)
    desk.page._stage.paid.begin()
    assert desk.find("receiptPrintStatus").text() == "Not printed"
