"""The In-Store API's answers, in every shape that is known, and in none that isn't."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.config.secrets import Secret
from pos_app.domain.customer_codes import read_code
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CancelResult,
    CodeCreated,
    Inquiry,
    ListedKind,
    PaymentState,
    RefundDone,
    RefundRefusalKind,
    RefusalKind,
    Refused,
    Taken,
)
from pos_app.gateways.citcon_instore import wire
from tests.fakes.chop import charge

TOKEN = Secret("terminal-9F3A81C2")
NOW = datetime(2026, 7, 12, 14, 32, 8, tzinfo=UTC)
ID = "U0000000001-0123456789abcdef0123"
WRONG_STATE = "Order Status Error (C-A2)\nCheck Order Status"
SHOWN = charge(gateway_id=ID)


def body(**members):
    return json.dumps(members).encode()


def failed(code, text):
    return body(result="fail", code=code, error_message=text)


def test_a_code_is_asked_for_without_reference_and_currency():
    assert wire.create_form(TOKEN, charge()) == {
        "token": "terminal-9F3A81C2",
        "total": "4250",
        "tip": "0",
    }


def test_a_refund_says_what_and_why_in_one_line():
    form = wire.refund_form(TOKEN, SHOWN, Money(100, "USD"), "Goods\nreturned [R1]", NOW)
    assert form == {
        "token": "terminal-9F3A81C2",
        "transaction_id": ID,
        "reference": "HSG1-2507120087-K7QX",
        "refund_amount": "100",
        "pos_local_time": "2026-07-12 14:32:08",
        "note": "Goods returned [R1]",
    }


@pytest.mark.parametrize("amount", [Money(0, "USD"), Money(100, "EUR")])
def test_what_cannot_be_refunded_is_not_sent(amount):
    with pytest.raises(ValueError, match="can't be refunded"):
        wire.refund_form(TOKEN, SHOWN, amount, "test", NOW)


def test_an_activation_brings_a_token_that_is_not_shown():
    token = wire.read_initialized(body(result="success", token="abc123", name_eng="Shop"))
    assert isinstance(token, Secret)
    assert token.reveal() == "abc123"
    assert "abc123" not in repr(token)


def test_an_activation_that_is_in_use_is_refused():
    text = "Token was occupied (C-I0)\nContact service provider"
    answer = wire.read_initialized(body(result="fail", error_message=text))
    assert isinstance(answer, Refused)
    assert "C-I0" in answer.text


@pytest.mark.parametrize("code", [f"https://x/y?q={ID}", f"pay={ID}", f"https://x?q={ID}&a=b"])
def test_what_comes_after_the_equals_sign_is_the_payment(code):
    answer = wire.read_created(body(result="success", qr_code=code))
    assert answer == CodeCreated(ID, code)


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>Sign in to the network</html>",
        b"[]",
        body(result="success"),
        body(result="success", qr_code="no id"),
        body(result="success", qr_code="="),
        body(result="success", qr_code=7),
        body(qr_code=f"pay={ID}"),
        body(result="success", qr_code=f"pay={ID}\x00"),
    ],
)
def test_what_is_no_code_is_unknown(answer):
    with pytest.raises(OutcomeUnknown):
        wire.read_created(answer)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (body(result="success", code="00", method="WeChat", total=4250), PaymentState.PAID),
        (body(result="success", code="00", method="Alipay", total="4250"), PaymentState.PAID),
        (body(result="success", code="09", total=4250), PaymentState.OPEN),
        (body(result="fail", code="09", total=4250), PaymentState.OPEN),
        (body(result="fail", code="P1", error_message="No", total=4250), PaymentState.DECLINED),
        (
            body(result="fail", code="P2", error_message="Payment expired", total=4250),
            PaymentState.EXPIRED,
        ),
    ],
)
def test_the_code_says_how_a_payment_stands(answer, state):
    expected = Inquiry(state, amount=Money(4250, "USD"), transaction_id=ID)
    assert wire.read_inquiry(answer, SHOWN) == expected


@pytest.mark.parametrize(
    "answer",
    [
        failed("D1", "Transaction not found"),
        failed("", "Something"),
        failed("P1", "Of no payment that it names"),
    ],
)
def test_a_no_to_the_question_says_nothing_of_the_payment(answer):
    assert isinstance(wire.read_inquiry(answer, SHOWN), Refused)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        body(),
        body(result="success", total=4250),
        body(result="success", code="42", total=4250),
        body(result="fail", code="00", total=4250),
    ],
)
def test_what_is_not_listed_is_no_answer(answer):
    with pytest.raises(OutcomeUnknown):
        wire.read_inquiry(answer, SHOWN)


@pytest.mark.parametrize("total", ["42.50", None, -4250, True, 42.5])
def test_an_amount_that_cannot_be_read_confirms_none(total):
    answer = wire.read_inquiry(body(result="success", code="00", total=total), SHOWN)
    assert answer.amount is None


def test_a_refund_that_is_done_has_an_id():
    answer = body(result="success", code="00", transaction_id="U2-ab", original_transaction_id=ID)
    assert wire.read_refunded(answer, SHOWN) == RefundDone("U2-ab")


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        ("C-A2", WRONG_STATE, RefundRefusalKind.TOO_MUCH),
        ("", WRONG_STATE, RefundRefusalKind.TOO_MUCH),
        (
            "X",
            "Original transaction not found or already refunded",
            RefundRefusalKind.TOO_MUCH,
        ),
        ("D1", "", RefundRefusalKind.OTHER),
        ("R1", "Insufficient funds in open balance", RefundRefusalKind.NO_BALANCE),
        ("R2", "Not today", RefundRefusalKind.OTHER),
    ],
)
def test_a_refund_is_refused_in_several_words(code, text, kind):
    assert wire.read_refunded(failed(code, text), SHOWN).kind is kind


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        body(),
        body(result="success", code="09", transaction_id="U2"),
        body(result="fail", code="00"),
        body(result="fail", code="09"),
        body(result="success", code="00", transaction_id="U2", original_transaction_id="U9"),
    ],
)
def test_a_refund_that_may_have_happened_is_unknown(answer):
    with pytest.raises(OutcomeUnknown):
        wire.read_refunded(answer, SHOWN)


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (body(result="success", code="00"), CancelResult.CANCELLED),
        (failed("C-A2", WRONG_STATE), CancelResult.DUPLICATE),
        (failed("E4", ""), CancelResult.FAILED),
    ],
)
def test_a_cancel_is_answered(answer, result):
    assert wire.read_cancelled(answer).result is result


def test_a_token_that_is_not_known_is_a_matter_of_the_connection():
    answer = failed("", "token isn't known")
    for read in (wire.read_created, wire.read_signed_in, wire.read_cancelled):
        assert read(answer).kind is RefusalKind.NOT_SET_UP
    for read in (wire.read_inquiry, wire.read_refunded):
        assert read(answer, SHOWN).kind is RefusalKind.NOT_SET_UP
    with pytest.raises(OutcomeUnknown):
        wire.read_history(answer)


def test_the_history_has_payments_and_their_refunds():
    entry = {
        "transaction_id": ID,
        "reference": "HSG1-1",
        "total": 4250,
        "currency": "USD",
        "code": "00",
        "method": "WeChat",
        "pos_local_time": "2026-07-12 14:32:08",
        "refunds": [{"transaction_id": "U2", "refund_amount": 100, "note": "Back [R1]"}],
    }
    paid, back = wire.read_history(json.dumps([entry]).encode())
    assert (paid.kind, paid.state, paid.method) == (
        ListedKind.CHARGE,
        PaymentState.PAID,
        "wechatpay",
    )
    assert (paid.amount, paid.refunded) == (Money(4250, "USD"), Money(100, "USD"))
    assert (back.kind, back.amount, back.note) == (
        ListedKind.REFUND,
        Money(100, "USD"),
        "Back [R1]",
    )
    assert (back.transaction_id, back.reference, back.gateway_id) == (ID, "HSG1-1", "U2")


@pytest.mark.parametrize("refunds", [None, "none", [7], [{"refund_amount": "?"}]])
def test_refunds_that_cannot_be_read_leave_open_how_much_went_back(refunds):
    entry = {"transaction_id": ID, "code": "00", "currency": "USD", "total": 1}
    paid, *_ = wire.read_history(json.dumps([{**entry, "refunds": refunds}]).encode())
    assert paid.refunded is None


def test_a_customers_code_goes_out_with_the_charges_reference_and_currency():
    code = read_code("2812345678901234")
    assert wire.take_form(TOKEN, charge(), code, NOW) == {
        "token": "terminal-9F3A81C2",
        "barcode": "2812345678901234",
        "total": "4250",
        "tip": "0",
        "currency": "USD",
        "pos_local_time": "2026-07-12 14:32:08",
        "reference": "HSG1-2507120087-K7QX",
        "note": "",
    }


@pytest.mark.parametrize(
    ("answer", "state", "payment_id"),
    [
        ({"result": "success", "code": "00", "transaction_id": ID}, PaymentState.PAID, ID),
        ({"result": "success", "code": "09", "transaction_id": ID}, PaymentState.OPEN, ID),
        ({"result": "fail", "code": "09", "transaction_id": ID}, PaymentState.OPEN, ID),
        (
            {"result": "fail", "code": "P1", "error_message": "No", "transaction_id": ID},
            PaymentState.DECLINED,
            ID,
        ),
        (
            {"result": "fail", "code": "P4", "error_message": "Barcode expired"},
            PaymentState.EXPIRED,
            None,
        ),
    ],
)
def test_a_customers_code_is_answered(answer, state, payment_id):
    told = wire.read_taken(body(**answer, total=4250, method="WeChat"), SHOWN)
    inquiry = Inquiry(
        state, amount=Money(4250, "USD"), method="wechatpay", transaction_id=payment_id
    )
    assert told == Taken(payment_id, inquiry)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[scanCodeId]DATA_FORMAT_ERROR", RefusalKind.OTHER),
        ("token isn't known", RefusalKind.NOT_SET_UP),
    ],
)
def test_a_customers_code_is_refused_without_a_payment(text, kind):
    assert wire.read_taken(failed("", text), SHOWN) == Refused(kind, text)


@pytest.mark.parametrize(
    "answer",
    [
        body(),
        body(result="success", code="00"),
        body(result="success", code="09"),
        body(result="fail", code="00", transaction_id=ID),
        body(result="success", code="42", transaction_id=ID),
    ],
)
def test_a_customers_code_that_may_have_been_paid_is_unknown(answer):
    with pytest.raises(OutcomeUnknown):
        wire.read_taken(answer, SHOWN)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_noise_is_never_read_as_paid_or_as_done(noise):
    for read in (wire.read_created, wire.read_cancelled):
        with pytest.raises(OutcomeUnknown):
            read(noise)
    for read in (wire.read_inquiry, wire.read_refunded, wire.read_taken):
        with pytest.raises(OutcomeUnknown):
            read(noise, SHOWN)
