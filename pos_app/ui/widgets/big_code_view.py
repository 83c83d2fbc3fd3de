"""The code as large as the window, for stores with one screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.methods import METHODS
from pos_app.services.payment_view import PaymentView
from pos_app.ui import theme
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.money_label import MoneyLabel
from pos_app.ui.widgets.payment_words import scan_title
from pos_app.ui.widgets.pill import Pill
from pos_app.ui.widgets.qr_code import QrCode


class BigCodeView(QWidget):
    """Covers the window with the code; Esc, Close and the end of the code take it away.

    Signals:
        closed(): it has gone.
    """

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("bigCodeView")
        self._window = window
        self._glyph = MethodGlyph(44, self)
        self._title = Label(role="headline", parent=self)
        self._amount = MoneyLabel("moneyM")
        self._badge = Pill("train", "cap", self.tr("TRAINING"), self)
        self.code = QrCode(self, "bigQrCode")
        self._close = ActionButton(
            self.tr("Close"), tall="48", hint="Esc", object_name="closeBigCodeButton"
        )
        self._close.clicked.connect(self.close_view)
        column = QVBoxLayout(self)
        theme.size(column, margins=(24, 16, 24, 16), spacing=12)
        head = QHBoxLayout()
        theme.size(head, spacing=13)
        for widget in (self._glyph, self._title, self._badge):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._amount)
        head.addSpacing(theme.px(16))
        head.addWidget(self._close)
        column.addLayout(head)
        column.addWidget(self.code, 1)
        self.hide()
        window.installEventFilter(self)

    def show_code(self, view: PaymentView) -> None:
        """Cover the window with the code of `view`, or go when it has none."""
        if view.code is None:
            self.close_view()
            return
        traits = METHODS[view.charge.method]
        self._glyph.show_method(traits)
        self._title.setText(scan_title(view))
        self._amount.set_amount(view.charge.amount)
        self._badge.setVisible(view.is_training)
        self.code.show_code(view.code)
        self.code.setAccessibleName(
            self.tr("Payment code, {amount}, {method}").format(
                amount=amount_text(view.charge.amount), method=traits.name
            )
        )
        if self.isHidden():
            self.setGeometry(self._window.rect())
            self.show()
            self.raise_()
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_view(self) -> None:
        """Take it away."""
        if not self.isHidden():
            self.code.hide_code()
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; nothing of the page behind may hear a key."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_view()
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 - Qt's own names
        """Keep the focus here: there is one button."""
        del next
        self._close.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a ground that hides the page."""
        QPainter(self).fillRect(event.rect(), theme.color("surface"))
