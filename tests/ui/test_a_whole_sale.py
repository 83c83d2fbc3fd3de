"""A sale from Lock to the receipt, by mouse alone and by keys alone, against the simulator."""

import threading

import httpx
import pytest
from PySide6.QtCore import Qt, QTimer

from pos_app.compose import Parts
from tests.fakes.gateway import FakeGateway
from tests.fakes.running_simulator import running_simulator
from tests.fakes.till import CHEAP
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


def paid(desk):
    charge = desk.till.receipts.last_paid()
    return charge and (str(charge.amount), charge.method.value)


def test_by_mouse_alone(desk, tmp_path):
    desk.click("personItem_1")
    for digit in PIN:
        desk.click(f"pinButton_{digit}")
    for name in ("4", "2", "5", "0"):
        desk.click(f"keypadButton_{name}")
    desk.click("methodTile_wechatpay")
    desk.click("chargeButton")
    desk.wait(lambda: desk.state == "waiting")
    desk.wait_until_keys_count()
    desk.click("simPay")
    desk.wait(lambda: desk.state == "paid")
    assert paid(desk) == ("US$ 42.50", "wechatpay")
    desk.wait(lambda: list(tmp_path.glob("receipts/*.pdf")))
    desk.wait_until_keys_count()
    desk.click("newSaleButton")
    desk.wait(lambda: desk.page == "sellPage")
    assert not desk.find("chargeButton").isEnabled()


def test_by_keys_alone(desk, tmp_path):
    desk.press(*[Qt.Key(ord(digit)) for digit in PIN])
    desk.wait(lambda: desk.page == "sellPage")
    desk.press(*DIGITS, K.Key_F1)
    desk.wait(lambda: desk.find("chargeButton").isEnabled())
    desk.press(K.Key_Return)
    desk.wait(lambda: desk.page == "paymentPage" and desk.state == "waiting")
    (charge,) = [c for c in desk.till.recovery._ledger.board.charges() if c.code]
    desk.wait_until_keys_count()
    httpx.post(charge.code, data={"action": "pay"}, trust_env=False)
    desk.wait(lambda: desk.state == "paid")
    assert paid(desk) == ("US$ 42.50", "alipay")
    desk.wait(lambda: list(tmp_path.glob("receipts/*.pdf")))
    desk.wait_until_keys_count()
    desk.press(K.Key_Return)
    desk.wait(lambda: desk.page == "sellPage")


def test_cancelled_by_keys_alone(desk):
    desk.press(*[Qt.Key(ord(digit)) for digit in PIN])
    desk.wait(lambda: desk.page == "sellPage")
    desk.press(*DIGITS, K.Key_F1, K.Key_Return)
    desk.wait(lambda: desk.page == "paymentPage" and desk.state == "waiting")
    desk.press(K.Key_Escape)
    desk.wait(lambda: desk.find("cancelConfirmDialog") is not None)
    desk.press(K.Key_Return)
    assert desk.find("cancelConfirmDialog") is not None  # too early to have been read
    desk.press(K.Key_Tab)
    assert desk.find("confirmCancelButton").hasFocus()
    desk.wait(lambda: desk.press(K.Key_Return) or desk.find("cancelConfirmDialog") is None)
    desk.wait(lambda: desk.state == "cancelled")


class HoldingGateway(FakeGateway):
    """Keeps every answer back until it is let go."""

    def __init__(self):
        super().__init__()
        self.go_on = threading.Event()
        self.is_asked = threading.Event()

    def _call(self, name, charge, work):
        self.is_asked.set()
        assert self.go_on.wait(30)
        return super()._call(name, charge, work)


def test_the_window_lives_on_while_the_gateway_keeps_its_answer(qtbot, tmp_path):
    gateway, beats = HoldingGateway(), []
    parts = Parts(factories=[gateway.factory()], hasher=CHEAP)
    with whole_window(
        qtbot, tmp_path, parts=parts, POS_APP_CITCON_CHOP_BASE_URL="http://127.0.0.1:9/"
    ) as desk:
        try:
            desk.press(*[Qt.Key(ord(digit)) for digit in PIN])
            desk.wait(lambda: desk.page == "sellPage")
            desk.press(*DIGITS, K.Key_F1, K.Key_Return)
            desk.wait(gateway.is_asked.is_set)
            heart = QTimer(desk.window)
            heart.timeout.connect(lambda: beats.append(1))
            heart.start(0)
            desk.press(K.Key_F12)
            desk.wait(lambda: desk.find("shortcutsDialog") is not None)
            desk.press(K.Key_Escape)
            desk.wait(lambda: desk.find("shortcutsDialog") is None)
            desk.wait(lambda: len(beats) > 1_000)
            desk.wait(lambda: desk.state == "creating")
        finally:
            gateway.go_on.set()
        desk.wait(lambda: desk.state == "waiting")
        assert desk.find("qrCode") is not None
