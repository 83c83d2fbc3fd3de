"""Giving an unpaid charge up: inquire, cancel, inquire (design.md 3; citcon.md, cancel)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pos_app.domain import transitions
from pos_app.domain.charges import Charge, ChargeStatus
from pos_app.domain.errors import GatewayError, GatewayNotSetUp, NotSent
from pos_app.domain.outcomes import CancelAnswer, CancelResult, PaymentState, Refused
from pos_app.services.payment_view import CancelRefusal

if TYPE_CHECKING:
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.asking import Asker
    from pos_app.services.ledger import Ledger

_log = logging.getLogger(__name__)
_DONE = {CancelResult.CANCELLED, CancelResult.DUPLICATE}


class Canceller:
    """Cancels unpaid charges. May be repeated: a second cancel is answered "duplicate".

    A payment that lands between the first inquire and the cancel is returned in full by the
    gateway; the second inquire shows it, and the charge ends PAID with a note for a person.
    """

    def __init__(self, ledger: Ledger, asker: Asker, gateways: GatewayDirectory) -> None:
        self._ledger = ledger
        self._board = ledger.board
        self._asker = asker
        self._gateways = gateways

    def cancel(self, charge_id: int, who: int | None) -> None:
        """Cancel one charge, taking over its right to ask; what became of it is on the board.

        Raises:
            StorageError: nothing was sent, or what came could not be written; ask again.
        """
        self._board.note(charge_id, is_cancelling=True, cancel_refusal=None)
        try:
            with self._board.asking(charge_id, wait=True):
                self.go_on(charge_id, who)
        finally:
            self._board.note(charge_id, is_cancelling=False)

    def go_on(self, charge_id: int, who: int | None = None) -> None:
        """Inquire, cancel, inquire; the caller holds the right to ask.

        The program calls it again for a cancel whose answer was lost, and for a charge whose
        sale was left before its code was known.
        """
        charge = self._board.charge(charge_id)
        if charge is None or not charge.can_cancel:
            return
        was_requested = charge.cancel_requested_at is not None
        answer = self._asker.inquire(charge)
        if answer is None:
            if not was_requested:
                self._refuse(charge_id, CancelRefusal.UNREACHABLE)
            return
        if answer.state is not PaymentState.OPEN:
            return
        now = self._ledger.clock.now()
        charge = self._ledger.change(
            charge_id, "cancel_requested", lambda c: transitions.cancel_requested(c, now), who
        )
        if charge.cancel_requested_at is not None:
            self._send(charge, was_requested=was_requested)

    def _send(self, charge: Charge, *, was_requested: bool) -> None:
        try:
            answer = self._gateways.for_charge(charge).cancel(charge)
        except GatewayError as trouble:
            _log.info("%s: cancel without an answer: %s", charge.reference, trouble)
            was_sent = not isinstance(trouble, NotSent | GatewayNotSetUp)
            if was_sent or was_requested:
                self._ledger.change(charge.id, "cancel_lost", transitions.cancel_lost)
                self._asker.inquire(self._board.charge(charge.id) or charge)
            else:
                self._refuse(charge.id, CancelRefusal.UNREACHABLE)
            return
        self._apply(charge, answer)

    def _apply(self, charge: Charge, answer: CancelAnswer | Refused) -> None:
        if isinstance(answer, Refused) or answer.result not in _DONE:
            _log.info("%s: cancel refused: %s", charge.reference, answer.text)
            is_window = (
                isinstance(answer, CancelAnswer) and answer.result is CancelResult.NOT_IN_WINDOW
            )
            self._refuse(charge.id, CancelRefusal.WINDOW if is_window else CancelRefusal.FAILED)
            return
        now = self._ledger.clock.now()
        self._ledger.change(
            charge.id, "cancel_confirmed", lambda c: transitions.cancel_confirmed(c, now)
        )
        self._asker.inquire(self._board.charge(charge.id) or charge)
        self._close(charge.id)

    def _close(self, charge_id: int) -> None:
        """The gateway confirmed the cancel: unless the last inquire says paid, it is closed.

        An unanswered last inquire changes nothing about the confirmation; the sparse watch goes
        on asking and catches a payment that had landed before (promise 6).
        """
        now = self._ledger.clock.now()
        self._ledger.change(charge_id, "charge_cancelled", lambda c: transitions.cancelled(c, now))

    def _refuse(self, charge_id: int, refusal: CancelRefusal) -> None:
        self._ledger.change(charge_id, "cancel_refused", transitions.cancel_refused)
        charge = self._board.charge(charge_id)
        if charge is not None and charge.status is ChargeStatus.WAITING:
            self._board.note(charge_id, cancel_refusal=refusal)
