"""Each failure that the In-Store API is known for: pretended over HTTP, and what people are told.

What happened, what is safe, what to do next; the service's own words only as details.
"""

import sqlite3
from dataclasses import dataclass, replace

import httpx
import pytest

from pos_app.config.settings import InStoreSettings
from pos_app.domain.charges import ChargeStatus
from pos_app.domain.customer_codes import read_code
from pos_app.domain.errors import ActivationRefusedError, GatewayNotSetUp
from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine
from pos_app.gateways.citcon_instore import wire
from pos_app.gateways.citcon_instore.gateway import activate
from pos_app.gateways.tls import Tls
from pos_app.simulator.settings import Settings
from pos_app.ui.errors import explain
from pos_app.ui.widgets.payment_words import words_of
from pos_app.ui.widgets.refund_words import outcome_of
from tests.fakes.running_simulator import running_simulator
from tests.fakes.till_with_simulator import TillWithSimulator

SALE = Sale((SaleLine("", 1, Money(4250, "USD")),))
WECHAT = "134650098712345678"
UNIONPAY = "hQVDUFYxMjM0NTY3ODkwMTIz"
TOO_LONG_FOR_UNIONPAY = "hQVDUFY" + "A" * 504
CHINA = "api-uat.citconpay.cn"


@dataclass(frozen=True)
class Told:
    """What a person reads, and the service's own words behind it."""

    happened: str
    text: str
    details: str = ""


class Desk(TillWithSimulator):
    """A register whose codes go through the In-Store API."""

    def __init__(self, folder, simulator, **environ):
        carried = {"POS_APP_METHODS_GATEWAYS": "alipay=citcon_instore"}
        super().__init__(folder, simulator, **carried, **environ)

    def taken(self, text=WECHAT):
        code = read_code(text)
        charge = self.till.taking.charge(SALE, code, self.cashier.id)
        return self.till.taking.send(charge.id, code)

    def screen_words(self, charge):
        words = words_of(self.till.payments.view(charge.id))
        return Told(words.title, words.text, self.now(charge).refusal)

    def refund_words(self, charge, minor=4250):
        manager = next(one for one in self.till.people.everyone() if one.is_manager)
        refund = self.till.refunding.refund(
            charge.id, Money(minor, "USD"), "Goods returned", self.cashier.id, manager.id
        )
        outcome = outcome_of(refund, charge, "Citcon")
        return Told(outcome.title, outcome.text, outcome.details)

    def forget_at_citcon(self, charge):
        """Let the ledger name a payment that Citcon does not know."""
        ledger = sqlite3.connect(self.till.recovery._ledger.store.file)
        ledger.execute("UPDATE charges SET gateway_id = 'U0', transaction_id = 'U0'")
        ledger.commit()
        ledger.close()
        with self.till.recovery._ledger.store.read() as work:
            self.till.recovery._ledger.board.put(work.charges.get(charge.id))

    def give_back_elsewhere(self, charge, minor=4250):
        """Refund it past this ledger, as another program of the merchant may."""
        form = {
            "token": "training-token",
            "transaction_id": charge.gateway_id,
            "refund_amount": str(minor),
        }
        self.http.post("/posp/rest/refund", data=form).raise_for_status()


@pytest.fixture(scope="module")
def simulator():
    with running_simulator(Settings(china_host=CHINA)) as simulator:
        yield simulator


@pytest.fixture
def desk(tmp_path, simulator):
    desk = Desk(tmp_path, simulator)
    yield desk
    desk.close()


def activated_twice(desk):
    settings = InStoreSettings(base_url=f"{desk.simulator.url}/")
    activate(settings, "training-store", Tls())
    with pytest.raises(GatewayNotSetUp) as refused:
        activate(settings, "training-store", Tls())
    sentence = str(refused.value)
    words = explain(ActivationRefusedError(sentence, sentence), "Citcon")
    return Told(words.happened, words.text, words.details)


def malformed_for_unionpay(desk):
    return desk.screen_words(desk.taken(TOO_LONG_FOR_UNIONPAY))


def refunded_too_much(desk):
    paid = desk.taken()
    desk.give_back_elsewhere(paid, 4000)
    return desk.refund_words(paid, 300)


def refunded_again_by_unionpay(desk):
    paid = desk.taken(UNIONPAY)
    desk.give_back_elsewhere(paid)
    return desk.refund_words(paid)


def refunded_although_unknown(desk):
    paid = desk.taken()
    desk.forget_at_citcon(paid)
    return desk.refund_words(desk.now(paid))


def cancelled_although_unknown(desk):
    desk.faults(("pay", "needs_confirming"))
    waiting = desk.taken()
    gateway = desk.till.taking._gateways.for_charge(waiting)
    answer = gateway.cancel(replace(waiting, gateway_id="U0"))
    desk.faults(("cancel", "cancel_failed"))
    desk.till.payments.cancel(waiting.id)
    told = desk.screen_words(waiting)
    return replace(told, details=answer.text)


def cancelled_after_it_was_over(desk):
    desk.faults(("pay", "needs_confirming"))
    waiting = desk.taken()
    assert desk.act(waiting, "expire")
    gateway = desk.till.taking._gateways.for_charge(waiting)
    form = wire.cancel_form(gateway._token, waiting.gateway_id)
    details = desk.http.post("/posp/rest/cancel", data=form).json()["error_message"]
    desk.till.payments.cancel(waiting.id)
    return replace(desk.screen_words(waiting), details=details)


FAILURES = {
    "C-I0": (
        activated_twice,
        "The service didn’t activate this register.",
        "Nothing was changed. Check the store code.",
        "C-I0",
    ),
    "DATA_FORMAT_ERROR": (
        malformed_for_unionpay,
        "Citcon didn’t accept this payment",
        "No money was taken. Ask the customer to refresh the code",
        "[scanCodeId]DATA_FORMAT_ERROR",
    ),
    "C-A2 to a refund": (
        refunded_too_much,
        "Citcon says this is more than can be refunded.",
        "No money moved. It may have been refunded elsewhere. Check the status",
        "C-A2",
    ),
    "C-A2 to a cancel": (
        cancelled_after_it_was_over,
        "The code has expired",
        "Citcon confirms it wasn’t paid. No money was taken.",
        "C-A2",
    ),
    "already refunded by UnionPay": (
        refunded_again_by_unionpay,
        "Citcon says this is more than can be refunded.",
        "No money moved. It may have been refunded elsewhere. Check the status",
        "Original transaction not found or already refunded",
    ),
    "D1": (
        refunded_although_unknown,
        "Citcon refused the refund.",
        "No money moved. The details say what Citcon answered.",
        "Transaction not found",
    ),
    "E4": (
        cancelled_although_unknown,
        "Couldn’t cancel",
        "Cancelling failed. The payment is unchanged and may still be paid.",
        "Transaction not found",
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_each_failure_says_what_happened_what_is_safe_and_what_to_do(desk, name):
    fail, happened, text, details = FAILURES[name]
    told = fail(desk)
    assert told.happened == happened
    assert told.text.startswith(text)
    assert details in told.details
    assert details not in f"{told.happened} {told.text}"


def test_a_code_from_china_leads_to_its_host(tmp_path, simulator):
    desk = TillWithSimulator(tmp_path, simulator, POS_APP_CITCON_CHOP_CLIENT_COUNTRY="CN")
    charge = desk.till.checkout.send(desk.charge().id)
    assert charge.status is ChargeStatus.WAITING
    assert httpx.URL(charge.code).host == CHINA
    desk.close()


def test_a_terminal_that_calls_china_gets_its_codes_from_there(desk):
    form = {"token": "training-token", "total": "4250", "tip": "0"}
    answer = desk.http.post("/posp/rest/gen_payment_qr", data=form, headers={"Host": CHINA})
    assert httpx.URL(wire.read_created(answer.content).code).host == CHINA
