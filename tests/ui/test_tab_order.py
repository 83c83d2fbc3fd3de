"""Tab and focus in the real window, by keyboard alone (ux.md, section 9)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.ui import theme
from pos_app.ui.widgets.late_key_guard import is_held
from tests.screenshots.stage import Stage
from tests.screenshots.states import STATES

FRAME = ("navSell", "navTransactions", "navShift", "navSettings", "navLock", "connectionStatus")
TRAINING = (
    "simOpenPage", "simPay", "simDecline", "simExpire", "simNetworkDrop", "simLoseAnswer",
    "simPayAfterCancel",
)  # fmt: skip


@pytest.fixture
def open_stage(qapp):
    theme.load_fonts()
    theme.apply(qapp, theme.Look(is_motion_reduced=True))
    stages = []

    def open_it(name):
        state = next(one for one in STATES if one.file == f"{name}.png")
        stages.append(Stage((1366, 768), is_training=state.is_training))
        state.show(stages[0])
        stages[0].settle()
        return stages[0]

    yield open_it
    stages[0].close()
    theme.apply(qapp, theme.Look())


def focused():
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def walked(stage):
    """Return where Tab stops on the page, from the first place after the frame on."""
    stops = []
    while focused() not in stops:
        stops.append(focused())
        stage.keys(Qt.Key.Key_Tab)
    start = stops.index(FRAME[-1]) + 1 if FRAME[-1] in stops else 0
    return tuple(stop for stop in stops[start:] + stops[:start] if stop not in FRAME)


@pytest.mark.parametrize(
    ("state", "stops"),
    [
        ("lock-idle", ("lockPage", "personItem_1", "pinButton_1")),
        (
            "sell-opened-line",
            (
                "sellPage", "entryModeKeypad", "noteButton", "keypadButton_1",
                "methodTile_alipay", "clearSaleButton", "saleLine_1", "lineQuantityMinus",
                "lineQuantityPlus", "lineRemoveButton", "saleLine_2", "chargeButton",
            ),
        ),
        (
            "payment-waiting-training",
            (
                "showLargerButton", "cancelPaymentButton", "putAsideButton", "checkNowButton",
                *TRAINING,
            ),
        ),
        (
            "payment-unknown-training",
            (
                "customerContactEdit", "checkAgainButton", "putAsideButton", "settleButton",
                *TRAINING,
            ),
        ),
        (
            "payment-paid-not-printed",
            ("printAgainButton", "newSaleButton", "notNowButton", "printRetryButton"),
        ),
        (
            "transactions-part-refunded",
            (
                "searchEdit", "dateFilterButton", "exportButton", "transactionsTable",
                "reconcileButton", "copyTransactionIdButton", "refundButton", "detailPrintButton",
                "checkStatusButton",
            ),
        ),
    ],
)  # fmt: skip
def test_tab_follows_the_reading_order(open_stage, state, stops):
    assert walked(open_stage(state)) == stops


def test_the_focus_comes_back_to_a_button_that_was_pressed(open_stage, qtbot):
    stage = open_stage("payment-waiting")
    qtbot.waitUntil(lambda: not is_held(stage.window))
    assert focused() == "checkNowButton"
    stage.keys(Qt.Key.Key_F5)
    assert focused() == "checkNowButton"


@pytest.mark.parametrize("state", ["payment-cancelling-training", "payment-lastCheck-training"])
def test_where_nothing_can_be_decided_enter_presses_nothing(open_stage, state):
    open_stage(state)
    assert focused() not in TRAINING
