"""What the keys do on the Transactions page (ux.md, sections 5, 6.4 and 9)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea

from pos_app.ui.pages.page import Shortcut
from pos_app.ui.widgets.detail_acts import DetailAct
from pos_app.ui.widgets.transactions_view import TransactionsView

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CONTROL = Qt.KeyboardModifier.ControlModifier
_tr = QCoreApplication.translate


class TransactionKeys:
    """Uses the page's keys wherever the focus is.

    Args:
        view: what they act on.
        print_last: prints the last receipt again.
        read: reads the list anew.
    """

    def __init__(
        self, view: TransactionsView, print_last: Callable[[], None], read: Callable[[], None]
    ) -> None:
        self._view = view
        self._print_last, self._read = print_last, read

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return what the keys do."""
        return (
            Shortcut("↑ ↓", _tr("TransactionKeys", "Select a transaction")),
            Shortcut("Enter", _tr("TransactionKeys", "The panel’s first button")),
            Shortcut("Ctrl+F", _tr("TransactionKeys", "Search")),
            Shortcut("Ctrl+R", _tr("TransactionKeys", "Refund")),
            Shortcut(
                "Ctrl+P",
                _tr("TransactionKeys", "Print the receipt; with nothing selected, the last one"),
            ),
            Shortcut(
                "F5",
                _tr("TransactionKeys", "Check status; with nothing selected, read the list again"),
            ),
        )

    def handle(self, event: QKeyEvent) -> bool:
        """Use a key press; return whether it was used."""
        key, view = Qt.Key(event.key()), self._view
        if view.bar.has_popup:
            return key == Qt.Key.Key_Escape and view.bar.close_popups()
        if event.modifiers() & _CONTROL:
            return self._use_command(key)
        if key in _ENTER:
            return self._use_enter()
        if key == Qt.Key.Key_Escape:
            return view.close_sheet() or self._leave_search()
        if key == Qt.Key.Key_F5:
            return self._check_or_read()
        return self._is_inside() and (view.table.step(key) or self._begin_search(event))

    def _use_command(self, key: Qt.Key) -> bool:
        view = self._view
        if key == Qt.Key.Key_F:
            view.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            view.bar.search.selectAll()
            return True
        if key == Qt.Key.Key_R:
            return view.detail.press(DetailAct.REFUND)
        if key != Qt.Key.Key_P:
            return False
        if view.table.selected_id is not None:
            return view.detail.press(DetailAct.PRINT)
        self._print_last()
        return True

    def _use_enter(self) -> bool:
        view = self._view
        if view.bar.search.hasFocus():
            return False  # the field says so itself
        if view.table.selected_id is None:
            view.table.select_row(0)
        elif view.is_sheet_closed:
            view.open_sheet()
        else:
            view.detail.press_primary()
        return True

    def _check_or_read(self) -> bool:
        if self._view.table.selected_id is not None:
            return self._view.detail.press(DetailAct.CHECK_REFUND, DetailAct.CHECK)
        self._read()
        return True

    def _leave_search(self) -> bool:
        if not self._view.bar.search.hasFocus():
            return False
        self._view.bar.search.clear()
        self._view.focus_table()
        return True

    def _begin_search(self, event: QKeyEvent) -> bool:
        text = event.text()
        if not text.isalnum():
            return False
        self._view.bar.type_into_search(text)
        return True

    def _is_inside(self) -> bool:
        """Tell whether keys that move are the list's: not on the rail, nor where one scrolls."""
        focused = QApplication.focusWidget()
        if focused is None:
            return True
        return self._view.isAncestorOf(focused) and not isinstance(focused, QScrollArea)
