"""The keypad for amounts (ux.md, section 5)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.icons import icon
from pos_app.ui.widgets.arrow_focus import ArrowFocus
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label

_DIGITS = (
    ("1", 0, 0), ("2", 0, 1), ("3", 0, 2),
    ("4", 1, 0), ("5", 1, 1), ("6", 1, 2),
    ("7", 2, 0), ("8", 2, 1), ("9", 2, 2),
    ("00", 3, 0), ("0", 3, 1),
)  # fmt: skip
_READING_ORDER = (
    "1", "2", "3", "backspace", "4", "5", "6", "clear",
    "7", "8", "9", "add", "00", "0", "dot",
)  # fmt: skip


class Keypad(QWidget):
    """Sixteen keys that act on press, for speed. It knows nothing of amounts.

    Signals:
        digits_keyed: "0" to "9", "00" or "000" was pressed.
        point_keyed, backspace_keyed, clear_keyed, add_keyed: so was that key; only
            Backspace repeats while it is held.
    """

    digits_keyed = Signal(str)
    point_keyed = Signal()
    backspace_keyed = Signal()
    clear_keyed = Signal()
    add_keyed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keypad")
        self._has_point = True
        self._keys: dict[str, QToolButton] = {}
        self._grid = QGridLayout(self)
        theme.size(self._grid, margins=(0, 0, 0, 0), spacing=10)
        for text, row, column in _DIGITS:
            key = self._key("digit", f"keypadButton_{text}", row, column)
            key.setText(text)
            key.setAccessibleName(self.tr("Key {digits}").format(digits=text))
            key.pressed.connect(self._on_digits)
        self._point = self._key("digit", "keypadButton_dot", 3, 2)
        self._point.pressed.connect(self._on_point)
        self._backspace = self._key("fn", "keypadButton_backspace", 0, 3)
        self._backspace.setAccessibleName(self.tr("Backspace"))
        self._backspace.setIcon(icon("backspace", "text2"))
        self._backspace.setAutoRepeat(True)
        self._backspace.pressed.connect(self.backspace_keyed)
        self._clear = self._key("fn", "keypadButton_clear", 1, 3)
        self._clear.setText("C")
        self._clear.setAccessibleName(self.tr("Clear entry"))
        self._clear.pressed.connect(self.clear_keyed)
        self._add = self._key("add", "keypadButton_add", 2, 3, rows=2)
        self._dress_add()
        self._add.pressed.connect(self.add_keyed)
        self._arrows = ArrowFocus(self, columns=4)
        self._arrows.set_members([self._keys[name] for name in _READING_ORDER])
        self.set_has_point(True)

    def set_has_point(self, has_point: bool) -> None:
        """Offer the decimal point, or "000" for currencies without decimals."""
        self._has_point = has_point
        name = "keypadButton_dot" if has_point else "keypadButton_000"
        self._point.setObjectName(name)
        self._point.setText("." if has_point else "000")
        spoken = self.tr("Decimal point") if has_point else self.tr("Key {digits}")
        self._point.setAccessibleName(spoken.format(digits="000"))

    def set_add_name(self, name: str) -> None:
        """Set what the + key is called by assistive tools: "Add US$ 4.00 to the sale"."""
        self._add.setAccessibleName(name)

    def _dress_add(self) -> None:
        words = Label(self.tr("Add"), "button", parent=self._add)
        words.setProperty("on", "text")
        theme.see_through(words)
        column = QVBoxLayout(self._add)
        theme.size(column, margins=(4, 4, 4, 4), spacing=12)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(1)
        column.addWidget(IconLabel("plus", "link", 28, self._add), alignment=centre)
        column.addWidget(words, alignment=centre)
        column.addStretch(1)

    def _key(self, kind: str, name: str, row: int, column: int, rows: int = 1) -> QToolButton:
        key = QToolButton(self)
        key.setObjectName(name)
        key.setProperty("key", kind)
        key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        theme.size(key, icon=28)
        self._keys[name.removeprefix("keypadButton_")] = key
        self._grid.addWidget(key, row, column, rows, 1)
        self._grid.setRowStretch(row, 1)
        self._grid.setColumnStretch(column, 1)
        return key

    @Slot()
    def _on_digits(self) -> None:
        key = self.sender()
        if isinstance(key, QToolButton):
            self.digits_keyed.emit(key.text())

    @Slot()
    def _on_point(self) -> None:
        if self._has_point:
            self.point_keyed.emit()
        else:
            self.digits_keyed.emit("000")
