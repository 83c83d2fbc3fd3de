"""Payment methods in the settings: by mouse, by keys, saved, discarded, refused."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pos_app.config.settings import MethodSettings, Settings
from pos_app.domain.errors import SettingsChangedError, SettingsFileError
from pos_app.domain.methods import PaymentMethod
from pos_app.ui import theme
from pos_app.ui.widgets.dialog import open_dialog
from tests.fakes.settings_room import NARROW, SettingsRoom
from tests.fakes.till_for_sell import MEI_LIN, PRIYA

M = PaymentMethod
UP, DOWN, TAB, SPACE = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Space
ESCAPE, RETURN = Qt.Key.Key_Escape, Qt.Key.Key_Return
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
THREE = (M.ALIPAY, M.WECHATPAY, M.CC)


class Desk(SettingsRoom):
    """All sections, the methods first."""

    def __init__(self, qtbot, size=(1270, 712), **methods):
        settings = Settings(methods=MethodSettings(**{"enabled": THREE, **methods}))
        super().__init__(qtbot, settings, size=size)
        self.left = []

    def press(self, *keys):
        """As the window routes them: to the page first, then to what has the focus."""
        for key in keys:
            code, modifiers = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier(0))
            event = QKeyEvent(QEvent.Type.KeyPress, code, modifiers)
            if not self.page.handle_key(event):
                QTest.keyClick(QApplication.focusWidget(), code, modifiers)

    def focus(self, name):
        self.find(name).setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def focused(self):
        return QApplication.focusWidget().objectName()

    @property
    def now(self):
        return self.till.settings.methods

    def said(self, method):
        return self.find(f"methodRow_{method}").accessibleName()


@pytest.fixture
def desk(qtbot, qapp):
    yield Desk(qtbot)
    theme.apply(qapp, theme.Look())


def test_each_line_says_what_is_true_of_its_method(desk):
    assert desk.said("alipay") == "Alipay, US$, Citcon hosted page, Can be cancelled, F1, On"
    assert desk.said("dana") == "DANA, Rp, Citcon hosted page, Closes by itself, F6, Off"
    assert desk.dirty == ""
    assert not desk.find("saveSettingsButton").isEnabled()
    assert not desk.find("discardSettingsButton").isEnabled()


def test_the_mouse_alone_changes_and_saves(desk):
    desk.click("methodSwitch_dana", "methodCurrency_dana", "methodCurrency_danaChoice_USD")
    desk.click("oneTapSwitch")
    assert desk.dirty == "3 changes not saved"
    assert desk.now.enabled == THREE
    desk.click("saveSettingsButton")
    assert desk.now.enabled == (*THREE, M.DANA)
    assert desk.now.currencies == {M.DANA: "USD"}
    assert desk.now.one_tap
    assert desk.toasts == ["Saved"]
    assert desk.dirty == ""
    (_, _, approval) = desk.till.settings_desk.saved[0]
    assert (approval.asked_by, approval.approved_by) == (MEI_LIN.id, PRIYA.id)


def test_the_drawer_of_the_chosen_line_has_what_is_seldom_changed(desk):
    assert desk.find("methodService_cc") is None
    desk.click("methodRow_cc", "methodService_cc", "methodService_ccChoice_jpay")
    desk.click("methodLife_cc", "methodLife_ccChoice_900", "methodDefault_cc", "methodUp_cc")
    assert desk.dirty == "4 changes not saved"
    desk.click("saveSettingsButton")
    assert desk.now == MethodSettings(
        enabled=(M.ALIPAY, M.CC, M.WECHATPAY),
        default=M.CC,
        gateways={M.CC: "jpay"},
        code_lives={M.CC: 900},
    )
    assert "J-Pay, not set up" in desk.said("cc")


def test_the_keyboard_alone_changes_and_saves(desk):
    assert desk.focused == "settingsItem_methods"
    desk.press(TAB)
    assert desk.focused == "methodRow_alipay"
    desk.press(DOWN, (DOWN, ALT))  # WeChat Pay, which goes below the card
    assert desk.focused == "methodRow_wechatpay"
    desk.press(TAB, SPACE, DOWN, SPACE)  # the next currency of the list
    assert desk.focused == "methodCurrency_wechatpay"
    desk.press(TAB, SPACE)  # the switch
    assert desk.dirty == "2 changes not saved"
    desk.press((Qt.Key.Key_S, CONTROL))
    assert desk.now.enabled == (M.ALIPAY, M.CC)
    assert desk.now.currencies == {M.WECHATPAY: "EUR"}


def test_tab_goes_through_the_list_the_chosen_line_and_the_foot(desk):
    desk.click("methodRow_wechatpay", "oneTapSwitch")
    desk.page.focus_first()
    seen = []
    for _ in range(11):
        seen.append(desk.focused)
        desk.press(TAB)
    assert seen == [
        "settingsItem_methods", "methodRow_wechatpay", "methodCurrency_wechatpay",
        "methodSwitch_wechatpay", "methodService_wechatpay", "methodLife_wechatpay",
        "methodDefault_wechatpay", "methodUp_wechatpay", "methodDown_wechatpay", "oneTapSwitch",
        "discardSettingsButton",
    ]  # fmt: skip


def test_escape_folds_a_list_up_before_it_means_anything_else(desk):
    desk.click("oneTapSwitch", "methodCurrency_alipay")
    assert desk.find("methodCurrency_alipayPopup")
    desk.press(ESCAPE)
    assert desk.find("methodCurrency_alipayPopup") is None
    assert open_dialog(desk.window) is None
    desk.press(ESCAPE)
    assert open_dialog(desk.window) is not None


def test_the_last_method_stays_and_says_why(qtbot):
    desk = Desk(qtbot, enabled=(M.CC,))
    desk.click("methodSwitch_cc")
    assert desk.find("methodSwitch_cc").isChecked()
    assert desk.toasts == ["Offer at least one method."]
    assert desk.dirty == ""


def test_discard_asks_and_shows_what_is_in_force(desk):
    desk.click("methodSwitch_cc", "discardSettingsButton", "keepEditingButton")
    assert desk.dirty == "1 change not saved"
    desk.click("discardSettingsButton", "confirmDiscardButton")
    assert desk.dirty == ""
    assert desk.find("methodSwitch_cc").isChecked()
    assert desk.till.settings_desk.saved == []


def leave(desk):
    return desk.page.may_leave(lambda: desk.left.append("gone"))


def test_nothing_is_asked_where_nothing_was_changed(desk):
    assert leave(desk)


@pytest.mark.parametrize(
    ("answer", "is_gone", "saved"),
    [
        ("keepEditingButton", False, 0),
        ("confirmDiscardButton", True, 0),
        ("saveAndLeaveButton", True, 1),
    ],
)
def test_leaving_asks_first(desk, answer, is_gone, saved):
    desk.click("oneTapSwitch")
    assert not leave(desk)
    desk.click(answer)
    assert bool(desk.left) is is_gone
    assert len(desk.till.settings_desk.saved) == saved
    assert bool(desk.dirty) is not is_gone


def test_who_saves_to_leave_stays_when_it_cannot_be_saved(desk):
    desk.till.settings_desk.refusal = SettingsFileError("config.toml", "No space left")
    desk.click("oneTapSwitch")
    leave(desk)
    desk.click("saveAndLeaveButton")
    assert desk.left == []
    desk.till.settings_desk.refusal = None
    desk.click("saveSettingsButton")
    assert desk.left == []


def test_going_to_another_section_asks_too(desk):
    desk.click("oneTapSwitch", "settingsItem_people", "keepEditingButton")
    assert desk.page.section.name == "methods"
    assert desk.find("settingsItem_methods").isChecked()
    assert desk.dirty == "1 change not saved"
    desk.click("settingsItem_people", "confirmDiscardButton")
    assert desk.page.section.name == "people"
    assert desk.find("saveSettingsButton") is None


def test_a_visit_that_ends_gives_up_what_is_not_saved(desk):
    desk.click("oneTapSwitch")
    desk.page.hidden()
    desk.come_in()
    assert not desk.find("oneTapSwitch").isChecked()
    assert desk.dirty == ""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SettingsFileError("config.toml", "No space left"), "The settings weren’t saved."),
        (SettingsChangedError("config.toml", "x"), "Somebody has changed the file config.toml"),
    ],
)
def test_a_refusal_is_told_and_what_was_changed_is_kept(desk, error, words):
    desk.till.settings_desk.refusal = error
    desk.click("oneTapSwitch", "saveSettingsButton")
    assert words in desk.find("methodsStatus").accessibleName()
    assert desk.dirty == "1 change not saved"
    desk.till.settings_desk.refusal = None
    desk.click("saveSettingsButton")
    assert desk.find("methodsStatus") is None
    assert desk.now.one_tap


def test_what_the_environment_decides_is_said_and_off(desk):
    desk.till.settings_desk.fixed = {
        "methods.enabled": "POS_APP_METHODS_ENABLED",
        "methods.currencies": "POS_APP_METHODS_CURRENCIES",
    }
    desk.come_in()
    note = desk.find("methodsFixedNote").text()
    assert note == "Set by POS_APP_METHODS_ENABLED, POS_APP_METHODS_CURRENCIES, and not here."
    assert not desk.find("methodSwitch_cc").isEnabled()
    assert not desk.find("methodCurrency_cc").isEnabled()
    desk.press(TAB, DOWN, (DOWN, ALT))
    assert desk.focused == "methodRow_wechatpay"
    assert desk.dirty == ""
    assert desk.find("oneTapSwitch").isEnabled()


@pytest.mark.parametrize("size", [(828, 600), (1065, 700), (1270, 712), (1700, 1000)])
def test_everything_fits_its_window(qtbot, size):
    desk = Desk(qtbot, size)
    desk.click("methodRow_cc")
    for name in ("methodSwitch_cc", "methodDown_cc", "oneTapSwitch", "saveSettingsButton"):
        widget = desk.find(name)
        corner = widget.mapTo(desk.window, widget.rect().bottomRight())
        assert desk.window.rect().contains(corner), name
    shown = {one.text() for one in desk.page.findChildren(QLabel) if one.isVisible()}
    assert ("Key" in shown) is (size[0] > NARROW)
