"""What the Transactions page has done about a payment, each off the GUI thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.charges import Attention
from pos_app.domain.refunds import Refund, RefundStatus
from pos_app.services.payment_view import Said
from pos_app.ui.errors import explain
from pos_app.ui.widgets.detail_acts import DetailAct

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pos_app.domain.errors import PosAppError
    from pos_app.services.history import HistoryDetail
    from pos_app.services.printing import PrintResult
    from pos_app.services.till import Till
    from pos_app.ui.background import Background


class TransactionCommands(QObject):
    """Asks, prints and marks as seen. What comes of it is told in a toast and read anew.

    Attributes:
        person_id: who is at the till, for the journal; None: nobody known.

    Signals:
        begun(DetailAct): it is under way.
        ended(DetailAct, int): it is over, with the payment's id.
        toast_wanted(str): what came of it.
    """

    begun = Signal(object)
    ended = Signal(object, int)
    toast_wanted = Signal(str)

    def __init__(self, till: Till, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._till, self._background = till, background
        self.person_id: int | None = None

    def carry_out(self, act: DetailAct, detail: HistoryDetail) -> None:
        """Begin one of CHECK, CHECK_REFUND, PRINT and SEEN."""
        charge, till = detail.charge, self._till
        if act is DetailAct.CHECK:
            self._run(act, charge.id, partial(till.payments.ask, charge.id), self._on_asked)
        elif act is DetailAct.CHECK_REFUND and detail.open_refund is not None:
            check = partial(till.refunding.check, detail.open_refund.id, self.person_id)
            self._run(act, charge.id, check, self._on_refund_checked)
        elif act is DetailAct.PRINT:
            printing = partial(till.receipts.print, charge.id, self.person_id)
            self._run(act, charge.id, printing, partial(self._on_printed, detail.printed > 0))
        elif act is DetailAct.SEEN:
            who = self.person_id or charge.cashier_id
            seen = partial(till.answers.mark_seen, charge.id, Attention.PAID_LATE, who)
            self._run(act, charge.id, seen, lambda _: None)

    def print_last(self) -> None:
        """Print the receipt of the payment that came last, as a copy."""
        self._background.run(
            partial(_print_last, self._till, self.person_id),
            partial(self._on_printed, True),
            self._on_failed,
            owner=self,
        )

    def _run(
        self,
        act: DetailAct,
        charge_id: int,
        call: Callable[[], Any],
        told: Callable[[Any], None],
    ) -> None:
        def done(result: Any) -> None:
            told(result)
            self.ended.emit(act, charge_id)

        def failed(error: PosAppError) -> None:
            self._on_failed(error)
            self.ended.emit(act, charge_id)

        self.begun.emit(act)
        self._background.run(call, done, failed, owner=self)

    def _on_asked(self, said: Said | None) -> None:
        gateway = self._till.gateway_name
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
        }
        self.toast_wanted.emit(words[said].format(gateway=gateway))

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
        words = explain(error, self._till.gateway_name)
        self.toast_wanted.emit(f"{words.happened} {words.text}".strip())


def _print_last(till: Till, person_id: int | None) -> PrintResult | None:
    charge = till.receipts.last_paid()
    return till.receipts.print(charge.id, person_id) if charge is not None else None
