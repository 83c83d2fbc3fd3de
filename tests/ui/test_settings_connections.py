"""Connections in the settings: test and live, tokens, trying, activation."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from pos_app.config.secrets import SecretPlace
from pos_app.config.settings import ChopSettings, Settings
from pos_app.domain.credentials import CredentialsUse
from pos_app.domain.errors import (
    ActivationLostError,
    ActivationRefusedError,
    SettingsFileError,
    TokenFormatError,
    TokenInUseError,
)
from pos_app.domain.gateways import Missing
from pos_app.services.reaching import ConnectionTest, Reached
from pos_app.ui import theme
from pos_app.ui.pages.settings.connections import ConnectionsSection
from pos_app.ui.widgets.dialog import open_dialog
from tests.fakes.credentials import account, earlier, without_token
from tests.fakes.settings_room import SettingsRoom
from tests.fakes.till_for_sell import MEI_LIN, PRIYA

CHOP, INSTORE, JPAY = "citcon_chop", "citcon_instore", "jpay"
TEST, LIVE = "https://uat.citconpay.com/", "https://citconpay.com/"
TAB, SPACE, RIGHT = Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Right
TOKEN = "T0K3N-of-the-store"
MEMBER, WEBSITE, KEYED = (
    f"gatewayDetail_jpay_{key}" for key in ("member_id", "website", "allow_keyed_cards")
)


class Desk(SettingsRoom):
    """The section alone on its page."""

    def __init__(self, qtbot, *, settings=None, **more):
        super().__init__(qtbot, settings or Settings(), sections=[ConnectionsSection()], **more)

    def key(self, name, words):
        self.find(name).setFocus()
        QTest.keyClicks(self.find(name), words)

    @property
    def done(self):
        return self.credentials.done

    @property
    def trouble(self):
        found = self.find("connectionTrouble")
        return found.accessibleName() if found else ""

    @property
    def result(self):
        found = self.find("connectionResult")
        return found.title if found else ""

    @property
    def address(self):
        return self.till.settings.citcon_chop.base_url


@pytest.fixture
def desk(qtbot, qapp):
    yield Desk(qtbot)
    theme.apply(qapp, theme.Look())


def test_it_says_where_the_token_is_and_who_needs_it_and_shows_nothing_of_it(desk):
    words = desk.find("gatewayTokenState").text()
    assert words == (
        "A token is kept in this PC’s keyring. Set on 12 Jul 2026. 3 payments need it."
    )
    assert desk.find("gatewayTokenEdit").text() == ""
    assert not desk.find("removeTokenButton").isEnabled()


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (account(CHOP, place=SecretPlace.FILE), "A token is kept in a file"),
        (
            account(CHOP, place=SecretPlace.ENVIRONMENT, variable="POS_APP_CITCON_CHOP_TOKEN"),
            "The token is set by POS_APP_CITCON_CHOP_TOKEN, and not here.",
        ),
        (without_token(CHOP), "There is no token yet."),
        (without_token(CHOP, Missing.SECRETS), "Whether there is a token can’t be read"),
        (account(CHOP, missing=Missing.USABLE_TOKEN), "can’t be one. Paste it again."),
    ],
)
def test_every_way_of_having_a_token_or_none_is_told(qtbot, one, words):
    desk = Desk(qtbot, known={CHOP: one})
    assert words in desk.find("gatewayTokenState").text()
    assert desk.find("gatewayTokenEdit").isEnabled() is (one.place is not SecretPlace.ENVIRONMENT)


def test_a_new_token_is_masked_tried_saved_and_forgotten(desk):
    desk.key("gatewayTokenEdit", TOKEN)
    edit = desk.window.findChild(QLineEdit, "gatewayTokenEdit")
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    assert edit.displayText() != TOKEN
    assert desk.dirty == "1 change not saved"
    desk.click("testConnectionButton")
    assert desk.result == "Connected. Citcon answered in 0.4 s."
    (_, service, token, address) = desk.done[-1]
    assert (service, token.reveal(), address) == (CHOP, TOKEN, TEST)
    desk.click("saveSettingsButton")
    (deed, service, kept, approval) = desk.done[-1]
    assert (deed, service, kept) == ("replace", CHOP, TOKEN)
    assert (approval.asked_by, approval.approved_by) == (MEI_LIN.id, PRIYA.id)
    assert (edit.text(), edit.isUndoAvailable(), desk.dirty) == ("", False, "")
    assert desk.toasts == ["Saved"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (ConnectionTest(Reached.TOKEN_UNKNOWN, 9), "Citcon doesn’t know this token."),
        (ConnectionTest(Reached.NO_ANSWER), "No answer. Check the network."),
        (
            ConnectionTest(Reached.NOT_SET_UP, missing=Missing.TOKEN),
            "There is no token yet. Paste it here.",
        ),
        (ConnectionTest(Reached.CONNECTED, 1049), "Connected. Citcon answered in 1.0 s."),
        (ConnectionTest(Reached.CONNECTED, 1050), "Connected. Citcon answered in 1.1 s."),
    ],
)
def test_every_answer_has_its_words(desk, answer, words):
    desk.credentials.answer = answer
    desk.click("testConnectionButton")
    assert desk.result == words
    assert desk.find("connectionResult").property("state") == answer.reached.value


def test_what_came_of_trying_goes_when_something_else_would_be_tried(desk):
    desk.click("testConnectionButton")
    desk.key("gatewayTokenEdit", "x")
    assert desk.result == ""


def test_live_asks_once_more_and_stays_outlined_until_it_has_answered(desk):
    desk.click("gatewayModeLive", "stayTestButton")
    assert desk.find("gatewayModeTest").isChecked()
    assert desk.dirty == ""
    desk.click("gatewayModeLive", "confirmLiveButton")
    assert desk.find("gatewayModeLive").isChecked()
    mode = desk.page.section._mode
    assert mode.property("tone") == "bad"
    desk.click("testConnectionButton")
    assert desk.done[-1][-1] == LIVE
    assert mode.property("tone") == ""
    assert desk.address == TEST
    desk.click("saveSettingsButton")
    assert desk.address == LIVE
    desk.click("gatewayModeTest")
    assert open_dialog(desk.window) is None
    desk.click("gatewayModeLive")  # it is live already: nothing to ask
    assert open_dialog(desk.window) is None


def test_another_address_in_the_file_is_shown_as_such(qtbot):
    other = Settings(citcon_chop=ChopSettings(base_url="https://api.citconpay.cn/"))
    desk = Desk(qtbot, settings=other)
    assert desk.find("gatewayModeOther").isChecked()
    desk.click("gatewayModeTest")
    assert desk.dirty == "1 change not saved"
    desk.click("gatewayModeOther")
    assert desk.dirty == ""


def test_other_is_not_offered_where_there_is_none(desk):
    assert desk.find("gatewayModeOther") is None


def test_an_address_of_the_environment_cannot_be_changed(desk):
    desk.settings_desk.fixed = {"citcon_chop.base_url": "POS_APP_CITCON_CHOP_BASE_URL"}
    desk.come_in()
    assert not desk.find("gatewayModeLive").isEnabled()


def test_switching_to_another_service_waits_for_what_is_not_saved(desk):
    desk.key("gatewayTokenEdit", "x")
    desk.click("gatewayService_jpay")
    desk._qtbot.waitUntil(lambda: desk.find("gatewayService_citcon_chop").isChecked())
    assert desk.toasts == ["Save or discard your changes first."]
    desk.click("discardSettingsButton", "confirmDiscardButton")
    desk.click("gatewayService_jpay")
    assert desk.find(MEMBER)


def test_jpay_wants_its_merchant_and_may_let_cards_be_keyed(desk):
    desk.click("gatewayService_jpay")
    desk.key(MEMBER, "10130")
    desk.key(WEBSITE, "shop")
    assert desk.find(f"{WEBSITE}Error")
    desk.click("saveSettingsButton")
    assert desk.settings_desk.saved == []
    desk.find(WEBSITE).selectAll()
    desk.key(WEBSITE, "https://shop.example/")
    assert desk.find(f"{WEBSITE}Error") is None
    desk.click(KEYED, "saveSettingsButton")
    jpay = desk.till.settings.jpay
    assert (jpay.member_id, jpay.website) == ("10130", "https://shop.example/")
    assert jpay.allow_keyed_cards
    assert [one for one in desk.done if one[0] == "replace"] == []


def test_settings_come_first_and_the_token_after_them(desk):
    desk.click("gatewayService_jpay")
    desk.key(MEMBER, "10130")
    desk.key("gatewayTokenEdit", TOKEN)
    desk.settings_desk.refusal = SettingsFileError("config.toml", "No space left")
    desk.click("saveSettingsButton")
    assert desk.done == []
    assert "The settings weren’t saved." in desk.trouble
    assert desk.dirty == "2 changes not saved"


def test_a_token_that_is_refused_leaves_only_itself_to_be_saved(desk):
    desk.credentials.refusal = TokenFormatError("no")
    desk.click("gatewayService_jpay")
    desk.key(MEMBER, "10130")
    desk.key("gatewayTokenEdit", "a b")
    desk.click("saveSettingsButton")
    error = desk.find("gatewayTokenEditError").text()
    assert error.startswith("That isn’t a token. A token has letters, digits and signs")
    assert desk.till.settings.jpay.member_id == "10130"
    assert desk.dirty == "1 change not saved"


def test_a_token_that_nobody_needs_is_removed_after_a_question(qtbot):
    desk = Desk(qtbot, known={CHOP: account(CHOP, use=CredentialsUse("x"))})
    desk.click("removeTokenButton", "keepTokenButton")
    assert desk.done == []
    desk.click("removeTokenButton", "confirmRemoveTokenButton")
    assert desk.done[0][:3] == ("remove", CHOP, "")
    assert "There is no token yet." in desk.find("gatewayTokenState").text()


def test_earlier_tokens_are_listed_and_go_when_nobody_needs_them(qtbot):
    known = {CHOP: account(CHOP, earlier=(earlier(3), earlier(0, "77aa.00")))}
    desk = Desk(qtbot, known=known)
    assert desk.find("removeEarlier_1") is None
    desk.click("removeEarlier_2", "confirmRemoveTokenButton")
    assert desk.done[0][:3] == ("remove", CHOP, "77aa.00")


def test_a_token_that_another_till_needs_by_now_is_told(qtbot):
    desk = Desk(qtbot, known={CHOP: account(CHOP, use=CredentialsUse("x"))})
    desk.credentials.refusal = TokenInUseError(2, "HSG1-0087")
    desk.click("removeTokenButton", "confirmRemoveTokenButton")
    assert "2 payments still need this token, HSG1-0087 the newest." in desk.trouble


def test_a_store_code_activates_the_register_by_keys_alone(desk):
    desk.click("gatewayService_citcon_instore")
    assert desk.find("gatewayTokenEdit") is None
    assert not desk.find("activateButton").isEnabled()
    desk.key("gatewayStoreCodeEdit", "store-7")
    QTest.keyClick(QApplication.focusWidget(), TAB)
    assert QApplication.focusWidget().objectName() == "activateButton"
    QTest.keyClick(QApplication.focusWidget(), SPACE)
    assert desk.done[0][:3] == ("activate", INSTORE, "store-7")
    assert desk.toasts == ["Saved"]
    assert desk.find("gatewayStoreCodeEdit").text() == ""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ActivationRefusedError("no", "Token was occupied (C-I0)"), "ask for a new one."),
        (ActivationLostError("lost"), "It may be used up."),
    ],
)
def test_what_came_of_an_activation_that_failed_is_told(desk, error, words):
    desk.credentials.refusal = error
    desk.click("gatewayService_citcon_instore")
    desk.key("gatewayStoreCodeEdit", "store-7")
    desk.click("activateButton")
    assert words in desk.trouble
    assert desk.find("gatewayStoreCodeEdit").text() == "store-7"


def test_in_training_nothing_can_be_set_and_the_page_says_why(qtbot):
    desk = Desk(qtbot, is_training=True)
    assert not desk.find("gatewayTokenEdit").isEnabled()
    assert not desk.find("gatewayModeLive").isEnabled()
    desk.click("testConnectionButton")
    assert desk.result.startswith("Connected.")
    desk.click("gatewayService_jpay")
    assert not desk.find(MEMBER).isEnabled()
    assert not desk.find(KEYED).isEnabled()


def test_a_visit_that_ends_forgets_the_token_that_was_keyed(desk):
    desk.key("gatewayTokenEdit", TOKEN)
    desk.page.hidden()
    edit = desk.window.findChild(QLineEdit, "gatewayTokenEdit")
    assert (edit.text(), edit.isUndoAvailable()) == ("", False)


def test_tab_goes_down_the_form_to_the_foot(desk):
    desk.key("gatewayTokenEdit", "x")
    desk.page.focus_first()
    seen = []
    for _ in range(8):
        seen.append(QApplication.focusWidget().objectName())
        QTest.keyClick(QApplication.focusWidget(), TAB)
    assert seen == [
        "settingsItem_gateway", "gatewayService_citcon_chop", "gatewayModeTest",
        "gatewayTokenEdit", "testConnectionButton", "removeEarlier_2", "discardSettingsButton",
        "saveSettingsButton",
    ]  # fmt: skip
