"""Refund… and Cancel whole payment… of any page: what opens their dialogs (ux.md 6.4, 6.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos_app.domain.advice import Advice, Why
from pos_app.domain.errors import PosAppError
from pos_app.domain.gateways import gateway_name
from pos_app.ui.errors import explain
from pos_app.ui.pages.returning import Returning
from pos_app.ui.widgets.dialog import is_kept_open

if TYPE_CHECKING:
    from pos_app.domain.people import Person
    from pos_app.services.till import Till
    from pos_app.ui.background import Background
    from pos_app.ui.dialogs.money_back_dialog import MoneyBackDialog, MoneyBackView

translate = QCoreApplication.translate

_NEITHER: Mapping[Why, object] = MappingProxyType({
    Why.NOT_PAID: QT_TRANSLATE_NOOP("Refund", "This payment isn’t known to be paid."),
    Why.HELD_BACK: QT_TRANSLATE_NOOP(
        "Refund", "What is left of this payment may have gone back already. Find that out first."
    ),
    Why.ALL_REFUNDED: QT_TRANSLATE_NOOP("Refund", "All of this payment has been refunded."),
})  # fmt: skip


class MoneyBack(QObject):
    """Opens the refund and cancel dialogs over a page, one at a time.

    Args:
        page: over whose window the dialogs open.

    Signals:
        changed(int): a refund of the charge of this id is on disk, or has changed.
        settle_wanted(int): settle by hand what is unknown of this charge.
        toast_wanted(str): why no dialog opened, or what became of a refund whose dialog is gone.
        sound_wanted(str): "attention", "no" or "limit".
        refund_changed(RefundChanged): comes in: what the window has heard of any refund.
    """

    changed = Signal(int)
    settle_wanted = Signal(int)
    toast_wanted = Signal(str)
    sound_wanted = Signal(str)
    refund_changed = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._till: Till | None = None
        self._background: Background | None = None
        self._person: Person | None = None
        self._is_opening = False

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services."""
        self._till, self._background = till, background

    def tell_person(self, person: Person) -> None:
        """Know who is signed in: who asks, and perhaps approves."""
        self._person = person

    @Slot(int)
    def refund(self, charge_id: int) -> None:
        """Ask how much of a charge shall go back, and see to it."""
        self._look(charge_id, self._ask_refund)

    @Slot(int)
    def cancel_paid(self, charge_id: int) -> None:
        """Ask whether a paid charge shall be cancelled as a whole, and see to it."""
        self._look(charge_id, self._ask_cancel)

    def _look(self, charge_id: int, ask: Callable[[MoneyBackView], None]) -> None:
        if self._till is None or self._background is None or self._is_opening:
            return
        self._is_opening = True

        def opened(view: MoneyBackView) -> None:
            self._is_opening = False
            ask(view)

        call = partial(_view_of, self._till, charge_id, self._person)
        self._background.run(call, opened, self._not_opened, owner=self)

    def _not_opened(self, error: PosAppError) -> None:
        self._is_opening = False
        words = explain(error)
        self.toast_wanted.emit(f"{words.happened} {words.text}".strip())

    def _ask_refund(self, view: MoneyBackView) -> None:
        if not view.standing.can_refund:
            self.toast_wanted.emit(_why_not(view.advice))
            return
        from pos_app.ui.dialogs.refund_dialog import RefundDialog

        self._open(RefundDialog(self._page, view))

    def _ask_cancel(self, view: MoneyBackView) -> None:
        if not view.standing.can_cancel:
            self.toast_wanted.emit(translate("Refund", "Too late to cancel. Use Refund instead."))
            return
        from pos_app.ui.dialogs.cancel_paid import CancelPaidDialog

        self._open(CancelPaidDialog(self._page, view))

    def _open(self, dialog: MoneyBackDialog) -> None:
        if self._till is None or self._background is None or self._person is None:
            return
        if is_kept_open(self._page.window()):
            return
        course = Returning(dialog, self._till, self._background, self._person.id, self)
        self.refund_changed.connect(course.follow)
        course.changed.connect(self.changed)
        course.settle_wanted.connect(self.settle_wanted)
        course.refund_wanted.connect(self.refund)
        course.told.connect(self.toast_wanted)
        course.sound_wanted.connect(self.sound_wanted)
        dialog.open()


def _view_of(till: Till, charge_id: int, person: Person | None) -> MoneyBackView:
    from pos_app.ui.dialogs.money_back_dialog import MoneyBackView

    standing = till.refunding.standing(charge_id)
    return MoneyBackView(
        standing=standing,
        advice=till.refunding.advice(charge_id),
        people=till.people.everyone(),
        signed_in=person,
        gateway=gateway_name(standing.charge.gateway) or till.gateway_name,
        now=till.clock.now(),
        is_training=till.is_training,
    )


def _why_not(advice: Advice) -> str:
    return translate("Refund", str(_NEITHER.get(advice.why, _NEITHER[Why.HELD_BACK])))
