"""Money back: refunds, cancels of paid charges, and what became of them (design.md, promise 5)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pos_app.domain import refund_transitions as transitions
from pos_app.domain.errors import (
    GatewayError,
    GatewayNotSetUp,
    NotSent,
    OutcomeUnknown,
    StorageError,
)
from pos_app.domain.refunds import (
    Decision,
    Refund,
    RefundKind,
    check_words,
    is_perhaps_returned,
)
from pos_app.services.refund_book import RefundBook, RefundWish, Standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.advice import Advice
    from pos_app.domain.money import Money
    from pos_app.domain.outcomes import CancelAnswer, RefundAnswer, Refused
    from pos_app.gateways.base import Gateway
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.gateway_day import GatewayDay
    from pos_app.services.refund_asking import RefundAsker
    from pos_app.services.returning import Returns

    Change = Callable[[Refund], Refund]

_log = logging.getLogger(__name__)

_DECISIONS = {
    True: Decision.WENT_OUT,
    False: Decision.DID_NOT_GO_OUT,
    None: Decision.STILL_NOT_KNOWN,
}


class Refunding:
    """Gives money back, by records that hold their amount back before anything is sent.

    The program sends each refund once and never again by itself. What stays unknown is held
    back until the gateway or a manager says what became of it, over restarts and on every till.
    Everything here waits for disk or gateway: not for the GUI thread.
    """

    def __init__(
        self,
        book: RefundBook,
        gateways: GatewayDirectory,
        day: GatewayDay,
        returns: Returns,
        asker: RefundAsker,
    ) -> None:
        self._book = book
        self._day = day
        self._returns = returns
        self._asker = asker
        self._board = book.ledger.board
        self._clock = book.ledger.clock
        self._gateways = gateways

    def standing(self, charge_id: int) -> Standing:
        """Return what of a charge is refunded, held back and left, with its refunds."""
        return self._book.standing(charge_id)

    def advice(self, charge_id: int, amount: Money | None = None) -> Advice:
        """Return whether to cancel or to refund, and what today's balance probably covers.

        From the ledger alone, over all its tills; asks nobody, forbids nothing.

        Args:
            charge_id: any charge.
            amount: what is wanted, in its currency; None is all that is left of it.
        """
        return self._book.advice(charge_id, amount, self._day)

    def unanswered(self) -> tuple[Refund, ...]:
        """Return the refunds of all tills that wait for an answer, oldest first."""
        return self._book.unanswered()

    def refund(
        self, charge_id: int, amount: Money, reason: str, asked_by: int, approved_by: int
    ) -> Refund:
        """Send money back to the customer, once.

        Args:
            charge_id: a paid charge.
            amount: above zero, in the charge's currency, at most what is left of it.
            reason: told to the gateway with the refund's own reference; never empty.
            asked_by: id of who wants it.
            approved_by: id of the manager whose PIN approved it (`People.approve`).

        Returns:
            What became of it: DONE, REFUSED (no money moved; says why, NOT_SENT among the
            reasons) or UNKNOWN (held back; never send it again).

        Raises:
            RefundError: the ledger's rules say no (see its kinds). Nothing was sent.
            NoShiftError: no shift is open. Nothing was sent.
            GatewayNotSetUp: the charge's gateway or token is gone. Nothing was sent.
            StorageError: the intent could not be written down. Nothing was sent.
            OutcomeUnknown: it was sent, and its answer could not be written down: it stays held
                back and is UNKNOWN from the next start on.
        """
        wish = RefundWish(charge_id, amount, reason, asked_by, approved_by)
        with self._board.asking(charge_id, wait=True):
            gateway = self._gateway_of(charge_id)
            refund, charge = self._book.request(wish)
            return self._send(
                refund,
                lambda: self._refunded(gateway.refund(charge, refund.amount, refund.told_reason)),
            )

    def cancel(self, charge_id: int, reason: str, asked_by: int, approved_by: int) -> Refund:
        """Return a paid charge as a whole by cancelling it, on the day of the payment.

        Arguments, result and errors as `refund`; CannotCancelPaidError when a refund of it is
        done or may be. Refused with NOT_IN_WINDOW, it can still be refunded.
        """
        wish = RefundWish(charge_id, None, reason, asked_by, approved_by)
        with self._board.asking(charge_id, wait=True):
            gateway = self._gateway_of(charge_id)
            refund, charge = self._book.request(wish)
            return self._send(refund, lambda: self._cancelled(gateway.cancel(charge)))

    def check(self, refund_id: int, person_id: int | None = None) -> Refund:
        """Find out what became of a refund, without any risk of paying twice.

        A cancel of a paid charge is sent again: "duplicate" tells that the first one was carried
        out. A refund is not, nor is the cancel that a payment landed around: they are looked for
        in the gateway's list. Not being there proves nothing, and it stays as it is until a later
        list or a person says more. One whose request has been on its way for longer than any
        takes is UNKNOWN from now on.

        Raises:
            GatewayNotSetUp: the charge's gateway or token is gone; nothing was asked.
            StorageError: what came could not be written down; check again.
        """
        refund = self._book.give_up_waiting(self._book.get(refund_id))
        if refund.kind is not RefundKind.CANCEL:
            if refund.is_unanswered:
                self.look_up(refund.charge_id)
            return self._book.get(refund_id)
        with self._board.asking(refund.charge_id, wait=True):
            standing = self._book.standing(refund.charge_id)
            if is_perhaps_returned(standing.charge, standing.refunds):
                self._returns.look(refund.charge_id)
                return self._book.get(refund_id)
            if not self._book.get(refund_id).needs_answer:
                return self._book.get(refund_id)
            try:
                answer = self._gateway_of(refund.charge_id).cancel(standing.charge)
            except GatewayNotSetUp:
                raise
            except GatewayError as trouble:
                _log.info("%s: still no answer: %s", refund.reference, trouble)
                return refund
            why, change = self._cancelled(answer)
            return self._book.change(refund_id, why, change, who=person_id)

    def look_up(self, charge_id: int) -> None:
        """Find out what became of the refunds of a charge that have no answer; sends no money.

        Raises:
            GatewayNotSetUp: the charge's gateway or token is gone; nothing was asked.
            StorageError: what came could not be written down; look again.
        """
        with self._board.asking(charge_id, wait=True):
            try:
                self._asker.ask(charge_id)
            except NotSent as trouble:
                _log.info("refunds of charge %s: nothing was asked: %s", charge_id, trouble)

    def learn(self, refund_id: int, answer: RefundAnswer | Refused) -> Refund:
        """Apply what the gateway says of a refund later, e.g. by its list of transactions.

        Not being in a list is no answer. What contradicts a manager's decision calls for a
        person again.
        """
        return self._book.learn(refund_id, answer)

    def settle(self, refund_id: int, went_out: bool | None, note: str, person_id: int) -> Refund:
        """Record a manager's decision about a refund without an answer. Moves no money.

        Args:
            refund_id: an UNKNOWN or PENDING refund; any other stays as it is.
            went_out: True counts it as refunded, False frees its amount, None (still not known)
                leaves it held back and on the list.
            note: why; never empty.
            person_id: the manager.

        Raises:
            ReasonMissingError: the note is empty.
            NotApprovedError: no manager.
        """
        now, words, decision = self._clock.now(), check_words(note), _DECISIONS[went_out]
        return self._book.change(
            refund_id,
            "refund_settled",
            lambda one: transitions.settled(one, decision, words, person_id, now),
            who=person_id,
            approved_by=person_id,
        )

    def settle_return(
        self,
        charge_id: int,
        was_returned: bool | None,
        note: str,
        person_id: int,
    ) -> Refund | None:
        """Record whether our cancel has returned a payment that landed around it (promise 6).

        The decision is kept as a cancel of the paid charge: returned, it counts as refunded over
        the whole amount; not returned, the amount is free. Arguments and errors as `settle`, and
        NoShiftError. None when nothing about the charge is in doubt.
        """
        record = self._book.note_return(charge_id, check_words(note), person_id)
        return record and self.settle(record.id, was_returned, note, person_id)

    def take_up(self) -> None:
        """Call every refund UNKNOWN that was on its way when the program ended.

        Of this till, those; of other tills, those that are older than any request takes. One
        that another till still gets answered becomes what the answer says. Call it at start.

        Raises:
            StorageError: refund nothing.
        """
        for refund in self._book.unanswered():
            self._book.give_up_waiting(refund, is_start=True)

    def _gateway_of(self, charge_id: int) -> Gateway:
        return self._gateways.for_charge(self._book.standing(charge_id).charge)

    def _send(self, refund: Refund, call: Callable[[], tuple[str, Change]]) -> Refund:
        try:
            why, change = call()
        except (NotSent, GatewayNotSetUp) as trouble:
            now = self._clock.now()
            _log.info("%s was not sent: %s", refund.reference, trouble)
            why, change = "refund_not_sent", lambda one: transitions.not_sent(one, now)
        except GatewayError as trouble:
            _log.warning("%s has no answer: %s", refund.reference, trouble)
            why, change = "refund_unknown", transitions.lost
        try:
            return self._book.change(refund.id, why, change)
        except StorageError as trouble:
            raise OutcomeUnknown(
                f"What became of {refund.reference} could not be written down: {trouble}"
            ) from trouble

    def _refunded(self, answer: RefundAnswer | Refused) -> tuple[str, Change]:
        now = self._clock.now()
        return "refund_answered", lambda one: transitions.answered(one, answer, now)

    def _cancelled(self, answer: CancelAnswer | Refused) -> tuple[str, Change]:
        now = self._clock.now()
        return "refund_answered", lambda one: transitions.cancel_answered(one, answer, now)
