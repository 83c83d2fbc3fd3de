"""A whole till without a window that talks to the real simulator over real HTTP."""

from concurrent.futures import Executor

import httpx

from pos_app.compose import Parts, build_till
from tests.fakes.till import CHEAP, InlineExecutor, TillOnTheDesk


class TillWithSimulator(TillOnTheDesk):
    """Time passes for the till and the simulator together. `simulator` is `RunningSimulator`."""

    executor: type[Executor] = InlineExecutor

    def __init__(self, folder, simulator, *, clock=None, **environ):
        self.simulator = simulator
        self.http = httpx.Client(base_url=simulator.url, trust_env=False)
        super().__init__(
            folder,
            clock=clock,
            environ={"POS_APP_CITCON_CHOP_BASE_URL": f"{simulator.url}/", **environ},
        )

    def _start(self):
        parts = Parts(clock=self.clock, executor=self.executor(), nap=self._nap, hasher=CHEAP)
        self.till = build_till(self.paths, is_training=True, environ=self.environ, parts=parts)
        self.till.events.subscribe(self.events.append)
        self.cashier = self.till.people.everyone()[0]

    def _nap(self, seconds):
        self.clock.pass_time(seconds)
        self.simulator.clock.advance(seconds)

    def let_pass(self, seconds, step=0.5):
        """Let time go by at both ends while the watcher asks."""
        while seconds > 0:
            self.till.watcher.run_due()
            self._nap(min(step, seconds))
            seconds -= step
        self.till.watcher.run_due()

    def payments(self, charge):
        """What the gateway has under this charge's reference."""
        answer = self.http.get("/simulator/transactions", params={"reference": charge.reference})
        return answer.raise_for_status().json()["transactions"]

    def payment(self, charge):
        (found,) = self.payments(charge)
        return found

    def act(self, charge, deed):
        """The customer's part: "pay", "decline", "expire"; whether it was possible."""
        path = f"/simulator/transactions/{self.payment(charge)['q']}/{deed}"
        return self.http.post(path).is_success

    def faults(self, *rules):
        """Replace the script by rules: call, fault, and perhaps a dict with times and more."""
        script = [
            {"call": call, "fault": fault, **(more[0] if more else {})}
            for call, fault, *more in rules
        ]
        self.http.post("/simulator/behaviour", json={"rules": script}).raise_for_status()

    def journal_holds(self):
        with self.till.recovery._ledger.store.read() as work:
            return work.journal.verify().entries > 0

    def close(self):
        self.faults()
        self.http.close()
        super().close()
