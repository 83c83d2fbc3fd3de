"""One payment method as a tile (ux.md, section 5)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.ui import theme
from pos_app.ui.widgets.key_hint import KeyHint
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.method_words import method_name, off_words
from pos_app.ui.widgets.tick import paint_tick

_GLYPH = 46
_TICK = 22


class _Tick(QWidget):
    """The round tick of the chosen tile."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.size(self, width=_TICK, height=_TICK)
        theme.see_through(self)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a white tick on a filled circle."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("primary"))
        painter.drawEllipse(QRectF(self.rect()))
        inset = self.width() / 5
        paint_tick(painter, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))


class MethodTile(QToolButton):
    """Glyph, name, F-key at the top right, a tick at the top left when chosen.

    Checkable. A method that is off is disabled and says why under its name.
    """

    def __init__(self, method: PaymentMethod, f_key: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.method = method
        self._traits = METHODS[method]
        self._f_key = f_key
        self._state: tuple[str, str] | None = None
        self.setObjectName(f"methodTile_{method.value}")
        self.setProperty("tile", True)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        theme.size(self, min_height=88)
        self._glyph = MethodGlyph(_GLYPH, self)
        self._name = self._label("bodyStrong", method_name(self._traits))
        self._reason = self._label("caption", "")
        self._key_hint = KeyHint(f"F{f_key}", "bare", self)
        self._tick = _Tick(self)
        self._lay_out()
        self.toggled.connect(self._tick.setVisible)
        self.toggled.connect(self._say_name)
        self.show_state(off_reason="", currency="")

    def show_state(self, *, off_reason: str, currency: str) -> None:
        """Switch the tile on, or off with the reason (see `method_words.off_words`)."""
        if self._state == (off_reason, currency):
            return
        self._state = (off_reason, currency)
        is_off = bool(off_reason)
        self.setEnabled(not is_off)
        self._glyph.show_method(self._traits, is_off=is_off)
        self._reason.setText(off_words(off_reason, currency))
        self._reason.setVisible(is_off)
        self._say_name()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tick and the key hint in their corners."""
        super().resizeEvent(event)
        edge = theme.px(9)
        self._tick.move(edge, edge)
        self._key_hint.adjustSize()
        self._key_hint.move(self.width() - self._key_hint.width() - edge, theme.px(7))

    def _label(self, role: str, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("textRole", role)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        theme.see_through(label)
        return label

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        theme.size(column, margins=(4, 8, 4, 8), spacing=10)
        column.addStretch(1)
        column.addWidget(self._glyph, alignment=Qt.AlignmentFlag.AlignHCenter)
        words = QVBoxLayout()
        theme.size(words, spacing=2)
        words.addWidget(self._name)
        words.addWidget(self._reason)
        column.addLayout(words)
        column.addStretch(1)

    def _say_name(self) -> None:
        name = method_name(self._traits)
        if self.isChecked():
            spoken = self.tr("Pay with {method}, F{key}, selected")
        else:
            spoken = self.tr("Pay with {method}, F{key}")
        self.setAccessibleName(spoken.format(method=name, key=self._f_key))
        self.setAccessibleDescription(self._reason.text())
        self.setToolTip(self._reason.text() or f"{name} · F{self._f_key}")
