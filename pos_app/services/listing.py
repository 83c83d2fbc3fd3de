"""What a gateway has of one charge: its entries in the list, or as much as it tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.reconciliation import Listing, is_about
from pos_app.gateways.base import TellsOfOne

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.gateways.base import Gateway


def listing_of(gateway: Gateway, charge: Charge) -> Listing:
    """Ask the gateway what it has of `charge`. May always be repeated; waits for the network.

    Raises:
        NotSent: not asked. OutcomeUnknown: it has no list, or gave none. Money: no news.
    """
    if isinstance(gateway, TellsOfOne):
        return Listing.of(gateway.transactions_of(charge), tells_all=False)
    entries = gateway.transactions()
    return Listing.of(one for one in entries if is_about(charge, one))
