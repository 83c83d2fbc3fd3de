"""Settling by hand, from any page: whose PIN, what was found out, and recording it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from pos_app.domain.charges import Charge, ChargeDecision
from pos_app.domain.gateways import gateway_name
from pos_app.domain.settling import Question
from pos_app.ui.dialogs.manager_pin_dialog import ManagerPinDialog
from pos_app.ui.dialogs.settle_dialog import SettleDialog
from pos_app.ui.dialogs.settle_words import purpose_of
from pos_app.ui.errors import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.errors import PosAppError
    from pos_app.domain.people import Person
    from pos_app.domain.refunds import Refund
    from pos_app.services.settling import Matter
    from pos_app.services.till import Till
    from pos_app.ui.background import Background
    from pos_app.ui.widgets.dialog import Dialog

_DECISIONS = {
    True: ChargeDecision.PAID,
    False: ChargeDecision.NOT_PAID,
    None: ChargeDecision.STILL_NOT_KNOWN,
}


class Settling(QObject):
    """Lets a manager settle what nobody knows about a charge or its refunds.

    It finds out by itself what that is, asks for a manager's PIN, and records the answer.

    Args:
        page: over which the dialogs open.

    Signals:
        changed(int): something about the charge of this id was recorded or is known already.
        toast_wanted(str): words for a toast.
        sound_wanted(str): "limit", for a wrong PIN.
        ended(): nothing is open any more, whatever was decided.
    """

    changed = Signal(int)
    toast_wanted = Signal(str)
    sound_wanted = Signal(str)
    ended = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._till: Till | None = None
        self._background: Background | None = None
        self._person: Person | None = None
        self._dialog: Dialog | None = None
        self._matter: Matter | None = None

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services."""
        self._till, self._background = till, background

    def tell_person(self, person: Person | None) -> None:
        """Know who is at the till: whom the journal names as the one who asked."""
        self._person = person

    @Slot(int)
    def settle(self, charge_id: int) -> None:
        """Begin to settle what there is to settle about a charge."""
        if self._till is None or self._background is None:
            return
        call = partial(self._till.settling.matters, charge_id)
        found = partial(self._on_found, charge_id)
        self._background.run(call, found, self._on_unreadable, owner=self)

    def withdraw(self) -> None:
        """Close what is open with its safe answer: there is nothing to settle any more.

        A decision that is being recorded ends by itself.
        """
        dialog = self._dialog
        if dialog is not None and not (isinstance(dialog, SettleDialog) and dialog.is_busy):
            self._matter = None
            dialog.force_dismiss()

    def _on_found(self, charge_id: int, matters: tuple[Matter, ...]) -> None:
        till, background = self._till, self._background
        if till is None or background is None:
            return
        if not matters:
            self.toast_wanted.emit(self.tr("There is nothing to settle any more."))
            self.changed.emit(charge_id)
            self.ended.emit()
            return
        self._matter = matter = matters[0]
        dialog = ManagerPinDialog(
            self._page,
            till.people,
            background,
            purpose=purpose_of(matter),
            signed_in=self._person,
        )
        dialog.sound_wanted.connect(self.sound_wanted)
        dialog.approved.connect(partial(self._ask, matter))
        self._show(dialog)

    def _ask(self, matter: Matter, manager: Person) -> None:
        if self._matter is not matter:
            return
        gateway = gateway_name(matter.charge.gateway)
        dialog = SettleDialog(self._page, matter, gateway, manager)
        dialog.decided.connect(partial(self._record, dialog, matter, manager))
        self._show(dialog)

    def _show(self, dialog: Dialog) -> None:
        self._dialog = dialog
        dialog.answered.connect(self._on_answered)
        dialog.open()

    def _record(
        self,
        dialog: SettleDialog,
        matter: Matter,
        manager: Person,
        answer: bool | None,
        note: str,
    ) -> None:
        if self._till is None or self._background is None:
            return
        asked_by = self._person.id if self._person else manager.id
        call = _recording(
            self._till, matter, answer, note, asked_by=asked_by, manager_id=manager.id
        )
        done = partial(self._on_recorded, dialog, matter.charge.id, (manager.id, note))
        self._background.run(call, done, partial(self._on_refused, dialog), owner=self)

    def _on_recorded(
        self,
        dialog: SettleDialog,
        charge_id: int,
        wanted: tuple[int, str],
        after: Charge | Refund | None,
    ) -> None:
        if isValid(dialog):
            dialog.finish()
        if _is_recorded(after, *wanted):
            recorded = self.tr("Your decision is recorded.")
            self.toast_wanted.emit(recorded if wanted[1] else self.tr("It’s off the list."))
        else:
            self.toast_wanted.emit(self.tr("The answer had come meanwhile. Nothing was recorded."))
        self.changed.emit(charge_id)

    def _on_refused(self, dialog: SettleDialog, error: PosAppError) -> None:
        words = explain(error, self._till.gateway_name if self._till else "")
        if isValid(dialog):
            dialog.show_trouble(words.happened, words.text)

    def _on_unreadable(self, error: PosAppError) -> None:
        words = explain(error, self._till.gateway_name if self._till else "")
        self.toast_wanted.emit(f"{words.happened} {words.text}")
        self.ended.emit()

    @Slot(str)
    def _on_answered(self, answer: str) -> None:
        self._dialog = None
        if answer != "approve":  # otherwise the next dialog follows
            self.ended.emit()


def _is_recorded(after: Charge | Refund | None, manager_id: int, note: str) -> bool:
    """Tell whether it was this decision that was written down, not another one before it."""
    if after is None:
        return False
    kept = after.decision_note if isinstance(after, Charge) else after.note
    return not note or (after.decided_by, kept) == (manager_id, note)


def _recording(
    till: Till, matter: Matter, answer: bool | None, note: str, *, asked_by: int, manager_id: int
) -> Callable[[], Charge | Refund | None]:
    """Return the call that records the answer to `matter`."""
    charge_id = matter.charge.id
    if matter.question is Question.CHARGE:
        decision = _DECISIONS[answer]
        return partial(
            till.settling.settle_charge, charge_id, decision, note, asked_by, manager_id
        )
    if matter.question is Question.RETURN:
        return partial(till.refunding.settle_return, charge_id, answer, note, manager_id)
    if matter.question is Question.REFUND and matter.refund is not None:
        return partial(till.refunding.settle, matter.refund.id, answer, note, manager_id)
    return partial(till.settling.see, charge_id, matter.question, asked_by, manager_id)
