"""What the list of transactions is narrowed down to, as the filter bar says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pos_app.domain.history import HistoryFilter, HistoryStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.ui.widgets.date_range import DateRange, Span


@dataclass(frozen=True, slots=True)
class TransactionFilter:
    """Everything that the bar can say; the plain one is today, whole.

    Attributes:
        text: what was typed.
        methods, statuses: one of these; empty: any.
        needs_answer: only what a person should look at, of whatever day.
    """

    text: str = ""
    dates: DateRange = field(default_factory=DateRange)
    methods: frozenset[PaymentMethod] = frozenset()
    statuses: frozenset[HistoryStatus] = frozenset()
    needs_answer: bool = False

    @property
    def is_plain_today(self) -> bool:
        """Whether it is all payments of today."""
        return self == TransactionFilter()

    @property
    def shown_dates(self) -> DateRange:
        """The days that it is about: what needs an answer may be older than today."""
        return DateRange(Span.ALL) if self.needs_answer else self.dates

    def wanted(self, today: date) -> HistoryFilter:
        """Return the services' filter for it, where today is `today`."""
        since, until = self.shown_dates.bounds(today)
        return HistoryFilter(
            text=self.text.strip(),
            since=since,
            until=until,
            methods=self.methods,
            statuses=self.statuses,
            needs_answer=self.needs_answer,
        )
