import json
from urllib.parse import parse_qs

import httpx
import pytest

from pos_app.config.secrets import Secret
from pos_app.config.settings import ChopSettings
from pos_app.domain.errors import GatewayNotSetUp, OutcomeUnknown
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CancelResult,
    CodeCreated,
    ListedKind,
    PaymentState,
    RefundDone,
    RefusalKind,
)
from pos_app.gateways.base import Gateway
from pos_app.gateways.citcon_chop.gateway import CitconChop
from pos_app.gateways.tls import Tls
from tests.fakes.chop import Q, charge, shown_charge

TOKEN = Secret("9F3A81C2E0D5471B")
TLS = Tls()


class FakeCitcon:
    """Remembers what it was asked, and answers `body`."""

    def __init__(self, body):
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.asked = []
        self.patience = []

    def __call__(self, request):
        text = request.content.decode()
        form = parse_qs(text, keep_blank_values=True, strict_parsing=bool(text))
        self.asked.append((request.url.path, {name: one for name, (one,) in form.items()}))
        self.patience.append(request.extensions["timeout"]["read"])
        return httpx.Response(200, content=self.body)


def gateway(citcon, **settings):
    return CitconChop(ChopSettings(**settings), TOKEN, TLS, httpx.MockTransport(citcon))


def test_it_is_a_gateway_named_citcon():
    chop: Gateway = gateway(FakeCitcon({}))
    assert (chop.id, chop.name, chop.credentials) == (
        "citcon_chop",
        "Citcon",
        "ffcbe7159338.7b8352",
    )


def test_a_charge_is_created_with_its_reference_and_never_a_duplicate():
    url = f"https://uat.citconpay.com/chop/landing?q={Q}"
    citcon = FakeCitcon({"result": "success", "url": url})
    assert gateway(citcon).create(charge()) == CodeCreated(Q, url)
    assert citcon.asked == [
        (
            "/chop/chop",
            {
                "payment_method": "alipay",
                "amount": "4250",
                "currency": "USD",
                "reference": "HSG1-2507120087-K7QX",
            },
        )
    ]


def test_the_settings_addresses_go_along_where_there_are_any():
    citcon = FakeCitcon({"result": "fail", "error": "no"})
    extras = {
        "ipn_url": "https://store.example/ipn",
        "callback_url_success": "https://store.example/yes?a=1&b=2",
        "callback_url_fail": "https://store.example/no",
        "mobile_result_url": "https://store.example/wallet",
        "client_country": "CN",
    }
    gateway(citcon, **extras).create(charge())
    sent = citcon.asked[0][1]
    assert {name: sent[name] for name in extras} == extras


def test_an_inquire_asks_by_q_for_the_real_answer():
    citcon = FakeCitcon({"type": "payment", "reference": "x", "notify_result": None})
    assert gateway(citcon).inquire(shown_charge()).state is PaymentState.OPEN
    assert citcon.asked == [("/chop/inquire", {"q": Q, "inquire_method": "real"})]


def test_a_cancel_names_the_payment_and_gives_a_reason():
    citcon = FakeCitcon({"cancelled": True, "status": "Order cancelled"})
    assert gateway(citcon).cancel(shown_charge()).result is CancelResult.CANCELLED
    ((path, form),) = citcon.asked
    assert path == "/chop/cancel"
    assert form["transaction_id"] == Q
    assert form["reason"]


def test_a_refund_names_the_payment_the_money_and_the_reason():
    citcon = FakeCitcon({"id": "U2-a", "transaction_id": Q, "refunded": True, "status": "success"})
    paid = shown_charge(transaction_id=None)
    assert gateway(citcon).refund(paid, Money(1000, "USD"), "Wrong size") == RefundDone("U2-a")
    assert citcon.asked == [
        (
            "/chop/refund",
            {
                "transaction_id": Q,
                "amount": "1000",
                "currency": "USD",
                "reason": "Wrong size",
            },
        )
    ]


def test_a_refund_that_cannot_be_is_not_sent():
    citcon = FakeCitcon({})
    for wrong in (Money(0, "USD"), Money(-1, "USD"), Money(1, "EUR")):
        with pytest.raises(ValueError, match="can't be refunded"):
            gateway(citcon).refund(shown_charge(), wrong, "x")
    with pytest.raises(ValueError, match="no gateway id"):
        gateway(citcon).refund(charge(), Money(1, "USD"), "x")
    assert citcon.asked == []


def test_the_list_is_asked_for_with_nothing_but_the_token():
    citcon = FakeCitcon([{"type": "payment", "reference": "A", "notify_result": "success"}])
    (listed,) = gateway(citcon).transactions()
    assert (listed.kind, listed.reference) == (ListedKind.CHARGE, "A")
    assert citcon.asked == [("/chop/transactions", {})]


def test_what_may_move_money_is_waited_for_longer_than_a_question():
    citcon = FakeCitcon({"result": "fail", "error": "no"})
    chop = gateway(citcon)
    chop.create(charge())
    chop.inquire(shown_charge())
    chop.cancel(shown_charge())
    chop.refund(shown_charge(), Money(1, "USD"), "x")
    assert citcon.patience == [10, 5, 10, 10]


def test_there_is_nothing_to_ask_about_a_charge_without_an_id():
    citcon = FakeCitcon({})
    for call in (gateway(citcon).inquire, gateway(citcon).cancel):
        with pytest.raises(ValueError, match="no gateway id"):
            call(charge())
    assert citcon.asked == []


@pytest.mark.parametrize(
    ("body", "is_known"),
    [
        ({"result": "fail", "error": "q: there is no such payment"}, True),
        ({"result": "fail", "error": "Authorization: this merchant token isn't known"}, False),
        ({}, True),
        (b"[]", True),
        (b"null", True),
    ],
)
def test_the_connection_is_checked_with_a_payment_that_does_not_exist(body, is_known):
    citcon = FakeCitcon(body)
    check = gateway(citcon).check_connection()
    assert check.is_token_known is is_known
    assert check.took_s >= 0
    assert [path for path, _ in citcon.asked] == ["/chop/inquire"]
    assert bool(check.text) is not is_known


def test_a_captive_portal_is_not_citcon():
    with pytest.raises(OutcomeUnknown):
        gateway(FakeCitcon(b"<html>Welcome to the mall</html>")).check_connection()


def test_a_refusal_that_repeats_the_token_does_not_get_it_into_the_ledger():
    citcon = FakeCitcon({"result": "fail", "error": f"unknown token {TOKEN.reveal()}"})
    refused = gateway(citcon).create(charge())
    assert refused.kind is RefusalKind.NOT_SET_UP
    assert refused.text == "unknown token •••"


@pytest.mark.parametrize("value", ["two words", "line\nbreak", "schlüssel", "tab\t"])
def test_a_token_that_no_header_takes_is_not_set_up_and_not_shown(value):
    with pytest.raises(GatewayNotSetUp) as caught:
        CitconChop(ChopSettings(), Secret(value), TLS)
    assert value not in str(caught.value)
