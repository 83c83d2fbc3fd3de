"""Looking into one paid charge: what the gateway says of it and of all that went back of it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.errors import NotSent, OutcomeUnknown
from pos_app.domain.reconciliation import DifferenceOutcome
from pos_app.services.listing import listing_of

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.domain.money import Money
    from pos_app.domain.reconciliation import Listing
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.clock import Clock
    from pos_app.services.comparing import Comparer
    from pos_app.services.refund_book import Standing
    from pos_app.services.refunding import Refunding

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking into a charge.

    Attributes:
        standing: where it stands now, with what was learned.
        gone: what went back in all, by the gateway; None when it does not say.
        is_answered: whether the gateway said anything of the charge.
        differs: whether it says otherwise than this ledger, so that a person has to look.
    """

    standing: Standing
    gone: Money | None
    is_answered: bool
    differs: bool

    @property
    def more_gone(self) -> Money:
        """What the gateway has given back that this ledger knows nothing of."""
        known = self.standing.refunded
        return max(self.gone or known, known) - known

    @property
    def left(self) -> Money:
        """What can still be refunded, by what both say."""
        left = self.standing.refundable
        return left - min(left, self.more_gone)


class Looking:
    """Looks into single charges. It only asks; waits for disk and gateway."""

    def __init__(
        self, clock: Clock, gateways: GatewayDirectory, refunding: Refunding, comparer: Comparer
    ) -> None:
        self._clock = clock
        self._gateways = gateways
        self._refunding = refunding
        self._comparer = comparer

    def look(self, charge_id: int) -> Look:
        """Ask about a paid charge and its refunds, and learn what the gateway says.

        What it has given back by no refund of ours calls for a person. May be repeated.

        Raises:
            GatewayNotSetUp: the charge's gateway or token is gone; nobody was asked.
            StorageError: something could not be read or written; look again.
        """
        self._refunding.look_up(charge_id)
        charge, asked_at = self._refunding.standing(charge_id).charge, self._clock.now()
        listing = self._listing(charge)
        found = self._comparer.compare(charge_id, listing, asked_at, is_thorough=True)
        standing = self._refunding.standing(charge_id)
        outcomes = {one.outcome for one in found.differences}
        return Look(
            standing=standing,
            gone=listing.gone(charge.amount.currency) if listing else None,
            is_answered=found.is_answered,
            differs=DifferenceOutcome.NEEDS_PERSON in outcomes,
        )

    def _listing(self, charge: Charge) -> Listing | None:
        try:
            return listing_of(self._gateways.for_charge(charge), charge)
        except (NotSent, OutcomeUnknown) as trouble:
            _log.info("%s: no list to look in: %s", charge.reference, trouble)
            return None
