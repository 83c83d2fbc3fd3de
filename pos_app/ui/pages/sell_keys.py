"""The keyboard of the Sell page (ux.md 6.2)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from pos_app.domain.amount_entry import MAX_DIGITS
from pos_app.ui.pages.page import Shortcut
from pos_app.ui.pages.sale_desk import SaleDesk
from pos_app.ui.widgets.scan_guard import END_GAP_MS, ScanGuard

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UP_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_F1 = int(Qt.Key.Key_F1)
_F9 = int(Qt.Key.Key_F9)


class SellKeys(QObject):
    """Turns key presses into changes of the sale, and tells scans from typing.

    A scanner's characters change the sale like typed ones; when its Enter comes, the sale is put
    back as it was before the first of them. So it is without an Enter, where there are more of
    them than an amount can have.

    Args:
        walks_itself: whether the focus is in a group that the arrow keys walk in.
        now_ms: monotonic milliseconds.

    Signals:
        charge_keyed(): Enter, and no button has the focus.
        escape_keyed(): Esc.
        items_keyed(): Ctrl+I.
        f_keyed(int): F1 to F9, as 1 to 9.
        quantity_wanted(int): `*` with nothing keyed: go to the buttons of this line.
        scanned(str): what a barcode scanner has read.
    """

    charge_keyed = Signal()
    scan_keyed = Signal()
    escape_keyed = Signal()
    items_keyed = Signal()
    f_keyed = Signal(int)
    quantity_wanted = Signal(int)
    scanned = Signal(str)

    def __init__(
        self,
        desk: SaleDesk,
        walks_itself: Callable[[], bool],
        now_ms: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._walks_itself = walks_itself
        self._now_ms = now_ms
        self._guard = ScanGuard()
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(END_GAP_MS)
        self._silence.timeout.connect(self._on_silence)
        self._cart_before = desk.cart
        self._by_text: dict[str, Callable[[], None]] = {
            ".": desk.key_point,
            ",": desk.key_point,
            "+": desk.add_entry,
            "*": self._key_quantity,
            "c": desk.clear_entry,
            "C": desk.clear_entry,
        }
        self._by_key: dict[int, Callable[[], None]] = {
            int(Qt.Key.Key_Backspace): desk.key_backspace,
            int(Qt.Key.Key_Delete): desk.delete,
            int(Qt.Key.Key_Escape): self.escape_keyed.emit,
        }

    @property
    def looks_like_scan(self) -> bool:
        """Whether a scanner is typing now; its digits make no sound."""
        return self._guard.looks_like_scan

    def handle(self, event: QKeyEvent) -> bool:
        """Use a key press; returns whether it was used."""
        key, text = event.key(), event.text()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key == Qt.Key.Key_I:
                self.items_keyed.emit()
            return key == Qt.Key.Key_I
        if key in _ENTER:
            self._enter(event)
            return True
        if len(text) == 1 and text.isprintable() and text != " ":
            return self._character(event, text)
        self._guard.forget()
        return self._other(key)

    def _character(self, event: QKeyEvent, text: str) -> bool:
        if event.isAutoRepeat():  # only Backspace repeats
            return True
        cart = self._desk.cart
        self._guard.character(text, event.timestamp() or self._now_ms())
        if self._guard.is_new_burst:
            self._cart_before = cart
        if len(self._guard.burst) > MAX_DIGITS:
            self._silence.start()
        if text.isascii() and text.isdigit():
            self._desk.key_digits(text)
            return True
        act = self._by_text.get(text)
        if act is not None:
            act()
        return act is not None

    def _enter(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        code = self._guard.enter(event.timestamp() or self._now_ms())
        focused = QApplication.focusWidget()
        if code:
            self._take_scan(code)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.scan_keyed.emit()
        elif isinstance(focused, QAbstractButton) and focused.isEnabled():
            focused.click()
        else:
            self.charge_keyed.emit()

    @Slot()
    def _on_silence(self) -> None:
        code = self._guard.burst
        self._guard.forget()
        if code:
            self._take_scan(code)

    def _take_scan(self, code: str) -> None:
        self._silence.stop()
        self._desk.restore_cart(self._cart_before)
        self.scanned.emit(code)

    def _other(self, key: int) -> bool:
        if _F1 <= key <= _F9:
            self.f_keyed.emit(key - _F1 + 1)
            return True
        if key in _UP_DOWN and not self._walks_itself():
            self._desk.walk_lines(-1 if key == Qt.Key.Key_Up else 1)
            return True
        act = self._by_key.get(key)
        if act is not None:
            act()
        return act is not None

    def _key_quantity(self) -> None:
        line = self._desk.key_quantity()
        if line is not None:
            self.quantity_wanted.emit(line)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return the keys for F12."""
        return (
            Shortcut("0–9 .", self.tr("Key an amount")),
            Shortcut("+", self.tr("Add the amount as a line")),
            Shortcut("C, Delete", self.tr("Clear the amount")),
            Shortcut("F1–F9", self.tr("Choose how to pay")),
            Shortcut("Enter", self.tr("Charge")),
            Shortcut("Shift+Enter", self.tr("Scan the customer’s code")),
            Shortcut("↑ ↓", self.tr("Walk the lines of the sale")),
            Shortcut("*", self.tr("Set a line’s quantity to the number keyed")),
            Shortcut("Delete", self.tr("Take the chosen line out")),
            Shortcut("Ctrl+I", self.tr("Keypad or items")),
            Shortcut("Esc", self.tr("Clear the amount, then the sale")),
        )
