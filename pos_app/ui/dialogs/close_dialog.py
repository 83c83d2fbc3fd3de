"""The warning before the window closes while a payment is open."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.dialog import Dialog

KEEP_OPEN = "keep_open"
CLOSE = "close_anyway"


def close_dialog(parent: QWidget, open_count: int) -> Dialog:
    """Return the warning, not yet open; answers `KEEP_OPEN` (safe) or `CLOSE`.

    Money: closing loses nothing; what is open is checked again at the next start.

    Args:
        parent: in the window that is to close.
        open_count: how many payments may still take money, at least 1.
    """

    def tr(text: str) -> str:
        return QCoreApplication.translate("CloseDialog", text)

    title = (
        tr("1 payment is still open.")
        if open_count == 1
        else tr("{count} payments are still open.").replace("{count}", str(open_count))
    )
    dialog = Dialog(parent, "closeDialog", title)
    dialog.add_text(
        tr(
            "The customer could still pay. Nothing is lost when you close: the payment is saved"
            " and will be checked at the next start. Until then nobody is told here."
        )
    )
    dialog.add_action(
        KEEP_OPEN, tr("Keep open"), "secondary", "keepOpenButton", is_safe=True, is_default=True
    )
    dialog.add_action(CLOSE, tr("Close anyway"), "dangerFill", "closeAnywayButton")
    return dialog
