"""Names, words and sizes in the real window, in states that show everything there is."""

import re
from collections import Counter

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from pos_app.ui import theme
from pos_app.ui.pages.page import Page
from tests.screenshots.stage import Stage
from tests.screenshots.states import STATES

SMALLEST = 48
"""Of what can be touched, in px at scale 1.0 (ux.md, section 3.3)."""
SHOWN = (
    "lock-idle", "lock-training", "lock-first-manager", "sell-opened-line", "sell-items",
    "sell-note", "sell-large-amount", "sell-cannot-save-details", "sell-cleared",
    "payment-waiting-training", "payment-noAnswer", "payment-refused-details",
    "payment-paid-not-printed", "payment-paidLate", "payment-unknown", "payment-cancel-question",
    "payment-big-code", "transactions-part-refunded", "transactions-refund-unknown",
    "transactions-methods", "transactions-calendar", "transactions-no-match",
    "frame-attention-unknown", "frame-shortcuts",
    "frame-connection", "payment-waiting-page", "payment-waiting-page-no-browser",
    "frame-connection-port-taken", "frame-failure",
    "manager-pin-typing", "manager-pin-whose",
    "sell-customer-details", "sell-customer-details-wrong",
    "settings-methods", "settings-methods-services", "settings-methods-leaving",
    "settings-connections", "settings-connections-instore", "settings-connections-jpay",
    "settings-connections-live-question", "settings-connections-token-unknown",
    "sell-customer-details-keyed", "sell-keyed-card-wrong", "sell-keyed-card-training",
    "payment-waiting-keyed", "payment-unknown-keyed",
    "settings-people", "settings-people-last-manager", "settings-people-reset",
    "settings-people-name-taken", "settings-people-retire",
    "refund-too-much", "refund-whose-pin", "refund-unknown-checked", "refund-refused-details",
    "refund-training", "cancel-paid-filled",
    "settle-pin", "settle-charge-paid", "settle-not-recorded", "settle-refund-contradicted",
    "payment-mismatch", "payment-settled-not-paid", "payment-cancelledPaid",
    "sell-with-scan", "scan-read", "scan-training", "scan-tip-other",
    "payment-paid-with-tip", "payment-codeExpired",
    "payment-customerConfirming", "payment-cancelledPaid-in-doubt",
    "reconcile-differences", "reconcile-comparing",
)  # fmt: skip


@pytest.fixture(params=SHOWN)
def window(request, qapp):
    theme.load_fonts()
    theme.apply(qapp, theme.Look(is_motion_reduced=True))
    state = next(one for one in STATES if one.file == f"{request.param}.png")
    stage = Stage((1366, 768), is_training=state.is_training)
    state.show(stage)
    stage.settle()
    yield stage.window
    stage.close()
    theme.apply(qapp, theme.Look())


def is_ours(name):
    """Return whether a name is in the register; those with a number may come again."""
    return bool(name) and not name.startswith("qt_") and not re.search(r"_\d+$", name)


def page_of(widget):
    """Return the page that a widget is on; None for those of the frame and of dialogs."""
    while widget is not None and not isinstance(widget, Page):
        widget = widget.parentWidget()
    return widget


def told(widget):
    """Return what a screen reader calls a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_nothing_shares_a_name_and_everything_can_be_told_and_touched(window):
    named = [one for one in window.findChildren(QWidget) if is_ours(one.objectName())]
    seen = Counter(one.objectName() for one in named if one.isVisible())
    assert {name for name, count in seen.items() if count > 1} == set()
    pages = {(one.objectName(), page_of(one)) for one in named}
    places = Counter(name for name, _ in pages)
    assert {name for name, count in places.items() if count > 1} == set()

    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit)
    used = [one for kind in kinds for one in window.findChildren(kind) if one.isVisible()]
    assert [one.objectName() or repr(one) for one in used if not told(one).strip()] == []
    small = [
        (one.objectName() or one.text(), one.width(), one.height())
        for one in used
        if isinstance(one, QAbstractButton) and min(one.width(), one.height()) < SMALLEST
    ]
    assert small == []
