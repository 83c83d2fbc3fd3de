"""Payments in every state of the payment page, and a till that only remembers what it was told."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from pos_app.config.settings import Settings
from pos_app.domain.charges import (
    Attention,
    Charge,
    ChargeDecision,
    ChargeStatus,
    UnknownReason,
)
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.refunds import RefundKind, RefundStatus
from pos_app.domain.sales import Sale, SaleLine
from pos_app.receipts.frame import Store
from pos_app.receipts.layout import ReceiptFacts, receipt_of
from pos_app.services.payment_view import (
    CODE_ON_SCREEN,
    CancelRefusal,
    Check,
    PaymentView,
    Said,
    Screen,
)
from pos_app.services.printing import PrintResult
from tests.fakes.page_browser import FakePageBrowser
from tests.fakes.refunds import a_refund
from tests.fakes.settling import FakeSettling
from tests.fakes.till_for_sell import FakePeople

NOW = datetime(2025, 7, 12, 14, 32, 56, tzinfo=UTC)
SHOWN = datetime(2025, 7, 12, 14, 32, 8, tzinfo=UTC)
CODE = "https://uat.citconpay.com/r/alipay/3bfa17f09c5e4d2ab8e3e045"
USD = "USD"

_STATUS = {
    Screen.CREATING: ChargeStatus.CREATED,
    Screen.CREATE_UNREACHABLE: ChargeStatus.CREATED,
    Screen.CREATE_LOST: ChargeStatus.CREATED,
    Screen.CREATE_REFUSED: ChargeStatus.REFUSED,
    Screen.CREATE_NOT_SET_UP: ChargeStatus.REFUSED,
    Screen.PAID: ChargeStatus.PAID,
    Screen.PAID_LATE: ChargeStatus.PAID,
    Screen.CANCELLED_PAID: ChargeStatus.PAID,
    Screen.DECLINED: ChargeStatus.DECLINED,
    Screen.EXPIRED: ChargeStatus.EXPIRED,
    Screen.CANCELLED: ChargeStatus.CANCELLED,
    Screen.MISMATCH: ChargeStatus.UNKNOWN,
    Screen.UNKNOWN: ChargeStatus.UNKNOWN,
    Screen.SETTLED: ChargeStatus.UNKNOWN,
    Screen.CODE_EXPIRED: ChargeStatus.EXPIRED,
}
_BY_THEIR_CODE = {Screen.CUSTOMER_CONFIRMING, Screen.CODE_EXPIRED}
_ATTENTION = {
    Screen.PAID_LATE: {Attention.PAID_LATE},
    Screen.CANCELLED_PAID: {Attention.MAYBE_RETURNED},
    Screen.MISMATCH: {Attention.MISMATCH},
    Screen.STOPPED: {Attention.STOPPED},
}


def charge(state=Screen.WAITING, method=PaymentMethod.ALIPAY, **changes):
    """Return a charge of US$ 42.50 as it is in `state`."""
    status = _STATUS.get(state, ChargeStatus.WAITING)
    has_code = status is not ChargeStatus.CREATED and status is not ChargeStatus.REFUSED
    made = Charge(
        id=87,
        reference="HSG1-2507120087-K7QX",
        sale_id=5,
        till_code="HSG1",
        shift_id=214,
        cashier_id=1,
        method=method,
        amount=Money(4250, USD),
        gateway="citcon_chop",
        credentials="citcon_chop",
        created_at=SHOWN,
        status=status,
        gateway_id="q1" if has_code else None,
        transaction_id="3bfa17f09c5e4d2ab8e3e045" if status is ChargeStatus.PAID else None,
        code=CODE if has_code else None,
        shown_at=SHOWN if has_code else None,
        code_expires_at=SHOWN + timedelta(minutes=5) if has_code else None,
        paid_at=NOW + timedelta(seconds=6) if status is ChargeStatus.PAID else None,
        received=Money(2450, USD) if state is Screen.MISMATCH else None,
        refusal="1004 parameter error" if status is ChargeStatus.REFUSED else "",
        unknown_reason=UnknownReason.NO_ANSWER if state is Screen.UNKNOWN else None,
        attention=frozenset(_ATTENTION.get(state, set())),
    )
    if state in _BY_THEIR_CODE:
        made = _by_their_code(made, is_taken=state is Screen.CUSTOMER_CONFIRMING)
    if state is Screen.SETTLED:
        made = settled(made, ChargeDecision.PAID)
    return replace(made, **changes)


def _by_their_code(its_charge, *, is_taken):
    """Return a charge as the customer's own code leaves it."""
    return replace(
        its_charge,
        is_customer_presented=True,
        gateway="citcon_instore",
        gateway_id="U1" if is_taken else None,
        code=None,
        code_expires_at=SHOWN + timedelta(minutes=1),
    )


def settled(its_charge, decision):
    """Return a charge as Priya has settled it by hand."""
    return replace(
        its_charge,
        decision=decision,
        decision_note="Seen in the customer’s app",
        decided_at=NOW + timedelta(minutes=8),
        decided_by=3,
    )


def _log(*lines):
    return tuple(
        Check(datetime(2025, 7, 12, 14, minute, second, tzinfo=UTC), said)
        for minute, second, said in lines
    )


CHECKS = _log(
    (37, 12, Said.NO_ANSWER),
    (36, 42, Said.NO_ANSWER),
    (36, 27, Said.NO_ANSWER),
    (36, 19, Said.NO_ANSWER),
    (36, 13, Said.OPEN),
    (36, 10, Said.OPEN),
)


RETURNED = a_refund(RefundStatus.DONE, kind=RefundKind.CANCEL, amount=Money(4250, USD))


def view(state=Screen.WAITING, method=PaymentMethod.ALIPAY, **changes):
    """Return what the payment page shows in `state`, with realistic content."""
    its_charge = changes.pop("charge", None) or charge(state, method)
    left = {
        Screen.WAITING_LOW: 45,
        Screen.STILL_OPEN: 0,
        Screen.LAST_CHECK: 0,
        Screen.CUSTOMER_CONFIRMING: 43,
    }.get(state, 252)
    made = PaymentView(
        state=state,
        charge=its_charge,
        gateway_name="Citcon",
        cashier="Mei Lin",
        item_count=4,
        is_training=False,
        code=CODE if state in CODE_ON_SCREEN else None,
        seconds_left=left if its_charge.code_expires_at else None,
        life_s=60 if its_charge.is_customer_presented else 300,
        last_check_at=NOW - timedelta(seconds=1) if its_charge.code else None,
        next_check_at=NOW + timedelta(seconds=21) if its_charge.code else None,
        checks=CHECKS if state is Screen.UNKNOWN else (),
        cancel_refusal=CancelRefusal.WINDOW if state is Screen.CANCEL_REFUSED else None,
        cancel_again_at=None,
        returned=RETURNED if state is Screen.CANCELLED_PAID else None,
        can_cancel=its_charge.can_cancel,
        can_stop_create=False,
    )
    return replace(made, **changes)


def sale():
    """Return the sale of the pictures: three lines, US$ 42.50."""
    lines = (("Jasmine tea tin", 2, 1200), ("Ceramic cup", 1, 1450), ("", 1, 400))
    made = tuple(SaleLine(name, count, Money(price, USD)) for name, count, price in lines)
    return Sale(made, id=5, created_at=SHOWN)


class FakeClock:
    def now(self):
        return NOW

    def local(self, instant):
        return instant.astimezone()


@dataclass
class FakePayments:
    """Shows `shown` whatever it is asked and remembers the commands in `asked`."""

    shown: PaymentView
    asked: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)

    def view(self, charge_id):
        return self.shown

    def sale_of(self, charge_id):
        return sale()

    def contact(self, charge_id):
        return ""

    def close(self, charge_id):
        self.asked.append(("close", charge_id))

    def save_contact(self, charge_id, text):
        self.asked.append(("save_contact", charge_id, text))

    def __getattr__(self, command):
        def call(charge_id, person_id=None):
            self.asked.append((command, charge_id))
            answer = self.answers.get(command, self.shown)
            if isinstance(answer, Exception):
                raise answer
            self.shown = answer
            return answer

        return call


@dataclass
class FakeCheckout:
    """Makes the next charge and shows `after` once it is sent."""

    payments: FakePayments
    after: PaymentView | None = None
    asked: list = field(default_factory=list)

    def charge(self, its_sale, method, cashier_id, *, customer=None, card=None, tip=None):
        self.asked.append(("charge", its_sale.id, method, cashier_id))
        return charge(Screen.CREATING, method, id=88)

    def send(self, charge_id, card=None):
        self.asked.append(("send", charge_id))
        if self.after is not None:
            self.payments.shown = self.after
        return self.payments.shown.charge

    def leave(self, charge_id):
        self.asked.append(("leave", charge_id))
        return self.payments.shown.charge


@dataclass
class FakeReceipts:
    """Prints into `printed`; what becomes of it is `result`."""

    result: PrintResult = field(default_factory=lambda: PrintResult(True, None, ""))
    printed: list = field(default_factory=list)
    last: object = None

    def receipt(self, charge_id, *, is_copy=False):
        store = Store("Harbour Street Gifts", "12 Harbour Street", "Thank you. See you again.")
        facts = ReceiptFacts.of(
            charge(Screen.PAID), sale().lines, store=store, cashier="Mei Lin", is_copy=is_copy
        )
        return receipt_of(facts)

    def is_printed(self, charge_id):
        return charge_id in self.printed

    def print(self, charge_id, person_id=None):
        self.printed.append(charge_id)
        return self.result

    def last_paid(self):
        return self.last


@dataclass
class FakeAnswers:
    """`waiting` payments need an answer; remembers what was seen."""

    waiting: int = 0
    seen: list = field(default_factory=list)

    def count(self):
        return self.waiting

    def mark_seen(self, charge_id, attention, person_id):
        self.seen.append((charge_id, attention, person_id))


@dataclass
class FakeDesk:
    """Remembers what the pretend customer was told to do."""

    acts: list = field(default_factory=list)

    def page_address(self, charge_id):
        return CODE

    def __getattr__(self, act):
        return lambda charge_id: self.acts.append((act, charge_id))


class FakePaymentTill:
    """A till whose only payment is `shown`."""

    def __init__(self, shown, *, is_training=False, after=None, result=None):
        self.settings = Settings()
        self.clock = FakeClock()
        self.is_training = is_training
        self.gateway_name = "Citcon"
        self.payments = FakePayments(shown)
        self.checkout = FakeCheckout(self.payments, after)
        self.receipts = FakeReceipts(*([result] if result else []))
        self.answers = FakeAnswers()
        self.people = FakePeople()
        self.settling = self.refunding = FakeSettling()
        self.training = FakeDesk() if is_training else None
        self.browser = FakePageBrowser()


class InlineBackground:
    """Runs every call at once and on the spot: order without threads."""

    is_closed = False

    def __init__(self):
        self.lanes = []

    def run(self, call, done=None, failed=None, *, owner=None, lane=None):
        from pos_app.domain.errors import PosAppError

        self.lanes.append(lane)
        try:
            result = call()
        except PosAppError as error:
            if failed is not None:
                failed(error)
            return
        if done is not None:
            done(result)


class LaterBackground(InlineBackground):
    """Holds every call back until `run_all`, as a slow gateway does."""

    def __init__(self):
        super().__init__()
        self.waiting = []

    def run(self, call, done=None, failed=None, *, owner=None, lane=None):
        self.waiting.append((call, done, failed))

    def run_all(self):
        waiting, self.waiting = self.waiting, []
        for call, done, failed in waiting:
            super().run(call, done, failed)
