"""A payment while it is being made: the code at the left, what is known at the right."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.methods import METHODS
from pos_app.services.payment_view import CODE_ON_SCREEN, PaymentView, Screen
from pos_app.ui import theme
from pos_app.ui.format import clock_text, date_text
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.countdown_ring import CountdownRing
from pos_app.ui.widgets.error_details import ErrorDetails
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.money_label import MoneyLabel
from pos_app.ui.widgets.payment_actions import PaymentActions
from pos_app.ui.widgets.payment_facts import PaymentFacts
from pos_app.ui.widgets.payment_steps import PaymentSteps
from pos_app.ui.widgets.payment_table import ASSERTIVE, Action
from pos_app.ui.widgets.payment_words import StateWords
from pos_app.ui.widgets.scan_card import ScanCard
from pos_app.ui.widgets.status_banner import StatusBanner

_LEFT, _RIGHT = 548, 674
_REFUSED = frozenset({Screen.CREATE_REFUSED, Screen.CREATE_NOT_SET_UP})
"""Nothing began, so there are no steps; the gateway's words are under Details."""
_SHORT = 470
"""Below this height (px at scale 1.0) the steps give way to the one line that matters."""


class PaymentPanel(QWidget):
    """All states of a payment but paid and unknown (mock-payment-waiting, mock-training)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scan = ScanCard(self)
        self.banner = StatusBanner("paymentStatus", self)
        self.trouble = StatusBanner("paymentTrouble", self)
        self.trouble.hide()
        self.details = ErrorDetails(self)
        self.details.hide()
        self.action_row = PaymentActions(self.scan.larger, self)
        self._amount = MoneyLabel("moneyPay")
        self._amount.setObjectName("paymentAmount")
        self._ring = CountdownRing(self)
        self._steps = PaymentSteps(self)
        self._facts = PaymentFacts(self)
        self._is_compact = self._is_narrow = False
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=16)
        row.addWidget(self.scan, _LEFT)
        row.addWidget(self._build_right(), _RIGHT)
        self.set_compact(False)

    @property
    def primary(self) -> ActionButton | None:
        """The button that Enter means, if any."""
        return self.action_row.primary

    def button(self, action: Action) -> ActionButton | None:
        """Return the button of an action that may be pressed now."""
        return self.action_row.button(action)

    def release(self) -> None:
        """Switch pressed buttons on again."""
        self.action_row.release()

    def show_view(self, view: PaymentView, words: StateWords, now: datetime) -> None:
        """Show a state; the banner stays true also while another face is on top."""
        self.scan.show_view(view, words)
        self._amount.set_amount(view.charge.amount)
        has_ring = view.state in CODE_ON_SCREEN | {Screen.LAST_CHECK, Screen.CUSTOMER_CONFIRMING}
        self._ring.setVisible(has_ring and view.seconds_left is not None)
        if view.seconds_left is not None:
            self._ring.show_left(view.seconds_left, view.life_s)
        self.banner.show_status(
            words.tone,
            words.icon,
            words.title,
            words.text,
            state=view.state.value,
            is_urgent=view.state in ASSERTIVE,
        )
        self.details.show_details(self._details_of(view))
        self._steps.show_steps(view, now)
        self._steps.setVisible(view.state not in _REFUSED)
        self._show_facts(is_refused=view.state in _REFUSED)
        self._facts.show_facts(view)
        can_cancel = view.state is not Screen.NO_ANSWER
        self.action_row.switch_off(
            Action.CANCEL, "" if can_cancel else self.tr("Needs a connection")
        )

    def show_trouble(self, happened: str, text: str) -> None:
        """Say that a command could not be carried out."""
        self.trouble.show_status("bad", "warning", happened, text)
        self.trouble.show()
        self._show_facts(is_refused=False)

    def hide_trouble(self) -> None:
        """The next state has come: what failed before is over."""
        self.trouble.hide()

    def set_compact(self, is_compact: bool) -> None:
        """Share the height with the training strip: one card, no facts."""
        self._is_compact = is_compact
        self.scan.set_compact(is_compact, is_narrow=self._is_narrow)
        theme.set_property(self._right, "card", "true" if is_compact else "")
        for part in (self._upper, self._lower):
            theme.set_property(part, "card", "" if is_compact else "true")
        if is_compact:
            theme.size(self._right_column, spacing=0)
            theme.size(self._upper_column, margins=(26, 19, 26, 8), spacing=16)
            theme.size(self._lower_column, margins=(26, 8, 26, 20), spacing=14)
        else:
            theme.size(self._right_column, spacing=16)
            theme.size(self._upper_column, margins=(26, 22, 26, 20), spacing=18)
            theme.size(self._lower_column, margins=(26, 22, 26, 20), spacing=18)
        self._show_facts(is_refused=False)

    def set_narrow(self, is_narrow: bool) -> None:
        """Lay out for an effective width under 1240."""
        self._is_narrow = is_narrow
        self.scan.set_compact(self._is_compact, is_narrow=is_narrow)
        self.action_row.set_narrow(is_narrow)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the steps go where the height does not do for everything."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_short = self._is_narrow or self.height() < theme.px(_SHORT)
        self._steps.set_short(self._is_compact and is_short)

    def _show_facts(self, *, is_refused: bool) -> None:
        has_room = not self._is_compact and self.trouble.isHidden()
        self._facts.setVisible(has_room)
        self._line.setVisible(has_room and not is_refused)

    def _build_right(self) -> QWidget:
        self._right = QFrame()
        self._right_column = QVBoxLayout(self._right)
        theme.size(self._right_column, margins=(0, 0, 0, 0))
        self._upper, self._lower = QFrame(), QFrame()
        self._build_upper()
        self._build_lower()
        self._right_column.addWidget(self._upper)
        self._right_column.addWidget(self._lower, 1)
        return self._right

    def _build_upper(self) -> None:
        self._upper_column = QVBoxLayout(self._upper)
        top = QHBoxLayout()
        theme.size(top, spacing=16)
        words = QVBoxLayout()
        theme.size(words, spacing=0)
        words.addStretch(1)
        words.addWidget(Label(self.tr("To pay"), "body", "muted"))
        words.addWidget(self._amount)
        words.addStretch(1)
        keeper = QWidget()
        theme.size(keeper, width=0, height=124)
        top.addLayout(words, 1)
        top.addWidget(keeper)
        top.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignTop)
        self._upper_column.addLayout(top)
        self._upper_column.addWidget(self.banner)
        self._upper_column.addWidget(self.trouble)
        self._upper_column.addWidget(self.details)

    def _build_lower(self) -> None:
        self._lower_column = QVBoxLayout(self._lower)
        self._line = QFrame()
        self._line.setProperty("line", "h")
        self._lower_column.addWidget(self._steps)
        self._lower_column.addWidget(self._line)
        self._lower_column.addWidget(self._facts)
        self._lower_column.addStretch(1)
        self._lower_column.addWidget(self.action_row)

    def _details_of(self, view: PaymentView) -> str:
        charge = view.charge
        if view.state not in _REFUSED:
            return ""
        at = charge.closed_at or charge.created_at
        return self.tr("{said}\n{method} · {date} {time} · reference {reference}").format(
            said=charge.refusal or view.gateway_name,
            method=METHODS[charge.method].name,
            date=date_text(at),
            time=clock_text(at, with_seconds=True),
            reference=charge.reference,
        )
