"""Settle with manager: the PIN, the answer and its note, by keys alone and by mouse alone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget

from pos_app.domain.charges import ChargeDecision
from pos_app.domain.errors import ChargeStillOpenError, DiskFullError
from pos_app.domain.settling import Question
from pos_app.services.payment_view import Screen
from pos_app.ui.dialogs.settle_words import words_of
from pos_app.ui.pages.settling import Settling
from pos_app.ui.widgets.dialog import open_dialog
from tests.fakes.payment_desk import PaymentDesk
from tests.fakes.payments import FakePaymentTill, LaterBackground, charge, settled, view
from tests.fakes.pin_leaks import places_that_tell
from tests.fakes.till_for_sell import JONAS, MEI_LIN, PRIYA, InlineBackground
from tests.screenshots.settling import MATTERS, REFUND

ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
DOWN = Qt.Key.Key_Down
PROOF = "Seen in the customer’s app"


class Desk:
    """A window in which something is to be settled, and who settles it."""

    def __init__(self, qtbot, matter, background=None):
        self.qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.till = FakePaymentTill(view(Screen.UNKNOWN))
        self.fake = self.till.settling
        self.fake.matter = matter
        self.settling = Settling(self.window)
        self.background = background or InlineBackground()
        self.settling.connect_till(self.till, self.background)
        self.settling.tell_person(MEI_LIN)
        self.changes, self.toasts, self.sounds, self.ends = [], [], [], []
        self.settling.changed.connect(self.changes.append)
        self.settling.toast_wanted.connect(self.toasts.append)
        self.settling.sound_wanted.connect(self.sounds.append)
        self.settling.ended.connect(lambda: self.ends.append(True))
        self.settling.settle(87)
        self.settle()

    @property
    def dialog(self):
        return open_dialog(self.window)

    def settle(self):
        """Let the time pass in which late keys are ignored."""
        if self.dialog is not None:
            self.dialog._guard.hold(0)
            self.qtbot.waitUntil(lambda: not self.dialog._guard.is_holding)

    def keys(self, *keys):
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(QApplication.focusWidget(), key)
            else:
                QTest.keyClick(QApplication.focusWidget(), key)

    def approve(self):
        self.keys("999999", ENTER)
        self.settle()

    def click(self, name):
        """Press what has this name with the mouse."""
        button = self.dialog.findChild(QWidget, name)
        assert button.isVisible(), name
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def words(self, name):
        return self.dialog.findChild(QLabel, name).text()

    def is_on(self):
        return self.dialog.findChild(QPushButton, "confirmSettleButton").isEnabled()


@pytest.fixture
def desk(qtbot, request):
    return Desk(qtbot, MATTERS[getattr(request, "param", "charge")])


def about(*names):
    return pytest.mark.parametrize("desk", names, indirect=True)


def test_first_a_manager_says_who_is_asking(desk):
    assert desk.dialog.objectName() == "managerPinDialog"
    desk.keys("111111", ENTER)
    assert desk.dialog.objectName() == "managerPinDialog"
    assert desk.sounds == ["limit"]
    desk.approve()
    assert desk.dialog.objectName() == "settleDialog"
    assert places_that_tell("999999", desk.window) == []


def test_the_keyboard_alone_settles_a_payment(desk):
    desk.approve()
    assert not desk.is_on()
    desk.keys(DOWN, ENTER)
    assert not desk.is_on()
    desk.keys(TAB, TAB, "  nothing in his app ")
    desk.keys(ENTER)
    decided = ("charge", 87, ChargeDecision.NOT_PAID, "nothing in his app", MEI_LIN.id, PRIYA.id)
    assert desk.fake.recorded == [decided]
    assert desk.dialog is None
    assert (desk.changes, desk.toasts) == ([87], ["Your decision is recorded."])


def test_the_mouse_alone_settles_a_payment(desk):
    for _ in range(6):
        QTest.mouseClick(
            desk.dialog.findChild(QWidget, "managerPinPadButton_9"), Qt.MouseButton.LeftButton
        )
    desk.click("confirmManagerPinButton")
    desk.settle()
    desk.click("settlePaidRadio")
    desk.click("settleNote_1")
    desk.click("confirmSettleButton")
    decided = ("charge", 87, ChargeDecision.PAID, PROOF, MEI_LIN.id, PRIYA.id)
    assert desk.fake.recorded == [decided]


ANSWERS = ("settlePaidRadio", "settleNotPaidRadio", "settleUnknownRadio")
OF_A_CHARGE = (ChargeDecision.PAID, ChargeDecision.NOT_PAID, ChargeDecision.STILL_NOT_KNOWN)
OF_MONEY_BACK = (True, False, None)


@pytest.mark.parametrize(
    ("desk", "recorded", "meanings"),
    [
        ("charge", ("charge", 87), OF_A_CHARGE),
        ("refund", ("refund", REFUND.id), OF_MONEY_BACK),
        ("cancel", ("refund", REFUND.id), OF_MONEY_BACK),
        ("return", ("return", 87), OF_MONEY_BACK),
    ],
    indirect=["desk"],
)
@pytest.mark.parametrize("place", range(3))
def test_each_answer_means_what_it_says(desk, recorded, meanings, place):
    desk.approve()
    desk.click(ANSWERS[place])
    desk.click("settleNote_2")
    desk.click("confirmSettleButton")
    [(kind, about_id, decision, note, *_, manager)] = desk.fake.recorded
    assert (kind, about_id) == recorded
    assert decision is meanings[place]
    assert (note, manager) == ("Citcon told us", PRIYA.id)


def test_enter_never_means_the_answer_that_had_the_focus_before_another_was_tapped(desk):
    desk.approve()
    desk.click("settleNotPaidRadio")
    desk.keys(ENTER)
    assert desk.dialog.findChild(QRadioButton, "settleNotPaidRadio").isChecked()


def test_a_note_is_required(desk):
    desk.approve()
    desk.click("settleUnknownRadio")
    assert desk.words("settleHint") == "Write a note: what you saw or were told."
    note = desk.dialog.findChild(QLineEdit, "settleNoteEdit")
    note.setText("   ")
    assert not desk.is_on()
    note.setText("asked")
    assert desk.is_on()
    assert desk.words("settleHint") == "Approved by Priya"


@about("charge", "refund", "return", "cancel", "list", "refund-contradicted")
def test_what_is_recorded_is_told(desk):
    desk.approve()
    is_question = desk.dialog.findChild(QRadioButton) is not None
    if is_question:
        desk.click("settlePaidRadio")
        desk.click("settleNote_1")
    desk.click("confirmSettleButton")
    words = "Your decision is recorded." if is_question else "It’s off the list."
    assert desk.toasts == [words]
    assert desk.changes == [87]


@about("charge", "refund", "return", "cancel")
def test_it_says_that_no_money_moves(desk):
    desk.approve()
    texts = [label.text() for label in desk.dialog.findChildren(QLabel)]
    promise = (
        "This records your decision. It doesn’t move money. If Citcon later says otherwise, we’ll "
        "tell you."
    )
    assert promise in texts


def test_the_answers_are_those_of_the_design(desk):
    answers = {name: words_of(matter, "Citcon").answers for name, matter in MATTERS.items()}
    assert answers["charge"] == (
        "The customer paid (I have seen proof)",
        "The customer did not pay",
        "Still not known",
    )
    assert answers["refund"] == ("It went out", "It did not", "Still not known")
    assert answers["return"][:2] == ("It is being returned", "It is not returned")
    desk.approve()
    radios = [one.text() for one in desk.dialog.findChildren(QRadioButton)]
    assert tuple(radios) == answers["charge"]


@about("contradicted")
def test_a_contradiction_is_told_before_it_is_settled_again(desk):
    desk.approve()
    assert desk.words("settleEarlierTitle") == (
        "Priya had decided that the customer paid. Citcon says that it wasn’t paid, and that no "
        "money was taken."
    )


@about("looked-at")
def test_what_was_found_out_before_is_told(desk):
    desk.approve()
    assert desk.words("settleEarlierTitle").endswith(
        "it was still not known: Citcon calls back in the afternoon"
    )


@about("refund-contradicted")
def test_a_refund_that_the_gateway_tells_otherwise_is_only_seen(desk):
    desk.approve()
    assert desk.dialog.findChildren(QRadioButton) == []
    assert desk.words("settleEarlierTitle") == (
        "Priya had decided that it did not go out. Citcon says that it did: US$ 12.50 counts as "
        "refunded."
    )
    desk.keys(ENTER)
    assert desk.fake.recorded == [("seen", 87, Question.CONTRADICTION, MEI_LIN.id, PRIYA.id)]


@about("list")
def test_what_reconciling_found_is_only_seen(desk):
    desk.approve()
    assert "Citcon’s list says something else" in desk.words("settleEarlierTitle")
    desk.click("confirmSettleButton")
    assert desk.fake.recorded == [("seen", 87, Question.LIST, MEI_LIN.id, PRIYA.id)]


@pytest.mark.parametrize("steps", [0, 1])
def test_escape_decides_nothing(desk, steps):
    if steps:
        desk.approve()
        desk.click("settlePaidRadio")
        desk.click("settleNote_1")
    desk.keys(ESCAPE)
    assert (desk.dialog, desk.fake.recorded, desk.changes) == (None, [], [])
    assert desk.ends == [True]


def test_what_cannot_be_written_down_stays_on_the_screen(desk):
    desk.approve()
    desk.click("settlePaidRadio")
    desk.click("settleNote_1")
    desk.fake.trouble = DiskFullError("The disk is full.")
    desk.click("confirmSettleButton")
    assert desk.words("settleTroubleTitle") == "This PC’s disk is full."
    assert desk.changes == []
    desk.fake.trouble = None
    desk.click("confirmSettleButton")
    assert [one[3] for one in desk.fake.recorded] == [PROOF]


def test_a_sale_that_is_charged_again_comes_first(desk):
    desk.approve()
    desk.click("settlePaidRadio")
    desk.click("settleNote_1")
    desk.fake.trouble = ChargeStillOpenError(88, "HSG1-0088")
    desk.click("confirmSettleButton")
    assert desk.words("settleTroubleTitle") == "Payment HSG1-0088 has no answer yet."


@pytest.mark.parametrize(
    "after",
    [MATTERS["charge"].charge, settled(MATTERS["charge"].charge, ChargeDecision.NOT_PAID)],
    ids=["answered", "settled at another till"],
)
def test_an_answer_that_came_meanwhile_is_told(desk, after):
    desk.fake.after = replace(after, decision_note="another note")
    desk.approve()
    desk.click("settlePaidRadio")
    desk.click("settleNote_1")
    desk.click("confirmSettleButton")
    assert desk.toasts == ["The answer had come meanwhile. Nothing was recorded."]
    assert desk.changes == [87]


def test_there_may_be_nothing_left_to_settle(qtbot):
    desk = Desk(qtbot, None)
    assert desk.dialog is None
    assert (desk.changes, desk.ends) == ([87], [True])
    assert desk.toasts == ["There is nothing to settle any more."]


def test_withdrawn_it_goes_with_its_safe_answer(desk):
    desk.settling.withdraw()
    assert desk.dialog is None
    desk.settling.settle(87)
    desk.settle()
    desk.approve()
    desk.click("settlePaidRadio")
    desk.settling.withdraw()
    assert (desk.dialog, desk.fake.recorded) == (None, [])


def test_withdrawn_while_the_pin_is_checked_asks_nothing_more(qtbot):
    desk = Desk(qtbot, MATTERS["charge"], LaterBackground())
    desk.background.run_all()
    desk.background.run_all()
    desk.settle()
    desk.keys("999999", ENTER)
    assert desk.dialog.is_busy
    desk.settling.withdraw()
    desk.background.run_all()
    assert desk.dialog is None


class TestPaymentPage:
    """Where the button is, and what the page says afterwards."""

    @pytest.mark.parametrize("state", [Screen.UNKNOWN, Screen.MISMATCH])
    def test_what_nobody_knows_can_be_settled_here(self, qtbot, state):
        desk = PaymentDesk(qtbot, view(state))
        desk.till.settling.matter = replace(MATTERS["charge"], charge=charge(state))
        desk.settle()
        desk.click("settleButton")
        assert desk.dialog.objectName() == "managerPinDialog"
        desk.dialog.dismiss()
        assert desk.find("settleButton").isEnabled()

    def test_a_mismatch_is_settled_by_enter(self, qtbot):
        desk = PaymentDesk(qtbot, view(Screen.MISMATCH))
        desk.till.settling.matter = replace(MATTERS["charge"], charge=charge(Screen.MISMATCH))
        desk.settle()
        desk.press(ENTER)
        assert desk.dialog is not None

    def test_an_answer_of_the_gateway_never_waits_behind_it(self, qtbot):
        desk = PaymentDesk(qtbot, view(Screen.UNKNOWN))
        desk.till.settling.matter = MATTERS["charge"]
        desk.settle()
        desk.click("settleButton")
        desk.become(view(Screen.PAID))
        assert desk.dialog is None
        assert desk.till.settling.recorded == []

    def test_settled_as_paid_goes_on_with_the_next_sale(self, qtbot):
        desk = PaymentDesk(qtbot, view(Screen.SETTLED))
        desk.settle()
        assert desk.buttons() == {"New sale"}
        assert desk.find("paymentStatusTitle").text() == "Settled: the customer paid"
        assert not desk.page.holds_frame
        desk.press(ENTER)
        assert desk.new_sales == [True]

    def test_settled_as_not_paid_charges_the_same_sale_again(self, qtbot):
        unpaid = settled(charge(Screen.UNKNOWN), ChargeDecision.NOT_PAID)
        desk = PaymentDesk(qtbot, replace(view(Screen.SETTLED), charge=unpaid))
        desk.settle()
        assert desk.buttons() == {"New code", "Choose another method", "End sale"}
        assert desk.find("paymentStatusTitle").text() == "Settled: the customer did not pay"
        desk.press(ENTER)
        assert [what for what, *_ in desk.till.checkout.asked][:1] == ["charge"]

    def test_a_contradiction_says_who_says_what(self, qtbot):
        contradicted = replace(MATTERS["contradicted"].charge, decided_at=charge().created_at)
        desk = PaymentDesk(qtbot, replace(view(Screen.MISMATCH), charge=contradicted))
        title = desk.find("paymentStatusTitle").text()
        assert title == "Citcon says that this wasn’t paid"
        assert "a manager" in desk.find("paymentStatusText").text().lower()


def test_the_one_who_is_signed_in_is_no_manager_by_that(qtbot):
    desk = Desk(qtbot, MATTERS["charge"])
    desk.settling.tell_person(JONAS)
    desk.approve()
    desk.click("settlePaidRadio")
    desk.click("settleNote_1")
    desk.click("confirmSettleButton")
    assert desk.fake.recorded[0][-2:] == (JONAS.id, PRIYA.id)
