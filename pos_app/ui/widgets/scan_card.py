"""The left card of a payment: how to scan, the code, and a way to show it larger."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.domain.methods import METHODS
from pos_app.services.payment_view import PaymentView, Screen
from pos_app.ui import theme
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.keyed_card_words import has_no_code
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.payment_words import StateWords, scan_title
from pos_app.ui.widgets.pill import Pill
from pos_app.ui.widgets.qr_code import QrCode
from pos_app.ui.widgets.state_mark import StateMark

PLACEHOLDER_AFTER_MS = 300
_SHORT = 478
"""Below this height (px at scale 1.0) a code of 41 modules of 8 px, title and foot do not fit."""


class ScanCard(QFrame):
    """Shows the code while it can be paid, else the mark of the state.

    Signals:
        larger_requested(): the code is wanted as large as the window.
        page_requested(): the page that the code leads to is wanted on the customer screen.
    """

    larger_requested = Signal()
    page_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self._glyph = MethodGlyph(44, self)
        self._title = Label(role="scanTitle", parent=self)
        self._title.setObjectName("paymentMethodLabel")
        self.code = QrCode(self)
        self.code.tapped.connect(self.larger_requested)
        self._mark = StateMark(self)
        self._no_code = Label(self.tr("There is no code to scan now."), "body", "muted3")
        self._badge = Pill("train", "cap", self.tr("TRAINING"), self)
        self.open_page = ActionButton(
            self.tr("Open on customer screen"),
            tall="48",
            object_name="openOnCustomerScreenButton",
            parent=self,
        )
        self.open_page.hide()
        self.open_page.clicked.connect(self.page_requested)
        self.larger = ActionButton(
            self.tr("Show larger"), tall="48", object_name="showLargerButton", parent=self
        )
        self.larger.setToolTip(self.tr("Show larger (Ctrl+B)"))
        self.larger.setAccessibleDescription("Ctrl+B")
        policy = self.larger.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.larger.setSizePolicy(policy)
        self.larger.clicked.connect(self.larger_requested)
        self._is_making = self._is_compact = self._is_narrow = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PLACEHOLDER_AFTER_MS)
        self._patience.timeout.connect(self._on_patience_over)
        self._build()

    def show_view(self, view: PaymentView, words: StateWords) -> None:
        """Show the code, or what there is instead."""
        traits = METHODS[view.charge.method]
        is_made = view.state is Screen.CREATING and not has_no_code(view)
        is_scanned = view.code is not None or is_made
        self._glyph.show_method(traits)
        self._title.setText(scan_title(view) if is_scanned else traits.name)
        self._badge.setVisible(view.is_training)
        self.larger.setVisible(view.code is not None)
        self._no_code.setVisible(not (view.charge.is_customer_presented or has_no_code(view)))
        self._mark.show_mark(words.tone, words.icon)
        if view.code is not None:
            self._patience.stop()
            self.code.show_code(view.code)
            self.code.setAccessibleName(
                self.tr("Payment code, {amount}, {method}").format(
                    amount=amount_text(view.charge.amount), method=traits.name
                )
            )
        elif not is_made:
            self._patience.stop()
            self.code.hide_code()
        elif not self._is_making:
            self.code.hide_code()
            self._patience.start()
        self._is_making = is_made
        self._stack.setCurrentIndex(0 if is_scanned else 1)
        self._fit()

    def offer_page(self, reason: str, *, is_shown: bool) -> None:
        """Offer to open the page of the code on the customer screen.

        Args:
            reason: why it can't be opened now; empty where it can.
            is_shown: there is such a page, and such a screen.
        """
        self.open_page.set_off(reason)
        self.open_page.setVisible(is_shown)

    def clear(self) -> None:
        """Take everything off: there is no payment."""
        self._patience.stop()
        self._is_making = False
        self.code.hide_code()
        self.open_page.hide()

    def set_compact(self, is_compact: bool, *, is_narrow: bool = False) -> None:
        """Share the height with the training strip.

        Args:
            is_compact: the training strip is below.
            is_narrow: there is no room beside the code.
        """
        self._is_compact, self._is_narrow = is_compact, is_narrow
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what stands under the code stand beside it, where the code would get too small."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_short = self.height() < theme.px(_SHORT)
        has_room = is_short and not self._is_narrow and self._stack.currentIndex() == 0
        is_beside = self._is_compact and has_room
        if is_beside:
            theme.size(self._column, margins=(20, 10, 20, 8), spacing=4)
        elif self._is_compact:
            theme.size(self._column, margins=(20, 14, 20, 12), spacing=8)
        else:
            theme.size(self._column, margins=(24, 22, 24, 20), spacing=20)
        theme.size(self._side, margins=(0, 0, 16, 0) if is_beside else (0, 0, 0, 0))
        place: QBoxLayout = self._side if is_beside else self._foot
        if place.indexOf(self.larger) < 0:
            for widget in (self._badge, self.open_page, self.larger):
                self._foot.removeWidget(widget)
                self._side.removeWidget(widget)
            place.insertWidget(0, self._badge)
            place.addWidget(self.open_page)
            place.addWidget(self.larger)

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        theme.size(head, spacing=13)
        head.addStretch(1)
        head.addWidget(self._glyph)
        head.addWidget(self._title)
        head.addStretch(1)
        instead = QWidget()
        column = QVBoxLayout(instead)
        theme.size(column, spacing=20)
        column.addStretch(1)
        column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._no_code, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.code)
        self._stack.addWidget(instead)
        self._foot, self._side = QHBoxLayout(), QVBoxLayout()
        self._foot.addStretch(1)
        self._side.addStretch(1)
        middle = QHBoxLayout()
        theme.size(middle, spacing=0)
        middle.addWidget(self._stack, 1)
        middle.addLayout(self._side)
        self._column.addLayout(head)
        self._column.addLayout(middle, 1)
        self._column.addLayout(self._foot)
        self._fit()

    @Slot()
    def _on_patience_over(self) -> None:
        if self.code.text is None:
            self.code.show_placeholder()
