"""Whether our cancel has returned a payment that landed around it: asked of the gateway's list.

Until the list or a person says so the full amount is held back (design.md, promise 6).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pos_app.domain import refund_transitions as transitions
from pos_app.domain.errors import GatewayError, NoShiftError
from pos_app.domain.refunds import is_perhaps_returned
from pos_app.domain.returns import find_return

if TYPE_CHECKING:
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.refund_book import RefundBook

_log = logging.getLogger(__name__)

REASON = "Paid while it was being cancelled"
"""The reason on the record and its slip; nobody has to give one."""


class Returns:
    """Finds returned payments. May always be repeated: it moves no money."""

    def __init__(self, book: RefundBook, gateways: GatewayDirectory) -> None:
        self._book = book
        self._gateways = gateways

    def look(self, charge_id: int) -> None:
        """Look for the return of a payment in doubt; the caller holds the right to ask.

        What the list shows is kept as a cancel of the paid charge that is done: it counts as
        refunded in the shift that is open now. Not being in the list proves nothing, and then
        the charge stays in doubt.

        Raises:
            StorageError: nothing has changed; it is asked again.
        """
        ledger = self._book.ledger
        now = ledger.clock.now()
        ledger.board.note(charge_id, asked_at=now)
        ledger.note_asked(charge_id, now)
        standing = self._book.standing(charge_id)
        charge = standing.charge
        if not is_perhaps_returned(charge, standing.refunds):
            return
        try:
            found = find_return(charge, self._gateways.for_charge(charge).transactions())
        except GatewayError as trouble:
            _log.info("%s: no list to look in: %s", charge.reference, trouble)
            return
        if found is None:
            return
        try:
            record = self._book.note_return(charge_id, REASON)
        except NoShiftError:
            _log.info("%s was returned; it counts when a shift is open", charge.reference)
            return
        if record is not None:
            at = ledger.clock.now()
            self._book.change(
                record.id,
                "refund_answered",
                lambda one: transitions.returned(one, found.gateway_id, at),
            )
