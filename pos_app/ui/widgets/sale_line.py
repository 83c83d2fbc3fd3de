"""One line of the sale being put together (ux.md 6.2)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pos_app.domain.cart import MAX_QUANTITY
from pos_app.domain.money import Money
from pos_app.domain.sales import SaleLine
from pos_app.ui import theme
from pos_app.ui.format import amount_text
from pos_app.ui.icons import icon
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.short_label import ShortLabel


class _Box(QWidget):
    """The rounded square at the left of a line.

    Args:
        ground: token of its colour.
    """

    def __init__(self, ground: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = ground
        theme.size(self, width=34, height=34)
        theme.see_through(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._ground))
        painter.drawRoundedRect(self.rect(), theme.px(8), theme.px(8))


class _Facts(QWidget):
    """Box, two lines of words and the money at the right; transparent to the pointer."""

    def __init__(self, ground: str, parent: QWidget) -> None:
        super().__init__(parent)
        theme.see_through(self)
        self.box = _Box(ground, self)
        self.name = ShortLabel(role="bodyStrong", parent=self)
        self.below = Label(role="caption", shade="muted3", parent=self)
        self.total = Label(role="button", parent=self)
        words = QVBoxLayout()
        theme.size(words, spacing=1)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.below)
        words.addStretch(1)
        row = QHBoxLayout(self)
        theme.size(row, margins=(20, 0, 20, 0), spacing=12)
        row.addWidget(self.box)
        row.addLayout(words, 1)
        row.addWidget(self.total)
        self.below.setMinimumWidth(1)  # long names are cut, the money never is

    def put_in_box(self, widget: QWidget) -> None:
        """Put the quantity or an icon into the box."""
        inside = QHBoxLayout(self.box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(widget, alignment=Qt.AlignmentFlag.AlignCenter)


class TypingLine(QFrame):
    """The last line while an amount is being keyed; nothing to press."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saleLineTyping")
        self.setProperty("row", "chosen")
        theme.size(self, height=60)
        self._facts = _Facts("surface", self)
        self._facts.put_in_box(IconLabel("pencil", "link", 18, self))
        self._facts.name.setText(self.tr("Keyed amount"))
        self._facts.below.setText(self.tr("Typing now"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._facts)

    def show_amount(self, amount: Money) -> None:
        """Show what is being keyed."""
        self._facts.total.setText(amount.grouped)
        spoken = self.tr("Keyed amount, typing now, {amount}")
        self.setAccessibleName(spoken.format(amount=amount_text(amount)))


class SaleLineRow(QWidget):
    """A line, 60 px; opened, it shows − quantity + and Remove below.

    Signals:
        pressed: the line was tapped.
        quantity_changed(int): how many there should be.
        removed: the line should go.
    """

    pressed = Signal()
    quantity_changed = Signal(int)
    removed = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quantity = 1
        self._row = QPushButton(self)
        self._row.setObjectName(f"saleLine_{number}")
        self._row.setProperty("row", True)
        self._row.setCheckable(True)
        self._row.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.setAutoDefault(False)
        self._row.clicked.connect(self.pressed)
        theme.size(self._row, height=60)
        self._facts = _Facts("key2", self._row)
        self._box = Label(role="bodyStrong", shade="muted", parent=self)
        self._facts.put_in_box(self._box)
        inside = QVBoxLayout(self._row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._facts)
        self._steps = self._steps_row()
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._row)
        column.addWidget(self._steps)

    def show_line(self, line: SaleLine, *, is_open: bool) -> None:
        """Show `line`, opened for changes or not."""
        self._quantity = line.quantity
        name = line.name or self.tr("Keyed amount")
        each = self.tr("{amount} each").format(amount=amount_text(line.unit_price))
        self._box.setText(str(line.quantity))
        self._facts.name.setText(name)
        self._facts.below.setText(each)
        self._facts.total.setText(line.total.grouped)
        self._count.setText(str(line.quantity))
        self._minus.setEnabled(line.quantity > 1)
        self._plus.setEnabled(line.quantity < MAX_QUANTITY)
        self._steps.setVisible(is_open)
        self._row.setChecked(is_open)
        spoken = self.tr("{count} × {name}, {total}")
        self._row.setAccessibleName(
            spoken.format(count=line.quantity, name=name, total=amount_text(line.total))
        )

    def stops(self) -> list[QPushButton]:
        """Return what Tab reaches here, in reading order."""
        return [self._row, self._minus, self._plus, self._remove]

    def focus_plus(self) -> None:
        """Go to +, so that Space adds one more."""
        self._plus.setFocus(Qt.FocusReason.TabFocusReason)

    def _steps_row(self) -> QFrame:
        holder = QFrame(self)
        holder.setProperty("row", "chosen")
        theme.size(holder, height=64)
        self._minus = self._step("lineQuantityMinus", "minus", self.tr("One less"))
        self._plus = self._step("lineQuantityPlus", "plus", self.tr("One more"))
        self._minus.clicked.connect(self._on_minus)
        self._plus.clicked.connect(self._on_plus)
        self._count = QLabel(holder)
        self._count.setProperty("textRole", "bodyStrong")
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.size(self._count, width=40)
        self._remove = remove = QPushButton(self.tr("Remove"), holder)
        remove.setObjectName("lineRemoveButton")
        remove.setProperty("kind", "text")
        remove.setAccessibleName(remove.text())
        remove.setProperty("tone", "bad")
        remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        remove.clicked.connect(self.removed)
        row = QHBoxLayout(holder)
        theme.size(row, margins=(20, 0, 12, 0), spacing=8)
        row.addWidget(self._minus)
        row.addWidget(self._count)
        row.addWidget(self._plus)
        row.addStretch(1)
        row.addWidget(remove)
        return holder

    def _step(self, name: str, icon_name: str, spoken: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setProperty("kind", "secondary")
        button.setProperty("tall", "48")
        button.setIcon(icon(icon_name, "text"))
        button.setAccessibleName(spoken)
        button.setToolTip(spoken)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoDefault(False)
        theme.size(button, width=48, height=48, icon=18)
        return button

    @Slot()
    def _on_minus(self) -> None:
        self.quantity_changed.emit(self._quantity - 1)

    @Slot()
    def _on_plus(self) -> None:
        self.quantity_changed.emit(self._quantity + 1)
