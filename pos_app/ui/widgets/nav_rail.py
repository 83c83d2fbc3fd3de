"""The rail at the left: where one can go, and Lock at its foot (ux.md, section 4)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.icon_label import IconLabel

_WIDE = 96
_NARROW = 72
_ITEM_WIDTH = 86
_ITEM_HEIGHT = 66
_MOST_SHOWN = 99


class RailItem(QPushButton):
    """One place to go: an icon over a label.

    It is never disabled, so that a tap can say why it does nothing: `off_reason`.
    """

    def __init__(self, object_name: str, icon: str, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("rail", "item")
        self.setCheckable(True)
        self.off_reason = ""
        self._keys = keys
        theme.size(self, width=_ITEM_WIDTH, height=_ITEM_HEIGHT)
        self._icon = IconLabel(icon, "rail_text", 24, self)
        self._label = QLabel(self)
        self._label.setProperty("railLabel", "rest")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.see_through(self._label)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 9, 0, 10), spacing=5)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._label, 1)
        self.toggled.connect(self._restyle)

    def set_words(self, text: str) -> None:
        """Show `text` as the label."""
        self.setText("")
        self._label.setText(text)
        self.setAccessibleName(text)
        self._describe()

    def set_off(self, reason: str) -> None:
        """Switch it off and say why; an empty reason switches it on."""
        if reason != self.off_reason:
            self.off_reason = reason
            self._describe()
            self._restyle()

    def set_narrow(self, is_narrow: bool) -> None:
        """Show the icon alone, or with its label."""
        self._label.setVisible(not is_narrow)
        theme.size(self, width=_NARROW - 10 if is_narrow else _ITEM_WIDTH)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's own name
        """Leave the checking to the window: a tap asks, it does not decide."""

    def _describe(self) -> None:
        self.setAccessibleDescription(self.off_reason or self._keys)
        self.setToolTip(self.off_reason or f"{self.accessibleName()} ({self._keys})")

    @Slot()
    def _restyle(self) -> None:
        is_off = bool(self.off_reason) and not self.isChecked()
        look = "chosen" if self.isChecked() else "off" if is_off else "rest"
        theme.set_property(self._label, "railLabel", look)
        colour = {"chosen": "on_rail", "off": "rail_off", "rest": "rail_text"}[look]
        self._icon.set_icon(self._icon.icon_name, colour)


class NavRail(QFrame):
    """The rail. It only asks; the window decides and calls `set_current`.

    Signals:
        wanted(str): an item that is on was pressed: "sell", "transactions" or "lock".
        refused(str): an item that is off was pressed; says why.
    """

    wanted = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navRail")
        self.setProperty("rail", "panel")
        theme.size(self, width=_WIDE)
        self._items: dict[str, RailItem] = {}
        column = QVBoxLayout(self)
        theme.size(column, margins=(5, 12, 5, 11), spacing=6)
        column.addWidget(_mark(self), 0, Qt.AlignmentFlag.AlignHCenter)
        theme.size(gap := QWidget(self), height=8)
        column.addWidget(gap)
        for name, object_name, icon, keys in (
            ("sell", "navSell", "sell", "Ctrl+1"),
            ("transactions", "navTransactions", "transactions", "Ctrl+2"),
            ("shift", "navShift", "shift", "Ctrl+3"),
            ("settings", "navSettings", "settings", "Ctrl+,"),
        ):
            self._add(column, name, object_name, icon, keys)
        column.addStretch(1)
        self._add(column, "lock", "navLock", "lock", "Ctrl+L")
        self._badge = QLabel(self._items["transactions"])
        self._badge.setObjectName("attentionBadge")
        self._badge.setProperty("rail", "badge")
        self._badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.see_through(self._badge)
        self._badge.hide()
        self._is_narrow = False
        self._off: dict[str, str] = {}
        self._payment_reason = ""
        self.translate()

    def translate(self) -> None:
        """Set the words in the present language."""
        words = {
            "sell": self.tr("Sell"),
            "transactions": self.tr("Transactions"),
            "shift": self.tr("Shift"),
            "settings": self.tr("Settings"),
            "lock": self.tr("Lock"),
        }
        for name, item in self._items.items():
            item.set_words(words[name])

    def set_current(self, name: str) -> None:
        """Show where one is; "" for nowhere."""
        for own, item in self._items.items():
            item.setChecked(own == name)

    def set_off(self, name: str, reason: str) -> None:
        """Switch one item off for good, saying why; an empty reason switches it on."""
        self._off[name] = reason
        self._apply_off()

    def set_payment_open(self, reason: str) -> None:
        """Switch all but the chosen item off while a payment page is open; "" ends it."""
        self._payment_reason = reason
        self._apply_off()

    def set_badge(self, count: int) -> None:
        """Show how many payments need an answer; 0 hides the badge."""
        self._badge.setText(str(count) if count <= _MOST_SHOWN else f"{_MOST_SHOWN}+")
        self._badge.setVisible(count > 0)
        self._badge.setAccessibleName(
            self.tr("1 payment needs an answer")
            if count == 1
            else self.tr("{count} payments need an answer").replace("{count}", str(count))
        )
        item = self._items["transactions"]
        name = self.tr("Transactions")
        item.setAccessibleName(f"{name}, {self._badge.accessibleName()}" if count else name)
        self._place_badge()

    def set_narrow(self, is_narrow: bool) -> None:
        """Become 72 px wide without labels, or 96 with them."""
        self._is_narrow = is_narrow
        theme.size(self, width=_NARROW if is_narrow else _WIDE)
        for item in self._items.values():
            item.set_narrow(is_narrow)
        self._place_badge()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk between the items."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        items = list(self._items.values())
        focused = next((item for item in items if item.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        target = items[(items.index(focused) + step) % len(items)]
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self, column: QVBoxLayout, name: str, object_name: str, icon: str, keys: str) -> None:
        item = RailItem(object_name, icon, keys, self)
        item.clicked.connect(self._pressed(name))
        self._items[name] = item
        column.addWidget(item, 0, Qt.AlignmentFlag.AlignHCenter)

    @Slot(str)
    def press(self, name: str) -> None:
        """Do what a tap on the item `name` does: ask, or say why not."""
        item = self._items[name]
        if item.off_reason and not item.isChecked():
            announce(item, item.off_reason)
            self.refused.emit(item.off_reason)
        else:
            self.wanted.emit(name)

    def _pressed(self, name: str) -> Callable[[], None]:
        def press() -> None:
            self.press(name)

        return press

    def _apply_off(self) -> None:
        for name, item in self._items.items():
            item.set_off(self._off.get(name) or self._payment_reason)

    def _place_badge(self) -> None:
        self._badge.adjustSize()
        side = theme.px(20)
        self._badge.resize(max(side, self._badge.sizeHint().width()), side)
        left = 36 if self._is_narrow else 48
        self._badge.move(theme.px(left), theme.px(6))


def _mark(parent: QWidget) -> QFrame:
    mark = QFrame(parent)
    mark.setProperty("rail", "mark")
    theme.size(mark, width=44, height=44)
    row = QHBoxLayout(mark)
    theme.size(row, margins=(0, 0, 0, 0))
    row.addWidget(IconLabel("app-mark", "on_primary", 28, mark), 0, Qt.AlignmentFlag.AlignCenter)
    return mark
