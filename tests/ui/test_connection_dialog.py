"""What the connection's dialog says of the receiver of notifications."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget

from pos_app.services.clock import SystemClock
from pos_app.services.receiving import ReceiverView, Reception
from pos_app.ui.dialogs.connection_dialog import connection_dialog
from pos_app.ui.format import clock_text, date_text
from pos_app.ui.widgets.status_banner import StatusBanner
from pos_app.ui.widgets.top_bar import ConnectionLook

NOW = SystemClock().now()
LONG_AGO = NOW - timedelta(days=3)


@pytest.fixture
def shown(qtbot):
    window = QWidget()
    qtbot.addWidget(window)

    def show(view):
        dialog = connection_dialog(window, ConnectionLook.CONNECTED, "Citcon", view)
        return dialog.findChild(StatusBanner, "receiverDetails")

    return show


def test_without_a_receiver_nothing_is_said_of_one(shown):
    assert shown(ReceiverView()) is None


@pytest.mark.parametrize(
    ("view", "title", "text"),
    [
        (
            ReceiverView(Reception.RUNNING, 8299),
            "Notifications are received on port 8299.",
            "None has come yet.",
        ),
        (
            ReceiverView(Reception.RUNNING, 8299, last_notice_at=NOW),
            "Notifications are received on port 8299.",
            f"The last one came at {clock_text(NOW)}.",
        ),
        (
            ReceiverView(Reception.ELSEWHERE, last_notice_at=LONG_AGO),
            "Notifications are received by the store’s server.",
            f"The last one came on {date_text(LONG_AGO)} at {clock_text(LONG_AGO)}.",
        ),
        (
            ReceiverView(Reception.PORT_TAKEN, 8299),
            "Another program uses port 8299.",
            (
                "So notifications can’t be received. Payments are still seen, because we keep"
                " asking. Close the other program, or choose another port in the settings."
            ),
        ),
        (
            ReceiverView(Reception.DOWN, 8299, "The disk is full."),
            "The notification receiver isn’t running.",
            (
                "It is started again by itself. Payments are still seen, because we keep asking."
                " (The disk is full.)"
            ),
        ),
    ],
    ids=["running", "told", "elsewhere", "port", "ended"],
)
def test_it_says_how_notifications_come_in(shown, view, title, text):
    banner = shown(view)
    assert (banner.title, banner.text) == (title, text)
    assert banner.property("state") == view.reception.value
