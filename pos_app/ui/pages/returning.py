"""The course of one refund or cancel: PIN, request, what became of it, what is done then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from pos_app.domain.errors import (
    NotAManagerError,
    NotApprovedError,
    PosAppError,
    RefundTooMuchError,
)
from pos_app.domain.events import RefundChanged
from pos_app.ui.errors import explain
from pos_app.ui.format import clock_text
from pos_app.ui.pages.refund_rehearsal import RefundRehearsal
from pos_app.ui.widgets.refund_words import SOUNDS, Outcome, ReturnAction, outcome_of, slip_text

if TYPE_CHECKING:
    from pos_app.domain.people import Person
    from pos_app.domain.refunds import Refund
    from pos_app.services.looking import Look
    from pos_app.services.printing import PrintResult
    from pos_app.services.refund_book import Standing
    from pos_app.services.till import Till
    from pos_app.ui.background import Background
    from pos_app.ui.dialogs.money_back_dialog import MoneyBackDialog

translate = QCoreApplication.translate


class Returning(QObject):
    """Carries out what is decided in one dialog, off the GUI thread.

    A request is sent once per decision: nothing here repeats it. It outlives its dialog, so that
    the answer of a request under way is told in any case.

    Signals:
        changed(int): a refund of the charge of this id is on disk, or has changed.
        settle_wanted(int): a manager wants to settle by hand what is unknown of this charge.
        refund_wanted(int): refund this charge instead of cancelling it.
        told(str): what became of it, when the dialog was gone by then.
        sound_wanted(str): the sound of what became of it.
    """

    changed = Signal(int)
    settle_wanted = Signal(int)
    refund_wanted = Signal(int)
    told = Signal(str)
    sound_wanted = Signal(str)

    def __init__(
        self,
        dialog: MoneyBackDialog,
        till: Till,
        background: Background,
        asked_by: int,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._till, self._background = till, background
        self._dialog: MoneyBackDialog | None = dialog
        self._view, self._kind = dialog.view, dialog.kind
        self._asked_by = asked_by
        self._send: Callable[[], Refund] | None = None
        self._refund_id = 0
        self._is_sending = False
        dialog.confirmed.connect(self._on_confirmed)
        dialog.acted.connect(self._on_acted)
        dialog.answered.connect(self._on_answered)
        dialog.form.refused.connect(self._on_key_refused)
        if till.training is not None:
            RefundRehearsal(dialog, till.training, background, self._say_why)

    @property
    def _charge_id(self) -> int:
        return self._view.charge.id

    # The decision

    @Slot()
    def _on_confirmed(self) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        amount, reason = dialog.form.wanted, dialog.form.reason.text
        manager, pin = dialog.hand_over()
        dialog.show_checking()

        def approved(person: Person) -> None:
            who = (reason, self._asked_by, person.id)
            refunding = self._till.refunding
            if amount is None:
                self._send = partial(refunding.cancel, self._charge_id, *who)
            else:
                self._send = partial(refunding.refund, self._charge_id, amount, *who)
            self._go()

        check = partial(self._till.people.approve, manager.id, pin)
        self._background.run(check, approved, self._not_approved, owner=self, lane="sign-in")

    def _not_approved(self, error: PosAppError) -> None:
        if self._dialog is None:
            return
        words = explain(error)
        text = f"{words.happened} {words.text}".strip()
        if isinstance(error, NotAManagerError | NotApprovedError):
            text = translate("Refund", "This PIN can’t approve refunds.")
        self._dialog.show_form(pin_error=text)
        self.sound_wanted.emit("limit")

    def _go(self) -> None:
        if self._dialog is None or self._send is None:
            return  # it was closed before anything was sent
        self._is_sending = True
        self._dialog.show_sending()
        self._background.run(
            self._send, self._on_refund, self._on_trouble, owner=self, lane=self._charge_id
        )

    # What became of it

    def _on_refund(self, refund: Refund) -> None:
        self._refund_id = refund.id
        outcome = outcome_of(refund, self._view.charge, self._view.gateway)
        self._sound(outcome)
        if self._dialog is not None:
            self._dialog.show_outcome(outcome)
        else:
            self.told.emit(f"{outcome.title} {outcome.text}")
        self._on_sent()

    def _on_trouble(self, error: PosAppError) -> None:
        if isinstance(error, RefundTooMuchError) and self._dialog is not None:
            self._dialog.show_form()  # its field says what is left, in a moment
        elif self._dialog is not None:
            self._sound(self._dialog.show_trouble(error))
        else:
            self.told.emit(explain(error, self._view.gateway).happened)
        self._on_sent()

    def _on_sent(self) -> None:
        self._is_sending = False
        self.changed.emit(self._charge_id)
        if self._dialog is None:
            self.deleteLater()
        else:
            self._run(self._look, self._on_standing)

    def _sound(self, outcome: Outcome) -> None:
        sound = SOUNDS.get(outcome.state)
        if sound is not None:
            self.sound_wanted.emit(sound)

    @Slot(object)
    def follow(self, event: RefundChanged) -> None:
        """Show what became of a refund that had no final answer: it was found out meanwhile."""
        refund, dialog = event.after, self._dialog
        is_shown = dialog is not None and not dialog.is_busy and refund.id == self._refund_id
        if is_shown and event.before and event.before.is_unanswered and not refund.is_unanswered:
            self._on_refund(refund)

    # What is done then

    @Slot(object)
    def _on_acted(self, action: ReturnAction) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        if action is ReturnAction.RETRY:
            self._go()
        elif action is ReturnAction.PRINT:
            self._print()
        elif action is ReturnAction.CHECK:
            self._check()
        elif action is ReturnAction.CHANGE:
            self._run(self._look, self._ask_again)
        elif action is ReturnAction.CHECK_STATUS:
            self._look_into()
        else:
            dialog.answer(action.value)
            wanted = self.settle_wanted if action is ReturnAction.SETTLE else self.refund_wanted
            wanted.emit(self._charge_id)

    def _look(self) -> Standing:
        return self._till.refunding.standing(self._charge_id)

    def _on_standing(self, standing: Standing) -> None:
        if self._dialog is not None:
            self._dialog.show_standing(standing)

    def _ask_again(self, standing: Standing) -> None:
        if self._dialog is not None:
            self._dialog.ask_again(standing)

    def _look_into(self) -> None:
        """Ask the gateway what went back of the payment before it is refunded again."""
        self._show_asking()
        look = partial(self._till.looking.look, self._charge_id)
        self._background.run(
            look, self._on_looked, self._on_check_failed, owner=self, lane=self._charge_id
        )

    def _on_looked(self, look: Look) -> None:
        self.changed.emit(self._charge_id)
        dialog = self._dialog
        if dialog is None:
            return
        dialog.show_asking("")
        if look.is_answered:
            dialog.ask_again(look.standing, look)
        else:
            text = translate("Refund", "No answer from {gateway}. Check the status again.")
            dialog.say(text.format(gateway=self._view.gateway))

    def _show_asking(self) -> None:
        if self._dialog is not None:
            asking = translate("Refund", "Asking {gateway}. Don’t close this window.")
            self._dialog.show_asking(asking.format(gateway=self._view.gateway))

    def _check(self) -> None:
        self._show_asking()
        check = partial(self._till.refunding.check, self._refund_id, self._asked_by)
        self._background.run(
            check, self._on_checked, self._on_check_failed, owner=self, lane=self._charge_id
        )

    def _on_checked(self, refund: Refund) -> None:
        if not refund.is_unanswered:
            self._on_refund(refund)
        elif self._dialog is not None:
            self._dialog.show_asking("")
            text = translate("Refund", "Checked at {time}: still no answer.")
            self._dialog.say(text.format(time=clock_text(self._till.clock.now())))

    def _on_check_failed(self, error: PosAppError) -> None:
        if self._dialog is not None:
            self._dialog.show_asking("")
        self._say_why(error)

    def _print(self) -> None:
        call = partial(self._till.receipts.print_slip, self._refund_id, self._asked_by)
        self._run(call, self._on_printed)

    def _on_printed(self, result: PrintResult) -> None:
        if self._dialog is not None:
            self._dialog.say(slip_text(result))

    def _run(self, call: Callable[[], object], done: Callable[..., None]) -> None:
        self._background.run(call, done, self._say_why, owner=self)

    def _say_why(self, error: PosAppError) -> None:
        words = explain(error, self._view.gateway)
        text = f"{words.happened} {words.text}".strip()
        if self._dialog is not None:
            self._dialog.say(text)

    @Slot()
    def _on_key_refused(self) -> None:
        self.sound_wanted.emit("limit")

    @Slot(str)
    def _on_answered(self, answer: str) -> None:
        del answer
        self._dialog = None
        if not self._is_sending:
            self.deleteLater()
