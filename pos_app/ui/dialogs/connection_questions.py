"""The questions before a connection to a payment service changes for good."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.dialog import Dialog

translate = QCoreApplication.translate
GO_LIVE, REMOVE = "live", "remove"


def go_live_dialog(parent: QWidget, service: str) -> Dialog:
    """Return the question; it answers `GO_LIVE` or, by default and by Esc, "stay"."""
    title = translate("ConnectionQuestions", "Take live payments?")
    dialog = Dialog(parent, "goLiveDialog", title)
    words = translate(
        "ConnectionQuestions",
        "Once this is saved, {service} moves real money. Payments made before stay where they "
        "were made.",
    )
    dialog.add_text(words.format(service=service))
    stay = translate("ConnectionQuestions", "Keep as it is")
    dialog.add_action("stay", stay, "secondary", "stayTestButton", is_safe=True, is_default=True)
    live = translate("ConnectionQuestions", "Choose live")
    dialog.add_action(GO_LIVE, live, "dangerFill", "confirmLiveButton")
    return dialog


def remove_token_dialog(parent: QWidget, service: str, *, is_in_use: bool) -> Dialog:
    """Return the question; it answers `REMOVE` or, by default and by Esc, "keep"."""
    title = translate("ConnectionQuestions", "Remove this token?")
    dialog = Dialog(parent, "removeTokenDialog", title)
    if is_in_use:
        words = translate(
            "ConnectionQuestions", "Nothing can be charged with {service} until there is another."
        )
    else:
        words = translate("ConnectionQuestions", "No payment needs it. {service} goes on working.")
    dialog.add_text(words.format(service=service))
    keep = translate("ConnectionQuestions", "Keep token")
    dialog.add_action("keep", keep, "secondary", "keepTokenButton", is_safe=True, is_default=True)
    remove = translate("ConnectionQuestions", "Remove token")
    dialog.add_action(REMOVE, remove, "dangerFill", "confirmRemoveTokenButton")
    return dialog
