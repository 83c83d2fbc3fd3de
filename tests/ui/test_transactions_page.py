"""The Transactions page: the list, the panel, and what can be done (ux.md 6.4)."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from pos_app.config.settings import DatabaseSettings
from pos_app.domain.charges import Attention, ChargeDecision
from pos_app.domain.errors import StorageError
from pos_app.domain.events import RefundChanged
from pos_app.domain.history import HistoryStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.refunds import RefundStatus
from pos_app.services.payment_view import Said
from pos_app.services.printing import PrintResult
from pos_app.ui.models.transaction_model import Column
from pos_app.ui.widgets.dialog import open_dialog
from tests.fakes.history import detail_of, payment
from tests.fakes.money_back import FakeLooking, FakeRefunding
from tests.fakes.payment_desk import MEI_LIN
from tests.fakes.payments import NOW, LaterBackground, charge, settled
from tests.fakes.reconciling import FakeReconciliation
from tests.fakes.transactions import TransactionsDesk

K, H = Qt.Key, HistoryStatus
CONTROL = Qt.KeyboardModifier.ControlModifier
HELD = payment(H.REFUND_UNKNOWN, 85, "126.00", refunds=(("12.50", RefundStatus.UNKNOWN),))


@pytest.fixture
def desk(qtbot):
    return TransactionsDesk(qtbot)


def said(desk, name):
    found = desk.find(name)
    return found and found.findChild(QLabel, name + "Title").text()


def sums(desk):
    return desk.find("transactionsTotals").accessibleName()


# The list


def test_all_of_today_is_listed_newest_first_with_its_sums(desk):
    assert desk.rows() == [f"HSG1-00{number}" for number in range(87, 78, -1)]
    desk.wait(lambda: sums(desk) == "Paid US$ 514.00 Refunded US$ 62.00")


def test_a_row_is_read_aloud_whole(desk):
    index = desk.model.index(1, 0)
    spoken = desk.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.split(", ")[1:] == ["HSG1-0086", "WeChat Pay", "US$ 18.00", "Paid"]


def test_nothing_is_selected_at_first(desk):
    assert desk.selected() is None
    assert desk.find("detailAmount") is None


def test_one_tap_selects_and_fills_the_panel(desk):
    desk.tap_row(2)
    assert desk.selected() == "HSG1-0085"
    assert desk.find("detailAmount").text() == "US$ 126.00"
    assert desk.find("refundableLabel").text() == "Can still refund 96.00"
    assert desk.find("detailReference").text() == "HSG1-2507120085-K7QX"


def test_keys_walk_through_the_list(desk):
    steps = (K.Key_Down, K.Key_Down, K.Key_Up, K.Key_End, K.Key_Home, K.Key_PageDown)
    seen = [desk.press(key) and desk.selected() for key in steps]
    assert seen[:5] == ["HSG1-0087", "HSG1-0086", "HSG1-0087", "HSG1-0079", "HSG1-0087"]
    assert seen[5] not in seen[:3]


def test_an_empty_day_says_so_and_offers_nothing(qtbot):
    desk = TransactionsDesk(qtbot, payment(minutes=60 * 24 * 3))
    assert desk.find("transactionsEmpty").text() == "No transactions yet today."
    assert desk.find("emptyClearFiltersButton") is None
    assert desk.page.focusWidget() is desk.find("searchEdit")


def test_slow_reading_shows_six_grey_rows(qtbot):
    background = LaterBackground()
    desk = TransactionsDesk(qtbot, background=background)
    assert desk.model.rowCount() == 0
    desk.wait(lambda: desk.model.rowCount() == 6)
    assert desk.model.line(0) is None
    background.run_all()
    assert desk.rows()[0] == "HSG1-0087"


def test_a_read_error_is_told_and_can_be_tried_again(desk):
    desk.history.trouble = StorageError("disk I/O error")
    desk.page.shown()
    assert said(desk, "transactionsTrouble") == "The transactions can’t be read."
    assert len(desk.rows()) == 9
    desk.history.trouble = None
    desk.click("transactionsRetry")
    assert desk.find("transactionsTrouble") is None


# What changes meanwhile


def test_a_changed_payment_is_shown_at_once_and_keeps_its_selection(desk):
    desk.press(K.Key_Down)
    assert desk.buttons()[0] == "checkStatusButton"
    desk.change(payment(H.PAID, 87))
    desk.wait(lambda: desk.buttons()[0] == "refundButton")
    assert desk.selected() == "HSG1-0087"


def test_a_new_payment_comes_on_top_without_moving_the_selection(desk):
    desk.press(K.Key_Down)
    desk.change(payment(H.WAITING, 88, minutes=-1))
    desk.wait(lambda: desk.rows()[0] == "HSG1-0088")
    assert desk.selected() == "HSG1-0087"
    assert desk.table.currentIndex().row() == 1


@pytest.fixture
def scrolled(qtbot):
    """Many payments of today, of which the first are above the upper edge."""
    desk = TransactionsDesk(qtbot, *(payment(H.PAID, 1 + n, minutes=400 - n) for n in range(60)))
    bar = desk.table.verticalScrollBar()
    desk.wait(lambda: bar.maximum() > 1000)
    bar.setValue(1000)
    return desk


def top(desk):
    return desk.model.line(desk.table.rowAt(0)).charge_id, desk.table.rowViewportPosition(
        desk.table.rowAt(0)
    )


def test_what_is_looked_at_stays_in_its_place_when_payments_come(scrolled):
    before = top(scrolled)
    scrolled.change(payment(H.PAID, 99))
    scrolled.wait(lambda: scrolled.model.rowCount() == 61)
    assert top(scrolled) == before


def test_what_is_looked_at_stays_in_its_place_when_the_list_is_read_again(scrolled):
    before = top(scrolled)
    scrolled.history.add(payment(H.PAID, 99))
    scrolled.page.shown()
    assert scrolled.model.rowCount() == 61
    assert top(scrolled) == before


def test_a_refund_updates_the_payment_it_is_of(desk):
    desk.tap_row(1)
    refunds = (("5.00", RefundStatus.DONE),)
    after = payment(H.PAID, 86, "18.00", PaymentMethod.WECHATPAY, minutes=21, refunds=refunds)
    desk.history.add(after)
    desk.events.refund_changed.emit(RefundChanged(None, after.standing.refunds[0]))
    desk.wait(lambda: desk.find("refundableLabel").text() == "Can still refund 13.00")


def test_a_payment_leaves_the_list_when_it_meets_the_filter_no_more(desk):
    desk.click("needsAnswerFilter")
    assert desk.rows() == ["HSG1-0087"]
    desk.change(payment(H.EXPIRED, 87))
    desk.wait(lambda: desk.model.rowCount() == 0)
    assert desk.find("transactionsEmpty").text() == "Nothing needs an answer."


def test_the_selection_is_still_there_when_the_page_comes_back(desk):
    desk.tap_row(3)
    desk.page.hidden()
    desk.history.add(payment(H.PAID, 90))
    desk.page.shown()
    assert (desk.selected(), desk.rows()[0]) == ("HSG1-0084", "HSG1-0090")


# The panel


@pytest.mark.parametrize(
    ("detail", "buttons"),
    [
        (payment(H.WAITING), ["openPaymentButton", "checkStatusButton"]),
        (payment(H.STOPPED), ["checkStatusButton", "detailSettleButton", "openPaymentButton"]),
        (payment(H.UNKNOWN), ["checkStatusButton", "detailSettleButton", "openPaymentButton"]),
        (payment(H.MISMATCH), ["checkStatusButton", "detailSettleButton", "openPaymentButton"]),
        (
            payment(method=PaymentMethod.GCASH),
            ["refundButton", "detailPrintButton", "checkStatusButton"],
        ),
        (
            payment(),
            ["refundButton", "detailPrintButton", "checkStatusButton", "cancelPaidButton"],
        ),
        (
            payment(refunds=(("10.00", RefundStatus.DONE),)),
            ["refundButton", "detailPrintButton", "checkStatusButton"],
        ),
        (
            payment(
                method=PaymentMethod.GCASH, attention=frozenset({Attention.PAID_LATE})
            ),
            ["refundButton", "detailPrintButton", "checkStatusButton", "detailDoneButton"],
        ),
        (payment(refunds=(("42.50", RefundStatus.DONE),)), ["detailPrintButton"]),
        (HELD, ["detailCheckRefundButton", "detailSettleButton", "detailPrintButton"]),
        (
            payment(H.RETURNING),
            ["checkStatusButton", "detailSettleButton", "detailPrintButton"],
        ),
        (
            payment(H.UNKNOWN, decision=ChargeDecision.PAID),
            ["checkStatusButton", "openPaymentButton"],
        ),
        (
            payment(H.STOPPED, decision=ChargeDecision.NOT_PAID, attention=frozenset()),
            ["checkStatusButton", "openPaymentButton"],
        ),
        (payment(H.EXPIRED), []),
        (payment(H.DECLINED), []),
    ],
    ids=lambda one: one.status.value if hasattr(one, "status") else "",
)  # fmt: skip
def test_the_buttons_are_those_of_the_status(qtbot, detail, buttons):
    desk = TransactionsDesk(qtbot, detail)
    desk.press(K.Key_Down)
    assert desk.buttons() == buttons


@pytest.mark.parametrize(
    ("decision", "word", "meaning"),
    [
        (ChargeDecision.PAID, "Called paid", "the customer paid."),
        (ChargeDecision.NOT_PAID, "Called not paid", "the customer did not pay."),
    ],
)
def test_list_and_panel_tell_alike_what_a_manager_has_settled(qtbot, decision, word, meaning):
    desk = TransactionsDesk(qtbot, payment(H.UNKNOWN, decision=decision))
    desk.press(K.Key_Down)
    index = desk.find("transactionsTable").model().index(0, Column.STATUS)
    assert index.data() == word
    assert desk.find("detailStatus").text() == word
    shown = [one.text() for one in desk.find("transactionDetail").findChildren(QLabel)]
    assert any(meaning in text for text in shown)


def test_money_that_may_have_gone_is_held_back_in_plain_sight(qtbot):
    desk = TransactionsDesk(qtbot, HELD)
    desk.press(K.Key_Down)
    assert desk.find("heldBackLabel").text() == "Held back 12.50 until it is settled"
    assert desk.find("refundProgress").accessibleName() == (
        "Refunded 0.00, Held back 12.50 until it is settled, Can still refund 113.50"
    )


def test_why_a_payment_needs_an_answer_is_said(desk):
    desk.press(K.Key_Down)
    assert desk.find("detailMeaning").text().startswith("We don’t know yet if this was paid.")


def test_the_whole_transaction_id_is_copied(desk):
    desk.tap_row(1)
    desk.click("copyTransactionIdButton")
    assert QGuiApplication.clipboard().text() == "3bfa17f09c5e4d2ab8e00086"


def test_the_history_is_told_newest_first(desk):
    desk.tap_row(2)
    entries = desk.find("transactionHistory").children()
    told = [one.accessibleName() for one in entries if hasattr(one, "accessibleName")]
    assert [line.split(",")[0] for line in told] == ["Refund", "Paid", "Charged"]
    assert told[0] == "Refund, −30.00, 14:02 · Wrong size · Priya (manager)"


def test_buttons_do_nothing_before_the_payment_has_been_read(qtbot):
    background = LaterBackground()
    desk = TransactionsDesk(qtbot, background=background)
    background.run_all()
    desk.press(K.Key_Down)
    background.run_all()
    assert desk.buttons()[0] == "checkStatusButton"
    desk.press(K.Key_Down)
    desk.press(K.Key_Return)
    desk.press(K.Key_F5)
    background.run_all()
    assert desk.till.payments.asked == []
    assert desk.buttons()[0] == "refundButton"


def test_a_living_payment_can_be_opened(qtbot):
    desk = TransactionsDesk(qtbot, payment(H.WAITING))
    desk.press(K.Key_Return)
    desk.press(K.Key_Return)
    assert desk.opened == [87]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Said.OPEN, "Checked. It hasn’t been paid yet."),
        (Said.PAID, "Checked. Citcon says it is paid."),
        (Said.NO_ANSWER, "No answer from Citcon. Nothing has changed."),
    ],
)
def test_a_payment_is_checked(desk, answer, words):
    desk.till.payments.answers["ask"] = answer
    desk.press(K.Key_Down)
    assert desk.press(K.Key_F5)
    assert desk.till.payments.asked == [("ask", 87)]
    assert desk.toasts == [words]
    assert desk.find("checkStatusButton").isEnabled()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({}, "Checked. Citcon says it is paid."),
        ({"differs": True}, "Checked. Not everything agrees with Citcon. Call a manager."),
        ({"is_answered": False}, "No answer from Citcon. Nothing has changed."),
    ],
)
def test_of_a_paid_payment_what_went_back_is_asked_as_well(qtbot, answer, words):
    desk = TransactionsDesk(qtbot, payment(H.PAID))
    desk.till.looking = FakeLooking(FakeRefunding(), **answer)
    desk.press(K.Key_Down)
    assert desk.press(K.Key_F5)
    assert desk.till.looking.asked == [87]
    assert desk.toasts == [words]


def test_a_refund_without_an_answer_is_checked(qtbot):
    desk = TransactionsDesk(qtbot, HELD)
    asked = []

    class Refunding:
        def check(self, refund_id, person_id):
            asked.append((refund_id, person_id))
            return HELD.standing.refunds[0]

    desk.till.refunding = Refunding()
    desk.press(K.Key_Down)
    desk.press(K.Key_F5)
    assert asked == [(850, 1)]
    assert desk.toasts == ["Still no answer. The amount stays held back."]


def test_done_answers_a_late_payment(qtbot):
    late = frozenset({Attention.PAID_LATE})
    desk = TransactionsDesk(qtbot, payment(attention=late))
    desk.press(K.Key_Down)
    desk.click("detailDoneButton")
    assert desk.till.answers.seen == [(87, Attention.PAID_LATE, 1)]


@pytest.mark.parametrize(
    ("printed", "result", "words"),
    [
        (0, PrintResult(True, None, ""), "Receipt printed."),
        (1, PrintResult(True, None, ""), "Printed again, marked as a copy."),
        (
            0,
            PrintResult(False, None, "not_answering"),
            "Receipt not printed. The printer isn’t answering. The payment is safe.",
        ),
    ],
)
def test_a_receipt_is_printed(qtbot, printed, result, words):
    desk = TransactionsDesk(qtbot, payment(printed=printed))
    desk.till.receipts.result = result
    desk.press(K.Key_Down)
    assert desk.press(K.Key_P, CONTROL)
    assert (desk.toasts, desk.till.receipts.printed) == ([words], [87])


@pytest.mark.parametrize(
    ("last", "words"),
    [(None, "There is no receipt yet."), (charge(), "Printed again, marked as a copy.")],
)
def test_with_nothing_selected_the_last_receipt_is_printed_again(desk, last, words):
    desk.till.receipts.last = last
    desk.press(K.Key_P, CONTROL)
    assert desk.toasts == [words]


def test_a_late_answer_about_another_payment_is_not_shown(qtbot):
    background = LaterBackground()
    desk = TransactionsDesk(qtbot, background=background)
    background.run_all()
    desk.press(K.Key_Down)
    desk.press(K.Key_Down)
    background.run_all()
    assert desk.page._view.detail.detail.charge.id == 86
    assert desk.find("detailStatus").text() == "Paid"


# Narrow windows


def test_in_a_narrow_window_the_panel_is_a_sheet(desk):
    desk.page.set_narrow(True)
    assert desk.find("transactionDetail") is None
    desk.press(K.Key_Down)
    assert desk.find("transactionDetail") is None
    desk.press(K.Key_Return)
    assert desk.find("transactionDetail").isVisible()
    assert desk.press(K.Key_Escape)
    assert desk.find("transactionDetail") is None
    desk.tap_row(2)
    assert desk.find("detailAmount").text() == "US$ 126.00"
    desk.click("closeDetailButton")
    assert desk.find("transactionDetail") is None


def test_it_fits_a_narrow_window(desk):
    desk.page.set_narrow(True)
    desk.click("needsAnswerFilter")
    assert desk.page.minimumSizeHint().width() <= 1033  # 1024 × 768 at 0.9, without the rail


def test_other_currencies_carry_their_mark(qtbot):
    in_pesos = payment(H.PAID, 88, "9.80", PaymentMethod.GCASH, minutes=-1, currency="PHP")
    desk = TransactionsDesk(qtbot, payment(), in_pesos)
    assert [desk.model.line(row).amount for row in (0, 1)] == ["₱ 9.80", "42.50"]
    desk.wait(lambda: sums(desk) == "Paid ₱ 9.80, US$ 42.50")


def test_a_refused_payment_says_why(qtbot):
    refused = payment(H.REFUSED, refusal="1004 parameter error")
    desk = TransactionsDesk(qtbot, replace(refused, printed=0))
    desk.press(K.Key_Down)
    assert desk.find("detailRefusal").text() == "1004 parameter error"


def test_a_day_is_compared_with_citcon_and_the_list_read_anew(desk):
    desk.till.reconciliation = fake = FakeReconciliation()
    assert desk.find("reconcileButton").text() == "Compare with Citcon"
    desk.click("reconcileButton")
    dialog = open_dialog(desk.page.window())
    before = len(desk.history.asked)
    dialog.findChild(QPushButton, "confirmReconcileButton").click()
    assert fake.asked == [(NOW.astimezone().date(), MEI_LIN.id)]
    assert len(desk.history.asked) > before
    dialog.dismiss()


def test_what_managers_called_paid_stands_on_its_own_line(desk):
    unknown = payment(H.UNKNOWN, 88).charge
    desk.history.add(detail_of(settled(unknown, ChargeDecision.PAID)))
    desk.page.shown()
    whole = "Paid US$ 514.00 Refunded US$ 62.00 Called paid by hand US$ 42.50"
    desk.wait(lambda: sums(desk) == whole)


@pytest.mark.parametrize(
    ("attention", "is_offered"),
    [(Attention.LIST_DISAGREES, True), (Attention.PAID_LATE, False)],
)
def test_what_reconciling_found_of_a_paid_one_is_settled(qtbot, attention, is_offered):
    found = payment(H.PAID, 87, attention=frozenset({attention}))
    desk = TransactionsDesk(qtbot, found)
    desk.tap_row(0)
    assert ("detailSettleButton" in desk.buttons()) is is_offered


def test_one_payment_is_shown_and_selected(desk):
    desk.page.show_transaction(85, "HSG1-2507120085-K7QX")
    desk.wait(lambda: desk.selected() == "HSG1-0085")
    assert desk.rows() == ["HSG1-0085"]
    assert desk.find("detailAmount").text() == "US$ 126.00"


# Other tills


class Neighbours:
    """Counts the looks; the events come otherwise."""

    looks = 0

    def look(self):
        self.looks += 1


def shared(desk):
    """Let the page be that of a till among several on one database."""
    desk.till.settings = replace(desk.till.settings, database=DatabaseSettings("postgresql://x"))
    desk.till.neighbours = Neighbours()
    desk.page.shown()
    return desk.page._neighbours._timer


def test_other_tills_are_looked_at_only_while_the_page_is_up(desk):
    timer = shared(desk)
    timer.timeout.emit()
    assert desk.till.neighbours.looks == 1
    assert timer.isActive()
    desk.page.hidden()
    assert not timer.isActive()


def test_a_till_with_a_database_of_its_own_never_looks(desk):
    desk.page.shown()
    assert not desk.page._neighbours._timer.isActive()


def test_a_look_that_takes_its_time_is_not_overtaken_by_the_next(qtbot):
    background = LaterBackground()
    desk = TransactionsDesk(qtbot, background=background)
    background.run_all()
    timer = shared(desk)
    background.run_all()
    timer.timeout.emit()
    timer.timeout.emit()
    background.run_all()
    assert desk.till.neighbours.looks == 1


def test_another_tills_payments_come_by_themselves_and_what_is_looked_at_stays(scrolled):
    scrolled.tap_row(scrolled.table.rowAt(0) + 2)
    before, selected = top(scrolled), scrolled.selected()
    scrolled.history.add(payment(H.PAID, 99))
    scrolled.events.changed_elsewhere.emit(frozenset({99}))
    scrolled.wait(lambda: scrolled.model.rowCount() == 61)
    assert scrolled.rows()[0] == "HSG1-0099"
    assert (top(scrolled), scrolled.selected()) == (before, selected)


def test_what_another_till_refunds_shows_in_the_panel(desk):
    desk.tap_row(1)
    refunds = (("5.00", RefundStatus.DONE),)
    after = payment(H.PAID, 86, "18.00", PaymentMethod.WECHATPAY, minutes=21, refunds=refunds)
    desk.history.add(after)
    desk.events.changed_elsewhere.emit(frozenset({86}))
    desk.wait(lambda: desk.find("refundableLabel").text() == "Can still refund 13.00")
