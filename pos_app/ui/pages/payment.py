"""The payment page: from the making of the code to the printed receipt (ux.md 6.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.domain.errors import ChargeStillOpenError, PosAppError
from pos_app.domain.events import ChargeChanged
from pos_app.services.payment_view import PaymentView, Screen
from pos_app.ui import theme
from pos_app.ui.errors import explain
from pos_app.ui.pages.customer_page import CustomerPage
from pos_app.ui.pages.page import Page, Shortcut
from pos_app.ui.pages.payment_choices import PaymentChoices
from pos_app.ui.pages.payment_commands import PaymentCommands
from pos_app.ui.pages.payment_keys import LargerCode, PaymentKeys, shortcuts
from pos_app.ui.widgets.payment_stage import PAID, PaymentStage
from pos_app.ui.widgets.payment_table import SOUNDS
from pos_app.ui.widgets.payment_words import words_of
from pos_app.ui.widgets.refund_words import slip_text
from pos_app.ui.widgets.training_strip import TrainingStrip

if TYPE_CHECKING:
    from pos_app.domain.people import Person
    from pos_app.services.printing import PrintResult
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge

_TICK_MS = 1000
_FREE = PAID | {Screen.STOPPED, Screen.SETTLED}
"""States in which the rail may be used: nothing on this page is left to decide."""


class PaymentPage(Page):
    """Shows one charge at a time and carries out what the cashier decides about it.

    Signals:
        sale_returned(Sale): go on with this sale on the Sell page.
        new_sale_requested(): show an empty Sell page.
        scan_wanted(Sale): scan another code of the customer for this sale.
    """

    sale_returned = Signal(object)
    new_sale_requested = Signal()
    scan_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paymentPage")
        self._till: Till | None = None
        self._commands: PaymentCommands | None = None
        self._view: PaymentView | None = None
        self._person_id: int | None = None
        self._sounded: set[tuple[int, str]] = set()
        self._choices = PaymentChoices(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._refresh)
        self._stage = PaymentStage()
        self._keys = PaymentKeys(self._stage, self)
        self._larger = LargerCode(self)
        self._customer_page = CustomerPage(self._stage.panel.scan, self)
        self._strip = TrainingStrip()
        self._strip.hide()
        column = QVBoxLayout(self)
        theme.size(column, margins=(16, 16, 16, 16), spacing=14)
        column.addWidget(self._stage, 1)
        column.addWidget(self._strip)
        self._connect_widgets()

    def connect_till(self, till: Till, background: Background, events: EventBridge) -> None:
        """Keep the services."""
        self._till = till
        commands = PaymentCommands(till, background, self)
        self._choices.connect_till(till, background, commands)
        self._customer_page.connect_till(till.browser, background)
        commands.person_id = self._person_id
        commands.changed.connect(self._on_command_done)
        commands.failed.connect(self._on_failed)
        commands.sale_ready.connect(self.sale_returned)
        commands.scan_ready.connect(self.scan_wanted)
        commands.made.connect(self.show_charge)
        commands.left.connect(self.new_sale_requested)
        commands.receipt_ready.connect(self._stage.show_receipt)
        commands.printing.connect(self._stage.show_printing)
        commands.printed.connect(self._stage.show_print_result)
        commands.slip_printed.connect(self._on_slip_printed)
        commands.contact_ready.connect(self._stage.show_contact)
        self._commands = commands
        self._stage.contact_changed.connect(commands.save_contact)
        self._strip.acted.connect(commands.act)
        self._strip.page_requested.connect(commands.open_page)
        events.charge_changed.connect(self._on_charge_changed)
        events.refund_changed.connect(self._choices.refund_changed)
        events.asked.connect(self._on_asked)
        self._stage.panel.set_compact(till.is_training)

    def make_next(self) -> bool:
        """Make a face of a payment that the first look does not need."""
        return self._stage.make_next()

    def set_person(self, person: Person | None) -> None:
        """Remember who is at the till, for the journal."""
        self._person_id = person.id if person else None
        self._choices.tell_person(person)
        if self._commands is not None:
            self._commands.person_id = self._person_id

    @Slot(int)
    def show_charge(self, charge_id: int) -> None:
        """Take up a charge; a fresh one is sent to the gateway."""
        if self._commands is None:
            return
        self._leave_charge()
        self._commands.begin(charge_id)
        self._refresh()
        self._timer.start()

    @property
    def charge_id(self) -> int:
        """The charge on the page; 0 for none."""
        return self._commands.charge_id if self._commands else 0

    @property
    def awaits_code(self) -> bool:
        """Whether the gateway has not answered yet, so that there is nothing to scan or decide."""
        return self._view is not None and self._view.state is Screen.CREATING

    @property
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Take payment")

    @property
    def holds_frame(self) -> bool:
        """Whether the cashier must decide first."""
        return self._view is not None and self._view.state not in _FREE

    @property
    def keeps_awake(self) -> bool:
        """Whether a payment may arrive any moment."""
        return self.holds_frame and self._view is not None and self._view.charge.is_living

    def shown(self) -> None:
        """Draw a code in the making, which nobody saw before; say aloud what there is."""
        if self.awaits_code:
            self._refresh()
        self._stage.announce_state()

    def hidden(self) -> None:
        """Let go of the charge; it is watched on."""
        self._leave_charge()

    def set_narrow(self, is_narrow: bool) -> None:
        """Lay out for an effective width under 1240."""
        self._stage.panel.set_narrow(is_narrow)
        self._strip.set_narrow(is_narrow)

    def focus_first(self) -> None:
        """Put the focus on the state's primary button."""
        self._stage.focus_first()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return what the keys do here."""
        return shortcuts()

    def handle_key(self, event: QKeyEvent) -> bool:
        """Use this page's keys; see `shortcuts`."""
        return self._larger.take_key(event) or self._keys.handle(event)

    def _connect_widgets(self) -> None:
        self._stage.chosen.connect(self._choices.choose)
        self._stage.panel.scan.larger_requested.connect(self._show_larger)
        self._keys.larger_keyed.connect(self._show_larger)
        self._larger.closed.connect(self.focus_first)
        self._customer_page.failed.connect(self.toast_requested)
        self._choices.new_sale_wanted.connect(self.new_sale_requested)
        self._choices.changed.connect(self._on_asked)
        self._choices.ended.connect(self._stage.release)
        self._choices.toast_wanted.connect(self.toast_requested)
        self._choices.sound_wanted.connect(self.sound_requested)

    @Slot()
    def _refresh(self) -> None:
        view = self._commands.look() if self._commands and self._commands.charge_id else None
        if view is None or self._till is None:
            return
        before, self._view = self._view, view
        if self.awaits_code and not self.isVisible():
            self.frame_changed.emit()  # `shown` draws it; most codes come before that
            return
        words = words_of(view)
        is_new = self._stage.show_view(view, words, self._till.clock.now())
        self._strip.setVisible(view.is_training and not view.charge.is_paid)
        self._strip.show_charge(view.charge)
        self._larger.follow(view)
        self._customer_page.follow(view)
        self._choices.follow(view, words)
        if is_new:
            self._enter(before, view)

    def _enter(self, before: PaymentView | None, view: PaymentView) -> None:
        """Do what begins with a state: sound, receipt, contact, frame."""
        assert self._commands is not None
        sound = SOUNDS.get(view.state)
        if sound and (view.charge.id, sound) not in self._sounded:
            self._sounded.add((view.charge.id, sound))
            self.sound_requested.emit(sound)
        if view.state in PAID and (before is None or before.state not in PAID):
            letter_for = self._stage.paid.receipt.preview.letter_for
            self._commands.show_receipt(letter_for, may_print=view.state is Screen.PAID)
        if view.state is Screen.UNKNOWN:
            self._commands.fetch_contact()
        self.frame_changed.emit()

    def _leave_charge(self) -> None:
        self._timer.stop()
        self._choices.let_go()
        self._stage.hand_over_contact()
        self._larger.close()
        self._customer_page.close()
        if self._commands is not None:
            self._commands.end()
        self._view = None
        self._stage.clear()

    @Slot()
    def _on_command_done(self) -> None:
        """Show what came of it; mostly its event has been shown already, and nothing is new."""
        if self._commands is not None and self._commands.look() != self._view:
            self._refresh()
        self._stage.release()

    @Slot(object)
    def _on_slip_printed(self, result: PrintResult) -> None:
        self._stage.release()
        self.toast_requested.emit(slip_text(result))

    @Slot(object)
    def _on_failed(self, error: PosAppError) -> None:
        if isinstance(error, ChargeStillOpenError) and self._commands is not None:
            self._commands.go_back_to_sale()  # the Sell page asks whose payment it is
            return
        words = explain(error, self._till.gateway_name if self._till else "")
        self._refresh()
        self._stage.release()
        if not self._stage.show_trouble(words.happened, words.text):
            self.toast_requested.emit(f"{words.happened} {words.text}")

    @Slot(object)
    def _on_charge_changed(self, event: ChargeChanged) -> None:
        self._on_asked(event.after.id)

    @Slot(int)
    def _on_asked(self, charge_id: int) -> None:
        if charge_id == self.charge_id:
            self._refresh()

    @Slot()
    def _show_larger(self) -> None:
        self._larger.open(self._view)
