"""A till without a window that takes real money, beside others on one ledger."""

from pos_app.compose import Parts, build_till
from tests.fakes.till import CHEAP, InlineExecutor, TillOnTheDesk


class SellingTill(TillOnTheDesk):
    """A till that takes real money: training keeps to a ledger of its own."""

    def _start(self):
        parts = Parts(
            factories=[self.gateway.factory()],
            clock=self.clock,
            executor=InlineExecutor(),
            nap=self.clock.pass_time,
            hasher=CHEAP,
            tail=lambda: "AAAA",
        )
        self.till = build_till(self.paths, is_training=False, environ=self.environ, parts=parts)
        self.till.events.subscribe(self.events.append)
        people = self.till.people
        self.cashier = next(iter(people.everyone()), None) or people.add_first_manager(
            "Priya", "999999"
        )
        if self.till.shifts.current() is None:
            self.till.shifts.open(self.cashier.id)
