"""The field that searches a list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from pos_app.ui import icons, theme
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.key_hint import KeyHint

_LEFT, _RIGHT = 30, 34
_ICON = 20
_HEIGHT = 48
_MOST = 60
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SearchEdit(QLineEdit):
    """A magnifying glass at the left; at the right the key that leads here, or what clears it.

    Signals:
        entered(): Enter was pressed in it.
        left_downwards(): the Down key was pressed in it.
    """

    entered = Signal()
    left_downwards = Signal()

    def __init__(self, object_name: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("field", "search")
        self.setMaxLength(_MOST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._glass = IconLabel("search", "text3", _ICON, self)
        self._hint = KeyHint(keys, "true", self)
        self._clear = QPushButton(self)
        self._clear.setObjectName(f"{object_name}Clear")
        self._clear.setProperty("kind", "icon")
        self._clear.setIcon(icons.icon("close", "text2"))
        self._clear.setAccessibleName(self.tr("Clear search"))
        self._clear.setToolTip(self.tr("Clear search"))
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        theme.size(self._clear, icon=18)
        self.setAccessibleDescription(keys)
        self.textChanged.connect(self._on_text)
        theme.watch(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put glass, hint and button at their edges."""
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Down leave the field; all else edits it."""
        if event.key() in _ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_text(self) -> None:
        has_text = bool(self.text())
        self._clear.setVisible(has_text)
        self._hint.set_keys("" if has_text else self.accessibleDescription())
        self._place()

    @Slot()
    def _fit(self) -> None:
        self.setTextMargins(theme.px(_LEFT), 0, theme.px(_RIGHT), 0)
        self._place()

    def _place(self) -> None:
        middle = self.height() // 2
        self._glass.move(theme.px(16), middle - self._glass.height() // 2)
        self._hint.adjustSize()
        right = self.width() - theme.px(14)
        self._hint.move(right - self._hint.width(), middle - self._hint.height() // 2)
        side = theme.px(_HEIGHT)
        self._clear.setGeometry(self.width() - side, middle - side // 2, side, side)
