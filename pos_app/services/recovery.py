"""Picking up at start where the program ended, however it ended."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from pos_app.domain import code_transitions, transitions
from pos_app.domain.charges import Charge, ChargeStatus
from pos_app.domain.errors import StorageError
from pos_app.services.watching import LEASE

if TYPE_CHECKING:
    from pos_app.services.checkout import Checkout
    from pos_app.services.ledger import Ledger

_log = logging.getLogger(__name__)

AT_THE_COUNTER = timedelta(minutes=10)
"""A younger payment is opened again: its customer may still stand there (ux.md, `resumed`)."""

CONTACTS_KEPT = timedelta(days=30)
"""How long a customer can be reached after the payment was settled (ux.md 6.3)."""


class Recovery:
    """Finds what was open, and finishes what had been begun.

    A charge whose create may or may not have been sent is created again with its own reference,
    which gives the gateway's earlier transaction if there is one: never a second charge. Where the
    gateway would refuse that, it is asked about instead (`Asker.create`). A keyed card is never
    sent again, for it is not kept: the charge is asked about, or closed if the card surely never
    left. A cancel that had been asked for goes on by itself (`Canceller.go_on`). Everything else
    is asked about at once by the watcher.
    """

    def __init__(self, ledger: Ledger, checkout: Checkout, owner: str) -> None:
        self._ledger = ledger
        self._checkout = checkout
        self._owner = owner

    def take_up(self) -> tuple[Charge, ...]:
        """Take every open charge in hand; returns those to open on the screen, newest first.

        Call it once, before the watcher starts.

        Raises:
            StorageError: nothing is known of earlier charges; charge nothing.
        """
        now = self._ledger.clock.now()
        with self._ledger.store.write() as work:
            leased = work.charges.lease_open(self._owner, now, now + LEASE)
            work.contacts.forget(now - CONTACTS_KEPT)
        return tuple(charge for charge in map(self._take, leased) if self._is_fresh(charge))

    def send_again(self, charges: tuple[Charge, ...]) -> None:
        """Ask for the code of every charge that has none yet. Blocks: for a worker thread."""
        for charge in charges:
            if charge.can_send_again:
                try:
                    self._checkout.send(charge.id)
                except StorageError as trouble:
                    _log.warning("%s is sent again later: %s", charge.reference, trouble)

    def _take(self, charge: Charge) -> Charge:
        board = self._ledger.board
        board.put(charge)
        if not charge.is_living:
            return charge
        is_fresh = self._is_fresh(charge)
        if charge.is_customer_presented:
            return self._take_up_code(charge)
        if charge.is_card_keyed and charge.is_unanswered:
            charge = self._checkout.give_card_up(charge.id)
            board.note(charge.id, is_resuming=charge.is_living)
            return charge
        if charge.status is ChargeStatus.CREATED and charge.left_at is None and not is_fresh:
            now = self._ledger.clock.now()
            return self._ledger.change(
                charge.id, "charge_left", lambda c: transitions.left(c, now)
            )
        sending_since = self._ledger.clock.now() if charge.can_send_again and is_fresh else None
        board.note(charge.id, is_resuming=True, sending_since=sending_since)
        return charge

    def _take_up_code(self, charge: Charge) -> Charge:
        """Never send a customer's code again: look what became of it, and cancel in time.

        As `CodeAsker.plan_cancel`, with which the watcher takes over what another till had.
        """
        charge = self._ledger.change(charge.id, "charge_unanswered", code_transitions.taking_lost)
        self._ledger.board.note(
            charge.id, is_resuming=True, cancel_again_at=charge.code_expires_at
        )
        return charge

    def _is_fresh(self, charge: Charge) -> bool:
        is_on_screen = not (charge.left_at or charge.put_aside_at or charge.stopped_at)
        age = self._ledger.clock.now() - charge.created_at
        return charge.is_living and is_on_screen and age < AT_THE_COUNTER
