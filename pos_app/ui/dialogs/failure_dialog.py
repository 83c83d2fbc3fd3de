"""What an unforeseen failure says (ux.md, section 7)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.dialog import Dialog, open_dialog

SAVE_REPORT = "save_report"
CONTINUE = "continue"


def tell_failure(window: QWidget, save_report: Callable[[], None]) -> None:
    """Say it over `window`, once, and not over a dialog that is sending something.

    Args:
        window: the window.
        save_report: what "Save report" does.
    """
    shown = open_dialog(window)
    if shown is not None and shown.is_busy:
        shown.answered.connect(lambda _answer: tell_failure(window, save_report))
    elif shown is None or shown.objectName() != "failureDialog":
        dialog = failure_dialog(window)
        dialog.answered.connect(lambda answer: save_report() if answer == SAVE_REPORT else None)
        dialog.open()


def failure_dialog(parent: QWidget) -> Dialog:
    """Return the dialog, not yet open; answers `SAVE_REPORT` or `CONTINUE` (safe).

    Money: payments are on disk and will be checked.
    """

    def tr(text: str) -> str:
        return QCoreApplication.translate("FailureDialog", text)

    dialog = Dialog(parent, "failureDialog", tr("Something went wrong in the app."))
    dialog.add_text(tr("Payments are saved and will be checked."))
    dialog.add_action(SAVE_REPORT, tr("Save report"), "secondary", "saveReportButton")
    dialog.add_action(
        CONTINUE, tr("Continue"), "primary", "continueButton", is_safe=True, is_default=True
    )
    return dialog
