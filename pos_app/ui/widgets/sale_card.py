"""The card "This sale": lines, total and Charge (ux.md 6.2)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from pos_app.domain.cart import Cart
from pos_app.ui import theme
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.charge_button import ChargeButton
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.money_label import MoneyLabel
from pos_app.ui.widgets.sale_line import SaleLineRow, TypingLine


class SaleCard(QFrame):
    """Shows a cart. The lines scroll, the total and Charge stay.

    Signals:
        line_pressed(int): this line was tapped.
        quantity_changed(int, int): line and its new quantity.
        line_removed(int): this line should go.
        clear_pressed: the whole sale should go.
        charge_pressed: the cashier charges (or opens a shift).

    Attributes:
        charge: the button, for the page to say what it stands for.
        scan: the button under it, there where the customer's own code can be charged.
    """

    line_pressed = Signal(int)
    quantity_changed = Signal(int, int)
    line_removed = Signal(int)
    clear_pressed = Signal()
    charge_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saleCard")
        self.setProperty("card", True)
        self._rows: list[SaleLineRow] = []
        self._cart: Cart | None = None
        self._typing = TypingLine(self)
        self._empty = Label(
            self.tr("Nothing in this sale yet. Key an amount or tap an item."),
            "body", "muted3", wraps=True, parent=self,
        )  # fmt: skip
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.charge = ChargeButton(self)
        self.charge.clicked.connect(self.charge_pressed)
        self.scan = ActionButton(
            self.tr("Scan customer’s code"),
            hint="Shift+Enter", object_name="scanCodeButton", parent=self,
        )  # fmt: skip
        self.scan.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.scan.hide()
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._head())
        line = QFrame(self)
        line.setProperty("line", "h")
        column.addWidget(line)
        column.addWidget(self._scroll(), 1)
        column.addWidget(self._foot())

    def show_cart(self, cart: Cart) -> None:
        """Show lines, the amount being keyed, count and total."""
        before, self._cart = self._cart, cart
        while len(self._rows) < len(cart.lines):
            self._add_row()
        while len(self._rows) > len(cart.lines):
            gone = self._rows.pop()
            gone.hide()
            gone.deleteLater()
        for index, (row, line) in enumerate(zip(self._rows, cart.lines, strict=True)):
            row.show_line(line, is_open=index == cart.selected)
        self._typing.setVisible(cart.is_typing)
        self._typing.show_amount(cart.entry.amount)
        self._empty.setVisible(not cart.lines and not cart.is_typing)
        self._clear.setVisible(not cart.is_empty)
        self._total.set_amount(cart.total)
        count = self.tr("1 item") if cart.count == 1 else self.tr("{count} items")
        self._count.setText(count.format(count=cart.count))
        if before is None or _last_shown(before) != _last_shown(cart):
            self._follow_last(cart)

    def stops(self) -> list[QWidget]:
        """Return what Tab reaches here, in reading order: Clear, the lines, Charge."""
        lines = [button for row in self._rows for button in row.stops()]
        return [self._clear, *lines, self.charge, self.scan]

    def focus_quantity(self, index: int) -> None:
        """Go to + of an opened line."""
        self._rows[index].focus_plus()

    def _add_row(self) -> None:
        index = len(self._rows)
        row = SaleLineRow(index + 1, self._lines)
        row.pressed.connect(self._on_pressed)
        row.quantity_changed.connect(self._on_quantity)
        row.removed.connect(self._on_removed)
        self._list.insertWidget(index, row)
        self._rows.append(row)

    def _follow_last(self, cart: Cart) -> None:
        shown: QWidget | None = None
        if cart.is_typing:
            shown = self._typing
        elif cart.selected is not None:
            shown = self._rows[cart.selected]
        elif self._rows:
            shown = self._rows[-1]
        if shown is not None:
            self._list.activate()
            self._area.ensureWidgetVisible(shown, 0, 0)

    def _head(self) -> QWidget:
        head = QFrame(self)
        theme.size(head, height=52)
        self._clear = QPushButton(self.tr("Clear sale"), head)
        self._clear.setObjectName("clearSaleButton")
        self._clear.setProperty("kind", "text")
        self._clear.setAccessibleName(self._clear.text())
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._clear.clicked.connect(self.clear_pressed)
        row = QHBoxLayout(head)
        theme.size(row, margins=(19, 0, 12, 0), spacing=8)
        row.addWidget(Label(self.tr("This sale"), "h2", parent=head), 1)
        row.addWidget(self._clear)
        return head

    def _scroll(self) -> QScrollArea:
        self._area = QScrollArea(self)
        self._area.setObjectName("saleLines")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines = QWidget()
        self._lines.setProperty("scrolled", True)
        self._list = QVBoxLayout(self._lines)
        theme.size(self._list, margins=(0, 0, 0, 0), spacing=0)
        self._list.addWidget(self._typing)
        self._list.addStretch(1)
        self._list.addWidget(self._empty)
        self._list.addStretch(1)
        theme.size(self._empty, margins=(24, 0, 24, 0))
        self._area.setWidget(self._lines)
        return self._area

    def _foot(self) -> QWidget:
        foot = QFrame(self)
        foot.setProperty("card", "foot")
        self._count = Label(role="caption", shade="muted3", parent=foot)
        self._count.setObjectName("saleCount")
        self._total = MoneyLabel("moneyM", Qt.AlignmentFlag.AlignRight, foot)
        self._total.setObjectName("saleTotal")
        words = QVBoxLayout()
        theme.size(words, spacing=2)
        words.addWidget(Label(self.tr("Total"), "h2", parent=foot))
        words.addWidget(self._count)
        row = QHBoxLayout()
        theme.size(row, spacing=12)
        row.addLayout(words)
        row.addWidget(self._total, 1)
        self._foot_column = QVBoxLayout(foot)
        theme.size(self._foot_column, margins=(19, 16, 19, 19), spacing=11)
        self._foot_column.addLayout(row)
        self._foot_column.addWidget(self.charge)
        self._foot_column.addWidget(self.scan)
        return foot

    def take_charge_back(self) -> None:
        """Put the Charge button back to its place after it stood elsewhere."""
        self._foot_column.insertWidget(self._foot_column.indexOf(self.scan), self.charge)

    @Slot()
    def _on_pressed(self) -> None:
        self.line_pressed.emit(self._sender_index())

    @Slot(int)
    def _on_quantity(self, quantity: int) -> None:
        self.quantity_changed.emit(self._sender_index(), quantity)

    @Slot()
    def _on_removed(self) -> None:
        self.line_removed.emit(self._sender_index())

    def _sender_index(self) -> int:
        return next(index for index, row in enumerate(self._rows) if row is self.sender())


def _last_shown(cart: Cart) -> tuple[int, bool, int | None]:
    return len(cart.lines), cart.is_typing, cart.selected
