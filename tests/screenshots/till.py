"""The till of the pictures: Harbour Street Gifts at 14:32, as on the drawn ones."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from pos_app.config.settings import Settings, SoundSettings, StoreSettings
from pos_app.domain.events import ConnectionChanged
from pos_app.domain.money import Money
from pos_app.domain.sales import Item
from pos_app.receipts.frame import Store
from pos_app.receipts.layout import ReceiptFacts, receipt_of
from pos_app.services.demo import ITEMS, PEOPLE
from pos_app.services.printing import PrintResult, PrintTrouble
from pos_app.services.receiving import ReceiverView
from tests.fakes.credentials import FakeCredentials
from tests.fakes.history import FakeHistory, pictured_payments
from tests.fakes.page_browser import FakePageBrowser
from tests.fakes.payments import FakeClock, FakePayments, sale, view
from tests.fakes.settings_desk import FakeSettingsDesk
from tests.fakes.till_for_sell import (
    FakeCatalogue,
    FakeCheckout,
    FakePeople,
    FakeShifts,
    FakeTaking,
)
from tests.fakes.window_till import FakeEvents

STORE = StoreSettings(
    name="Harbour Street Gifts",
    address="12 Harbour Street",
    register="Register 1",
    till_code="HSG1",
)
SHELF = tuple(
    Item(name, Money.parse(price, "USD"), barcode, number)
    for number, (name, price, barcode) in enumerate(ITEMS, start=1)
)
PRINTED = PrintResult(True, None, PrintTrouble.NONE)


@dataclass
class FakeAnswers:
    waiting: int = 0

    def count(self):
        return self.waiting

    def to_resume(self):
        return ()


@dataclass
class FakeReceipts:
    """Papers of the sale of the pictures; printing brings `result`."""

    payments: FakePayments
    is_training: bool = False
    result: PrintResult = PRINTED

    def receipt(self, charge_id, *, is_copy=False):
        return receipt_of(
            ReceiptFacts.of(
                self.payments.shown.charge,
                sale().lines,
                store=Store(STORE.name, STORE.address, STORE.receipt_footer),
                cashier="Mei Lin",
                is_training=self.is_training,
            )
        )

    def is_printed(self, charge_id):
        return False

    def print(self, charge_id, person_id=None):
        return self.result

    def last_paid(self):
        return self.payments.shown.charge


@dataclass
class PicturedTill:
    """What the window asks of a till; a picture changes what it needs before or while it works."""

    is_training: bool = False
    gateway_name: str = "Citcon"
    settings: Settings = field(
        default_factory=lambda: Settings(store=STORE, sounds=SoundSettings(volume=0))
    )
    clock: FakeClock = field(default_factory=FakeClock)
    events: FakeEvents = field(default_factory=FakeEvents)
    people: FakePeople = field(default_factory=FakePeople)
    shifts: FakeShifts = field(default_factory=FakeShifts)
    catalogue: FakeCatalogue = field(default_factory=lambda: FakeCatalogue(SHELF))
    checkout: FakeCheckout = field(default_factory=FakeCheckout)
    taking: FakeTaking = field(default_factory=FakeTaking)
    payments: FakePayments = field(default_factory=lambda: FakePayments(view()))
    answers: FakeAnswers = field(default_factory=FakeAnswers)
    browser: FakePageBrowser = field(default_factory=FakePageBrowser)
    receiver: ReceiverView = field(default_factory=ReceiverView)
    history: FakeHistory = field(default_factory=lambda: FakeHistory(*pictured_payments()))

    def __post_init__(self):
        self.settings_desk = FakeSettingsDesk(self)
        self.credentials = FakeCredentials()
        self.receipts = FakeReceipts(self.payments, self.is_training)
        self.checkout.send = lambda charge_id, card=None: self.payments.shown.charge
        self.connection = SimpleNamespace(state=self.connection_is())
        self.receiving = SimpleNamespace(view=lambda: self.receiver)
        pins = tuple((name, pin) for name, _, pin in PEOPLE)
        self.training = SimpleNamespace(pins=lambda: pins) if self.is_training else None

    def connection_is(self, *, is_answering=True, has_network=True):
        """Return the connection in this state."""
        return ConnectionChanged("citcon_chop", is_answering, has_network)
