"""The step between Sell and the payment where a customer may add a tip (citcon.md, In-Store)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.amount_entry import AmountEntry
from pos_app.domain.money import Money
from pos_app.domain.tips import tip_of
from pos_app.ui import theme
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.amount_box import AmountBox
from pos_app.ui.widgets.chips import Chips
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.dialog_pad import DialogPad
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.scan_guard import ScanGuard, now_ms

translate = QCoreApplication.translate
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_NONE, _OTHER = "tipChoice_none", "tipChoice_other"


class TipDialog(Dialog):
    """Offers no tip, some percentages of the sale, and another amount.

    No tip is chosen at first: what nobody asked for is not charged. Esc goes back to the sale.
    A code that is scanned too early changes nothing.

    Args:
        price: what the sale costs.
        percentages: to offer, rising.

    Signals:
        tip_chosen(Money): go on with this tip, zero for none; after `answered`.
    """

    tip_chosen = Signal(object)

    def __init__(self, parent: QWidget, price: Money, percentages: Sequence[int]) -> None:
        super().__init__(parent, "tipDialog", translate("TipDialog", "Add a tip?"), width=860)
        self._price = price
        self._offered = {f"tipChoice_{one}": tip_of(price, one) for one in percentages}
        self._entry = AmountEntry(price.currency)
        self._guard_of_scans = ScanGuard()
        self._before = (_NONE, self._entry)
        self._chips = Chips(1, self)
        words = [
            self.tr("{percent} % · {amount}").format(percent=one, amount=amount_text(tip))
            for one, tip in zip(percentages, self._offered.values(), strict=True)
        ]
        self._chips.show_choices(
            [
                (_NONE, self.tr("No tip")),
                *zip(self._offered, words, strict=True),
                (_OTHER, self.tr("Other amount")),
            ]
        )
        self._chips.choose(_NONE)
        self._box = AmountBox("tipAmountEdit", self)
        self._pad = DialogPad("tipPad", self, tall=64)
        self._warning = Label(
            self.tr("That is more than the sale itself. Check the amount."),
            "caption", "bad", wraps=True, parent=self,
        )  # fmt: skip
        self._warning.setObjectName("tipWarning")
        self._total = Label(role="bodyStrong", parent=self)
        self._total.setObjectName("tipTotalLabel")
        self._lay_out()
        self.add_action(
            "back", self.tr("Back to sale"), "secondary", "backFromTipButton", is_safe=True
        )
        self._go_on = self.add_action("go", "", "primary", "confirmTipButton", is_default=True)
        self._connect()
        self._show()

    @property
    def tip(self) -> Money:
        """What is chosen now; zero for no tip."""
        if self._chips.current == _OTHER:
            return self._entry.amount
        return self._offered.get(self._chips.current, Money.zero(self._price.currency))

    def handle_key(self, event: QKeyEvent) -> bool:
        """Digits key another amount, wherever the focus is; those of a scanner key none."""
        text, at_ms = event.text(), event.timestamp() or now_ms()
        if event.key() in _ENTER:
            return bool(self._guard_of_scans.enter(at_ms))
        if len(text) != 1 or not text.isprintable():
            return False
        self._guard_of_scans.character(text, at_ms)
        if self._guard_of_scans.is_new_burst:
            self._before = (self._chips.current, self._entry)
        if self._guard_of_scans.looks_like_scan:
            name, self._entry = self._before
            self._chips.choose(name)
            self._show()
            return True
        is_amount = text.isascii() and (text.isdigit() or text == ".")
        if is_amount:
            self._on_keyed(text)
        return is_amount

    def _lay_out(self) -> None:
        other = QVBoxLayout()
        theme.size(other, margins=(0, 0, 0, 0), spacing=12)
        other.addWidget(self._box)
        other.addWidget(self._warning)
        other.addWidget(self._pad, 1)
        choices = QVBoxLayout()
        theme.size(choices, margins=(0, 0, 0, 0), spacing=12)
        price = self.tr("The sale is {amount}.").format(amount=amount_text(self._price))
        choices.addWidget(Label(price, "body", "muted", parent=self))
        choices.addWidget(self._chips)
        choices.addStretch(1)
        choices.addWidget(self._total)
        row = QHBoxLayout()
        theme.size(row, margins=(0, 0, 0, 0), spacing=32)
        row.addLayout(choices, 1)
        row.addLayout(other, 1)
        self.body.addLayout(row)

    def _connect(self) -> None:
        self._chips.chosen.connect(self._on_chosen)
        self._box.keyed.connect(self._on_keyed)
        self._box.backspace_keyed.connect(self._on_backspace)
        self._box.clear_keyed.connect(self._on_clear)
        self._pad.digits_keyed.connect(self._on_keyed)
        self._pad.backspace_keyed.connect(self._on_backspace)
        self.answered.connect(self._on_answered)

    def _show(self) -> None:
        self._box.show_entry(self._entry)
        self._box.setAccessibleName(
            self.tr("Tip {amount}").format(amount=amount_text(self._entry.amount))
        )
        self._warning.setVisible(self.tip > self._price)
        total = amount_text(self._price + self.tip)
        self._total.setText(self.tr("To pay {amount}").format(amount=total))
        self._go_on.set_words(self.tr("Continue with {amount}").format(amount=total))

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        if name == _OTHER:
            self._box.setFocus()
        self._show()

    @Slot(str)
    def _on_keyed(self, keyed: str) -> None:
        entry = self._entry.with_point() if keyed == "." else self._entry.with_digits(keyed)
        if entry is not None:  # else it does not fit
            self._take(entry)

    @Slot()
    def _on_backspace(self) -> None:
        self._take(self._entry.without_last())

    @Slot()
    def _on_clear(self) -> None:
        self._take(AmountEntry(self._price.currency))

    def _take(self, entry: AmountEntry) -> None:
        self._entry = entry
        self._chips.choose(_OTHER)
        self._show()

    @Slot(str)
    def _on_answered(self, answer: str) -> None:
        if answer == "go":
            self.tip_chosen.emit(self.tip)
