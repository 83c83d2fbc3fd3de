"""The Charge button: the amount, and how it is paid or why it is off (ux.md 6.2)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.two_line_button import TwoLineButton

_KEY = "Enter"


class ChargeButton(TwoLineButton):
    """72 px, two lines; the second one, `chargeReason`, says why when the button is off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", object_name="chargeButton", parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._sub.setObjectName("chargeReason")
        self.keep_hint_below()

    def show_on(self, text: str, sub: str = "") -> None:
        """Switch it on: "Charge US$ 42.50", below it "with Alipay"."""
        self.setEnabled(True)
        self.set_words(text, sub=sub, hint=_KEY)

    def show_off(self, text: str, reason: str) -> None:
        """Switch it off and say why."""
        self.setEnabled(False)
        self.set_words(text, sub=reason, hint="")
        self.setToolTip(reason)
