"""Who buys is asked before a card is charged through J-Pay, and kept nowhere."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from pos_app.compose import Parts
from pos_app.domain.customers import Customer
from pos_app.ui.widgets.country_edit import CountryEdit
from pos_app.ui.widgets.late_key_guard import is_held
from pos_app.ui.widgets.payment_words import words_of
from tests.fakes.gateway import FakeGateway
from tests.fakes.till import CHEAP
from tests.fakes.whole_window import PIN, whole_window

K = Qt.Key
NAMES = {
    "customerFirstNameEdit": "Ana",
    "customerLastNameEdit": "Lopez",
    "customerEmailEdit": "ana@example.com",
    "customerPhoneEdit": "+1 555 0100",
}
ANA = Customer("Ana", "Lopez", "ana@example.com", "+1 555 0100", "US")


@pytest.fixture
def gateway():
    return FakeGateway(id="jpay", name="J-Pay")


@pytest.fixture
def desk(qtbot, tmp_path, gateway):
    parts = Parts(factories=[gateway.factory()], hasher=CHEAP)
    way = {"POS_APP_METHODS_GATEWAYS": "cc=jpay", "POS_APP_CITCON_CHOP_BASE_URL": "http://[::1]/"}
    with whole_window(qtbot, tmp_path, parts=parts, **way) as desk:
        desk.press(*[K(ord(digit)) for digit in PIN])
        desk.wait(lambda: desk.page == "sellPage")
        desk.press(K.Key_4, K.Key_2, K.Key_5, K.Key_0)
        desk.click("methodTile_cc")
        desk.wait(lambda: desk.find("chargeButton").isEnabled())
        desk.press(K.Key_Return)
        desk.wait(lambda: asked(desk))  # and its keys count
        yield desk


def asked(desk):
    dialog = desk.find("customerDetailsDialog")
    return dialog is not None and dialog.isVisible() and not is_held(desk.window)


def fill(desk):
    for name, said in NAMES.items():
        desk.find(name).setText(said)


def told(desk):
    return {
        edit.objectName(): edit.accessibleDescription()
        for edit in desk.find("customerDetailsDialog").findChildren(QLineEdit)
        if edit.accessibleDescription()
    }


def test_the_details_go_to_the_gateway_and_the_code_is_shown(desk, gateway):
    fill(desk)
    dialog = desk.find("customerDetailsDialog")
    desk.click("confirmCustomerButton")
    assert [edit.text() for edit in dialog.findChildren(QLineEdit)] == [""] * 10
    assert dialog.take() is None
    desk.wait(lambda: desk.state == "waiting")
    assert gateway.purchase.customer == ANA
    assert [line.unit_price.plain for line in gateway.purchase.lines] == ["42.50"]
    assert words_of(desk.window.page._view).title == "Waiting for the bank’s answer"


def test_by_keys_alone(desk, qtbot, gateway):
    for said in NAMES.values():
        qtbot.keyClicks(desk.window.focusWidget(), said)
        desk.press(K.Key_Tab)
    assert desk.window.focusWidget().objectName() == "customerCountryCombo"
    desk.press(K.Key_Return)
    desk.wait(lambda: gateway.purchase is not None)
    assert gateway.purchase.customer == ANA


def test_what_is_wrong_is_told_under_its_field_and_nothing_is_charged(desk, gateway):
    desk.find("customerCountryCombo").setText("Atlantis")
    desk.find("customerEmailEdit").setText("ana")
    desk.click("confirmCustomerButton")
    assert told(desk) == {
        "customerFirstNameEdit": "Enter the first name.",
        "customerLastNameEdit": "Enter the last name.",
        "customerEmailEdit": "This e-mail address isn’t right.",
        "customerPhoneEdit": "Enter the telephone number.",
        "customerCountryCombo": "Choose a country from the list.",
    }
    assert desk.window.focusWidget().objectName() == "customerFirstNameEdit"
    assert gateway.calls == []
    fill(desk)
    desk.find("customerCountryCombo").setText("Canada")
    desk.click("confirmCustomerButton")
    desk.wait(lambda: gateway.purchase is not None)
    assert gateway.purchase.customer.country == "CA"


def test_an_error_goes_while_it_is_corrected(desk, qtbot):
    desk.click("confirmCustomerButton")
    qtbot.keyClicks(desk.find("customerFirstNameEdit"), "A")
    assert "customerFirstNameEdit" not in told(desk)


def test_the_address_is_optional_and_folded(desk, gateway):
    assert desk.find("customerCityEdit") is None
    desk.click("customerAddressFold")
    assert desk.find("customerCityEdit") is not None
    fill(desk)
    desk.find("customerCityEdit").setText("Reno")
    desk.click("confirmCustomerButton")
    desk.wait(lambda: gateway.purchase is not None)
    assert gateway.purchase.customer.city == "Reno"


def test_going_back_charges_nothing_and_the_next_customer_finds_empty_fields(desk, gateway):
    fill(desk)
    desk.press(K.Key_Escape)
    desk.wait(lambda: not asked(desk))
    assert desk.page == "sellPage"
    assert gateway.calls == []
    desk.wait(lambda: desk.find("chargeButton").isEnabled())
    desk.click("chargeButton")
    desk.wait(lambda: asked(desk))
    assert all(desk.find(name).text() == "" for name in NAMES)
    assert desk.find("customerCountryCombo").text() == "United States"


def test_after_a_no_of_the_bank_the_next_code_asks_again(desk, gateway):
    fill(desk)
    desk.click("confirmCustomerButton")
    desk.wait(lambda: desk.state == "waiting")
    (reference,) = gateway.payments
    gateway.expire(reference)
    desk.press(K.Key_F5)
    desk.wait(lambda: desk.state == "expired")
    desk.wait_until_keys_count()
    desk.click("newCodeButton")
    desk.wait(lambda: asked(desk))
    fill(desk)
    desk.click("confirmCustomerButton")
    desk.wait(lambda: desk.state == "waiting")
    assert len(gateway.payments) == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [("Canada", "CA"), ("canada", "CA"), ("de", "DE"), ("Swed", "SE"), ("United", ""), ("", "")],
)
def test_a_country_is_known_by_its_name_its_code_or_its_beginning(qapp, said, code):
    edit = CountryEdit("customerCountryCombo")
    edit.setText(said)
    assert edit.code == code
    edit.deleteLater()
