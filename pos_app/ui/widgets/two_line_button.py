"""A button whose parts are child labels: icon, words, key cap and a second line."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from pos_app.ui import theme
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.key_hint import KeyHint
from pos_app.ui.widgets.label import Label

_ON_FILL = frozenset({"primary", "dangerFill"})
_ICON_COLOUR = {"danger": "bad", "train": "train", "text": "link"}


class TwoLineButton(QPushButton):
    """A large button: "Charge US$ 42.50" / "with Alipay [Enter]".

    Without a second line the key cap stands after the words. The text property stays set, for
    assistive tools; the key is the accessible description.

    Args:
        text: the words, with the amount when money moves.
        sub: the second line; empty for none.
        kind: primary, secondary, danger, dangerFill, train or text.
        tall: height in px at scale 1.0: 48, 52, 56, 60 or 72.
        hint: key cap.
        icon: name of an icon before the words.
    """

    def __init__(
        self,
        text: str,
        sub: str = "",
        kind: str = "primary",
        *,
        tall: int = 72,
        hint: str = "",
        icon: str = "",
        object_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("kind", kind)
        self.setProperty("tall", str(tall))
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.size(self, height=tall)
        self._icon = IconLabel(icon, parent=self, side=20)
        self._words = Label(role="buttonL" if tall == 72 else "button", parent=self)  # noqa: PLR2004
        self._sub = Label(role="body", parent=self)
        self._hint = KeyHint("", parent=self)
        self._is_hint_below = False
        self._lay_out()
        self._paint_as(kind)
        self.set_words(text, sub=sub, hint=hint)

    def _lay_out(self) -> None:
        self._first = QHBoxLayout()
        self._second = QHBoxLayout()
        for row in (self._first, self._second):
            theme.size(row, spacing=10)
            row.addStretch(1)
        for label in (self._words, self._sub):
            theme.see_through(label)
        centre = Qt.AlignmentFlag.AlignVCenter
        self._first.addWidget(self._icon, 0, centre)
        self._first.addWidget(self._words, 0, centre)
        self._second.addWidget(self._sub, 0, centre)
        for row in (self._first, self._second):
            row.addStretch(1)
        column = QVBoxLayout(self)
        theme.size(column, margins=(18, 0, 18, 0), spacing=2)
        column.addStretch(1)
        column.addLayout(self._first)
        column.addLayout(self._second)
        column.addStretch(1)

    def set_words(self, text: str, *, sub: str | None = None, hint: str | None = None) -> None:
        """Show other words; `sub` and `hint` stay as they are when None."""
        self.setText(text)
        self._words.setText(text)
        if sub is not None:
            self._sub.setText(sub)
        if hint is not None:
            self._hint.set_keys(hint)
            self.setAccessibleDescription(hint)
            self.setToolTip(f"{text} ({hint})" if hint else "")
        self.setAccessibleName(f"{text} {self._sub.text()}".strip())
        has_sub = bool(self._sub.text())
        is_below = has_sub or self._is_hint_below
        self._sub.setVisible(has_sub)
        self._icon.setVisible(bool(self._icon.icon_name))
        for row in (self._first, self._second):
            row.removeWidget(self._hint)
        row = self._second if is_below else self._first
        row.insertWidget(row.count() - 1, self._hint, 0, Qt.AlignmentFlag.AlignVCenter)
        self.updateGeometry()

    def keep_hint_below(self) -> None:
        """Leave the first line to the words, also where there is no second line."""
        self._is_hint_below = True
        self.set_words(self.text())

    def set_kind(self, kind: str) -> None:
        """Become another kind of button."""
        theme.set_property(self, "kind", kind)
        self._paint_as(kind)

    def _paint_as(self, kind: str) -> None:
        for label in (self._words, self._sub):
            theme.set_property(label, "on", kind)
        look = "onPrimary" if kind in _ON_FILL else "danger" if kind == "danger" else "true"
        theme.set_property(self._hint, "hint", look)
        colour = "on_primary" if kind in _ON_FILL else _ICON_COLOUR.get(kind, "text")
        self._icon.set_icon(self._icon.icon_name, colour)

    def sizeHint(self) -> QSize:
        """Return room for the parts; the height is fixed."""
        layout = self.layout()
        assert layout is not None
        return QSize(layout.sizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame only: the words are child labels."""
        del event
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
