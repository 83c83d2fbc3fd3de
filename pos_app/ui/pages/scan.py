"""Scanning the customer's code, before the payment page takes over (ux.md 6.11)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.customer_codes import CustomerCode, Misreading, misreading, read_code
from pos_app.domain.methods import METHODS
from pos_app.domain.money import Money
from pos_app.ui import theme
from pos_app.ui.format import amount_text
from pos_app.ui.pages.page import Page, Shortcut
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.code_edit import CodeEdit
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.money_label import MoneyLabel
from pos_app.ui.widgets.payment_steps import PaymentSteps
from pos_app.ui.widgets.scan_training import CODES, ScanAct, ScanTraining
from pos_app.ui.widgets.state_mark import StateMark
from pos_app.ui.widgets.status_banner import StatusBanner

if TYPE_CHECKING:
    from pos_app.domain.errors import PosAppError
    from pos_app.services.till import Till
    from pos_app.services.training import TrainingDesk
    from pos_app.ui.background import Background, EventBridge

_LEFT, _RIGHT = 548, 674
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TRAINING_CODE = "134650098712345678"
_STATES = {
    Misreading.CAPS_LOCK: "capsLock",
    Misreading.KEYBOARD: "wrongKeyboard",
    Misreading.NOT_A_CODE: "notACode",
}


class ScanPage(Page):
    """Reads a code from a scanner or the keyboard; the Sell page charges by it.

    A scanned code goes at once; a typed one waits for Enter or Charge. Once it has gone, the page
    is left, so that a second scan finds nothing to charge.

    The code is shown as dots, and only its last four characters beside them. It is taken off
    the field when the page is left, whatever happens.

    Signals:
        code_read(CustomerCode): charge the sale by this code.
    """

    code_read = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scanPage")
        self._code: CustomerCode | None = None
        self._desk: TrainingDesk | None = None
        self._background: Background | None = None
        self._mark = StateMark(self)
        self._mark.show_mark("info", "phone")
        self._edit = CodeEdit(self)
        self._glyph = MethodGlyph(44, self)
        self._method = Label(role="h2", parent=self)
        self._method.setObjectName("scanMethodLabel")
        self._strip = ScanTraining(self)
        self._strip.hide()
        self._strip.acted.connect(self._on_act)
        self._amount = MoneyLabel("moneyPay")
        self._amount.setObjectName("scanAmount")
        self._banner = StatusBanner("scanStatus", self)
        self._steps = PaymentSteps(self, object_name="scanSteps", last_check_name="")
        self._back = ActionButton(
            self.tr("Back to sale"), hint="Esc", object_name="scanBackButton", parent=self
        )
        self._charge = ActionButton("", "primary", object_name="scanChargeButton", parent=self)
        self._edit.textChanged.connect(self._on_text)
        self._edit.scanned.connect(self._on_charge)
        self._back.clicked.connect(self.sell_requested)
        self._charge.clicked.connect(self._on_charge)
        row = QHBoxLayout()
        theme.size(row, spacing=16)
        row.addWidget(self._build_left(), _LEFT)
        row.addWidget(self._build_right(), _RIGHT)
        column = QVBoxLayout(self)
        theme.size(column, margins=(16, 16, 16, 16), spacing=16)
        column.addLayout(row, 1)
        column.addWidget(self._strip)

    def connect_till(self, till: Till, background: Background, events: EventBridge) -> None:
        """Offer in training what a customer may show."""
        del events
        self._desk, self._background = till.training, background
        self._strip.setVisible(till.is_training)

    def begin(self, total: Money) -> None:
        """Ask for a code to charge `total` by."""
        self._amount.set_amount(total)
        self._charge.setText(self.tr("Charge {amount}").format(amount=amount_text(total)))
        self._forget()

    @property
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Take payment")

    def hidden(self) -> None:
        """Let go of the code."""
        self._forget()

    def focus_first(self) -> None:
        """Be ready for the scanner."""
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_narrow(self, is_narrow: bool) -> None:
        """Lay the training strip out for an effective width under 1240."""
        self._strip.set_narrow(is_narrow)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return what the keys do here."""
        return (
            Shortcut("Enter", self.tr("Charge by the code")),
            Shortcut("Esc", self.tr("Back to sale")),
        )

    def handle_key(self, event: QKeyEvent) -> bool:
        """Enter ends a scan; a scanner types into the field wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self.sell_requested.emit()
            return True
        if event.key() in _ENTER:
            if not self._edit.take_enter(event):
                self._on_charge()
            return True
        if self._edit.hasFocus() or not self._edit.take_key(event):
            return False
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _build_left(self) -> QWidget:
        card = QFrame(self)
        card.setProperty("card", "true")
        wallet = QHBoxLayout()
        theme.size(wallet, spacing=13)
        wallet.addStretch(1)
        wallet.addWidget(self._glyph)
        wallet.addWidget(self._method)
        wallet.addStretch(1)
        column = QVBoxLayout(card)
        theme.size(column, margins=(24, 22, 24, 20), spacing=20)
        column.addStretch(1)
        column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        words = self.tr("Scan the code in the customer’s app")
        title = Label(words, role="scanTitle", parent=card)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._edit)
        column.addLayout(wallet)
        column.addStretch(1)
        return card

    def _build_right(self) -> QWidget:
        card = QFrame(self)
        card.setProperty("card", "true")
        actions = QHBoxLayout()
        theme.size(actions, spacing=12)
        actions.addWidget(self._back)
        actions.addStretch(1)
        actions.addWidget(self._charge)
        column = QVBoxLayout(card)
        theme.size(column, margins=(24, 22, 24, 20), spacing=20)
        to_pay = QVBoxLayout()
        theme.size(to_pay, spacing=0)
        to_pay.addWidget(Label(self.tr("To pay"), "body", "muted"))
        to_pay.addWidget(self._amount, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(to_pay)
        column.addWidget(self._banner)
        column.addWidget(self._steps)
        column.addStretch(1)
        column.addLayout(actions)
        return card

    def _forget(self) -> None:
        self._edit.forget()
        self._on_text("")

    @Slot(str)
    def _on_text(self, text: str) -> None:
        """Show whose code it is as soon as it can be told."""
        code = self._code = read_code(text)
        self._charge.setEnabled(code is not None)
        self._glyph.setVisible(code is not None)
        self._method.setText("")
        if code is not None:
            traits = METHODS[code.method]
            self._glyph.show_method(traits)
            self._method.setText(f"{traits.name} ···{code.last_four}")
        self._steps.show_scanning(is_scanned=code is not None)
        self._banner.show_status(
            "info",
            "phone",
            self.tr("Scan the code in the customer’s app"),
            self.tr("The customer opens the pay screen in the app."),
            state="scanning",
        )

    @Slot(object)
    def _on_act(self, act: ScanAct) -> None:
        """Have the pretend customer show a code, which is read at once (training only)."""
        if self._desk is not None and self._background is not None:
            call = partial(self._desk.next_code, CODES[act])
            self._background.run(call, self._on_shown, self._on_no_training, owner=self)

    def _on_shown(self, _result: object) -> None:
        self._edit.setText(_TRAINING_CODE)
        self._on_charge()

    def _on_no_training(self, error: PosAppError) -> None:
        self.toast_requested.emit(str(error))

    @Slot()
    def _on_charge(self) -> None:
        code = self._code
        if code is not None:
            self._forget()
            self.code_read.emit(code)
        elif self._edit.text():
            why = misreading(self._edit.text())
            self._edit.forget()
            self._refuse(why)

    def _refuse(self, why: Misreading) -> None:
        """Say that nothing was charged, and what to do about it."""
        words = {
            Misreading.CAPS_LOCK: (
                self.tr("Caps Lock is on."),
                self.tr(
                    "The code came with capitals and small letters swapped, and nothing was "
                    "charged. Turn Caps Lock off, then scan again."
                ),
            ),
            Misreading.KEYBOARD: (
                self.tr("The scanner uses another keyboard layout."),
                self.tr(
                    "Its characters arrive changed here, and nothing was charged. Call a manager "
                    "to set the scanner to this computer’s layout."
                ),
            ),
            Misreading.NOT_A_CODE: (
                self.tr("This isn’t a payment code."),
                self.tr("Ask the customer to open the pay screen in the app."),
            ),
        }
        title, text = words[why]
        self._banner.show_status(
            "warn", "warning", title, text, state=_STATES[why], is_urgent=True
        )
        self.sound_requested.emit("limit")
