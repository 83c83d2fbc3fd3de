"""The customer pays in the moment of the cancel: what the window says, against the simulator."""

import pytest
from PySide6.QtCore import Qt

from pos_app.ui.widgets.late_key_guard import is_held
from tests.fakes.running_simulator import running_simulator
from tests.fakes.whole_window import PIN, whole_window

K = Qt.Key
DIGITS = (K.Key_4, K.Key_2, K.Key_5, K.Key_0)


@pytest.fixture
def desk(qtbot, tmp_path):
    with (
        running_simulator() as simulator,
        whole_window(qtbot, tmp_path, POS_APP_CITCON_CHOP_BASE_URL=f"{simulator.url}/") as opened,
    ):
        yield opened


def charge_by_keys(desk):
    desk.wait(lambda: desk.page == "sellPage")
    desk.press(*DIGITS, K.Key_F1)
    desk.wait(lambda: desk.find("chargeButton").isEnabled())
    desk.press(K.Key_Return)
    desk.wait(lambda: desk.page == "paymentPage" and desk.state == "waiting")


def text(desk):
    return desk.find("paymentStatusText").text()


def test_the_screen_tells_when_it_is_being_returned_and_the_sale_goes_on(desk):
    desk.press(*[K(ord(digit)) for digit in PIN])
    charge_by_keys(desk)
    desk.wait_until_keys_count()
    desk.click("simPayAfterCancel")
    desk.wait(lambda: desk.state == "cancelledPaid")
    desk.wait(lambda: "is returning the full US$ 42.50" in text(desk))
    desk.wait_until_keys_count()
    desk.click("backToSaleButton")
    desk.wait(lambda: desk.page == "sellPage")
    assert desk.find("attentionBar") is None
    desk.wait(lambda: not is_held(desk.window))
    desk.click("chargeButton")
    desk.wait(lambda: desk.page == "paymentPage" and desk.state == "waiting")
