"""What the connection to the gateway looks like, told in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.services.receiving import ReceiverView, Reception
from pos_app.ui.dialogs.receiver_words import receiver_words
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.status_banner import StatusBanner
from pos_app.ui.widgets.top_bar import ConnectionLook

_RECEIVER_LOOKS = {
    Reception.STARTING: ("info", "info"),
    Reception.RUNNING: ("ok", "check"),
    Reception.ELSEWHERE: ("ok", "check"),
    Reception.PORT_TAKEN: ("warn", "warning"),
    Reception.DOWN: ("warn", "warning"),
}


def connection_dialog(
    parent: QWidget, look: ConnectionLook, gateway: str, receiver: ReceiverView
) -> Dialog:
    """Return the details, not yet open.

    Args:
        parent: in the window it is shown in.
        look: what the top bar says.
        gateway: the gateway's own name.
        receiver: how its notifications come in; nothing is said where there is no receiver.
    """
    dialog = Dialog(parent, "connectionDialog", _tr("Connection"))
    banner = StatusBanner("connectionDetails", dialog)
    tone, icon = look.value
    banner.show_status(tone, icon, look.words(gateway), _text(look).replace("{gateway}", gateway))
    dialog.body.addWidget(banner)
    if receiver.reception is not Reception.NONE:
        dialog.body.addWidget(_receiver_banner(dialog, receiver))
    dialog.add_action(
        "close", _tr("Close"), "primary", "closeConnectionButton", is_safe=True, is_default=True
    )
    return dialog


def _receiver_banner(parent: QWidget, receiver: ReceiverView) -> StatusBanner:
    banner = StatusBanner("receiverDetails", parent)
    tone, icon = _RECEIVER_LOOKS[receiver.reception]
    title, text = receiver_words(receiver)
    banner.show_status(tone, icon, title, text, state=receiver.reception.value)
    return banner


def _text(look: ConnectionLook) -> str:
    return {
        ConnectionLook.CONNECTED: _tr("{gateway} answers. Payments can be taken."),
        ConnectionLook.NOT_ANSWERING: _tr(
            "The network is there, but {gateway} doesn’t answer. Open payments are safe, and we"
            " keep asking."
        ),
        ConnectionLook.NO_CONNECTION: _tr(
            "This PC can’t reach {gateway}. Check the network. Open payments are safe, and we"
            " keep asking."
        ),
        ConnectionLook.SIMULATOR: _tr(
            "This register is in training. It talks to a simulator on this PC, and nothing"
            " reaches {gateway}."
        ),
    }[look]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConnectionDialog", text)
