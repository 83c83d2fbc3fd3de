"""The bar over the list of transactions: search, chips, Clear filters, Export (ux.md 6.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from pos_app.domain.methods import METHODS
from pos_app.ui import theme
from pos_app.ui.models.status_words import STATUSES, pill_of
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.arrow_focus import ArrowFocus
from pos_app.ui.widgets.choice_popup import Choice, ChoicePopup
from pos_app.ui.widgets.date_range import DateRange, Span, range_text
from pos_app.ui.widgets.filter_chip import FilterChip
from pos_app.ui.widgets.method_words import method_name
from pos_app.ui.widgets.popup import Popup
from pos_app.ui.widgets.range_popup import RangePopup
from pos_app.ui.widgets.search_edit import SearchEdit
from pos_app.ui.widgets.transaction_filter import TransactionFilter

SEARCH_MS = 200
"""After the last key of a search (ux.md 6.4)."""
_SEARCH_MOST, _SEARCH_LEAST = 286, 140


class FilterBar(QWidget):
    """Says what is wanted; every change is told at once, typing after a moment.

    Attributes:
        search: its text field.

    Signals:
        changed(TransactionFilter): something else is wanted.
        export_wanted(): Export was pressed.
        table_wanted(): the focus should go down into the list.
    """

    changed = Signal(object)
    export_wanted = Signal()
    table_wanted = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._filter = TransactionFilter()
        self._needing = 0
        self._popups: dict[str, Popup] = {}
        self.search = SearchEdit("searchEdit", "Ctrl F", self)
        self.search.setPlaceholderText(self.tr("Receipt or amount"))
        self.search.setAccessibleName(self.tr("Search receipt, amount, reference or note"))
        theme.size(self.search, min_width=_SEARCH_LEAST, max_width=_SEARCH_MOST)
        self._dates = FilterChip("", icon="calendar", object_name="dateFilterButton")
        self._methods = FilterChip("", object_name="methodFilterButton")
        self._statuses = FilterChip("", object_name="statusFilterButton")
        self._needs = FilterChip("", icon="warning", object_name="needsAnswerFilter")
        self._clear = QPushButton(self.tr("Clear filters"))
        self._clear.setObjectName("clearFiltersButton")
        self._clear.setProperty("kind", "text")
        self._clear.setAccessibleName(self.tr("Clear filters"))
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.export = ActionButton(self.tr("Export"), tall="48", object_name="exportButton")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_MS)
        self._chips = ArrowFocus(self, len(self._chip_row))
        self._chips.set_members(self._chip_row)
        self._build()
        self._connect()
        self._show()

    @property
    def _chip_row(self) -> list[FilterChip]:
        return [self._dates, self._methods, self._statuses, self._needs]

    @property
    def filter(self) -> TransactionFilter:
        """What is wanted now."""
        return self._filter

    @property
    def has_popup(self) -> bool:
        """Whether a list is dropped down."""
        return any(popup.is_open for popup in self._popups.values())

    @property
    def stops(self) -> list[QWidget]:
        """What Tab stops at, in reading order."""
        return [self.search, *self._chip_row, self._clear, self.export]

    def set_filter(self, wanted: TransactionFilter) -> None:
        """Want something else; told as a change."""
        self._timer.stop()
        self._filter = wanted
        self._show()
        self.changed.emit(wanted)

    def show_needing(self, count: int) -> None:
        """Say how many payments need an answer."""
        self._needing = count
        self._show_needing()

    def close_popups(self) -> bool:
        """Fold every list up; return whether one was open."""
        was_open = self.has_popup
        for popup in self._popups.values():
            popup.close_popup()
        return was_open

    def type_into_search(self, text: str) -> None:
        """Go on typing in the search field what was begun elsewhere."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(text)

    @Slot()
    def clear_filters(self) -> None:
        """Want all payments of today."""
        self.set_filter(TransactionFilter())

    def set_narrow(self, is_narrow: bool) -> None:
        """Move closer together."""
        theme.size(self._row, spacing=6 if is_narrow else 10)

    def _build(self) -> None:
        self._row = row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=10)
        row.addWidget(self.search, 100)
        for chip in self._chip_row:
            row.addWidget(chip)
        row.addStretch(1)
        row.addWidget(self._clear)
        row.addWidget(self.export)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_typed)
        self.search.entered.connect(self._on_entered)
        self.search.left_downwards.connect(self.table_wanted)
        self._timer.timeout.connect(self._search)
        self._dates.clicked.connect(self._on_dates)
        self._methods.clicked.connect(self._on_methods)
        self._statuses.clicked.connect(self._on_statuses)
        self._needs.clicked.connect(self._on_needs)
        self._clear.clicked.connect(self.clear_filters)
        self.export.clicked.connect(self.export_wanted)

    def _show(self) -> None:
        wanted = self._filter
        if self.search.text().strip() != wanted.text:
            self.search.setText(wanted.text)
        self._dates.show_filter(self._range_words(wanted.shown_dates), is_on=True)
        self._methods.show_filter(
            _chosen_words(self.tr("Method"), [method_name(METHODS[m]) for m in wanted.methods]),
            is_on=bool(wanted.methods),
        )
        self._statuses.show_filter(
            _chosen_words(self.tr("Status"), [pill_of(one).word for one in wanted.statuses]),
            is_on=bool(wanted.statuses),
        )
        self._show_needing()
        self._clear.setVisible(not wanted.is_plain_today)

    def _show_needing(self) -> None:
        """Say it on the chip alone: what is being typed meanwhile stays."""
        needs = self.tr("Needs an answer")
        if self._needing:
            needs = self.tr("Needs an answer {count}").format(count=self._needing)
        tone = "warn" if self._needing else ""
        self._needs.show_filter(needs, is_on=self._filter.needs_answer, tone=tone)

    def _range_words(self, dates: DateRange) -> str:
        year = self._today().year if dates.span is Span.CHOSEN else 0
        return range_text(dates, year)

    def _want(self, **changes: Any) -> None:
        changes.setdefault("text", self.search.text().strip())
        self.set_filter(replace(self._filter, **changes))

    @Slot()
    def _on_typed(self) -> None:
        self._timer.start()

    @Slot()
    def _search(self) -> None:
        text = self.search.text().strip()
        if text != self._filter.text:
            self._want(text=text)

    @Slot()
    def _on_entered(self) -> None:
        self._search()
        self.table_wanted.emit()

    @Slot()
    def _on_needs(self) -> None:
        self._want(needs_answer=not self._filter.needs_answer)

    @Slot()
    def _on_dates(self) -> None:
        popup = self._popups.get("dates")
        if popup is None:
            popup = self._popups["dates"] = RangePopup(self)
            popup.changed.connect(self._on_range)
        assert isinstance(popup, RangePopup)
        popup.show_range(self._filter.shown_dates, self._today())
        popup.open_below(self._dates)

    @Slot(object)
    def _on_range(self, chosen: DateRange) -> None:
        self._want(dates=chosen, needs_answer=False)

    @Slot()
    def _on_methods(self) -> None:
        choices = [Choice(one, method_name(traits), traits) for one, traits in METHODS.items()]
        popup = self._choices("method", self.tr("Method"), choices, self._on_methods_chosen)
        popup.show_chosen(frozenset(self._filter.methods))
        popup.open_below(self._methods)

    @Slot(object)
    def _on_methods_chosen(self, methods: frozenset[Any]) -> None:
        self._want(methods=methods)

    @Slot()
    def _on_statuses(self) -> None:
        choices = [Choice(one, pill_of(one).word, pill_of(one)) for one in STATUSES]
        popup = self._choices("status", self.tr("Status"), choices, self._on_statuses_chosen)
        popup.show_chosen(frozenset(self._filter.statuses))
        popup.open_below(self._statuses)

    @Slot(object)
    def _on_statuses_chosen(self, statuses: frozenset[Any]) -> None:
        self._want(statuses=statuses)

    def _choices(
        self, stem: str, title: str, choices: list[Choice], slot: Callable[[Any], None]
    ) -> ChoicePopup:
        popup = self._popups.get(stem)
        if popup is None:
            popup = self._popups[stem] = ChoicePopup(self, f"{stem}FilterPopup", title, choices)
            popup.changed.connect(slot)
        assert isinstance(popup, ChoicePopup)
        return popup


def _chosen_words(name: str, chosen: list[str]) -> str:
    """Return what a chip says: its name, the one thing that is chosen, or how many are."""
    if len(chosen) == 1:
        return chosen[0]
    return f"{name} {len(chosen)}" if chosen else name
