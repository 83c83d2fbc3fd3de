"""A field that shows one of several choices and drops the others down."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from pos_app.ui import icons, theme
from pos_app.ui.widgets.choice_popup import Choice, ChoicePopup

_HEIGHT, _TOUCH = 44, 48
_EDGE, _ICON, _GAP = 12, 20, 6
_OPENING = (Qt.Key.Key_Down, Qt.Key.Key_Up)


class Combo(QPushButton):
    """Drawn 44 px high; press it, Space, Enter or Down drop the list down.

    Args:
        name: what is chosen, for assistive tools and as the list's title: "Currency of Alipay".
        width: in px at scale 1.0; 0 takes what the words need.

    Signals:
        chosen(object): the value of a choice that is another than before.
    """

    chosen = Signal(object)

    def __init__(
        self, object_name: str, name: str, width: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._name = name
        self._choices: tuple[Choice, ...] = ()
        self._value: Hashable = None
        self._popup: ChoicePopup | None = None
        self._is_muted = False
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.size(self, height=_TOUCH)
        if width:
            theme.size(self, width=width)
        self.clicked.connect(self._open)

    @property
    def value(self) -> Hashable:
        """What is chosen."""
        return self._value

    def show_choices(self, choices: Sequence[Choice], value: Hashable) -> None:
        """Offer `choices`, of which `value` is chosen."""
        self._choices, self._value = tuple(choices), value
        words = next((one.words for one in self._choices if one.value == value), "")
        self.setText(words)
        self.setAccessibleName(f"{self._name}, {words}")
        self.updateGeometry()
        self.update()

    def set_muted(self, is_muted: bool) -> None:
        """Stand back: what is chosen does not matter now."""
        self._is_muted = is_muted
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the longest words."""
        measure = QFontMetricsF(theme.font("body"))
        longest = max((measure.horizontalAdvance(one.words) for one in self._choices), default=0)
        width = round(longest) + 2 * theme.px(_EDGE) + theme.px(_ICON + _GAP) + 1
        return QSize(width, theme.px(_TOUCH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Drop down by an arrow, too."""
        if event.key() in _OPENING:
            self._open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, the words and the chevron."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = theme.px(_HEIGHT)
        place = QRectF(0, (self.height() - height) / 2, self.width(), height)
        place.adjust(0.5, 0.5, -0.5, -0.5)
        ground = "key2" if self.isDown() else "surface" if self.isEnabled() else "disabled"
        ink = ("text2" if self._is_muted else "text") if self.isEnabled() else "on_disabled"
        painter.setPen(QPen(theme.color("control" if self.isEnabled() else "tile_border"), 1))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(place, theme.px(10), theme.px(10))
        side, edge = theme.px(_ICON), theme.px(_EDGE)
        right = self.width() - edge - side
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color(ink))
        words = QRectF(edge, 0, right - edge - theme.px(_GAP), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        chevron = QRectF(right, (self.height() - side) / 2, side, side)
        icons.paint(painter, chevron.toRect(), "chevron-down", ink)
        painter.end()

    @Slot()
    def _open(self) -> None:
        if self._popup is not None:
            self._popup.deleteLater()
        name = f"{self.objectName()}Popup"
        popup = ChoicePopup(self, name, self._name, self._choices, is_only_one=True)
        popup.show_chosen(frozenset({self._value}))
        popup.changed.connect(self._on_changed)
        self._popup = popup
        popup.open_below(self)

    @Slot(object)
    def _on_changed(self, values: frozenset[Hashable]) -> None:
        (value,) = values
        if value != self._value:
            self.show_choices(self._choices, value)
            self.chosen.emit(value)
