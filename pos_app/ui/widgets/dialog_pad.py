"""The pad of a dialog, which feeds whatever field of it has the focus (ux.md 6.5)."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pos_app.ui import theme
from pos_app.ui.icons import icon
from pos_app.ui.widgets.arrow_focus import ArrowFocus

_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "00", "0", "backspace")
_COLUMNS, _ROWS = 3, 4
_WIDE, _GAP = 99, 9
_NARROW, _LOW = 68, 52
"""A key where the window is narrow or low, in px at scale 1.0."""
_ALL = 100
"""A stretch beside which what else stands there gets what the pad leaves."""


class DialogPad(QWidget):
    """Digits, 00 and Backspace, 3 × 4, acting on press. It keeps nothing of what is keyed.

    Args:
        object_name: of the pad; its keys are `{object_name}Button_1` and so on.
        tall: height of a key in px at scale 1.0, where there is room.

    Signals:
        digits_keyed(str): one digit, or "00".
        backspace_keyed(): that key; repeats while it is held.
    """

    digits_keyed = Signal(str)
    backspace_keyed = Signal()

    def __init__(self, object_name: str, parent: QWidget | None = None, *, tall: int = 92) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._high = _ROWS * tall + (_ROWS - 1) * _GAP
        theme.size(self, max_height=self._high)
        grid = QGridLayout(self)
        theme.size(grid, margins=(0, 0, 0, 0), spacing=_GAP)
        self._keys: dict[str, QToolButton] = {}
        for place, name in enumerate(_KEYS):
            key = QToolButton(self)
            key.setObjectName(f"{object_name}Button_{name}")
            theme.size(key, min_width=_NARROW, max_width=_WIDE, min_height=_LOW, max_height=tall)
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            grid.addWidget(key, place // _COLUMNS, place % _COLUMNS)
            self._dress(key, name)
            self._keys[name] = key
        ArrowFocus(self, columns=_COLUMNS).set_members(list(self._keys.values()))

    def sizeHint(self) -> QSize:
        """Return room for the keys at their full height."""
        wide = _COLUMNS * _WIDE + (_COLUMNS - 1) * _GAP
        return QSize(theme.px(wide), theme.px(self._high))

    def set_has_double_zero(self, has_double_zero: bool) -> None:
        """Switch 00 on for amounts, off for PINs."""
        self._keys["00"].setEnabled(has_double_zero)

    def _dress(self, key: QToolButton, name: str) -> None:
        if name == "backspace":
            key.setProperty("key", "fn")
            key.setIcon(icon("backspace", "text2"))
            key.setAutoRepeat(True)
            theme.size(key, icon=26)
            key.setAccessibleName(self.tr("Backspace"))
            key.pressed.connect(self.backspace_keyed)
        else:
            key.setProperty("key", "digit")
            key.setText(name)
            key.setAccessibleName(self.tr("Key {digits}").format(digits=name))
            key.pressed.connect(self._on_digits)

    @Slot()
    def _on_digits(self) -> None:
        key = self.sender()
        if isinstance(key, QToolButton):
            self.digits_keyed.emit(key.text())


class PadSide(QFrame):
    """The right part of a dialog, with a pad at its top.

    Attributes:
        pad: the pad.
        column: what else belongs under it.
    """

    def __init__(self, pad: DialogPad, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "dialogSide")
        self.pad = pad
        self.column = QVBoxLayout(self)
        theme.size(self.column, margins=(24, 20, 24, 20), spacing=14)
        self.column.addWidget(pad, _ALL)
