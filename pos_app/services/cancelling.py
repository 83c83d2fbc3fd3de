"""Giving an unpaid charge up: inquire, cancel, inquire (design.md 3; citcon.md, cancel).

What a wallet refuses because it is too early is planned again for when its window opens. The plan
is memory only, so the end of the program withdraws it: whoever wanted it may not stand there any
more, the payment comes back on the screen or the list, where it can be cancelled by hand, and its
code runs out by itself.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pos_app.domain import transitions
from pos_app.domain.cancel_windows import unpaid_cancel_opens_at
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
AGAIN_AFTER = timedelta(seconds=30)
"""A planned cancel for which the gateway could not be reached is planned again so much later."""


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

    def is_due(self, charge: Charge) -> bool:
        """Tell whether a cancel that was refused before its window opened is to be tried again."""
        again_at = self._board.progress(charge.id).cancel_again_at
        is_time = again_at is not None and self._ledger.clock.now() >= again_at
        return is_time and charge.can_cancel and not charge.is_decided

    def try_again(self, charge_id: int) -> None:
        """Carry a planned cancel out, once; the caller holds the right to ask.

        Only after an inquire that says it is still unpaid; what was paid meanwhile stays paid.

        Raises:
            StorageError: as `cancel`.
        """
        if not self._is_open(charge_id):
            return
        self._board.note(charge_id, is_cancelling=True)
        try:
            self._request(charge_id, None)
        finally:
            self._board.note(charge_id, is_cancelling=False)

    def go_on(self, charge_id: int, who: int | None = None) -> None:
        """Inquire, cancel, inquire; the caller holds the right to ask.

        The program calls it again for a cancel whose answer was lost, and for a charge whose
        sale was left before its code was known.
        """
        if self._is_open(charge_id):
            self._request(charge_id, who)

    def _is_open(self, charge_id: int) -> bool:
        charge = self._board.charge(charge_id)
        if charge is None or not charge.can_cancel:
            return False
        answer = self._asker.inquire(charge)
        if answer is None and charge.cancel_requested_at is None:
            self._refuse(charge_id, CancelRefusal.UNREACHABLE)
        return answer is not None and answer.state is PaymentState.OPEN

    def _request(self, charge_id: int, who: int | None) -> None:
        before = self._board.charge(charge_id)
        was_requested = before is not None and before.cancel_requested_at is not None
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
        if charge is None:
            return
        self._board.note(charge_id, cancel_again_at=self._next_try(charge, refusal))
        if charge.status is ChargeStatus.WAITING:
            self._board.note(charge_id, cancel_refusal=refusal)

    def _next_try(self, charge: Charge, refusal: CancelRefusal) -> datetime | None:
        """Return when to try again by itself what was refused now."""
        now = self._ledger.clock.now()
        if charge.put_aside_at is not None or charge.shown_at is None:
            return None
        if refusal is CancelRefusal.WINDOW:
            opens_at = unpaid_cancel_opens_at(charge)
            return opens_at if now < opens_at else None
        planned_at = self._board.progress(charge.id).cancel_again_at
        if planned_at is None or refusal is CancelRefusal.FAILED:
            return None
        return max(planned_at, now + AGAIN_AFTER)
