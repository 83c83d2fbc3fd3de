"""A scan where nobody waits for one is never a Charge and never a PIN."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.ui.widgets.focus_ring import FocusRing
from tests.fakes.at_the_till import come_to_rest, control, dialog_of, sign_in
from tests.fakes.running_simulator import running_simulator
from tests.fakes.scanner import ENTER, send
from tests.fakes.whole_window import whole_window

K = Qt.Key
PAYMENT_CODE = "134650098712345678"


@pytest.fixture
def shown(qtbot, tmp_path):
    with (
        running_simulator() as simulator,
        whole_window(qtbot, tmp_path, POS_APP_CITCON_CHOP_BASE_URL=f"{simulator.url}/") as shown,
    ):
        sign_in(shown)
        shown.press(*"4250")
        yield shown


def scan(shown, text=PAYMENT_CODE + ENTER):
    send(lambda event: QApplication.sendEvent(shown.window.windowHandle(), event), text)
    come_to_rest(shown)


def test_a_scan_presses_no_button_that_somebody_walked_to(shown):
    while QApplication.focusWidget() is not shown.find("chargeButton"):
        shown.press(K.Key_Tab)
    assert shown.window.findChild(FocusRing).is_walked_to
    scan(shown)
    assert shown.page == "sellPage"
    assert shown.window.page.cart.total.minor == 4250


def test_a_scan_is_no_managers_pin(shown):
    control(shown, K.Key_Comma)
    dialog = dialog_of(shown, "managerPinDialog")
    scan(shown)
    assert dialog.is_open
    assert shown.find("managerPinError") is None
