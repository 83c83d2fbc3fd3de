"""Payments that need an answer, until the page of all transactions takes their place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.charges import Attention
from pos_app.domain.errors import PosAppError
from pos_app.domain.events import ChargeChanged
from pos_app.ui import theme
from pos_app.ui.errors import explain
from pos_app.ui.pages.page import Page, Shortcut
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.answer_detail import AnswerDetail
from pos_app.ui.widgets.answer_list import AnswerList
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.status_banner import StatusBanner
from pos_app.ui.widgets.tab_order import put_in_order

if TYPE_CHECKING:
    from pos_app.domain.people import Person
    from pos_app.services.answers import AnswerRow
    from pos_app.services.printing import PrintResult
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge

_TABLE, _DETAIL = 830, 392
_SETTLE_MS = 100
"""Changes come in bursts; the list is read once for all of them."""


class AnswersPage(Page):
    """The list, the selected payment, and a reprint of the last receipt."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transactionsPage")
        self._till: Till | None = None
        self._background: Background | None = None
        self._person: Person | None = None
        self._wants_focus = False
        self._list = AnswerList()
        self._list.chosen.connect(self._on_row_chosen)
        self._detail = AnswerDetail()
        self._detail.open_requested.connect(self._open)
        self._detail.done_requested.connect(self._mark_seen)
        self._count = Label(role="body", shade="muted")
        self._count.setObjectName("transactionsTotals")
        self._reprint = ActionButton(
            self.tr("Print last receipt again"), tall="48", icon="printer", hint="Ctrl P",
            object_name="printLastReceiptButton",
        )  # fmt: skip
        self._reprint.clicked.connect(self._print_last)
        self._trouble = StatusBanner("answersTrouble")
        self._trouble.hide()
        self._retry = ActionButton(self.tr("Try again"), tall="48", object_name="answersRetry")
        self._retry.clicked.connect(self._read)
        self._retry.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self._read)
        self._build()

    @property
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Transactions")

    def connect_till(self, till: Till, background: Background, events: EventBridge) -> None:
        """Keep the services."""
        self._till, self._background = till, background
        events.charge_changed.connect(self._on_charge_changed)

    def set_person(self, person: Person | None) -> None:
        """Remember who is at the till, for the journal."""
        self._person = person

    def shown(self) -> None:
        """Read the list anew; the focus goes into it once it is there."""
        self._wants_focus = True
        self._read()

    def hidden(self) -> None:
        """Read nothing while another page is up."""
        self._timer.stop()

    def focus_first(self) -> None:
        """Start in the list."""
        self._list.focus_selected()

    def set_narrow(self, is_narrow: bool) -> None:
        """Lay out for an effective width under 1240."""
        self._list.set_narrow(is_narrow)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return what the keys do here."""
        return (
            Shortcut("↑ ↓", self.tr("Select a payment")),
            Shortcut("Enter", self.tr("Open payment")),
            Shortcut("Ctrl+P", self.tr("Print last receipt again")),
        )

    def handle_key(self, event: QKeyEvent) -> bool:
        """Use this page's keys; see `shortcuts`."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key != Qt.Key.Key_P or not self._reprint.isEnabled():
                return False
            self._reprint.click()
            return True
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key in steps:
            return self._list.step(steps[key])
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._list.selected is not None:
            self._open()
            return True
        return False

    def _build(self) -> None:
        table = QFrame()
        table.setProperty("card", "true")
        column = QVBoxLayout(table)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._list, 1)
        foot = QFrame()
        foot.setProperty("card", "foot")
        row = QHBoxLayout(foot)
        theme.size(row, margins=(18, 8, 14, 8), spacing=12)
        row.addWidget(self._count, 1)
        row.addWidget(self._reprint)
        column.addWidget(foot)
        trouble = QHBoxLayout()
        trouble.addWidget(self._trouble, 1)
        trouble.addWidget(self._retry)
        theme.size(trouble, spacing=12)
        page = QVBoxLayout(self)
        theme.size(page, margins=(16, 16, 16, 16), spacing=16)
        page.addLayout(trouble)
        both = QHBoxLayout()
        theme.size(both, spacing=16)
        both.addWidget(table, _TABLE)
        both.addWidget(self._detail, _DETAIL)
        page.addLayout(both, 1)

    @Slot()
    def _read(self) -> None:
        if self._till is not None and self._background is not None:
            self._background.run(
                self._till.answers.needing, self._on_read, self._on_failed, owner=self
            )

    def _on_read(self, rows: tuple[AnswerRow, ...]) -> None:
        self._trouble.hide()
        self._retry.hide()
        self._list.show_rows(rows)
        put_in_order([*self._list.rows, self._reprint, *self._detail.stops])
        if self._wants_focus and self.isVisible():
            self._list.focus_selected()
        self._wants_focus = False
        if not rows:
            self._count.setText("")
        elif len(rows) == 1:
            self._count.setText(self.tr("1 payment needs an answer"))
        else:
            self._count.setText(self.tr("{count} payments need an answer").format(count=len(rows)))

    def _on_failed(self, error: PosAppError) -> None:
        words = explain(error, self._till.gateway_name if self._till else "")
        self._trouble.show_status("bad", "warning", words.happened, words.text)
        self._trouble.show()
        self._retry.show()

    @Slot(object)
    def _on_charge_changed(self, event: ChargeChanged) -> None:
        needed = event.before is not None and event.before.needs_answer
        if self.isVisible() and (needed or event.after.needs_answer):
            self._timer.start()

    @Slot(object)
    def _on_row_chosen(self, row: AnswerRow | None) -> None:
        self._detail.show_row(row)

    @Slot()
    def _open(self) -> None:
        row = self._list.selected
        if row is not None:
            self.payment_requested.emit(row.charge.id)

    @Slot()
    def _mark_seen(self) -> None:
        row = self._list.selected
        if row is None or self._till is None or self._background is None:
            return
        self._detail.mark_sent()
        person_id = self._person.id if self._person else row.charge.cashier_id
        call = partial(self._till.answers.mark_seen, row.charge.id, Attention.PAID_LATE, person_id)
        self._background.run(call, self._on_marked, self._on_failed, owner=self)

    def _on_marked(self, _charge: object) -> None:
        self._read()

    @Slot()
    def _print_last(self) -> None:
        if self._till is None or self._background is None:
            return
        self._reprint.setEnabled(False)
        person_id = self._person.id if self._person else None
        call = partial(_print_last, self._till, person_id)
        self._background.run(call, self._on_printed, self._on_not_printed, owner=self)

    def _on_printed(self, result: PrintResult | None) -> None:
        self._reprint.setEnabled(True)
        if result is None:
            self.toast_requested.emit(self.tr("There is no receipt yet."))
        elif result.is_printed:
            self.toast_requested.emit(self.tr("Printed again, marked as a copy."))
        elif result.saved_to is not None:
            self.toast_requested.emit(self.tr("Saved as PDF, marked as a copy."))
        else:
            self.toast_requested.emit(
                self.tr("Receipt not printed. The printer isn’t answering. The payment is safe.")
            )

    def _on_not_printed(self, error: PosAppError) -> None:
        self._reprint.setEnabled(True)
        self._on_failed(error)


def _print_last(till: Till, person_id: int | None) -> PrintResult | None:
    charge = till.receipts.last_paid()
    return till.receipts.print(charge.id, person_id) if charge is not None else None
