"""Ask before Esc clears the whole sale (ux.md 6.2, keyboard)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.dialog import Dialog

translate = QCoreApplication.translate


class ClearSaleDialog(Dialog):
    """Answers "clear" or, by default and by Esc, "keep"."""

    def __init__(self, parent: QWidget, count: int) -> None:
        super().__init__(
            parent, "clearSaleDialog", translate("ClearSaleDialog", "Clear this sale?")
        )
        if count == 1:
            words = self.tr("1 item is taken out. Nothing has been charged.")
        else:
            words = self.tr("{count} items are taken out. Nothing has been charged.")
        self.add_text(words.format(count=count))
        self.add_action(
            "keep", self.tr("Keep sale"), "secondary", "keepSaleButton",
            is_safe=True, is_default=True,
        )  # fmt: skip
        self.add_action("clear", self.tr("Clear sale"), "primary", "confirmClearSaleButton")
