"""Comparing a day with the payment service: which day, how far it is, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos_app.domain.reconciliation import Difference, Report
from pos_app.ui import theme
from pos_app.ui.dialogs.reconcile_words import (
    Told,
    amounts_of,
    comparing,
    name_of,
    pill_of,
    result_of,
    sentence_of,
)
from pos_app.ui.widgets.day_stepper import DayStepper
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.difference_row import DifferenceLine, DifferenceRow
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.scroll_column import ScrollColumn
from pos_app.ui.widgets.status_banner import StatusBanner

_WIDTH, _LIST_HEIGHT = 860, 300
MOST_ROWS = 100
"""A day with more differences is for the command, which prints them all."""


@dataclass(frozen=True, slots=True)
class ReconcileView:
    """What the dialog shows.

    Attributes:
        told: the banner; None before the first comparison.
        differences: of the last comparison.
        is_comparing: it is under way: no other can be begun.
    """

    told: Told | None = None
    differences: Sequence[Difference] = ()
    is_comparing: bool = False


class ReconcileDialog(Dialog):
    """A day, Compare, and what was found. It can always be closed, which stops comparing.

    Args:
        parent: in the window it is shown in.
        today: the store's day, the last that can be compared.
        gateway: the gateway's own name.

    Signals:
        compare_wanted(object): compare this day.
    """

    compare_wanted = Signal(object)

    def __init__(self, parent: QWidget, today: date, gateway: str) -> None:
        title = QCoreApplication.translate("Reconcile", "Compare with {gateway}")
        super().__init__(
            parent, "reconcileDialog", title.replace("{gateway}", gateway), width=_WIDTH
        )
        self._gateway = gateway
        self.add_text(
            QCoreApplication.translate(
                "Reconcile",
                "Compares our payments and refunds of a day with {gateway}’s own list. It only"
                " asks: nothing is charged, cancelled or refunded. What {gateway} knows better is"
                " corrected here, and what needs a person is put on the list of payments that"
                " need an answer.",
            ).replace("{gateway}", gateway)
        )
        self._day = DayStepper("reconcile", today, self)
        self._day.chosen.connect(self._on_day)
        self.body.addWidget(self._day)
        self._banner = StatusBanner("reconcileStatus", self)
        self.body.addWidget(self._banner)
        self._list = ScrollColumn(QCoreApplication.translate("Reconcile", "Differences"), self)
        self._list.setObjectName("reconcileDifferences")
        theme.size(self._list, min_height=_LIST_HEIGHT)
        self.body.addWidget(self._list, 1)
        self._stop = self.add_action(
            "close", self.tr("Close"), "secondary", "closeReconcileButton", is_safe=True
        )
        self._compare = self.add_action(
            "compare",
            self.tr("Compare"),
            "primary",
            "confirmReconcileButton",
            is_default=True,
            is_answer=False,
        )
        self._compare.clicked.connect(self._on_compare)
        self._show(ReconcileView())

    def tells_of(self, charge_id: int) -> bool:
        """Tell of all refunds: it lists what it finds out."""
        del charge_id
        return True

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is; total 0 while the list is on its way."""
        self._show(ReconcileView(comparing(self._gateway, done, total), is_comparing=True))

    def show_report(self, report: Report) -> None:
        """Say what was found."""
        self._show(ReconcileView(result_of(report, self._gateway), report.differences))

    def show_trouble(self, happened: str, text: str) -> None:
        """It could not be done."""
        self._show(ReconcileView(Told("bad", "warning", happened, text)))

    def _show(self, view: ReconcileView) -> None:
        told = view.told
        self._banner.setVisible(told is not None)
        if told is not None:
            state = "comparing" if view.is_comparing else ""
            self._banner.show_status(told.tone, told.icon, told.title, told.text, state=state)
        self._show_rows(view.differences)
        if view.is_comparing and self._compare.hasFocus():
            self._stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._day.setEnabled(not view.is_comparing)
        self._compare.setEnabled(not view.is_comparing)
        if self.is_open:
            self.adjustSize()
            self._place()

    def _show_rows(self, differences: Sequence[Difference]) -> None:
        column = self._list.column
        while (item := column.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for one in differences[:MOST_ROWS]:
            column.addWidget(DifferenceRow(self._line(one), self._list))
        more = len(differences) - MOST_ROWS
        if more > 0:
            words = self.tr("and {count} more: “pos-app reconcile” tells them all.")
            text = words.replace("{count}", str(more))
            column.addWidget(Label(text, "body", "muted", wraps=True, parent=self._list))
        column.addStretch(1)
        self._list.setVisible(bool(differences))

    def _line(self, one: Difference) -> DifferenceLine:
        gateway = self._gateway
        return DifferenceLine(
            name_of(one), sentence_of(one, gateway), amounts_of(one, gateway), pill_of(one)
        )

    @Slot(object)
    def _on_day(self, _day: date) -> None:
        self._show(ReconcileView())

    @Slot()
    def _on_compare(self) -> None:
        self.compare_wanted.emit(self._day.day)
