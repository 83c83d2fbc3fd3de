"""The open balance: the money that refunds are taken from.

Today's charges less today's refunds, per merchant and currency, and nothing at the beginning of
each day. Source: gateways/citcon.md, "POST /chop/refund". The day is that of
`Settings.time_zone`.
"""

from collections.abc import Mapping
from datetime import datetime

from pos_app.simulator.clock import Clock
from pos_app.simulator.days import beginning_of_day
from pos_app.simulator.ledger import Ledger
from pos_app.simulator.settings import Settings


class OpenBalances:
    """Every merchant's open balance, and what the control interface has made of it.

    What was set ends with the day or the process; that it is unlimited ends with the process.

    Attributes:
        is_unlimited: no refund is refused for want of money.
    """

    def __init__(self, ledger: Ledger, clock: Clock, settings: Settings) -> None:
        self._ledger = ledger
        self._clock = clock
        self._time_zone = settings.time_zone
        self._set_on = self._today()
        self._added: dict[tuple[str, str], int] = {}
        self.is_unlimited = False

    def of(self, merchant: str) -> Mapping[str, int]:
        """Return a merchant's balances in minor units, by currency; below 0 after cancels."""
        today = self._today()
        taken = self._ledger.taken_since(merchant, today)
        if self._set_on == today:
            for (whose, currency), added in self._added.items():
                if whose == merchant:
                    taken[currency] = taken.get(currency, 0) + added
        return taken

    def covers(self, merchant: str, amount_minor: int, currency: str) -> bool:
        """Say whether a refund of this amount can be made now."""
        return self.is_unlimited or amount_minor <= self.of(merchant).get(currency, 0)

    def set(self, merchant: str, amount_minor: int, currency: str) -> None:
        """Make the balance `amount_minor` now; charges and refunds of today go on from there."""
        today = self._today()
        if self._set_on != today:
            self._added.clear()
            self._set_on = today
        difference = amount_minor - self.of(merchant).get(currency, 0)
        whose = (merchant, currency)
        self._added[whose] = self._added.get(whose, 0) + difference

    def resets_at(self) -> datetime:
        """Return when the next day begins."""
        return beginning_of_day(self._clock.now(), self._time_zone, 1)

    def _today(self) -> datetime:
        return beginning_of_day(self._clock.now(), self._time_zone)
