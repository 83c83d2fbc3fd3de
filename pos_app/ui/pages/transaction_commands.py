"""What the Transactions page has done about a payment, off the GUI thread or in a dialog."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.charges import Attention
from pos_app.domain.gateways import gateway_name
from pos_app.domain.refunds import Refund, RefundStatus
from pos_app.services.payment_view import Said
from pos_app.ui.errors import explain
from pos_app.ui.pages.money_back import MoneyBack
from pos_app.ui.pages.settling import Settling
from pos_app.ui.widgets.detail_acts import DetailAct

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pos_app.domain.errors import PosAppError
    from pos_app.domain.people import Person
    from pos_app.services.history import HistoryDetail
    from pos_app.services.looking import Look
    from pos_app.services.printing import PrintResult
    from pos_app.services.till import Till
    from pos_app.ui.background import Background


class TransactionCommands(QObject):
    """Carries out the acts of the panel. What comes of them is told in a toast and read anew.

    Args:
        page: over whose window the dialogs open.

    Signals:
        begun(DetailAct): it is under way.
        ended(DetailAct): it is over.
        changed(int): something about the charge of this id may have changed.
        open_wanted(int): show the payment page for this charge.
        toast_wanted(str): what came of it.
        sound_wanted(str): "attention", "no" or "limit".
        refund_changed(RefundChanged): comes in: what the window has heard of any refund.
    """

    begun = Signal(object)
    ended = Signal(object)
    changed = Signal(int)
    open_wanted = Signal(int)
    toast_wanted = Signal(str)
    sound_wanted = Signal(str)
    refund_changed = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._till: Till | None = None
        self._background: Background | None = None
        self._person_id: int | None = None
        self._money_back = MoneyBack(page)
        self._settling = Settling(page)
        for part in (self._money_back, self._settling):
            part.changed.connect(self.changed)
            part.toast_wanted.connect(self.toast_wanted)
            part.sound_wanted.connect(self.sound_wanted)
        self._money_back.settle_wanted.connect(self._settling.settle)
        self.refund_changed.connect(self._money_back.refund_changed)

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services."""
        self._till, self._background = till, background
        self._money_back.connect_till(till, background)
        self._settling.connect_till(till, background)

    def tell_person(self, person: Person) -> None:
        """Know who is at the till, for the journal."""
        self._person_id = person.id
        self._money_back.tell_person(person)
        self._settling.tell_person(person)

    def carry_out(self, act: DetailAct, detail: HistoryDetail) -> None:
        """Begin what a button says about a payment."""
        elsewhere: dict[DetailAct, Callable[[int], None]] = {
            DetailAct.OPEN: self.open_wanted.emit,
            DetailAct.SETTLE: self._settling.settle,
            DetailAct.REFUND: self._money_back.refund,
            DetailAct.CANCEL_PAID: self._money_back.cancel_paid,
        }
        if act in elsewhere:
            elsewhere[act](detail.charge.id)
        elif self._till is not None:
            self._begin(act, detail, self._till)

    def print_last(self) -> None:
        """Print the receipt of the payment that came last, as a copy."""
        if self._till is None or self._background is None:
            return
        self._background.run(
            partial(_print_last, self._till, self._person_id),
            partial(self._on_printed, True),
            self._on_failed,
            owner=self,
        )

    def _begin(self, act: DetailAct, detail: HistoryDetail, till: Till) -> None:
        charge, who = detail.charge, self._person_id
        gateway = gateway_name(charge.gateway) or till.gateway_name
        if act is DetailAct.CHECK and charge.is_paid:
            look, told = partial(till.looking.look, charge.id), partial(self._on_looked, gateway)
            self._run(act, charge.id, look, told)
        elif act is DetailAct.CHECK:
            ask, told = partial(till.payments.ask, charge.id), partial(self._on_asked, gateway)
            self._run(act, charge.id, ask, told)
        elif act is DetailAct.CHECK_REFUND and detail.open_refund is not None:
            check = partial(till.refunding.check, detail.open_refund.id, who)
            self._run(act, charge.id, check, self._on_refund_checked)
        elif act is DetailAct.PRINT:
            printing = partial(till.receipts.print, charge.id, who)
            self._run(act, charge.id, printing, partial(self._on_printed, detail.printed > 0))
        elif act is DetailAct.SEEN:
            seer = who or charge.cashier_id
            seen = partial(till.answers.mark_seen, charge.id, Attention.PAID_LATE, seer)
            self._run(act, charge.id, seen, lambda _: None)

    def _run(
        self,
        act: DetailAct,
        charge_id: int,
        call: Callable[[], Any],
        told: Callable[[Any], None],
    ) -> None:
        def done(result: Any) -> None:
            told(result)
            end()

        def failed(error: PosAppError) -> None:
            self._on_failed(error)
            end()

        def end() -> None:
            self.ended.emit(act)
            self.changed.emit(charge_id)

        if self._background is not None:
            self.begun.emit(act)
            self._background.run(call, done, failed, owner=self)

    @property
    def _gateway(self) -> str:
        return self._till.gateway_name if self._till is not None else ""

    def _on_asked(self, gateway: str, said: Said | None) -> None:
        if said is None:
            self.toast_wanted.emit(self.tr("Checked. What is known is shown here."))
            return
        words = {
            Said.OPEN: self.tr("Checked. It hasn’t been paid yet."),
            Said.PAID: self.tr("Checked. {gateway} says it is paid."),
            Said.EXPIRED: self.tr("Checked. {gateway} says it has expired unpaid."),
            Said.DECLINED: self.tr("Checked. {gateway} says it was declined."),
            Said.REFUSED: self.tr("{gateway} didn’t accept the question. Nothing has changed."),
            Said.NO_ANSWER: self.tr("No answer from {gateway}. Nothing has changed."),
            Said.NOT_LISTED: self.tr("Checked. {gateway}’s list doesn’t have this payment."),
        }
        self.toast_wanted.emit(words[said].format(gateway=gateway))

    def _on_looked(self, gateway: str, look: Look) -> None:
        if look.differs:
            words = self.tr("Checked. Not everything agrees with {gateway}. Call a manager.")
        elif look.is_answered:
            words = self.tr("Checked. {gateway} says it is paid.")
        else:
            words = self.tr("No answer from {gateway}. Nothing has changed.")
        self.toast_wanted.emit(words.format(gateway=gateway))

    def _on_refund_checked(self, refund: Refund) -> None:
        words = {
            RefundStatus.DONE: self.tr("Checked. The money went back."),
            RefundStatus.REFUSED: self.tr("Checked. No money moved."),
            RefundStatus.PENDING: self.tr("Checked. The refund is on its way."),
        }
        unknown = self.tr("Still no answer. The amount stays held back.")
        self.toast_wanted.emit(words.get(refund.status, unknown))

    def _on_printed(self, is_copy: bool, result: PrintResult | None) -> None:
        if result is None:
            words = self.tr("There is no receipt yet.")
        elif result.is_printed:
            copy = self.tr("Printed again, marked as a copy.")
            words = copy if is_copy else self.tr("Receipt printed.")
        elif result.saved_to is not None:
            copy = self.tr("Saved as PDF, marked as a copy.")
            words = copy if is_copy else self.tr("Receipt saved as PDF.")
        else:
            words = self.tr(
                "Receipt not printed. The printer isn’t answering. The payment is safe."
            )
        self.toast_wanted.emit(words)

    def _on_failed(self, error: PosAppError) -> None:
        words = explain(error, self._gateway)
        self.toast_wanted.emit(f"{words.happened} {words.text}".strip())


def _print_last(till: Till, person_id: int | None) -> PrintResult | None:
    charge = till.receipts.last_paid()
    return till.receipts.print(charge.id, person_id) if charge is not None else None
