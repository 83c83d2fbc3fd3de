"""Beside an unknown payment: amount, status, reference, and the list of checks."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.methods import METHODS
from pos_app.services.payment_view import PaymentView
from pos_app.ui import theme
from pos_app.ui.format import clock_text
from pos_app.ui.widgets.check_log import CheckLog
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.keyed_card_words import has_no_code
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.money_label import MoneyLabel
from pos_app.ui.widgets.pill import Pill


class UnknownSide(QWidget):
    """Two cards: the payment, and what has been asked about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._amount = MoneyLabel("moneyDetail")
        self._glyph = MethodGlyph(52)
        self._reference = Label(role="bodyStrong")
        self._reference.setObjectName("unknownReference")
        self._shown = Label(role="bodyStrong")
        self._shown_name = Label(role="body", shade="muted")
        self._log = CheckLog()
        self._next = Label(role="body", shade="muted")
        self._next.setObjectName("nextCheckLabel")
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=16)
        column.addWidget(self._build_payment())
        column.addWidget(self._build_checks(), 1)

    def show_view(self, view: PaymentView, now: datetime) -> None:
        """Show the facts of `view` and its checks."""
        charge = view.charge
        self._amount.set_amount(charge.amount)
        self._glyph.show_method(METHODS[charge.method])
        self._reference.setText(charge.short_reference)
        shown = [
            clock_text(at, with_seconds=True)
            for at in (charge.shown_at, charge.code_expires_at)
            if at is not None
        ]
        self._shown.setText(" – ".join(shown[:1] if has_no_code(view) else shown))
        self._shown_name.setText(
            self.tr("Card sent") if has_no_code(view) else self.tr("Code shown")
        )
        self._log.show_checks(view)
        self._next.setText(self._next_text(view, now))

    def set_short(self, is_short: bool) -> None:
        """Move the facts closer together where height is scarce."""
        theme.size(self._facts, margins=(0, 3, 0, 6), spacing=6 if is_short else 18)

    def _next_text(self, view: PaymentView, now: datetime) -> str:
        if view.next_check_at is None:
            return ""
        seconds = max(0, round((view.next_check_at - now).total_seconds()))
        if seconds >= 120:  # noqa: PLR2004 - two minutes
            return self.tr("Next check in {minutes} min").format(minutes=seconds // 60)
        return self.tr("Next check in {seconds} s").format(seconds=seconds)

    def _build_payment(self) -> QWidget:
        card, column = _card()
        top = QHBoxLayout()
        words = QVBoxLayout()
        theme.size(words, spacing=0)
        words.addWidget(Label(self.tr("Amount"), "body", "muted"))
        words.addWidget(self._amount)
        top.addLayout(words, 1)
        top.addWidget(self._glyph)
        column.addLayout(top)
        line = QFrame()
        line.setProperty("line", "h")
        column.addWidget(line)
        self._facts = facts = QVBoxLayout()
        self.set_short(False)
        facts.addLayout(_fact(self.tr("Status"), Pill("warn", "question", self.tr("Unknown"))))
        facts.addLayout(_fact(self.tr("Reference"), self._reference))
        facts.addLayout(_row(self._shown_name, self._shown))
        column.addLayout(facts)
        return card

    def _build_checks(self) -> QWidget:
        card, column = _card()
        column.addWidget(Label(self.tr("Checks"), "h2"))
        column.addWidget(self._log, 1)
        row = QHBoxLayout()
        theme.size(row, spacing=8)
        row.addWidget(IconLabel("refresh", "text2", 18))
        row.addWidget(self._next, 1)
        column.addLayout(row)
        return card


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("card", "true")
    column = QVBoxLayout(card)
    theme.size(column, margins=(22, 18, 22, 18), spacing=12)
    return card, column


def _fact(caption: str, value: QWidget) -> QHBoxLayout:
    return _row(Label(caption, "body", "muted"), value)


def _row(caption: Label, value: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(caption, 1)
    row.addWidget(value, 0, Qt.AlignmentFlag.AlignRight)
    return row
