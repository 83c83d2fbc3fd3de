"""Sending a customer's code, and looking for it in the gateway's list when its answer was lost."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pos_app.domain import code_transitions
from pos_app.domain.charges import Charge
from pos_app.domain.customer_codes import CONFIRM_WITHIN
from pos_app.domain.errors import GatewayError, GatewayNotSetUp, NotSent
from pos_app.domain.events import Asked
from pos_app.domain.outcomes import ListedKind, ListedPayment, Refused
from pos_app.gateways.directory import taking_codes
from pos_app.services.payment_view import Check, Said

if TYPE_CHECKING:
    from pos_app.domain.customer_codes import CustomerCode
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.asking import Asker
    from pos_app.services.connection import Connection
    from pos_app.services.ledger import Ledger

_log = logging.getLogger(__name__)


class CodeAsker:
    """Does for customers' codes what `Asker` does for ours. The caller holds the right to ask."""

    def __init__(
        self, ledger: Ledger, gateways: GatewayDirectory, connection: Connection, asker: Asker
    ) -> None:
        self._ledger = ledger
        self._board = ledger.board
        self._gateways = gateways
        self._connection = connection
        self._asker = asker

    def take(self, charge: Charge, code: CustomerCode) -> None:
        """Send the customer's code, the only time, and apply what comes of it.

        Raises:
            StorageError: what came could not be written; the gateway's list is asked.
        """
        sent_at = self._ledger.clock.now()
        self._board.note(charge.id, asked_at=sent_at, may_be_sent=True)
        try:
            answer = taking_codes(self._gateways.for_charge(charge)).take(charge, code)
        except GatewayError as trouble:
            if not isinstance(trouble, GatewayNotSetUp):
                self._connection.missed(trouble)
            _log.info("%s: a code without an answer: %s", charge.reference, trouble)
            self._take_missed(charge, is_proven=isinstance(trouble, NotSent | GatewayNotSetUp))
            return
        self._connection.answered()
        now = self._ledger.clock.now()
        self._board.note(charge.id, misses=0, ended_at=now, answered_at=sent_at)
        if isinstance(answer, Refused):
            self._ledger.change(
                charge.id, "charge_refused", lambda c: code_transitions.refused(c, answer, now)
            )
        elif answer.gateway_id and self._asker.is_taken(charge, answer.gateway_id):
            gateway_id = answer.gateway_id
            self._ledger.change(
                charge.id, "charge_reused", lambda c: code_transitions.reused(c, gateway_id)
            )
        else:
            self._ledger.change(
                charge.id,
                "charge_taken",
                lambda c: code_transitions.taken(c, answer, sent_at, now, CONFIRM_WITHIN),
            )
            self.plan_cancel(charge.id)

    def _take_missed(self, charge: Charge, *, is_proven: bool) -> None:
        now = self._ledger.clock.now()
        self._board.note(charge.id, ended_at=now)
        if is_proven:
            self._ledger.change(
                charge.id, "charge_not_sent", lambda c: code_transitions.not_taken(c, now)
            )
        else:
            self._ledger.change(charge.id, "charge_unanswered", code_transitions.taking_lost)

    def find(self, charge: Charge) -> None:
        """Look for a charge without a gateway id in the gateway's list, and ask about it then.

        For a customer's code whose answer was lost. That it is not there proves nothing, not
        even at a second look: it is noted, for the person who has to find out.

        Raises:
            StorageError: what was found could not be written; it is looked for again.
        """
        asked_at = self._ledger.clock.now()
        self._board.note(charge.id, asked_at=asked_at)
        self._ledger.change(charge.id, "charge_unanswered", code_transitions.taking_lost)
        try:
            entries = self._gateways.for_charge(charge).transactions()
        except GatewayError as trouble:
            _log.info("%s: no list to look in: %s", charge.reference, trouble)
            self._asker.missed(charge, asked_at, Said.NO_ANSWER)
            return
        now = self._ledger.clock.now()
        self._board.note(charge.id, misses=0, ended_at=now, is_resuming=False)
        self._ledger.note_asked(charge.id, asked_at)
        ids = [one.gateway_id for one in entries if _is_payment_of(charge, one)]
        gateway_id = next(filter(None, ids), None)
        if gateway_id is None:
            self._board.add_check(charge.id, Check(asked_at, Said.NOT_LISTED))
            self._ledger.events.publish(Asked(charge.id))
            return
        after = self._ledger.change(
            charge.id,
            "charge_found",
            lambda c: code_transitions.found(c, gateway_id, now, CONFIRM_WITHIN),
        )
        self.plan_cancel(charge.id)
        self._asker.inquire(after)

    def plan_cancel(self, charge_id: int) -> None:
        """Let the watcher cancel what the customer has not confirmed in time (ux.md 6.11).

        To be told again of a charge that comes into this program's hands from another: the plan
        is memory only, the end of the customer's time is on disk. Ignores charges by our codes.
        """
        charge = self._board.charge(charge_id)
        if charge is not None and charge.is_living and charge.is_customer_presented:
            self._board.note(charge_id, cancel_again_at=charge.code_expires_at)


def _is_payment_of(charge: Charge, entry: ListedPayment) -> bool:
    return entry.kind is ListedKind.CHARGE and entry.reference == charge.reference
