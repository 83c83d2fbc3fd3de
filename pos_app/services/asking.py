"""One question to the gateway about one charge, and what becomes of the charge by it."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pos_app.domain import card_transitions, code_transitions, transitions
from pos_app.domain.charges import CLOSED_UNPAID, Charge, UnknownReason
from pos_app.domain.errors import GatewayError, GatewayNotSetUp, NotSent, OutcomeUnknown
from pos_app.domain.events import Asked
from pos_app.domain.gateways import repeats_create
from pos_app.domain.outcomes import (
    CodeCreated,
    Inquiry,
    PaymentState,
    RefusalKind,
    Refused,
    Taken,
)
from pos_app.services import schedule
from pos_app.services.payment_view import Check, Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.customers import Purchase
    from pos_app.domain.methods import PaymentMethod
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.connection import Connection
    from pos_app.services.ledger import Ledger

_log = logging.getLogger(__name__)


class Asker:
    """Asks the gateway and applies the answer. The caller holds the right to ask (`Board`)."""

    def __init__(
        self,
        ledger: Ledger,
        gateways: GatewayDirectory,
        connection: Connection,
        life_of: Callable[[PaymentMethod], timedelta],
    ) -> None:
        self._ledger = ledger
        self._board = ledger.board
        self._gateways = gateways
        self._connection = connection
        self._life_of = life_of

    def inquire(self, charge: Charge) -> Inquiry | None:
        """Ask what became of the charge and apply the answer; None when there was none.

        An unpaid answer about something else is none. One that says paid is applied: a person
        has to look at it.

        Raises:
            StorageError: the answer could not be written; it will be asked again.
        """
        asked_at = self._ledger.clock.now()
        self._board.note(charge.id, asked_at=asked_at)
        try:
            answer = self._gateways.for_charge(charge).inquire(charge)
        except GatewayError as trouble:
            if not isinstance(trouble, GatewayNotSetUp):
                self._connection.missed(trouble)
            _log.info("%s: no answer: %s", charge.reference, trouble)
            self.missed(charge, asked_at, Said.NO_ANSWER)
            return None
        self._connection.answered()
        if isinstance(answer, Refused):
            _log.warning("%s: inquire refused: %s", charge.reference, answer.text)
            self.missed(charge, asked_at, Said.REFUSED)
            return None
        if answer.state is not PaymentState.PAID and transitions.contradicts(charge, answer):
            _log.warning("%s: the answer speaks of %s", charge.reference, answer.reference)
            self.missed(charge, asked_at, Said.NO_ANSWER)
            return None
        self._answered(charge, answer, asked_at)
        return answer

    def create(
        self, charge: Charge, purchase: Purchase | None = None
    ) -> CodeCreated | Taken | Inquiry | Refused | GatewayError:
        """Send the create, the first time or again with the same reference; apply the answer.

        Where it must not be sent again once it may have left, the gateway is asked instead.

        Args:
            charge: without a code so far.
            purchase: who buys what, where the gateway needs it.

        Returns:
            The answer, or what prevented it. Only `NotSent` proves that nothing happened.

        Raises:
            StorageError: what came could not be written; the charge is asked about again.
        """
        is_proven = self._is_surely_not_sent(charge)
        if not is_proven and not repeats_create(charge.gateway):
            return self._find_out(charge)
        sent_at = self._ledger.clock.now()
        self._board.note(charge.id, asked_at=sent_at, may_be_sent=True)
        try:
            answer = self._gateways.for_charge(charge).create(charge, purchase)
        except GatewayNotSetUp as trouble:
            if not is_proven:
                self._create_missed(charge, trouble, is_proven=False)
                return trouble
            answer = Refused(RefusalKind.NOT_SET_UP, str(trouble))
        except GatewayError as trouble:
            self._connection.missed(trouble)
            is_proven = is_proven and isinstance(trouble, NotSent)
            self._create_missed(charge, trouble, is_proven=is_proven)
            return trouble
        else:
            self._connection.answered()
        self._board.note(
            charge.id, misses=0, asked_at=None, ended_at=None, answered_at=None, is_resuming=False
        )
        self._apply_create(charge, answer, sent_at)
        return answer

    def lose_card(self, charge: Charge) -> Charge:
        """Call a keyed card that may have been sent, and has no answer, UNKNOWN.

        It is asked about from now on, and never sent again.
        """
        now, life = self._ledger.clock.now(), self._life_of(charge.method)
        return self._ledger.change(
            charge.id,
            "charge_unanswered",
            lambda c: card_transitions.sending_lost(c, now, life),
        )

    def _find_out(self, charge: Charge) -> Inquiry | Refused | GatewayError:
        """Ask about a create that may have left, and apply what it brought."""
        asked_at = self._ledger.clock.now()
        self._board.note(charge.id, asked_at=asked_at)
        try:
            answer = self._gateways.for_charge(charge).inquire(charge)
        except GatewayError as trouble:
            if not isinstance(trouble, GatewayNotSetUp):
                self._connection.missed(trouble)
            self._create_missed(charge, trouble, is_proven=False)
            return trouble
        self._connection.answered()
        if isinstance(answer, Refused) and answer.kind is RefusalKind.NOT_SET_UP:
            no_answer = OutcomeUnknown(answer.text)  # it may have known our key before
            self._create_missed(charge, no_answer, is_proven=False)
            return no_answer
        now = self._ledger.clock.now()
        self._board.note(charge.id, misses=0, ended_at=now, is_resuming=False)
        self._ledger.change(
            charge.id,
            "charge_found_out",
            lambda c: self._found_out(c, answer, asked_at, now),
        )
        return answer

    def _found_out(
        self, charge: Charge, answer: Inquiry | Refused, asked_at: datetime, at: datetime
    ) -> Charge:
        if charge.is_card_keyed:
            life = self._life_of(charge.method)
            return card_transitions.found_out(charge, answer, asked_at, at, life)
        return transitions.found_out(charge, answer, asked_at, at)

    def _is_surely_not_sent(self, charge: Charge) -> bool:
        """Tell whether no try has left so far, and take that note off the disk before the next.

        A crash right after sending must find a charge that *may* have been sent.
        """
        if charge.not_sent_at is None:
            return not self._board.progress(charge.id).may_be_sent
        self._ledger.change(charge.id, "charge_sent_again", transitions.sent_again)
        return True

    def _apply_create(
        self, charge: Charge, answer: CodeCreated | Taken | Refused, sent_at: datetime
    ) -> None:
        now = self._ledger.clock.now()
        if isinstance(answer, Refused):
            self._refuse(charge, answer, now)
            return
        if answer.gateway_id and self.is_taken(charge, answer.gateway_id):
            self._reuse(charge, answer.gateway_id)
            return
        life = self._life_of(charge.method)
        if isinstance(answer, Taken):
            self._ledger.change(
                charge.id,
                "charge_taken",
                lambda c: code_transitions.taken(c, answer, sent_at, now, life),
            )
            return
        self._ledger.change(
            charge.id, "charge_accepted", lambda c: transitions.accepted(c, answer, now, life)
        )

    def _refuse(self, charge: Charge, answer: Refused, at: datetime) -> None:
        self._ledger.change(
            charge.id, "charge_refused", lambda c: transitions.refused(c, answer, at)
        )

    def is_taken(self, charge: Charge, gateway_id: str) -> bool:
        """Tell whether another of our charges has this id of the gateway's (promise 2)."""
        with self._ledger.store.read() as work:
            return work.charges.is_gateway_id_taken(
                charge.gateway, gateway_id, by_other_than=charge.id
            )

    def _reuse(self, charge: Charge, gateway_id: str) -> None:
        self._ledger.change(
            charge.id, "charge_reused", lambda c: transitions.reused(c, gateway_id)
        )

    def _create_missed(self, charge: Charge, trouble: GatewayError, *, is_proven: bool) -> None:
        _log.info("%s: create without an answer: %s", charge.reference, trouble)
        now = self._ledger.clock.now()
        if is_proven:
            self._ledger.change(
                charge.id, "charge_not_sent", lambda c: transitions.not_sent(c, now)
            )
        self._board.update(
            charge.id,
            lambda p: replace(
                p, misses=p.misses + 1, ended_at=now, is_resuming=False, may_be_sent=not is_proven
            ),
        )

    def _answered(self, charge: Charge, answer: Inquiry, asked_at: datetime) -> None:
        now = self._ledger.clock.now()
        was_open = any(check.said is Said.OPEN for check in self._board.progress(charge.id).checks)
        self._board.note(
            charge.id, misses=0, answered_at=asked_at, ended_at=now, is_resuming=False
        )
        self._board.add_check(charge.id, Check(asked_at, Said(answer.state.value)))
        self._ledger.change(
            charge.id,
            "charge_inquired",
            lambda c: transitions.inquired(c, answer, asked_at, now, was_open=was_open),
        )
        self._note_sparse(charge.id, asked_at)
        self._ledger.events.publish(Asked(charge.id))

    def missed(self, charge: Charge, asked_at: datetime, said: Said) -> None:
        """Note a question that brought nothing, and what follows from too many of them."""
        now = self._ledger.clock.now()
        progress = self._board.update(
            charge.id,
            lambda p: replace(p, misses=p.misses + 1, ended_at=now, is_resuming=False),
        )
        self._board.add_check(charge.id, Check(asked_at, said))
        if schedule.is_silent_too_long(charge, progress):
            self._ledger.change(
                charge.id,
                "charge_unanswered",
                lambda c: transitions.unanswered(c, UnknownReason.NO_ANSWER),
            )
        self._ledger.events.publish(Asked(charge.id))

    def _note_sparse(self, charge_id: int, asked_at: datetime) -> None:
        """Write the question down when the next one may be hours away."""
        charge = self._board.charge(charge_id)
        if charge is None or charge.is_paid:
            return
        is_over = charge.code_expires_at is not None and asked_at >= charge.code_expires_at
        if charge.status in CLOSED_UNPAID or charge.stopped_at or is_over:
            self._ledger.note_asked(charge_id, asked_at)
