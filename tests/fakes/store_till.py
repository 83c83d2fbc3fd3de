"""A till that is not in training, with a keyring of its own, at simulators on this computer."""

from pos_app.compose import Parts, build_till
from pos_app.domain.money import Money
from pos_app.domain.people import Approval, Role
from pos_app.domain.sales import Sale, SaleLine
from tests.fakes.clock import FakeClock
from tests.fakes.keyring import FakeKeyring
from tests.fakes.till import CHEAP, InlineExecutor, TillOnTheDesk


class StoreTill(TillOnTheDesk):
    """Real gateways, tokens and settings; `approval` is its only manager's."""

    def __init__(self, folder, address, *, clock=None, keyring=None, environ=None):
        self.keyring = keyring or FakeKeyring()
        services = ("CITCON_CHOP", "CITCON_ONLINE", "CITCON_INSTORE", "JPAY")
        addresses = {f"POS_APP_{one}_BASE_URL": f"{address}/" for one in services}
        super().__init__(folder, clock=clock, environ={**addresses, **(environ or {})})

    def _start(self):
        parts = Parts(
            clock=self.clock,
            executor=InlineExecutor(),
            nap=self.clock.pass_time,
            hasher=CHEAP,
            open_keyring=lambda: self.keyring,
        )
        self.till = build_till(self.paths, is_training=False, environ=self.environ, parts=parts)
        self.till.events.subscribe(self.events.append)
        everyone = self.till.people.everyone()
        self.cashier = everyone[0] if everyone else self._first_day()
        if self.till.shifts.current() is None:
            self.till.shifts.open(self.cashier.id)
        self.approval = Approval(self.cashier.id, self.cashier.id)
        self.credentials = self.till.credentials

    def _first_day(self):
        manager = self.till.people.add_first_manager("Priya", "999999")
        self.till.people.add("Mei Lin", "1111", Role.CASHIER, Approval(manager.id, manager.id))
        return manager

    def sale(self):
        """Something for one dollar."""
        return Sale((SaleLine("", 1, Money(100, "USD")),))

    def account(self, service_id="citcon_chop"):
        """How this register is signed in to a service."""
        return next(one for one in self.credentials.accounts() if one.id == service_id)

    def entries(self, service_id="citcon_chop"):
        """What the journal says of a service."""
        with self.till.recovery._ledger.store.read() as work:
            return list(work.journal.entries(f"service {service_id}"))


def store_till(folder, simulator, **more):
    """A `StoreTill` at a running simulator."""
    return StoreTill(folder, simulator.url, clock=FakeClock(), **more)
