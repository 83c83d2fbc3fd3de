"""All payments: found, looked at, checked, printed, and given back (ux.md 6.4)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.domain.errors import PosAppError
from pos_app.domain.events import ChargeChanged, RefundChanged
from pos_app.domain.gateways import gateway_name
from pos_app.domain.history import HistoryTotals
from pos_app.ui import theme
from pos_app.ui.models.transaction_line import TransactionLine
from pos_app.ui.models.transaction_model import TransactionModel
from pos_app.ui.pages.exporting import Exporting
from pos_app.ui.pages.neighbours import NeighbourWatch
from pos_app.ui.pages.page import Page, Shortcut
from pos_app.ui.pages.reconciling import Reconciling
from pos_app.ui.pages.transaction_commands import TransactionCommands
from pos_app.ui.pages.transaction_keys import TransactionKeys
from pos_app.ui.pages.transactions_reader import LOADING_MS, TransactionReader
from pos_app.ui.widgets.date_range import DateRange, Span, today_of
from pos_app.ui.widgets.detail_acts import DetailAct
from pos_app.ui.widgets.transaction_filter import TransactionFilter
from pos_app.ui.widgets.transactions_view import TransactionsView

if TYPE_CHECKING:
    from datetime import date

    from pos_app.domain.people import Person
    from pos_app.services.history import HistoryDetail
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge

_DETAIL_LANE = "transaction-detail"


class TransactionsPage(Page):
    """Reads what the bar asks for, and carries out what the panel's buttons say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transactionsPage")
        self._till: Till | None = None
        self._background: Background | None = None
        self._wants_first = False
        self._model = TransactionModel(self)
        self._reader = TransactionReader(self._model, self)
        self._view = TransactionsView(self._model, self._today)
        self._commands = TransactionCommands(self)
        self._keys = TransactionKeys(self._view, self._commands.print_last, self._read)
        self._exporting = Exporting(self)
        self._reconciling = Reconciling(self)
        self._neighbours = NeighbourWatch(self)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(LOADING_MS)
        column = QVBoxLayout(self)
        theme.size(column, margins=(16, 16, 16, 16), spacing=0)
        column.addWidget(self._view)
        self._connect()

    @property
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Transactions")

    def connect_till(self, till: Till, background: Background, events: EventBridge) -> None:
        """Keep the services."""
        self._till, self._background = till, background
        self._model.currency = till.settings.store.currency
        self._reader.connect_history(till.history, background)
        for part in (self._commands, self._exporting, self._reconciling, self._neighbours):
            part.connect_till(till, background)
        self._view.card.show_gateway(till.gateway_name)
        events.charge_changed.connect(self._on_charge_changed)
        events.refund_changed.connect(self._on_refund_changed)
        events.refund_changed.connect(self._commands.refund_changed)
        events.changed_elsewhere.connect(self._on_changed_elsewhere)

    def make_next(self) -> bool:
        """Make the panel of a payment, which the first look does not need."""
        return self._view.make_next()

    def set_person(self, person: Person) -> None:
        """Remember who is at the till, for the journal."""
        for part in (self._commands, self._exporting, self._reconciling):
            part.tell_person(person)

    def shown(self) -> None:
        """Read the list anew; what was selected stays so."""
        self._read()
        self._neighbours.start()

    def hidden(self) -> None:
        """Read nothing while another page is up."""
        self._view.bar.close_popups()
        self._exporting.withdraw()
        self._neighbours.stop()
        self._reader.stop()

    def show_answers(self) -> None:
        """Show what needs an answer, and nothing else."""
        self._view.bar.set_filter(TransactionFilter(needs_answer=True))

    def show_transaction(self, charge_id: int, reference: str) -> None:
        """Show one payment, of whatever day, and select it."""
        found = TransactionFilter(text=reference, dates=DateRange(Span.ALL))
        self._view.bar.set_filter(found)
        self._view.table.expect(charge_id)

    def focus_first(self) -> None:
        """Start in the list."""
        self._view.focus_table()

    def set_narrow(self, is_narrow: bool) -> None:
        """Lay out for an effective width under 1240."""
        self._view.set_narrow(is_narrow)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return what the keys do here."""
        return self._keys.shortcuts()

    def handle_key(self, event: QKeyEvent) -> bool:
        """Use this page's keys; see `shortcuts`."""
        return self._keys.handle(event)

    def _connect(self) -> None:
        view, reader = self._view, self._reader
        view.bar.changed.connect(self._on_filter_changed)
        view.bar.table_wanted.connect(self._on_table_wanted)
        view.card.clear_wanted.connect(view.bar.clear_filters)
        view.card.reconcile.clicked.connect(self._reconciling.open)
        view.table.chosen.connect(self._on_chosen)
        view.detail.acted.connect(self._on_acted)
        view.retry.clicked.connect(self._read)
        self._waiting.timeout.connect(view.detail.clear_rest)
        reader.began.connect(self._on_began)
        reader.outdated.connect(self._on_outdated)
        reader.refreshed.connect(self._on_refreshed)
        reader.totals_changed.connect(self._on_totals)
        reader.failed.connect(self._on_failed)
        commands = self._commands
        commands.begun.connect(self._on_begun)
        commands.ended.connect(self._on_ended)
        commands.changed.connect(reader.refresh)
        commands.open_wanted.connect(self.payment_requested)
        for part in (commands, self._exporting):
            part.toast_wanted.connect(self.toast_requested)
            part.sound_wanted.connect(self.sound_requested)
        self._reconciling.changed.connect(self._read)
        self._connect_export()

    def _connect_export(self) -> None:
        card, exporting = self._view.card, self._exporting
        self._view.bar.export_wanted.connect(self._on_export)
        card.export.given_up.connect(exporting.give_up)
        exporting.begun.connect(partial(card.show_exporting, is_on=True))
        exporting.progressed.connect(card.export.show_progress)
        exporting.ended.connect(partial(card.show_exporting, is_on=False))

    # Reading

    def _today(self) -> date:
        assert self._till is not None
        return today_of(self._till.clock.now())

    @Slot()
    def _read(self) -> None:
        if self._till is None:
            return
        today, shown = self._today(), self._view.bar.filter
        wanted = shown.wanted(today)
        if wanted == self._reader.wanted:
            self._reader.read_again(self._view.table.kept_rows())
        else:
            self._reader.read(wanted, today, has_days=shown.shown_dates.has_days(today))
        self._count_needing()

    def _count_needing(self) -> None:
        if self._till is not None and self._background is not None:
            show = self._view.bar.show_needing
            self._background.run(self._till.answers.count, show, owner=self)

    @Slot()
    def _on_export(self) -> None:
        today = self._today()
        self._exporting.begin(self._view.bar.filter.wanted(today), today)

    @Slot(object)
    def _on_filter_changed(self, shown: TransactionFilter) -> None:
        del shown
        self._view.table.forget()
        self._read()

    @Slot()
    def _on_began(self) -> None:
        self._view.show_rows()
        self._view.table.take_up()
        wants_first, self._wants_first = self._wants_first, False
        if wants_first:
            self._on_table_wanted()

    @Slot()
    def _on_outdated(self) -> None:
        self._reader.read_again(self._view.table.kept_rows())

    @Slot(object)
    def _on_refreshed(self, ids: frozenset[int]) -> None:
        del ids
        self._view.show_rows()
        self._count_needing()

    @Slot(object)
    def _on_totals(self, totals: HistoryTotals | None) -> None:
        self._view.card.show_totals(totals, self._view.bar.filter)

    @Slot(object)
    def _on_failed(self, error: PosAppError) -> None:
        del error
        self._view.show_trouble()

    @Slot(object)
    def _on_charge_changed(self, event: ChargeChanged) -> None:
        if self.isVisible():
            self._reader.refresh(event.after.id)

    @Slot(object)
    def _on_refund_changed(self, event: RefundChanged) -> None:
        if self.isVisible():
            self._reader.refresh(event.after.charge_id)

    @Slot(object)
    def _on_changed_elsewhere(self, charge_ids: frozenset[int]) -> None:
        if self.isVisible():
            for charge_id in charge_ids:
                self._reader.refresh(charge_id)

    # The selected payment

    @Slot()
    def _on_table_wanted(self) -> None:
        self.focus_first()
        self._wants_first = self._reader.is_reading
        if not self._wants_first and self._view.table.selected_id is None:
            self._view.table.select_row(0)

    @Slot(object)
    def _on_chosen(self, line: TransactionLine | None) -> None:
        self._view.detail.expect(line)
        if line is None or self._till is None or self._background is None:
            self._waiting.stop()
            return
        self._waiting.start()
        self._background.run(
            partial(self._till.history.detail, line.charge_id),
            self._on_detail,
            self._on_failed,
            owner=self,
            lane=_DETAIL_LANE,
        )

    def _on_detail(self, detail: HistoryDetail) -> None:
        if self._till is not None and detail.charge.id == self._view.table.selected_id:
            self._waiting.stop()
            gateway = gateway_name(detail.charge.gateway) or self._till.gateway_name
            self._view.detail.show_detail(detail, gateway)
            self._view.order_stops()

    @Slot(object)
    def _on_acted(self, act: DetailAct) -> None:
        detail = self._view.detail.detail
        if detail is not None:
            self._commands.carry_out(act, detail)

    @Slot(object)
    def _on_begun(self, act: DetailAct) -> None:
        self._view.detail.set_busy(act, is_busy=True)

    @Slot(object)
    def _on_ended(self, act: DetailAct) -> None:
        self._view.detail.set_busy(act, is_busy=False)
