"""Refund dialog: what is filled in, how it is sent once, and what each ending says and offers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from pos_app.domain.advice import Way, Why
from pos_app.domain.errors import (
    GatewayNotSetUp,
    LockedOutError,
    NotAManagerError,
    NotRefundableError,
    OutcomeUnknown,
    RefundTooMuchError,
    WrongPinError,
)
from pos_app.domain.events import RefundChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.refunds import RefundStatus, Refusal
from pos_app.services.printing import PrintResult, PrintTrouble
from pos_app.ui.format import clock_text
from pos_app.ui.widgets.refund_words import wallet_words
from tests.fakes.money_back import D, U, advice, paid, refused, standing
from tests.fakes.money_back_desk import PIN, MoneyBackDesk
from tests.fakes.payments import NOW
from tests.fakes.pin_leaks import places_that_tell
from tests.fakes.refunds import a_refund
from tests.fakes.till_for_sell import MEI_LIN, PRIYA

ANNA = replace(PRIYA, id=4, name="Anna", pin_length=8)
SENT = ("refund", "12.50", "Goods returned", MEI_LIN.id, PRIYA.id)


@pytest.fixture
def desk(qapp, qtbot):
    return MoneyBackDesk(qtbot)


class TestFillingIn:
    def test_it_shows_the_payment_and_starts_empty_on_the_safe_button(self, desk):
        desk.open_refund()
        words = [label.text() for label in desk.dialog.findChildren(QLabel)]
        assert f"Alipay · HSG1-0085 · today {clock_text(paid().paid_at)}" in words
        figures = ("refundPaidLabel", "refundedSoFarLabel", "refundableAmountLabel")
        assert [desk.find(name).text() for name in figures] == ["126.00", "30.00", "96.00"]
        assert desk.find("refundAmountEdit").accessibleName() == "Refund amount US$ 0.00"
        assert QApplication.focusWidget() is desk.find("closeRefundButton")
        assert desk.confirm.text() == "Refund"
        assert not desk.confirm.isEnabled()

    def test_what_may_have_gone_out_is_named(self, desk):
        desk.refunding.shown = standing("30.00", "12.50")
        desk.open_refund()
        words = [label.text() for label in desk.dialog.findChildren(QLabel)]
        assert "Refunded so far · 12.50 held back" in words
        assert desk.find("refundableAmountLabel").text() == "83.50"

    def test_digits_fill_the_amount_from_the_right_wherever_the_focus_is(self, desk):
        desk.open_refund()
        desk.keys("1250")
        assert desk.amount == "US$ 12.50"
        assert desk.confirm.text() == "Refund US$ 12.50"
        rest = desk.find("refundRemainingLabel").text()
        assert rest == "After this refund, US$ 83.50 can still be refunded."

    def test_the_button_says_what_is_missing(self, desk):
        desk.open_refund()
        missing = [desk.confirm.accessibleName()]
        desk.keys("1250")
        missing.append(desk.confirm.accessibleName())
        desk.click("refundReason_other")
        missing.append(desk.confirm.accessibleName())
        desk.find("refundReasonEdit").setText("Broken")
        missing.append(desk.confirm.accessibleName())
        desk.key_pin()
        assert missing == [
            "Refund Key an amount",
            "Refund US$ 12.50 Choose a reason",
            "Refund US$ 12.50 Write a note",
            "Refund US$ 12.50 A manager’s PIN is missing",
        ]
        assert desk.confirm.accessibleName() == "Refund US$ 12.50"
        assert desk.confirm.isEnabled()

    def test_more_than_is_left_is_told_at_the_field(self, desk):
        desk.fill("9601")
        error = desk.find("refundAmountError")
        assert error.text() == "The most you can refund is US$ 96.00."
        assert not desk.confirm.isEnabled()
        desk.find("refundAmountEdit").setFocus()
        desk.keys(Qt.Key.Key_Backspace)
        assert desk.amount == "US$ 9.60"
        assert not error.isVisible()

    def test_all_keys_what_is_left(self, desk):
        desk.open_refund()
        assert desk.find("refundAllButton").text() == "All 96.00"
        desk.click("refundAllButton")
        assert desk.amount == "US$ 96.00"

    def test_the_pad_feeds_the_field_that_has_the_focus(self, desk):
        desk.open_refund()
        desk.pad("1", "2", "00", "backspace")
        assert desk.amount == "US$ 1.20"
        desk.find("refundReasonEdit").setFocus()
        desk.pad("7")
        assert desk.find("refundReasonEdit").text() == "7"
        desk.tap("managerPinEdit")
        assert not desk.find("refundPadButton_00").isEnabled()
        desk.pad("9", "9", "backspace")
        assert desk.find("managerPinEdit").accessibleName() == "Manager PIN, 1 of 6 digits"
        desk.tap("refundAmountEdit")
        assert desk.find("refundPadButton_00").isEnabled()
        assert desk.amount == "US$ 1.20"

    def test_a_tenth_digit_is_told_by_the_low_sound(self, desk):
        desk.open_refund()
        desk.keys("1234567890")
        assert desk.amount == "US$ 1,234,567.89"
        assert desk.sounds == ["limit"]

    def test_enter_walks_to_what_is_missing_and_never_sends_from_a_field(self, desk):
        desk.open_refund()
        desk.keys("1250", Qt.Key.Key_Return)
        assert desk.focused == "refundReason_returned"
        desk.keys(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)
        assert desk.find("refundReason_other").isChecked()
        desk.keys(Qt.Key.Key_Return)
        assert desk.focused == "refundReasonEdit"
        desk.keys("Lid", Qt.Key.Key_Return)
        assert desk.focused == "managerPinEdit"
        desk.keys(PIN, Qt.Key.Key_Return)
        assert desk.focused == "confirmRefundButton"
        assert desk.refunding.asked == []
        desk.keys(Qt.Key.Key_Return)
        assert desk.refunding.asked == [("refund", "12.50", "Other: Lid", MEI_LIN.id, PRIYA.id)]

    def test_tab_goes_in_reading_order(self, desk):
        desk.open_refund()
        desk.click("refundReason_wrongAmount")
        desk.keys("1250")
        desk.key_pin()
        desk.find("refundAmountEdit").setFocus()
        names = []
        for _ in range(8):
            names.append(desk.focused)
            desk.keys(Qt.Key.Key_Tab)
        assert names == [
            "refundAmountEdit", "refundAllButton", "refundReason_wrongAmount", "refundReasonEdit",
            "managerPinEdit", "refundPadButton_1", "closeRefundButton", "confirmRefundButton",
        ]  # fmt: skip

    def test_escape_closes_and_sends_nothing(self, desk):
        desk.fill()
        desk.keys(Qt.Key.Key_Escape)
        assert desk.dialog is None
        assert desk.refunding.asked == []

    def test_a_currency_without_decimals_has_none(self, desk):
        of = paid("126.00")
        yen = replace(of.amount, minor=4250, currency="JPY")
        nothing = replace(yen, minor=0)
        desk.refunding.shown = replace(
            standing("0.00"), charge=replace(of, amount=yen), refunded=nothing,
            held_back=nothing, refundable=yen,
        )  # fmt: skip
        desk.refunding.advised = replace(advice(), amount=yen, estimated=yen)
        desk.open_refund()
        desk.keys("4250")
        assert desk.amount == "JP¥ 4,250"


class TestAdvice:
    def hint(self, desk):
        return desk.find("refundHint").text()

    def test_a_refund_that_the_balance_does_not_cover_is_warned_of_but_not_forbidden(self, desk):
        desk.refunding.advised = advice(balance="10.00")
        desk.fill("1250")
        assert self.hint(desk) == (
            "Today’s balance is about US$ 10.00. This refund will probably be refused."
        )
        assert desk.find("refundHint").property("tone") == "warn"
        assert desk.confirm.isEnabled()

    def test_an_overdrawn_balance_is_said_to_be_none(self, desk):
        desk.refunding.advised = replace(advice(), estimated=replace(paid().amount, minor=-500))
        desk.fill("1250")
        assert self.hint(desk).startswith("Today’s balance is about US$ 0.00.")

    def test_otherwise_it_says_where_the_money_goes(self, desk):
        desk.fill("1250")
        assert self.hint(desk) == (
            "The money goes back to the customer’s Alipay. Refunds use today’s balance at Citcon."
        )

    def test_the_whole_of_today_is_better_cancelled(self, desk):
        desk.refunding.shown = standing("0.00")
        desk.refunding.advised = advice(Why.NOT_SETTLED, Way.CANCEL)
        desk.open_refund()
        until = clock_text(NOW + timedelta(hours=1))
        better = (
            "To return all of it, better cancel the whole payment."
            f" That works until about {until} and needs no balance."
        )
        assert self.hint(desk) == better
        desk.keys("1250")
        assert self.hint(desk).startswith("The money goes back")

    @pytest.mark.parametrize(
        ("why", "words"),
        [
            (Why.METHOD, "can’t be cancelled"),
            (Why.SETTLED, "day is over"),
            (Why.WINDOW_CLOSED, "too late to cancel"),
            (Why.PARTLY_REFUNDED, "only be refunded"),
        ],
    )
    def test_it_says_why_it_is_refunded_and_not_cancelled(self, desk, why, words):
        desk.refunding.advised = advice(why)
        desk.open_refund()
        assert words in self.hint(desk)


class TestPin:
    @pytest.mark.parametrize(
        ("trouble", "words"),
        [
            (WrongPinError(4), "That PIN isn’t right. 4 tries left."),
            (NotAManagerError("no"), "This PIN can’t approve refunds."),
            (
                LockedOutError(NOW),
                f"Too many tries. You can try again at {clock_text(NOW)}.",
            ),
        ],
    )
    def test_a_pin_that_is_not_taken_keeps_everything_else(self, desk, trouble, words):
        desk.people.trouble = trouble
        desk.fill()
        desk.send()
        assert desk.find("managerPinError").text() == words
        assert desk.amount == "US$ 12.50"
        assert desk.find("refundReason_returned").isChecked()
        assert desk.focused == "managerPinEdit"
        assert desk.refunding.asked == []
        assert desk.sounds == ["limit"]
        desk.people.trouble = None
        desk.keys(PIN)
        desk.send()
        assert desk.refunding.asked == [SENT]

    def test_several_managers_are_asked_for_first(self, desk):
        desk.people.people += (ANNA,)
        desk.open_refund()
        desk.keys("1250")
        desk.click("refundReason_returned")
        assert not desk.find("managerPinEdit").isVisible()
        desk.find("refundAmountEdit").setFocus()
        desk.keys(Qt.Key.Key_Return)
        assert desk.focused == "managerPinPerson_1"
        desk.keys(Qt.Key.Key_Return, PIN)
        desk.send()
        assert desk.refunding.asked == [SENT]

    def test_the_pin_is_told_to_nobody(self, desk, caplog):
        desk.people.trouble = WrongPinError(4)
        desk.open_refund()
        desk.keys("1250")
        desk.click("refundReason_returned")
        desk.key_pin("729184")
        assert desk.find("managerPinEdit").accessibleName() == "Manager PIN, 6 of 6 digits"
        assert places_that_tell("729184", desk.window) == []
        desk.send()
        assert places_that_tell("729184", desk.window) == []
        assert "7291" not in caplog.text


class TestSending:
    def test_one_press_sends_once_and_nothing_closes_it(self, desk):
        desk.fill()
        desk.background.is_held = True
        desk.confirm.click()
        desk.confirm.click()
        desk.work()
        assert desk.state == "refundSending"
        assert desk.title == "Sending the refund…"
        desk.keys(Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space)
        desk.tap("refundDialogClose")
        assert desk.dialog.is_open
        desk.work()
        assert desk.state == "refundDone"
        assert desk.refunding.asked == [SENT]

    def test_the_form_cannot_change_while_the_pin_is_checked(self, desk):
        desk.fill()
        desk.background.is_held = True
        desk.confirm.click()
        desk.keys("99")
        desk.tap("refundAmountEdit")
        desk.keys("9")
        desk.pad("9")
        desk.tap("refundAllButton")
        assert desk.amount == "US$ 12.50"
        desk.finish()
        assert desk.refunding.asked == [SENT]

    def test_an_answer_after_the_dialog_has_gone_is_told_all_the_same(self, desk):
        desk.fill()
        desk.background.is_held = True
        desk.confirm.click()
        desk.work()
        desk.dialog.force_dismiss()
        desk.finish()
        assert desk.toasts == [
            (
                "Refund sent. US$ 12.50 goes back to the customer’s Alipay."
                " When it shows there depends on the wallet."
            )
        ]
        assert desk.changed == [85]

    def test_closing_while_the_pin_is_checked_sends_nothing(self, desk):
        desk.fill()
        desk.background.is_held = True
        desk.confirm.click()
        desk.dialog.force_dismiss()
        desk.finish()
        assert desk.refunding.asked == []


ENDINGS = [
    (
        a_refund(D), "refundDone", "Refund sent.",
        "US$ 12.50 goes back to the customer’s Alipay. When it shows there depends on the wallet.",
        ["printRefundSlipButton", "closeRefundButton"], "closeRefundButton", [],
    ),
    (
        refused(Refusal.NO_BALANCE), "refundNoBalance",
        "Citcon refused: not enough balance today.",
        ("No money moved. Refunds are paid from today’s sales, and that balance starts again each"
        " day. Try again after more sales today, refund a smaller amount, or ask Citcon:"
        " support@citcon-inc.com."),
        ["closeRefundButton", "changeRefundButton"], "changeRefundButton", ["no"],
    ),
    (
        refused(Refusal.TOO_MUCH), "refundTooMuch",
        "Citcon says this is more than can be refunded.",
        ("No money moved. It may have been refunded elsewhere. Check the status, then try the"
        " amount that is left."),
        ["closeRefundButton", "checkRefundStatusButton"], "checkRefundStatusButton", ["no"],
    ),
    (
        refused(), "refundRefused", "Citcon refused the refund.",
        "No money moved. The details say what Citcon answered.",
        ["closeRefundButton", "changeRefundButton"], "changeRefundButton", ["no"],
    ),
    (
        refused(Refusal.NOT_SENT), "refundUnreachable", "Couldn’t reach Citcon.",
        "The refund was not sent. No money moved.",
        ["closeRefundButton", "retryRefundButton"], "closeRefundButton", [],
    ),
    (
        a_refund(U), "refundUnknown", "We don’t know if the refund went through.",
        ("Don’t send it again: the customer could be paid twice. US$ 12.50 is held back until this"
        " is settled."),
        ["closeRefundButton", "settleRefundButton", "checkRefundButton"], "checkRefundButton",
        ["attention"],
    ),
    (
        OutcomeUnknown("lost"), "refundUnknown", "We don’t know if the refund went through.",
        ("Don’t send it again: the customer could be paid twice. US$ 12.50 is held back until this"
        " is settled."),
        ["closeRefundButton"], "closeRefundButton", ["attention"],
    ),
    (
        GatewayNotSetUp("no token"), "refundNotAllowed",
        "This register isn’t signed in to Citcon.",
        "Nothing was sent, and no money moved. Call a manager to check the connection settings.",
        ["closeRefundButton"], "closeRefundButton", [],
    ),
    (
        NotRefundableError("no"), "refundNotAllowed", "This payment can’t be refunded now.",
        ("Nothing was sent, and no money moved. It isn’t known to be paid, or it may have been"
        " returned already. Check its status."),
        ["closeRefundButton"], "closeRefundButton", [],
    ),
]  # fmt: skip


class TestEndings:
    @pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending[1])
    def test_each_says_what_happened_and_offers_what_is_safe(self, desk, ending):
        result, state, title, text, buttons, focus, sounds = ending
        desk.refunding.result = result
        desk.fill()
        desk.send()
        assert (desk.state, desk.title, desk.text) == (state, title, text)
        assert desk.buttons == buttons
        assert desk.focused == focus
        assert desk.sounds == sounds
        assert desk.changed == [85]

    def test_a_late_enter_does_not_answer_the_outcome(self, desk):
        desk.fill()
        desk.send(is_guarded=True)
        desk.keys(Qt.Key.Key_Return)
        assert desk.dialog is not None

    def test_the_gateway_s_words_are_under_details(self, desk):
        desk.refunding.result = refused(text="4000 The refund is not allowed")
        desk.fill()
        desk.send()
        details = desk.dialog.findChild(QWidget, "refundDetails")
        at = clock_text(refused().answered_at, with_seconds=True)
        assert details.text == f"4000 The refund is not allowed · HSG1-0087-R1 · {at}"

    def test_done_closes_and_the_slip_is_printed_before(self, desk):
        desk.fill()
        desk.send()
        desk.click("printRefundSlipButton")
        assert desk.slips.printed == [(1, MEI_LIN.id)]
        assert desk.find("refundRemainingLabel").text() == "Slip printed."
        desk.click("closeRefundButton")
        assert desk.dialog is None

    @pytest.mark.parametrize(
        ("result", "words"),
        [
            (PrintResult(False, None, PrintTrouble.NOT_ANSWERING),
             "Slip not printed. The refund is safe."),
            (PrintResult(False, "slip.pdf", PrintTrouble.NO_PRINTER), "Slip saved as PDF."),
        ],
    )  # fmt: skip
    def test_what_became_of_the_slip_is_said(self, desk, result, words):
        desk.slips.result = result
        desk.fill()
        desk.send()
        desk.click("printRefundSlipButton")
        assert desk.find("refundRemainingLabel").text() == words

    def test_changing_keeps_amount_and_reason_and_asks_for_the_pin_again(self, desk):
        desk.refunding.result = refused(Refusal.NO_BALANCE)
        desk.fill()
        desk.send()
        desk.click("changeRefundButton")
        assert desk.amount == "US$ 12.50"
        assert desk.state == ""
        assert desk.focused == "refundAmountEdit"
        assert "PIN is missing" in desk.confirm.accessibleName()
        assert desk.find("refundReason_returned").isChecked()

    def test_checking_the_status_shows_what_is_left_now(self, desk):
        desk.refunding.result = refused(Refusal.TOO_MUCH)
        desk.fill()
        desk.send()
        desk.refunding.shown = standing("116.00")
        desk.click("checkRefundStatusButton")
        assert desk.looking.asked == [85]
        assert desk.find("refundableAmountLabel").text() == "10.00"
        assert desk.find("refundAmountError").text() == "The most you can refund is US$ 10.00."

    def test_checking_the_status_tells_what_went_back_elsewhere(self, desk):
        desk.refunding.result = refused(Refusal.TOO_MUCH)
        desk.fill()
        desk.send()
        desk.looking.gone = "121.00"
        desk.click("checkRefundStatusButton")
        assert desk.find("refundHint").text() == (
            "Citcon says that US$ 121.00 of this payment has gone back. US$ 5.00 can still be "
            "refunded."
        )
        assert desk.find("refundableAmountLabel").text() == "5.00"
        assert desk.find("refundAmountError").text() == "The most you can refund is US$ 5.00."
        assert "smaller" in desk.confirm.accessibleName()

    def test_a_status_that_cannot_be_checked_keeps_the_refusal_on_the_screen(self, desk):
        desk.refunding.result = refused(Refusal.TOO_MUCH)
        desk.fill()
        desk.send()
        desk.looking.is_answered = False
        desk.click("checkRefundStatusButton")
        assert desk.state == "refundTooMuch"
        words = "No answer from Citcon. Check the status again."
        assert desk.find("refundRemainingLabel").text() == words

    def test_an_accepted_refund_is_on_its_way_and_is_followed(self, desk):
        accepted = a_refund(RefundStatus.PENDING, gateway_id="R1")
        desk.refunding.result = accepted
        desk.fill()
        desk.send()
        assert desk.state == "refundPending"
        assert desk.title == "Citcon has accepted the refund."
        assert "Don’t send it again" in desk.text
        assert desk.buttons == ["closeRefundButton", "checkRefundButton"]
        assert desk.sounds == []
        done = replace(accepted, status=D)
        desk.money_back.refund_changed.emit(RefundChanged(accepted, done))
        assert desk.state == "refundDone"
        assert desk.changed == [85, 85]

    def test_an_accepted_refund_that_fails_is_told_with_the_services_words(self, desk):
        accepted = a_refund(RefundStatus.PENDING, gateway_id="R1")
        desk.refunding.result = accepted
        desk.fill()
        desk.send()
        failed = replace(refused(text="2 the bank said no"), gateway_id="R1")
        desk.money_back.refund_changed.emit(RefundChanged(accepted, failed))
        assert (desk.state, desk.sounds) == ("refundRefused", ["no"])
        assert desk.title == "Citcon refused the refund."

    def test_news_of_another_refund_change_nothing_here(self, desk):
        accepted = a_refund(RefundStatus.PENDING, gateway_id="R1")
        desk.refunding.result = accepted
        desk.fill()
        desk.send()
        other = replace(accepted, id=2)
        desk.money_back.refund_changed.emit(RefundChanged(other, replace(other, status=D)))
        assert desk.state == "refundPending"

    def test_what_another_till_has_refunded_meanwhile_is_told_at_the_field(self, desk):
        desk.fill()
        desk.refunding.result = RefundTooMuchError("HSG1-0085", 1000)
        desk.refunding.shown = standing("116.00")
        desk.send()
        assert desk.find("refundAmountError").text() == "The most you can refund is US$ 10.00."

    def test_what_was_not_sent_can_be_sent_with_the_same_approval(self, desk):
        desk.refunding.result = refused(Refusal.NOT_SENT)
        desk.fill()
        desk.send()
        desk.refunding.result = a_refund(D)
        desk.click("retryRefundButton")
        assert desk.state == "refundDone"
        assert desk.refunding.asked == [SENT, SENT]
        assert len(desk.people.tried) == 1

    def test_checking_an_unknown_one_sends_nothing_again(self, desk):
        desk.refunding.result = a_refund(U)
        desk.fill()
        desk.send()
        desk.click("checkRefundButton")
        assert desk.refunding.asked == [SENT, ("check", 1, MEI_LIN.id)]
        assert desk.state == "refundUnknown"
        rest = desk.find("refundRemainingLabel").text()
        assert rest == f"Checked at {clock_text(NOW)}: still no answer."
        desk.refunding.checked = a_refund(D)
        desk.click("checkRefundButton")
        assert desk.state == "refundDone"

    def test_a_check_that_fails_leaves_it_unknown(self, desk):
        desk.refunding.result = a_refund(U)
        desk.refunding.checked = GatewayNotSetUp("no token")
        desk.fill()
        desk.send()
        desk.click("checkRefundButton")
        assert desk.state == "refundUnknown"
        assert desk.find("refundRemainingLabel").text().startswith("This register isn’t signed in")
        assert desk.find("checkRefundButton").isEnabled()

    def test_settling_leaves_the_dialog(self, desk):
        desk.refunding.result = a_refund(U)
        desk.fill()
        desk.send()
        desk.click("settleRefundButton")
        assert desk.dialog is None
        assert desk.settling == [85]

    def test_a_card_is_called_a_card(self, desk):
        desk.refunding.shown = standing("0.00", of=paid(method=PaymentMethod.CC))
        desk.fill()
        desk.send()
        assert desk.text == (
            "US$ 12.50 goes back to the customer’s card. When it shows there depends on the bank."
        )

    def test_only_a_services_own_address_is_named(self, desk):
        desk.refunding.shown = standing("0.00", of=paid(method=PaymentMethod.CC, gateway="jpay"))
        desk.refunding.result = refused(Refusal.NO_BALANCE)
        desk.fill()
        desk.send()
        assert desk.text == "No money moved. Refund a smaller amount, or ask J-Pay."

    def test_nothing_is_said_of_a_balance_that_a_service_is_not_known_to_have(self):
        assert "balance" in wallet_words(paid(), "Citcon")
        card = paid(method=PaymentMethod.CC, gateway="jpay")
        assert wallet_words(card, "J-Pay") == "The money goes back to the customer’s card."


class TestTraining:
    def test_the_three_answers_are_arranged(self, desk):
        desk.till.is_training = True
        desk.open_refund()
        for name in ("simRefundOk", "simRefundNoBalance", "simRefundLoseAnswer"):
            desk.click(name)
            assert desk.find(name).isChecked()
        assert desk.till.training.acted == ["works", "no balance", "lose answer"]
        assert not desk.find("simRefundOk").isChecked()

    def test_real_money_has_no_strip(self, desk):
        desk.open_refund()
        assert not desk.find("refundSimulatorPanel").isVisible()


class TestMouseOnly:
    def test_a_refund_from_the_amount_to_the_slip(self, desk):
        desk.open_refund()
        desk.pad("1", "2", "5", "0")
        desk.tap("refundReason_returned")
        desk.tap("managerPinEdit")
        desk.pad(*PIN)
        desk.tap("confirmRefundButton")
        desk.past_guard()
        assert desk.state == "refundDone"
        desk.tap("printRefundSlipButton")
        desk.tap("closeRefundButton")
        assert desk.dialog is None
        assert desk.slips.printed == [(1, MEI_LIN.id)]
        assert desk.refunding.asked == [SENT]

    def test_it_all_fits_a_low_and_narrow_window(self, desk):
        desk.window.resize(900, 600)
        desk.open_refund()
        dialog = desk.dialog
        assert dialog.width() <= 900
        assert dialog.height() <= 600
        QTest.mouseClick(desk.find("refundPadButton_1"), Qt.MouseButton.LeftButton)
        assert desk.amount == "US$ 0.01"
        desk.window.resize(900, 500)
        QApplication.processEvents()
        pin = desk.find("managerPinEdit")
        assert pin.visibleRegion().boundingRect().height() < pin.height()
        pin.setFocus()
        assert pin.visibleRegion().boundingRect() == pin.rect()
        bottom = desk.confirm.mapTo(dialog, desk.confirm.rect().bottomRight())
        assert dialog.rect().contains(bottom)
