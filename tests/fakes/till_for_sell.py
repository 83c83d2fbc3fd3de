"""Fakes of the services behind the Lock and Sell pages, each as small as its test needs."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from pos_app.config.settings import Settings
from pos_app.domain.charges import Charge, ChargeStatus
from pos_app.domain.errors import PinFormatError, PosAppError, WrongPinError
from pos_app.domain.events import ConnectionChanged
from pos_app.domain.gateways import can_cancel
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.people import Person, Role
from pos_app.domain.sales import Item
from pos_app.domain.shifts import Shift
from pos_app.services.catalogue import MethodChoice

AT = datetime(2025, 7, 12, 14, 32, tzinfo=UTC)
MEI_LIN = Person(1, "Mei Lin", Role.CASHIER, 4)
JONAS = Person(2, "Jonas", Role.CASHIER, 4)
PRIYA = Person(3, "Priya", Role.MANAGER, 6)
TEA = Item("Jasmine tea tin", Money(1200, "USD"), "4006381333931", 1)
CUP = Item("Ceramic cup", Money(1450, "USD"), "", 2)
PINS = {1: "1111", 2: "2222", 3: "999999"}


def choices(*methods):
    """These methods in their order, or all nine, in a store that sells in US dollars."""
    return tuple(
        MethodChoice(
            method,
            METHODS[method],
            f_key,
            METHODS[method].currency("USD"),
            can_cancel("citcon_chop", method),
        )
        for f_key, method in enumerate(methods or METHODS, start=1)
    )


def waiting_charge(amount, method=PaymentMethod.ALIPAY, charge_id=1):
    return Charge(
        charge_id, "T1-2507120087-K7QX", 9, "T1", 1, 1, method, amount, "citcon_chop", "citcon",
        AT, status=ChargeStatus.WAITING,
    )  # fmt: skip


@dataclass
class FakePeople:
    people: tuple[Person, ...] = (MEI_LIN, JONAS, PRIYA)
    trouble: Exception | None = None
    tried: list = field(default_factory=list)
    refusal: Exception | None = None

    def everyone(self):
        return self.people

    def sign_in(self, person_id, pin):
        self.tried.append((person_id, pin))
        if self.trouble is not None:
            raise self.trouble
        if PINS[person_id] != pin:
            raise WrongPinError(4)
        return next(person for person in self.people if person.id == person_id)

    def approve(self, person_id, pin):
        return self.sign_in(person_id, pin)

    def add(self, name, pin, role, approval):
        return self._changed(Person(9, name, role, len(pin)))

    def retire(self, person_id, approval):
        return self._changed(replace(self._get(person_id), retired_at=AT))

    def change_role(self, person_id, role, pin, approval):
        return self._changed(replace(self._get(person_id), role=role, pin_length=len(pin)))

    def reset_pin(self, person_id, pin, approval):
        return self._changed(replace(self._get(person_id), pin_length=len(pin)))

    def _get(self, person_id):
        return next(person for person in self.people if person.id == person_id)

    def _changed(self, person):
        """Keep `person` as they are now, unless changes are refused."""
        if self.refusal is not None:
            raise self.refusal
        kept = {one.id: one for one in (*self.people, person)}
        self.people = tuple(one for one in kept.values() if not one.is_retired)
        return person

    def add_first_manager(self, name, pin):
        if not 6 <= len(pin) <= 8:
            raise PinFormatError("A manager's PIN has 6 to 8 digits.")
        return Person(1, name, Role.MANAGER, len(pin))


@dataclass
class FakeShifts:
    shift: Shift | None = field(default_factory=lambda: Shift(1, 214, "T1", AT, 1))

    def current(self):
        return self.shift

    def open(self, person_id):
        self.shift = Shift(2, 215, "T1", AT, person_id)
        return self.shift


@dataclass
class FakeCatalogue:
    shown: tuple[Item, ...] = (TEA, CUP)
    chosen: tuple[MethodChoice, ...] = field(default_factory=choices)

    def items(self):
        return self.shown

    def methods(self):
        return self.chosen


@dataclass
class FakeCheckout:
    """Records a charge as the ledger would, or raises `trouble` once."""

    trouble: Exception | None = None
    charged: list = field(default_factory=list)
    tips: list = field(default_factory=list)

    def charge(
        self,
        sale,
        method,
        cashier_id,
        *,
        is_other_customer=False,
        customer=None,
        card=None,
        tip=None,
    ):
        self.charged.append((sale, method, cashier_id, is_other_customer))
        self.tips.append(tip)
        if self.trouble is not None:
            trouble, self.trouble = self.trouble, None
            raise trouble
        return waiting_charge(sale.total(METHODS[method].currency("USD")), method)


@dataclass
class FakeTaking:
    """Takes customers' codes as the ledger would; where it is not set up, nobody asks it to."""

    is_there: bool = False
    charged: list = field(default_factory=list)
    tips: list = field(default_factory=list)
    sent: list = field(default_factory=list)

    def is_set_up(self):
        return self.is_there

    def charge(self, sale, code, cashier_id, *, is_other_customer=False, tip=None):
        self.charged.append((sale, code, cashier_id, is_other_customer))
        self.tips.append(tip)
        made = waiting_charge(sale.total("USD"), code.method)
        return replace(made, is_customer_presented=True)

    def send(self, charge_id, code):
        self.sent.append((charge_id, code))


@dataclass
class FakePayments:
    """Knows the charges in hand by their id."""

    charges: dict[int, Charge] = field(default_factory=dict)

    def view(self, charge_id):
        if charge_id not in self.charges:
            raise LookupError(charge_id)
        return FakeView(self.charges[charge_id])


@dataclass(frozen=True)
class FakeView:
    charge: Charge


@dataclass
class FakeAnswers:
    waiting: int = 0

    def count(self):
        return self.waiting


@dataclass
class FakeConnection:
    state: ConnectionChanged = field(
        default_factory=lambda: ConnectionChanged("citcon_chop", True, True)
    )


class FakeTraining:
    """The demo's store, of which Priya has chosen a PIN of her own."""

    def __init__(self):
        self.known = (("Mei Lin", "1111"), ("Jonas", "2222"))

    def pins(self):
        return self.known


@dataclass
class FakeTill:
    settings: Settings = field(default_factory=Settings)
    is_training: bool = False
    gateway_name: str = "Citcon"
    people: FakePeople = field(default_factory=FakePeople)
    shifts: FakeShifts = field(default_factory=FakeShifts)
    catalogue: FakeCatalogue = field(default_factory=FakeCatalogue)
    checkout: FakeCheckout = field(default_factory=FakeCheckout)
    taking: FakeTaking = field(default_factory=FakeTaking)
    payments: FakePayments = field(default_factory=FakePayments)
    answers: FakeAnswers = field(default_factory=FakeAnswers)
    connection: FakeConnection = field(default_factory=FakeConnection)
    training: FakeTraining | None = None


class InlineBackground:
    """Runs what it is given at once, or keeps it until `work` when `is_held`."""

    def __init__(self):
        self.is_held = False
        self.is_closed = False
        self.kept = []

    def run(self, call, done=None, failed=None, *, owner=None, lane=None):
        if self.is_held:
            self.kept.append((call, done, failed))
            return
        try:
            result = call()
        except PosAppError as error:
            if failed is not None:
                failed(error)
            return
        if done is not None:
            done(result)

    def work(self):
        self.is_held = False
        kept, self.kept = self.kept, []
        for call, done, failed in kept:
            self.run(call, done, failed)
