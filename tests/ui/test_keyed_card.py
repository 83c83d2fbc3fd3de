"""Keying a customer's card: what it takes, and that nothing of it stays or shows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.compose import Parts
from pos_app.domain.cards import CardPart, KeyedCard
from pos_app.ui.widgets.late_key_guard import is_held
from pos_app.ui.widgets.payment_words import words_of
from tests.fakes.gateway import FakeGateway
from tests.fakes.pin_leaks import places_that_tell
from tests.fakes.till import CHEAP
from tests.fakes.whole_window import PIN, whole_window

K = Qt.Key
NAMES = {
    "customerFirstNameEdit": "Ana",
    "customerLastNameEdit": "Lopez",
    "customerEmailEdit": "ana@example.com",
    "customerPhoneEdit": "+1 555 0100",
}
NUMBER = "5555555555554444"
FIELDS = ("keyedCardNumberEdit", "keyedCardMonthEdit", "keyedCardYearEdit", "keyedCardCvvEdit")
REVEALED = (NUMBER, "12", "2030", "987")


@pytest.fixture
def gateway():
    return FakeGateway(id="jpay", name="J-Pay")


@pytest.fixture
def may_key():
    return "yes"


@pytest.fixture
def desk(qtbot, tmp_path, gateway, may_key):
    parts = Parts(factories=[gateway.factory()], hasher=CHEAP)
    ways = {
        "POS_APP_METHODS_GATEWAYS": "cc=jpay",
        "POS_APP_CITCON_CHOP_BASE_URL": "http://[::1]/",
        "POS_APP_JPAY_ALLOW_KEYED_CARDS": may_key,
    }
    with whole_window(qtbot, tmp_path, parts=parts, **ways) as desk:
        desk.press(*[K(ord(digit)) for digit in PIN])
        desk.wait(lambda: desk.page == "sellPage")
        desk.press(K.Key_4, K.Key_2, K.Key_5, K.Key_0)
        desk.click("methodTile_cc")
        ask_who_buys(desk)
        yield desk


def ask_who_buys(desk):
    desk.wait(lambda: desk.find("chargeButton").isEnabled())
    desk.click("chargeButton")
    desk.wait(lambda: is_asked(desk, "customerDetailsDialog"))
    fill_in(desk)


def fill_in(desk):
    for name, said in NAMES.items():
        desk.find(name).setText(said)


def is_asked(desk, name):
    dialog = desk.find(name)
    return dialog is not None and dialog.isVisible() and not is_held(desk.window)


def go_on_to_card(desk):
    desk.click("keyCardButton")
    desk.wait(lambda: is_asked(desk, "keyedCardDialog"))
    return desk.find("keyedCardDialog")


def digits(desk):
    return [bytes(desk.window.findChild(QWidget, name).digits) for name in FIELDS]


def key(desk, text):
    desk.press(*[K(ord(one)) for one in text])


def key_card(desk, number=NUMBER, month="12", year="30", cvv="987"):
    key(desk, number)
    desk.press(K.Key_Tab)
    key(desk, month)  # its second digit goes on by itself
    key(desk, year)
    desk.press(K.Key_Tab)
    key(desk, cvv)


def told(desk):
    return [
        desk.find(name).accessibleDescription() for name in FIELDS if desk.find(name) is not None
    ]


def test_by_keys_alone_it_is_sent_once_and_paid(desk, gateway):
    go_on_to_card(desk)
    key_card(desk)
    desk.press(K.Key_Return)
    desk.wait(lambda: desk.state == "paid")
    assert gateway.revealed == REVEALED
    assert gateway.count("create") == 1
    assert gateway.purchase.customer.first_name == "Ana"
    assert gateway.purchase.card.is_wiped
    assert desk.till.checkout._cards == {}


def test_by_mouse_alone(desk, gateway):
    go_on_to_card(desk)
    for name, text in zip(FIELDS, (NUMBER, "12", "2030", "987"), strict=True):
        QTest.mouseClick(desk.find(name), Qt.MouseButton.LeftButton)
        for digit in text:
            desk.click(f"keyedCardPadButton_{digit}")
    desk.click("keyedCardPadButton_backspace")
    desk.click("keyedCardPadButton_7")
    desk.click("confirmKeyedCardButton")
    desk.wait(lambda: desk.state == "paid")
    assert gateway.revealed == REVEALED


def test_enter_goes_to_what_is_empty_and_then_charges(desk, gateway):
    go_on_to_card(desk)
    for text in ("5555 5555-5555 4444", "12", "30", "987"):
        key(desk, text)
        desk.press(K.Key_Return)
    desk.wait(lambda: desk.state == "paid")
    assert gateway.revealed == REVEALED


def test_the_customer_may_enter_it_on_the_services_page_as_before(desk, gateway):
    desk.press(K.Key_Return)
    desk.wait(lambda: gateway.purchase is not None)
    assert gateway.purchase.card is None


@pytest.mark.parametrize("may_key", ["no"])
def test_it_is_not_offered_where_the_shop_does_not_allow_it(desk):
    assert desk.find("keyCardButton") is None
    assert desk.find("confirmCustomerButton") is not None


def test_what_is_wrong_is_told_under_its_field_and_nothing_is_charged(desk, gateway):
    go_on_to_card(desk)
    desk.click("confirmKeyedCardButton")
    assert told(desk) == [
        "Key the card number.",
        "Key the month.",
        "Key the year.",
        "Key the CVV.",
    ]
    assert desk.window.focusWidget().objectName() == FIELDS[0]
    key_card(desk, "4242424242424241", "13", "2030", "98")
    desk.click("confirmKeyedCardButton")
    assert told(desk) == [
        "This card number isn’t right.",
        "This month isn’t right.",
        "",
        "This CVV isn’t right.",
    ]
    assert digits(desk)[2] == b"2030"
    assert gateway.calls == []
    desk.press(K.Key_Backspace, K.Key_2)
    assert told(desk)[0] == ""
    for name, text in ((FIELDS[1], "01"), (FIELDS[2], "20"), (FIELDS[3], "987")):
        desk.find(name).setFocus()
        desk.press(K.Key_Delete)
        key(desk, text)
    desk.click("confirmKeyedCardButton")
    assert told(desk) == ["", "", "This card has expired.", ""]


def leave_by_esc(desk):
    desk.press(K.Key_Escape)


def leave_by_button(desk):
    desk.click("cancelKeyedCardButton")


def leave_by_closing(desk):
    desk.click("keyedCardDialogClose")


def leave_by_lock(desk):
    desk.window._on_idle()
    assert desk.page == "lockPage"


def leave_by_charging(desk):
    desk.press(K.Key_Return)
    desk.wait(lambda: desk.state == "paid")


def leave_by_other_dialog(desk):
    desk.window.show_failure()


def leave_by_hiding(desk):
    desk.window.hide()


@pytest.mark.parametrize(
    "leave",
    [
        leave_by_esc, leave_by_button, leave_by_closing, leave_by_lock, leave_by_charging,
        leave_by_other_dialog, leave_by_hiding,
    ],
)  # fmt: skip
def test_nothing_is_left_in_the_fields_however_it_is_left(desk, gateway, leave):
    dialog = go_on_to_card(desk)
    key_card(desk)
    buffers = [edit.digits for edit in dialog.findChildren(QLineEdit)]
    assert any(buffers)
    leave(desk)
    assert buffers == [bytearray()] * 4
    assert dialog.take() is None
    assert bool(gateway.calls) is (leave is leave_by_charging)


def test_the_next_customer_finds_empty_fields(desk):
    go_on_to_card(desk)
    key_card(desk)
    desk.press(K.Key_Escape)
    desk.wait(lambda: desk.find("keyedCardDialog") is None)
    ask_who_buys(desk)
    go_on_to_card(desk)
    assert digits(desk) == [b"", b"", b"", b""]


def test_no_widget_tells_a_digit_and_the_screen_shows_none(desk):
    """Neither while it is keyed nor after an error."""
    dialog = go_on_to_card(desk)
    key_card(desk, cvv="98")
    assert digits(desk)[0] == NUMBER.encode()
    assert places_that_tell(NUMBER, desk.window) == []
    before = dialog.grab().toImage()
    desk.press(K.Key_Backspace, K.Key_1)
    assert dialog.grab().toImage() == before
    desk.click("confirmKeyedCardButton")
    assert places_that_tell(NUMBER, desk.window) == []
    number = QAccessible.queryAccessibleInterface(desk.find(FIELDS[0]))
    assert number.text(QAccessible.Text.Name) == "Card number, 16 digits"
    assert number.text(QAccessible.Text.Value) == "•••• •••• •••• ••••"


def test_nothing_can_be_pasted_into_it_or_copied_out_of_it(desk):
    go_on_to_card(desk)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("4000000000000002")
    control = Qt.KeyboardModifier.ControlModifier
    for paste in (K.Key_V, K.Key_A, K.Key_Z):
        QTest.keyClick(desk.window.windowHandle(), paste, control)
    edit = desk.find(FIELDS[0])
    QTest.mouseClick(edit, Qt.MouseButton.MiddleButton)
    spoken = QAccessible.queryAccessibleInterface(edit)
    spoken.setText(QAccessible.Text.Value, "4000000000000002")
    assert (edit.text(), digits(desk)[0]) == ("", b"")
    key(desk, NUMBER)
    assert digits(desk)[0] == NUMBER.encode()
    edit.selectAll()
    for copy in (K.Key_C, K.Key_X):
        QTest.keyClick(desk.window.windowHandle(), copy, control)
    edit.copy()
    assert not any(digit in clipboard.text() for digit in "54")
    assert digits(desk)[0] == NUMBER.encode()


def test_a_lost_network_asks_for_the_card_again_and_keeps_the_reference(desk, gateway):
    gateway.fail("not_sent")
    go_on_to_card(desk)
    key_card(desk)
    desk.press(K.Key_Return)
    desk.wait(lambda: desk.state == "createUnreachable")
    assert "card wasn’t sent" in words_of(desk.window.page._view).text
    assert gateway.purchase.card.is_wiped
    desk.wait_until_keys_count()
    desk.click("retryCreateButton")
    desk.wait(lambda: is_asked(desk, "keyedCardDialog"))
    assert digits(desk) == [b"", b"", b"", b""]
    key_card(desk)
    desk.press(K.Key_Return)
    desk.wait(lambda: desk.state == "paid")
    assert len({reference for call, reference in gateway.calls if call == "create"}) == 1
    assert gateway.purchase.customer.first_name == "Ana"


def test_without_the_card_the_retry_does_nothing(desk, gateway):
    gateway.fail("not_sent")
    go_on_to_card(desk)
    key_card(desk)
    desk.press(K.Key_Return)
    desk.wait(lambda: desk.state == "createUnreachable")
    desk.wait_until_keys_count()
    desk.click("retryCreateButton")
    desk.wait(lambda: is_asked(desk, "keyedCardDialog"))
    desk.press(K.Key_Escape)
    assert desk.state == "createUnreachable"
    assert gateway.count("create") == 1
    desk.wait(lambda: desk.find("retryCreateButton").isEnabled())


def test_the_card_is_wiped_when_it_is_the_same_customer_after_all(desk, gateway, monkeypatch):
    """The question comes between the card and its charge."""
    cards = []
    charge = desk.till.checkout.charge

    def noted(*more, card=None, **named):
        cards.append(card)
        return charge(*more, card=card, **named)

    monkeypatch.setattr(type(desk.till.checkout), "charge", lambda _, *a, **k: noted(*a, **k))
    desk.press(K.Key_Return)  # on the service's page first
    desk.wait(lambda: desk.state == "waiting")
    desk.wait_until_keys_count()
    desk.click("putAsideButton")
    desk.wait(lambda: desk.page == "sellPage")
    desk.press(K.Key_4, K.Key_2, K.Key_5, K.Key_0)
    desk.click("methodTile_cc")
    ask_who_buys(desk)
    go_on_to_card(desk)
    key_card(desk)
    desk.press(K.Key_Return)
    desk.wait(lambda: is_asked(desk, "sameCustomerDialog"))
    desk.press(K.Key_Escape)
    assert isinstance(cards[-1], KeyedCard)
    assert cards[-1].is_wiped
    assert gateway.count("create") == 1


def test_every_part_has_its_field(desk):
    dialog = go_on_to_card(desk)
    assert len(dialog.findChildren(QLineEdit)) == len(CardPart)
