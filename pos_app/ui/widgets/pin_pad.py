"""The pad for PINs (ux.md, section 5)."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from pos_app.ui import theme
from pos_app.ui.icons import icon
from pos_app.ui.widgets.arrow_focus import ArrowFocus

_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "backspace")
_COLUMNS = 3


class PinPad(QWidget):
    """Ten digits, C and Backspace, 3 × 4, acting on press. It keeps nothing of the PIN.

    Signals:
        digit_keyed: one digit.
        clear_keyed, backspace_keyed: these keys.
    """

    digit_keyed = Signal(str)
    clear_keyed = Signal()
    backspace_keyed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pinPad")
        grid = QGridLayout(self)
        theme.size(grid, margins=(0, 0, 0, 0), spacing=10)
        keys = []
        for place, name in enumerate(_KEYS):
            key = QToolButton(self)
            key.setObjectName(f"pinButton_{name}")
            theme.size(key, width=111, height=88)
            grid.addWidget(key, place // _COLUMNS, place % _COLUMNS)
            self._dress(key, name)
            keys.append(key)
        ArrowFocus(self, columns=_COLUMNS).set_members(keys)

    def _dress(self, key: QToolButton, name: str) -> None:
        key.setProperty("key", "digit" if name.isdigit() else "fn")
        if name == "clear":
            key.setText("C")
            key.setAccessibleName(self.tr("Clear entry"))
            key.pressed.connect(self.clear_keyed)
        elif name == "backspace":
            key.setIcon(icon("backspace", "text2"))
            theme.size(key, icon=28)
            key.setAccessibleName(self.tr("Backspace"))
            key.pressed.connect(self.backspace_keyed)
        else:
            key.setText(name)
            key.setAccessibleName(self.tr("Key {digits}").format(digits=name))
            key.pressed.connect(self._on_digit)

    @Slot()
    def _on_digit(self) -> None:
        key = self.sender()
        if isinstance(key, QToolButton):
            self.digit_keyed.emit(key.text())
