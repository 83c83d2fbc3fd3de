"""Whether our cancel has returned a payment that landed around it: asked of the gateway's list.

Until the list or a person says so the full amount is held back (design.md, promise 6).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pos_app.domain import refund_transitions as transitions
from pos_app.domain.errors import GatewayError, NoShiftError
from pos_app.domain.refunds import is_perhaps_returned
from pos_app.services.listing import listing_of

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.domain.reconciliation import Listing
    from pos_app.domain.refunds import Refund
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

        Not being in the list proves nothing, and then the charge stays in doubt.

        Raises:
            StorageError: nothing has changed; it is asked again.
        """
        ledger = self._book.ledger
        now = ledger.clock.now()
        if ledger.board.charge(charge_id) is not None:
            ledger.board.note(charge_id, asked_at=now)
        ledger.note_asked(charge_id, now)
        standing = self._book.standing(charge_id)
        charge = standing.charge
        if not is_perhaps_returned(charge, standing.refunds):
            return
        try:
            listing = listing_of(self._gateways.for_charge(charge), charge)
        except GatewayError as trouble:
            _log.info("%s: no list to look in: %s", charge.reference, trouble)
            return
        self.learn(charge, listing)

    def learn(self, charge: Charge, listing: Listing) -> Refund | None:
        """Keep the return that the list shows as a cancel of the paid charge that is done.

        It counts as refunded in the shift that is open now.

        Args:
            charge: in doubt.
            listing: what the list has of it.

        Returns:
            The record; None when the list does not show that the whole has gone back, which
            proves nothing, or when no shift is open: then it is for later.

        Raises:
            StorageError: nothing has changed.
        """
        if listing.gone(charge.amount.currency) != charge.amount:
            return None
        try:
            record = self._book.note_return(charge.id, REASON)
        except NoShiftError:
            _log.info("%s was returned; it counts when a shift is open", charge.reference)
            return None
        if record is None:
            return None
        gateway_id = listing.refunds[0].gateway_id if len(listing.refunds) == 1 else None
        now = self._book.ledger.clock.now()
        return self._book.change(
            record.id, "refund_answered", lambda one: transitions.returned(one, gateway_id, now)
        )
