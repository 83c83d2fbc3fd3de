"""Real people on a ledger of their own, for screens that change them."""

from types import SimpleNamespace

from pos_app.domain.people import Approval, Role
from pos_app.services.people import People
from pos_app.storage.store import open_store
from tests.fakes.clock import FakeClock
from tests.fakes.till import CHEAP

PRIYAS_PIN, MEIS_PIN = "864209", "4711"


class Staff:
    """Priya, who manages, and Mei Lin, who sells."""

    def __init__(self, folder):
        self.clock = FakeClock()
        self.store = open_store(None, folder / "till.sqlite3", "till:T1:abcdefgh", self.clock.now)
        self.people = People(self.store, self.clock, CHEAP)
        self.priya = self.people.add_first_manager("Priya", PRIYAS_PIN)
        self.mei = self.people.add("Mei Lin", MEIS_PIN, Role.CASHIER)
        self.approval = Approval(self.mei.id, self.priya.id)

    @property
    def till(self):
        """What a page asks of the till."""
        return SimpleNamespace(people=self.people, clock=self.clock)

    def last_entry(self):
        with self.store.read() as work:
            return list(work.journal.entries())[-1]

    def close(self):
        self.store.close()
