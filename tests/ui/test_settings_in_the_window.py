"""Settings changed in the real window over real services: Sell follows at once."""

import pytest
from PySide6.QtCore import Qt

from pos_app.compose import Parts
from pos_app.config.load import load_settings
from pos_app.domain.methods import PaymentMethod
from pos_app.paths import DataPaths
from pos_app.ui.widgets.toast import Toast
from tests.fakes.at_the_till import come_to_rest, control, dialog_of, go_into_settings, sign_in
from tests.fakes.command import NOWHERE
from tests.fakes.gateway import FakeGateway
from tests.fakes.till import CHEAP
from tests.fakes.whole_window import whole_window

TAB, DOWN, RETURN = Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Return


@pytest.fixture
def shown(qtbot, tmp_path):
    parts = Parts(factories=[FakeGateway().factory()], hasher=CHEAP)
    with whole_window(qtbot, tmp_path, parts=parts, POS_APP_CITCON_CHOP_BASE_URL=NOWHERE) as shown:
        sign_in(shown)
        yield shown


def save_and_go_to_sell(shown):
    control(shown, Qt.Key.Key_S)
    shown.wait(lambda: not shown.find("saveSettingsButton").isEnabled())
    come_to_rest(shown)
    control(shown, Qt.Key.Key_1)
    assert shown.page == "sellPage"


def toasts(shown):
    return {one.accessibleName() for one in shown.window.findChildren(Toast) if one.isVisible()}


def test_a_method_that_is_switched_off_is_gone_from_sell_and_the_file_says_so(shown, tmp_path):
    go_into_settings(shown)
    shown.click("methodSwitch_alipay")
    save_and_go_to_sell(shown)
    assert shown.find("methodTile_alipay") is None
    assert shown.find("methodTile_wechatpay").isChecked()
    saved = load_settings(DataPaths(tmp_path).config, {})
    assert PaymentMethod.ALIPAY not in saved.methods.enabled


def test_one_tap_charges_at_the_next_tap(shown):
    go_into_settings(shown)
    shown.click("oneTapSwitch")
    save_and_go_to_sell(shown)
    shown.press(*"4250")
    shown.click("methodTile_wechatpay")
    shown.wait(lambda: shown.state == "waiting")


def test_a_sale_with_lines_keeps_its_currency_and_is_told_what_takes_it_no_more(shown):
    shown.press(*"4250+")
    go_into_settings(shown)
    shown.click("methodCurrency_alipay")
    shown.click("methodCurrency_alipayChoice_HKD")
    save_and_go_to_sell(shown)
    assert shown.window.page.cart.total.currency == "USD"
    assert not shown.find("methodTile_alipay").isEnabled()
    assert "Alipay takes HK$ only. Clear the sale to use it." in toasts(shown)


def test_a_sale_whose_method_is_gone_is_told(shown):
    shown.press(*"4250+")
    go_into_settings(shown)
    shown.click("methodSwitch_alipay")
    save_and_go_to_sell(shown)
    assert "Alipay isn’t offered any more." in toasts(shown)
    assert shown.window.page.cart.total.minor == 4250


@pytest.mark.parametrize("way", ["navSell", "managerPill"])
def test_the_rail_and_the_pill_ask_about_changes_first(shown, way):
    go_into_settings(shown)
    shown.click("oneTapSwitch")
    shown.click(way)
    dialog_of(shown, "unsavedChangesDialog")
    shown.click("keepEditingButton")
    assert shown.page == "settingsPage"
    shown.click(way)
    dialog_of(shown, "unsavedChangesDialog")
    shown.click("saveAndLeaveButton")
    shown.wait(lambda: shown.page == "sellPage")
    assert shown.till.settings.methods.one_tap


@pytest.mark.parametrize("leave", ["lock", "idle"])
def test_locking_and_leaving_the_till_alone_ask_nobody(shown, leave):
    go_into_settings(shown)
    shown.click("oneTapSwitch")
    if leave == "lock":
        control(shown, Qt.Key.Key_L)
    else:
        shown.window._parts.input.manager_idle.emit()
    shown.wait(lambda: shown.page == ("lockPage" if leave == "lock" else "sellPage"))
    assert not shown.till.settings.methods.one_tap
