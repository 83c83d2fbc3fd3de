"""The list of shortcuts for the page that is shown (F12)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.key_hint import KeyHint
from pos_app.ui.widgets.label import Label


def shortcuts_dialog(
    parent: QWidget, page_lines: Iterable[tuple[str, str]], is_locked: bool
) -> Dialog:
    """Return the list, not yet open.

    Args:
        parent: in the window it is shown in.
        page_lines: keys and what they do, of the page that is shown.
        is_locked: leaves out what does not work while the register is locked.
    """

    def tr(text: str) -> str:
        return QCoreApplication.translate("ShortcutsDialog", text)

    everywhere = [
        ("Ctrl+1", tr("Sell")),
        ("Ctrl+2", tr("Transactions")),
        ("Ctrl+,", tr("Settings, by a manager")),
        ("Ctrl+L", tr("Lock")),
    ]
    always = [
        ("F11", tr("Full screen")),
        ("F12", tr("This list")),
        ("Tab", tr("Next place")),
        ("Esc", tr("The safe way back")),
    ]
    dialog = Dialog(parent, "shortcutsDialog", tr("Shortcuts"), width=620)
    grid = QGridLayout()
    theme.size(grid, spacings=(16, 10))
    dialog.body.addLayout(grid)
    row = 0
    for title, part in (
        (tr("On this page"), list(page_lines)),
        (tr("Everywhere"), always if is_locked else everywhere + always),
    ):
        if not part:
            continue
        grid.addWidget(Label(title, "bodyStrong", parent=dialog), row, 0, 1, 2)
        for keys, does in part:
            row += 1
            cap = KeyHint(keys, parent=dialog)
            cap.keep_shown()
            grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Label(does, "body", "muted", parent=dialog), row, 1)
        row += 1
    grid.setColumnStretch(1, 1)
    dialog.add_action(
        "close", tr("Close"), "primary", "closeShortcutsButton", is_safe=True, is_default=True
    )
    return dialog
