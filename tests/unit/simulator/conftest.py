"""A simulated gateway without a network, at an hour that stands still."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from pos_app.simulator.balances import OpenBalances
from pos_app.simulator.behaviour import Behaviour, Call, read_rules
from pos_app.simulator.chop.calls import Chop
from pos_app.simulator.chop.landing import Landing
from pos_app.simulator.ledger import Ledger
from pos_app.simulator.payments import Notice, Payments
from pos_app.simulator.refunds import Refunds
from pos_app.simulator.service import Asked, Backstage
from pos_app.simulator.settings import Settings
from pos_app.simulator.transactions import Transaction

SITE = "https://uat.citconpay.com"
GOOD = "Bearer training-token"


@dataclass
class FrozenClock:
    """Time that only passes when told."""

    at: datetime = datetime(2026, 7, 12, 6, 32, 8, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Gateway:
    """The parts of a gateway, wired, and short ways to call it."""

    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        self.clock = FrozenClock()
        self.ledger = Ledger()
        self.told: list[tuple[Transaction, Notice]] = []
        self.behaviour = Behaviour()
        self.payments = Payments(
            self.ledger, self.clock, self.settings, lambda *told: self.told.append(told)
        )
        self.balances = OpenBalances(self.ledger, self.clock, self.settings)
        self.refunds = Refunds(self.ledger, self.clock, self.balances)
        landing = Landing(self.payments, self.clock, self.settings)
        self.backstage = Backstage(self.payments, self.refunds, self.behaviour, self.settings)
        self.chop = Chop(self.backstage, landing)

    def call(self, call: Call, token: str = GOOD, **fields: str) -> dict:
        return self.chop.members(Asked(call, fields, token, SITE))

    def charge(self, **fields: str) -> dict:
        order = {
            "payment_method": "alipay",
            "amount": "4250",
            "currency": "USD",
            "reference": "HSG1-0087",
        }
        return self.call(Call.CHARGE, **{**order, **fields})

    def new(self, **fields: str) -> Transaction:
        """Make a charge and return it as the ledger has it."""
        answer = self.charge(**fields)
        found = self.payments.find(answer["url"].partition("=")[2])
        assert found is not None
        return found

    def now(self, transaction: Transaction) -> Transaction:
        """Return what the ledger says of it now."""
        found = self.payments.find(transaction.q)
        assert found is not None
        return found

    def result(self, transaction: Transaction) -> str | None:
        """Return what inquire says of it now."""
        return self.call(Call.INQUIRE, q=transaction.q)["notify_result"]

    def cancel(self, transaction: Transaction) -> str:
        """Cancel it and return the answer's status."""
        return self.call(Call.CANCEL, transaction_id=transaction.transaction_id)["status"]

    def paid(self, **fields: str) -> Transaction:
        """Make a charge, let it be paid and return it."""
        return self.payments.pay(self.new(**fields))

    def refund(self, transaction: Transaction, minor: int, **fields: str) -> dict:
        """Refund some of it and return the answer."""
        money = {"amount": str(minor), "currency": transaction.currency}
        named = {"transaction_id": transaction.transaction_id, "reason": "test"}
        return self.call(Call.REFUND, **{**named, **money, **fields})

    def script(self, *rules: dict) -> None:
        self.behaviour.replace_script(read_rules({"rules": list(rules)}))


@pytest.fixture
def gateway():
    gateway = Gateway()
    yield gateway
    gateway.ledger.close()


@pytest.fixture
def gateway_with():
    """Make gateways with settings of the test's choice."""
    made = []

    def make(**settings) -> Gateway:
        made.append(Gateway(Settings(**settings)))
        return made[-1]

    yield make
    for gateway in made:
        gateway.ledger.close()
