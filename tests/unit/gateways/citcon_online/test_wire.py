"""The Online API's answers, in every shape that has been seen, and in none that hasn't."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import Inquiry, PaymentState, RefusalKind, Refused
from pos_app.gateways.citcon_online import wire
from tests.fakes.chop import charge

ADDRESS = "https://uat.citconpay.com/payment/qr?q=U0000000001-0123456789abcdef0123&size=300"


def test_a_charge_is_asked_for_by_vendor_and_never_with_duplicates():
    assert wire.create_form(charge(), {"ipn_url": "", "client_country": "CN"}) == {
        "vendor": "alipay",
        "amount": "4250",
        "currency": "USD",
        "reference": "HSG1-2507120087-K7QX",
        "client_country": "CN",
    }


def test_a_wallet_with_its_own_currency_is_charged_by_trans_amount():
    kakao = charge(method=PaymentMethod.KAKAOPAY, amount=Money(5000, "KRW"))
    form = wire.create_form(kakao, {})
    assert (form["trans_amount"], form["trans_currency"]) == ("5000", "KRW")
    assert "amount" not in form


@pytest.mark.parametrize("body", [ADDRESS, f" {ADDRESS}\n", f'"{ADDRESS}"'])
def test_an_address_of_a_picture_is_an_accepted_charge(body):
    assert wire.read_created(body.encode()) == wire.Accepted(
        "U0000000001-0123456789abcdef0123", ADDRESS
    )


def test_a_0_for_the_payment_is_a_refusal():
    body = b"https://uat.citconpay.com/payment/qr?q=0&error=vendor+isn%27t+enabled"
    assert wire.read_created(body) == Refused(RefusalKind.OTHER, "vendor isn't enabled")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Sign in to the network</html>",
        b"http://far.example/payment/qr?q=U1&size=1",  # plain http leaves this computer
        b"https://uat.citconpay.com/payment/qr?size=1&q=U1",  # q is the first
        b"https://uat.citconpay.com/payment/qr",
        b"file:///etc/passwd?q=U1&a=b",
        b"https://[::1?q=U1&a=b",
        b"\xff\xfe",
        b'{"result":"success"}',
    ],
)
def test_anything_else_is_no_answer(body):
    with pytest.raises(OutcomeUnknown):
        wire.read_created(body)


@pytest.mark.parametrize("body", [b"{}", b"[]"])
def test_an_empty_answer_is_an_open_payment(body):
    assert wire.read_inquiry(body) == Inquiry(PaymentState.OPEN)


@pytest.mark.parametrize(
    ("status", "state"), [(None, PaymentState.OPEN), ("success", PaymentState.PAID)]
)
def test_status_says_whether_it_was_paid(status, state):
    answer = {
        "id": "U1",
        "type": "charge",
        "amount": 4250,
        "currency": "USD",
        "reference": "R",
        "status": status,
    }
    inquiry = wire.read_inquiry(json.dumps(answer).encode())
    assert (inquiry.state, inquiry.is_charge) == (state, True)
    assert (inquiry.amount, inquiry.transaction_id) == (Money(4250, "USD"), "U1")


def test_a_refund_with_the_same_reference_never_makes_it_paid():
    body = b'{"id":"U2","type":"refund","reference":"R","status":"success"}'
    assert not wire.read_inquiry(body).is_charge


@pytest.mark.parametrize("status", ["fail", "pending", 1, True, ""])
def test_a_word_that_is_not_known_is_no_answer(status):
    body = json.dumps({"type": "charge", "reference": "R", "status": status}).encode()
    with pytest.raises(OutcomeUnknown):
        wire.read_inquiry(body)


@pytest.mark.parametrize("body", [b"[]", b'{"transactions":{}}', b'{"transactions":[1]}', b"x"])
def test_what_is_no_list_says_nothing(body):
    with pytest.raises(OutcomeUnknown):
        wire.read_transactions(body)


@given(st.binary(max_size=300))
def test_noise_never_counts_as_paid_or_accepted(noise):
    for read in (wire.read_created, wire.read_inquiry, wire.read_transactions):
        try:
            answer = read(noise)
        except OutcomeUnknown:
            continue
        assert not isinstance(answer, wire.Accepted)
        assert getattr(answer, "state", None) is not PaymentState.PAID
