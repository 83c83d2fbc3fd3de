"""The till of the pictures: Harbour Street Gifts at 14:32, as on the drawn ones."""

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

from pos_app.config.settings import Settings, SoundSettings, StoreSettings
from pos_app.domain.events import ConnectionChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import Item
from pos_app.receipts.frame import Store
from pos_app.receipts.layout import ReceiptFacts, receipt_of
from pos_app.services.answers import AnswerRow
from pos_app.services.demo import ITEMS
from pos_app.services.payment_view import Screen
from pos_app.services.printing import PrintResult, PrintTrouble
from tests.fakes.payments import NOW, FakeClock, FakePayments, charge, sale, view
from tests.fakes.till_for_sell import FakeCatalogue, FakeCheckout, FakePeople, FakeShifts
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
ROWS = (
    (Screen.UNKNOWN, PaymentMethod.ALIPAY, "0087", 4250, 0),
    (Screen.PAID_LATE, PaymentMethod.WECHATPAY, "0086", 1800, 21),
    (Screen.STOPPED, PaymentMethod.GCASH, "0083", 980, 70),
    (Screen.MISMATCH, PaymentMethod.ALIPAY, "0081", 3200, 121),
    (Screen.CANCELLED_PAID, PaymentMethod.WECHATPAY, "0080", 1550, 148),
)
"""State, method, number, minor units and age in minutes of what needs an answer."""


def answer_rows():
    """Payments that need an answer, newest first."""
    return tuple(
        AnswerRow(
            charge(
                state,
                method,
                id=100 - place,
                reference=f"HSG1-250712{number}-K7QX",
                amount=Money(minor, "USD"),
                created_at=NOW - timedelta(minutes=minutes),
            ),
            "Mei Lin" if place % 2 == 0 else "Jonas",
            state,
        )
        for place, (state, method, number, minor, minutes) in enumerate(ROWS)
    )


@dataclass
class FakeAnswers:
    rows: tuple = ()
    waiting: int = 0

    def needing(self):
        return self.rows

    def count(self):
        return self.waiting or len(self.rows)

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
    payments: FakePayments = field(default_factory=lambda: FakePayments(view()))
    answers: FakeAnswers = field(default_factory=FakeAnswers)

    def __post_init__(self):
        self.receipts = FakeReceipts(self.payments, self.is_training)
        self.checkout.send = lambda charge_id: self.payments.shown.charge
        self.connection = SimpleNamespace(state=self.connection_is())
        self.training = SimpleNamespace() if self.is_training else None

    def connection_is(self, *, is_answering=True, has_network=True):
        """Return the connection in this state."""
        return ConnectionChanged("citcon_chop", is_answering, has_network)
