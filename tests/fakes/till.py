"""A whole till without a window: real services and storage, a fake gateway, a fake clock."""

from concurrent.futures import Executor, Future

from argon2 import PasswordHasher

from pos_app.compose import Parts, build_till
from pos_app.domain.history import HistoryFilter
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine
from pos_app.paths import DataPaths
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import FakeGateway

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class InlineExecutor(Executor):
    """Does the work at once, so that a test decides when the gateway is asked."""

    def submit(self, work, /, *args, **kwargs):
        future = Future()
        future.set_result(work(*args, **kwargs))
        return future


class TillOnTheDesk:
    """A till with its surroundings; `restart` is a crash and a start on the same data."""

    def __init__(self, folder, *, gateway=None, clock=None, environ=None, tail=None):
        self.paths = DataPaths(folder)
        self.gateway = gateway or FakeGateway()
        self.clock = clock or FakeClock()
        self.environ = {"POS_APP_CITCON_CHOP_BASE_URL": "http://127.0.0.1:9/", **(environ or {})}
        self._more = {"tail": tail} if tail else {}
        self.events = []
        self._start()

    def _start(self):
        parts = Parts(
            factories=[self.gateway.factory()],
            clock=self.clock,
            executor=InlineExecutor(),
            nap=self.clock.pass_time,
            hasher=CHEAP,
            **self._more,
        )
        self.till = build_till(self.paths, is_training=True, environ=self.environ, parts=parts)
        self.till.events.subscribe(self.events.append)
        self.cashier = self.till.people.everyone()[0]

    def restart(self):
        """Start again as after a crash: nothing was closed or given back."""
        self.till.close_everything()
        self._start()
        self.till.recovery.send_again(self.till.to_send_again)

    def charge(self, plain="42.50", method=PaymentMethod.ALIPAY, *, sale=None, **more):
        currency = self.till.catalogue.choice(method).currency
        sale = sale or Sale((SaleLine("", 1, Money.parse(plain, currency)),))
        return self.till.checkout.charge(sale, method, self.cashier.id, **more)

    def waiting(self, plain="42.50", method=PaymentMethod.ALIPAY, **more):
        """A charge whose code is on the screen, a good while after it appeared."""
        charge = self.till.checkout.send(self.charge(plain, method, **more).id)
        self.let_pass(5)
        return self.now(charge)

    def let_pass(self, seconds, step=0.5):
        """Let time go by while the watcher asks."""
        end = self.clock.now().timestamp() + seconds
        while self.clock.now().timestamp() < end:
            self.till.watcher.run_due()
            self.clock.pass_time(min(step, end - self.clock.now().timestamp()))
        self.till.watcher.run_due()

    def now(self, charge):
        """The charge as it is on disk."""
        with self.till.recovery._ledger.store.read() as work:
            return work.charges.get(charge.id)

    def needing_answer(self):
        """Ids of the payments on the "needs an answer" list, newest first."""
        rows = self.till.history.page(HistoryFilter(needs_answer=True))
        return [row.charge_id for row in rows]

    def screen(self, charge):
        return self.till.payments.view(charge.id).state.value

    def close(self):
        self.till.close_everything()
