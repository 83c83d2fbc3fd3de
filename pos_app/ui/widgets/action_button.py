"""A button with icon, words, a line under them and the key that presses it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from pos_app.ui import icons, theme
from pos_app.ui.widgets.key_hint import are_hidden

_INK = {
    "primary": "on_primary",
    "secondary": "text",
    "danger": "bad",
    "dangerFill": "on_primary",
    "train": "train",
    "text": "link",
}
_TEXT_PX = {"48": 15, "56": 16, "60": 17, "64": 15, "72": 18}
_ICON, _TEXT_ICON = 22, 18
_GAP, _TEXT_GAP = 11, 8
_PADDING = {"48": 16, "72": 25}
_USUAL_PADDING = 20
TEXT_PADDING = 8
"""Of a button that is only words: what hangs over an edge its words stand flush with."""
_HINT_HEIGHT = 20
_HINT_STRENGTH = 0.75


class ActionButton(QPushButton):
    """A `QPushButton` of a `kind`, painted with icon, words and key hint in one row.

    The words are also its text, for assistive tools; the key is in the accessible description
    and in the tooltip.

    Args:
        text: the words, a verb.
        kind: primary, secondary, danger, dangerFill, train or text.
        tall: height in px at scale 1.0: 48, 52, 56, 60, 64 or 72.
        hint: the key that presses it, such as "F5".
        icon: name of the icon before the words.
        sub: a second line under the words; the hint stands beside it then.
    """

    def __init__(
        self,
        text: str,
        kind: str = "secondary",
        *,
        tall: str = "52",
        hint: str = "",
        icon: str = "",
        sub: str = "",
        object_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._hint = hint
        self._icon = icon
        self._sub = sub
        self._is_left = False
        self._heir: QWidget | None = None
        self.setObjectName(object_name)
        self.setProperty("kind", kind)
        self.setProperty("tall", tall)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.size(self, height=int(tall))
        self._describe()

    @property
    def sub(self) -> str:
        """The second line."""
        return self._sub

    def set_kind(self, kind: str) -> None:
        """Take another look."""
        theme.set_property(self, "kind", kind)
        self.update()

    def set_tall(self, tall: str) -> None:
        """Take another height; see `tall` above."""
        theme.set_property(self, "tall", tall)
        theme.size(self, height=int(tall))
        self._changed()

    def set_words(self, text: str, sub: str | None = None, *, icon: str | None = None) -> None:
        """Say something else; what is None stays."""
        self.setText(text)
        self._sub = self._sub if sub is None else sub
        self._icon = self._icon if icon is None else icon
        self._changed()

    def set_hint(self, keys: str) -> None:
        """Name another key; empty for none."""
        if keys != self._hint:
            self._hint = keys
            self._changed()

    def set_off(self, reason: str) -> None:
        """Switch it off and say why under its words; an empty reason switches it on."""
        self.setEnabled(not reason)
        if reason != self._sub:
            self._sub = reason
            self._changed()

    def press_once(self) -> None:
        """Switch off at the first press; the focus comes back with the button."""
        had_focus = self.hasFocus()
        self.setEnabled(False)
        self._heir = QApplication.focusWidget() if had_focus else None

    def changeEvent(self, event: QEvent) -> None:
        """Take the focus back, if nobody has moved it on."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and self.isEnabled():
            heir, self._heir = self._heir, None
            if heir is not None and heir is QApplication.focusWidget():
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_left_aligned(self) -> None:
        """Begin at the left edge instead of in the middle."""
        self._is_left = True

    def sizeHint(self) -> QSize:
        """Return room for icon, words and key."""
        tall = str(self.property("tall"))
        padding = theme.px(TEXT_PADDING if self._is_text() else _PADDING.get(tall, _USUAL_PADDING))
        return QSize(round(self._content_width()) + 2 * padding, theme.px(int(tall)))

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground as the style sheet says, then what is on it."""
        del event
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_content(painter, "on_disabled" if not self.isEnabled() else self._ink())
        painter.end()

    def _ink(self) -> str:
        return self.property("tone") or _INK.get(self.property("kind"), "text")

    def _is_text(self) -> bool:
        return bool(self.property("kind") == "text")

    def _icon_side(self) -> int:
        return theme.px(_TEXT_ICON if self._is_text() else _ICON)

    def _gap(self) -> int:
        return theme.px(_TEXT_GAP if self._is_text() else _GAP)

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        left = (self.width() - self._content_width()) / 2
        if self._is_left:
            left = theme.px(16)
        if self._icon:
            side = self._icon_side()
            place = QRectF(left, (self.height() - side) / 2, side, side)
            icons.paint(painter, place.toRect(), self._icon, ink)
            left += side + self._gap()
        painter.setPen(theme.color(ink))
        if not self._sub:
            left = self._paint_words(painter, self._font(), self.text(), left, 0)
            self._paint_hint(painter, left, ink, 0)
            return
        width, small = self._text_width(), theme.font("caption")
        upper = left + (width - theme.advance(self._font(), self.text())) / 2
        lower = left + (width - self._sub_width()) / 2
        self._paint_words(painter, self._font(), self.text(), upper, -theme.px(10))
        lower = self._paint_words(painter, small, self._sub, lower, theme.px(13))
        self._paint_hint(painter, lower, ink, theme.px(13))

    def _paint_words(
        self, painter: QPainter, font: QFont, words: str, left: float, drop: int
    ) -> float:
        """Paint one line and return where it ends."""
        width = theme.advance(font, words)
        painter.setFont(font)
        place = QRectF(left, drop, width + 2, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
        return left + width

    def _paint_hint(self, painter: QPainter, left: float, ink: str, drop: int) -> None:
        if not self._is_hinted():
            return
        height, width = theme.px(_HINT_HEIGHT), self._hint_width() - theme.px(_GAP - 1)
        left = round(left) + theme.px(_GAP - 1) + 0.5
        place = QRectF(left, (self.height() - height) // 2 + drop + 0.5, width - 1, height - 1)
        painter.setOpacity(_HINT_STRENGTH if self.isEnabled() else 1.0)
        painter.setPen(QPen(theme.color(ink), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, theme.px(5), theme.px(5))
        painter.setFont(theme.font("hint"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._hint)
        painter.setOpacity(1.0)

    def _is_hinted(self) -> bool:
        return bool(self._hint) and not are_hidden() and (self.isEnabled() or not self._sub)

    def _font(self) -> QFont:
        tall = str(self.property("tall"))
        if tall == "72" and self.property("kind") == "primary":
            return theme.font("buttonL")
        return theme.font("button", _TEXT_PX.get(tall, 16))

    def _hint_width(self) -> float:
        """Return the width of the key cap and the gap before it."""
        if not self._is_hinted():
            return 0.0
        return round(theme.advance(theme.font("hint"), self._hint)) + theme.px(14 + _GAP - 1)

    def _sub_width(self) -> float:
        return theme.advance(theme.font("caption"), self._sub) + self._hint_width()

    def _text_width(self) -> float:
        width = theme.advance(self._font(), self.text())
        return max(width, self._sub_width()) if self._sub else width + self._hint_width()

    def _content_width(self) -> float:
        before = self._icon_side() + self._gap() if self._icon else 0
        return before + self._text_width()

    def _changed(self) -> None:
        self._describe()
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(f"{self.text()} {self._sub}".strip())
        self.setAccessibleDescription(self._hint)
        self.setToolTip(f"{self.text()} ({self._hint})" if self._hint else "")
