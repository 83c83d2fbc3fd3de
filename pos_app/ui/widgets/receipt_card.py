"""The receipt beside a paid payment: its preview and whether it has been printed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pos_app.receipts.rows import Receipt
from pos_app.services.printing import PrintResult, PrintTrouble
from pos_app.ui import theme
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.receipt_preview import ReceiptPreview


class ReceiptCard(QFrame):
    """Preview, print status, and the warning when the printer isn't answering.

    Signals:
        print_requested(): try again.
    """

    print_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "plain")
        self.preview = ReceiptPreview(self)
        self._status = Label(role="pill", shade="ok")
        self._status.setObjectName("receiptPrintStatus")
        self._status_icon = IconLabel("", "ok", 18)
        column = QVBoxLayout(self)
        theme.size(column, margins=(20, 16, 20, 20), spacing=12)
        head = QHBoxLayout()
        theme.size(head, spacing=6)
        head.addWidget(Label(self.tr("Receipt"), "h2"))
        head.addStretch(1)
        head.addWidget(self._status_icon)
        head.addWidget(self._status)
        column.addLayout(head)
        column.addWidget(self._build_trouble())
        column.addWidget(self.preview, 1)

    @property
    def status(self) -> str:
        """What is said of printing."""
        return self._status.text()

    def show_receipt(self, receipt: Receipt | None) -> None:
        """Show the paper; None while it is being laid out."""
        self.preview.show_receipt(receipt)

    def show_not_printed(self) -> None:
        """Say that nothing has been printed yet."""
        self._trouble.hide()
        self._say("muted", "", self.tr("Not printed"))

    def show_printing(self) -> None:
        """Say that it is on its way to the printer."""
        self._trouble.hide()
        self._say("muted", "printer", self.tr("Printing…"))

    def show_result(self, result: PrintResult) -> None:
        """Say what became of printing. Money: the payment is safe in any case."""
        has_trouble = bool(result.trouble) and not result.is_printed
        is_only_saved = result.saved_to is not None and result.trouble in {
            "",
            PrintTrouble.NO_PRINTER,
        }
        if result.is_printed:
            self._say("ok", "check", self.tr("Printed"))
        elif is_only_saved:
            self._say("ok", "check", self.tr("Saved as PDF"))
        else:
            self._say("warn", "warning", self.tr("Not printed"))
        self._trouble.setVisible(has_trouble and not is_only_saved)
        self._trouble_text.setText(self._reason(result.trouble))

    def _reason(self, trouble: str) -> str:
        if trouble == PrintTrouble.NO_PRINTER:
            return self.tr("Receipt not printed. No printer is chosen. The payment is safe.")
        return self.tr("Receipt not printed. The printer isn’t answering. The payment is safe.")

    def _build_trouble(self) -> QWidget:
        self._trouble = QFrame()
        self._trouble.setObjectName("receiptTrouble")
        self._trouble.setProperty("tone", "warn")
        column = QVBoxLayout(self._trouble)
        theme.size(column, margins=(14, 12, 8, 4), spacing=0)
        self._trouble_text = Label(shade="warn", wraps=True)
        column.addWidget(self._trouble_text)
        row = QHBoxLayout()
        theme.size(row, spacing=8)
        row.addStretch(1)
        self._not_now = self._text_button(self.tr("Not now"), "notNowButton")
        self._not_now.clicked.connect(self._trouble.hide)
        self._again = self._text_button(self.tr("Try again"), "printRetryButton")
        self._again.clicked.connect(self.print_requested)
        row.addWidget(self._not_now)
        row.addWidget(self._again)
        column.addLayout(row)
        self._trouble.hide()
        return self._trouble

    def _text_button(self, text: str, object_name: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(object_name)
        for name, value in (("kind", "text"), ("tone", "warn")):
            button.setProperty(name, value)
        return button

    def _say(self, shade: str, icon: str, text: str) -> None:
        is_plain = shade == "muted"
        theme.set_property(self._status, "tone", "" if is_plain else shade)
        theme.set_property(self._status, "muted", is_plain)
        self._status_icon.set_icon(icon, "text2" if is_plain else shade)
        self._status_icon.setVisible(bool(icon))
        self._status.setText(text)
