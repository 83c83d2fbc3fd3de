"""The conversation about money that goes back: fill in, send, outcome (ux.md 6.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos_app.domain.advice import Advice
from pos_app.domain.charges import Charge
from pos_app.domain.errors import PosAppError
from pos_app.domain.methods import METHODS
from pos_app.domain.money import Money
from pos_app.domain.people import Person
from pos_app.domain.refunds import RefundKind
from pos_app.services.looking import Look
from pos_app.services.refund_book import Standing
from pos_app.ui import theme
from pos_app.ui.format import clock_text, date_text
from pos_app.ui.widgets import refund_words as words
from pos_app.ui.widgets.amount_sentence import AmountSentence
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.method_words import method_name
from pos_app.ui.widgets.refund_facts import RefundFacts
from pos_app.ui.widgets.refund_form import RefundForm
from pos_app.ui.widgets.refund_outcome import RefundOutcome
from pos_app.ui.widgets.refund_training import RefundTraining
from pos_app.ui.widgets.refund_words import PRIMARY, Outcome, ReturnAction, ReturnState
from pos_app.ui.widgets.two_line_button import TwoLineButton

_WIDTH, _HEIGHT = 1000, 664
_STRIP, _STRIP_GAP = 60, 8
_GLYPH = 26


@dataclass(frozen=True, slots=True)
class MoneyBackView:
    """What a dialog about money back has to know when it opens.

    Attributes:
        people: everybody at this till; managers among them can approve.
        signed_in: who asks for it.
        now: aware, the till's clock.
    """

    standing: Standing
    advice: Advice
    people: tuple[Person, ...]
    signed_in: Person | None
    gateway: str
    now: datetime
    is_training: bool

    @property
    def charge(self) -> Charge:
        """The payment that the money goes back of."""
        return self.standing.charge


class MoneyBackDialog(Dialog):
    """What refund and cancel have in common. It asks and shows; it calls no service.

    Attributes:
        kind: refund, or cancel of the whole.
        form: what is filled in.
        looked: what the gateway said of the payment when it was asked last; None: it was not.
        training: what the pretend service shall answer; hidden where money is real.

    Signals:
        confirmed(): the deciding button was pressed on a complete form.
        acted(ReturnAction): a button of an outcome was pressed; not Close.
    """

    confirmed = Signal()
    acted = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        object_name: str,
        title: str,
        kind: RefundKind,
        view: MoneyBackView,
    ) -> None:
        super().__init__(parent, object_name, title, width=_WIDTH)
        self.kind = kind
        self.view = view
        self.looked: Look | None = None
        self.form = RefundForm(has_amount=kind is RefundKind.REFUND, parent=self)
        self.training = RefundTraining(self)
        self._outcome = RefundOutcome(self)
        self._facts = RefundFacts(self)
        self._rest = AmountSentence(self)
        self._rest.setObjectName("refundRemainingLabel")
        self._buttons: dict[ReturnAction, TwoLineButton] = {}
        self._lay_out()
        self._add_buttons()
        self.form.changed.connect(self._on_changed)
        self.form.filled.connect(self._on_filled)
        self.form.show_managers(view.people, view.signed_in)
        self.show_standing(view.standing)
        self.show_form()

    # For those who carry it out

    def show_standing(self, standing: Standing) -> None:
        """Show what can be refunded now."""
        left = self.looked.left if self.looked is not None else standing.refundable
        self._facts.show_standing(standing, left)
        self.form.show_left(left)
        self._on_changed()

    def show_form(self, pin_error: str = "") -> None:
        """Ask, or ask again: amount and reason are kept, the PIN has to be keyed anew.

        Args:
            pin_error: why the PIN was not taken.
        """
        self.set_busy("")
        self.form.setEnabled(True)
        self.training.show_act(None)
        self._outcome.clear()
        self._show_page(self.form)
        self._show_actions(())
        self._on_changed()
        if pin_error:
            self.form.pin.show_error(pin_error)
            self.form.pin.focus()

    def ask_again(self, standing: Standing, look: Look | None = None) -> None:
        """Ask again with what can be refunded now, here and by a `look` at the gateway."""
        self.looked = look
        self.show_standing(standing)
        self.show_form()
        self.form.focus_first()

    def hand_over(self) -> tuple[Person, str]:
        """Return the manager and the PIN for the one call that checks it, and forget it."""
        person = self.form.pin.person
        assert person is not None, "a complete form has a manager"
        return person, self.form.pin.pin()

    def show_checking(self) -> None:
        """Take no more presses while the PIN is checked."""
        self.form.setEnabled(False)
        self.set_busy(self.tr("Checking the PIN. Don’t close this window."))

    def show_sending(self) -> None:
        """Say that the request is on its way; nobody can close the dialog now."""
        sending = words.sending(self.kind, self.view.charge, self.amount, self.view.gateway)
        self._show(sending)
        self.set_busy(f"{sending.title} {sending.text}")

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what became of it, and what can be done now."""
        self.set_busy("")
        self._show(outcome)
        self._guard.hold()
        primary = PRIMARY.get(outcome.state)
        stop = primary if primary in outcome.actions else None
        self._buttons[stop or ReturnAction.CLOSE].setFocus()

    def show_trouble(self, error: PosAppError) -> Outcome:
        """Show what kept us from an answer, and return it."""
        view = self.view
        outcome = words.trouble_of(error, self.kind, view.charge, self.amount, view.gateway)
        self.show_outcome(outcome)
        return outcome

    @property
    def amount(self) -> Money:
        """What goes back."""
        return self.form.wanted or self.view.charge.amount

    def show_asking(self, text: str) -> None:
        """Say that something is being asked, and take no presses; empty when it has ended."""
        self.set_busy(text)
        self.say(text)

    def say(self, text: str) -> None:
        """Say at the foot what came of a button of an outcome."""
        self._rest.show_sentence(text, "")
        self._rest.show()
        announce(self, text)

    # Inside

    def confirm_words(self) -> str:
        """Return what the deciding button says."""
        raise NotImplementedError

    def show_rest(self) -> None:
        """Show what is under the pad and at the foot, for what is filled in."""
        raise NotImplementedError

    def tells_of(self, charge_id: int) -> bool:
        """Tell of its own charge's refunds."""
        return charge_id == self.view.charge.id

    def handle_key(self, event: QKeyEvent) -> bool:
        """Leave the keys to the form while it is shown."""
        is_asking = self._stack.currentWidget() is self.form and not self.is_busy
        return is_asking and self.form.handle_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes through the form first."""
        if not self.handle_key(event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the size of the picture; with the training strip it is that much taller."""
        strip = _STRIP + _STRIP_GAP if self.view.is_training else 0
        return QSize(theme.px(_WIDTH), theme.px(_HEIGHT + strip))

    def _lay_out(self) -> None:
        glyph = MethodGlyph(_GLYPH, self)
        glyph.show_method(METHODS[self.view.charge.method])
        facts = _facts_of(self.view, self.tr("today"))
        self.head.insertWidget(1, glyph)
        self.head.insertWidget(2, Label(facts, "bar", "muted", parent=self))
        theme.size(self.body, margins=(0, 0, 0, 0), spacing=0)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.form)
        self._stack.addWidget(self._outcome)
        self.body.addWidget(self._stack, 1)
        theme.size(self.training, height=_STRIP)
        strip = QVBoxLayout()
        theme.size(strip, margins=(16, 0, 16, _STRIP_GAP))
        strip.addWidget(self.training)
        if self.view.is_training:
            self.body.addLayout(strip)
        self.foot.insertWidget(0, self._rest, 1)

    def _add_buttons(self) -> None:
        self._add(ReturnAction.PRINT, self.tr("Print slip"), "secondary")
        close = self.add_action(
            "close", self.tr("Close"), "secondary", ReturnAction.CLOSE.value, is_safe=True
        )
        self._buttons[ReturnAction.CLOSE] = close
        self._add(ReturnAction.SETTLE, self.tr("Settle with manager"), "secondary")
        self._add(ReturnAction.CHANGE, self.tr("Change amount"), "primary")
        self._add(ReturnAction.CHECK_STATUS, self.tr("Check status"), "primary")
        gateway = self.view.gateway
        check = self.tr("Check with {gateway}").format(gateway=gateway)
        self._add(ReturnAction.CHECK, check, "primary")
        self._add(ReturnAction.RETRY, self.tr("Try again"), "dangerFill")
        self._add(ReturnAction.REFUND, self.tr("Refund…"), "primary")
        self._confirm = self.add_action(
            "confirm", self.confirm_words(), "dangerFill", self._confirm_name, is_answer=False
        )
        self._confirm.clicked.connect(self._on_confirm)
        theme.size(close, min_width=106)
        theme.size(self._confirm, min_width=200)

    @property
    def _confirm_name(self) -> str:
        is_cancel = self.kind is RefundKind.CANCEL
        return "confirmCancelPaidButton" if is_cancel else "confirmRefundButton"

    def _add(self, action: ReturnAction, text: str, kind: str) -> None:
        button = self.add_action(action.value, text, kind, action.value, is_answer=False)
        button.clicked.connect(self._on_action_pressed)
        self._buttons[action] = button

    def _show(self, outcome: Outcome) -> None:
        self._outcome.show_outcome(outcome)
        self._show_page(self._outcome)
        self._show_actions(outcome.actions)
        is_done = outcome.state is ReturnState.DONE
        close = self._buttons[ReturnAction.CLOSE]
        close.set_words(self.tr("Done") if is_done else self.tr("Close"))
        close.set_kind("primary" if is_done else "secondary")
        self._confirm.hide()
        self._rest.hide()

    def _show_page(self, page: RefundForm | RefundOutcome) -> None:
        page.column.insertWidget(0, self._facts)
        self._stack.setCurrentWidget(page)
        self.training.setVisible(self.view.is_training and page is self.form)

    def _show_actions(self, actions: tuple[ReturnAction, ...]) -> None:
        for action, button in self._buttons.items():
            button.setVisible(action in actions or action is ReturnAction.CLOSE)
        is_form = self._stack.currentWidget() is self.form
        self._confirm.setVisible(is_form)
        self._rest.setVisible(is_form)

    @Slot()
    def _on_changed(self) -> None:
        missing = self.form.missing
        self._confirm.set_words(self.confirm_words(), sub=missing)
        self._confirm.setEnabled(not missing and not self.is_busy)
        self.show_rest()

    @Slot()
    def _on_filled(self) -> None:
        self._confirm.setFocus()

    @Slot()
    def _on_confirm(self) -> None:
        if not (self.is_busy or self.form.missing):
            self._confirm.setEnabled(False)
            self.confirmed.emit()

    @Slot()
    def _on_action_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, TwoLineButton) and not self.is_busy:
            self.acted.emit(ReturnAction(button.objectName()))


def _facts_of(view: MoneyBackView, today: str) -> str:
    charge, at = view.charge, view.charge.paid_at or view.charge.created_at
    is_today = at.astimezone().date() == view.now.astimezone().date()
    when = f"{today if is_today else date_text(at)} {clock_text(at)}"
    return f"{method_name(METHODS[charge.method])} · {charge.short_reference} · {when}"
