"""What became of refunds without a final answer: asked of the gateway, for as long as promised.

Nothing is sent but questions, so that all of it may be repeated: no money moves.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pos_app.domain.errors import GatewayNotSetUp, NotSent, OutcomeUnknown
from pos_app.domain.outcomes import RefundDone
from pos_app.domain.reconciliation import match_refunds
from pos_app.domain.refunds import Refund, RefundStatus, is_perhaps_returned
from pos_app.services.listing import listing_of

if TYPE_CHECKING:
    from pos_app.gateways.base import Gateway
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.refund_book import RefundBook, Standing
    from pos_app.services.returning import Returns

_log = logging.getLogger(__name__)


class RefundAsker:
    """Asks about the refunds of one charge. The caller holds the right to ask (`Board`)."""

    def __init__(self, book: RefundBook, gateways: GatewayDirectory, returns: Returns) -> None:
        self._book = book
        self._gateways = gateways
        self._returns = returns

    def ask(self, charge_id: int) -> None:
        """Find out what became of every refund of a charge that has no final answer.

        What the gateway has accepted is asked about by its id. Everything else is looked for in
        the gateway's list: not being there proves nothing, and it stays as it is. One whose
        request has been on its way for longer than any takes is UNKNOWN from now on.

        Raises:
            NotSent: nothing was asked; ask again.
            GatewayNotSetUp: the charge's gateway or token is gone; nothing was asked.
            StorageError: what came could not be written down; ask again.
        """
        asked_at = self._book.ledger.clock.now()
        for refund in self._book.standing(charge_id).refunds:
            self._book.give_up_waiting(refund)
        standing = self._book.standing(charge_id)
        if is_perhaps_returned(standing.charge, standing.refunds):
            self._returns.look(charge_id)
        else:
            self._find_out(standing)
        if any(one.is_watched for one in self._book.standing(charge_id).refunds):
            self._book.note_asked(charge_id, asked_at)

    def watch(self, charge_id: int) -> None:
        """Ask as the watcher does: one that could not leave is asked again soon.

        Raises:
            StorageError: what came could not be written down; it is asked again.
        """
        ledger = self._book.ledger
        try:
            self.ask(charge_id)
        except (NotSent, GatewayNotSetUp) as trouble:
            _log.info("refunds of charge %s: nothing was asked: %s", charge_id, trouble)
            misses = ledger.board.progress(charge_id).misses + 1
        else:
            misses = 0
        if ledger.board.charge(charge_id) is not None:
            ledger.board.note(charge_id, misses=misses, ended_at=ledger.clock.now())

    def end_watch(self, refund: Refund) -> None:
        """Ask about a refund no more: it is for a person now.

        Raises:
            StorageError: nothing has changed.
        """
        self._book.end_watch(refund.id)

    def _find_out(self, standing: Standing) -> None:
        waiting = [one for one in standing.refunds if one.is_unanswered]
        if not waiting:
            return
        gateway = self._gateways.for_charge(standing.charge)
        accepted = [one for one in waiting if _is_accepted(one)]
        for refund in accepted:
            self._ask_about(gateway, standing, refund)
        if len(accepted) < len(waiting):
            self._look_for(gateway, standing)

    def _ask_about(self, gateway: Gateway, standing: Standing, refund: Refund) -> None:
        try:
            answer = gateway.inquire_refund(standing.charge, refund.gateway_id or "")
        except OutcomeUnknown as trouble:
            _log.info("%s: still no answer: %s", refund.reference, trouble)
        else:
            self._book.learn(refund.id, answer)

    def _look_for(self, gateway: Gateway, standing: Standing) -> None:
        charge = standing.charge
        try:
            listing = listing_of(gateway, charge)
        except OutcomeUnknown as trouble:
            _log.info("%s: no list to look in: %s", charge.reference, trouble)
            return
        for found, gateway_id in match_refunds(charge, standing.refunds, listing).found:
            self._book.learn(found.id, RefundDone(gateway_id))


def _is_accepted(refund: Refund) -> bool:
    return refund.status is RefundStatus.PENDING and refund.gateway_id is not None
