import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.currencies import CURRENCIES
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CancelAnswer,
    CancelResult,
    CodeCreated,
    Inquiry,
    PaymentState,
    RefusalKind,
    Refused,
)
from pos_app.gateways import citcon_words
from pos_app.gateways.citcon_chop import wire
from tests.fakes.chop import Q, charge

REFERENCE = "HSG1-2507120087-K7QX"
OPEN_BODY = {
    "amount": 4250,
    "reference": REFERENCE,
    "type": "payment",
    "currency": "USD",
    "payment_method": "alipay",
    "notify_result": None,
    "id": "U0123456789-0123456789abcdef0123",
    "transaction_id": "U0123456789-0123456789abcdef0123",
    "time": "2025-07-12 14:32:08",
}
PAID_BODY = OPEN_BODY | {"notify_result": "success"}


def body(answer):
    """Return `answer` as PHP writes it."""
    return json.dumps(answer, separators=(",", ":")).replace("/", "\\/").encode()


def without(answer, *names):
    return {name: value for name, value in answer.items() if name not in names}


NOT_AN_ANSWER = [
    b"",
    b" ",
    b"ok",
    b"<!DOCTYPE html><title>Welcome</title>",
    b'{"result":"success","url":"https:\\/\\/uat',
    b'"success"',
    b"null",
    b"[]",
    b"[{}]",
    b"4250",
    b"{}",
    b'{"result":"success"}',
    b'{"result":null}',
    b'{"error":"no"}',
    b"\xff\xfe{}",
    b"[" * 100_000,
    b'{"amount":' + b"9" * 5_000 + b"}",
]


@pytest.mark.parametrize("answer", NOT_AN_ANSWER, ids=lambda answer: repr(answer[:24]))
@pytest.mark.parametrize(
    "read",
    [
        wire.read_created,
        wire.read_inquiry,
        lambda answer: wire.read_cancelled(answer, REFERENCE),
        lambda answer: citcon_words.read_refunded(answer, charge()),
    ],
    ids=["create", "inquire", "cancel", "refund"],
)
def test_what_is_not_a_known_answer_may_have_been_carried_out(read, answer):
    with pytest.raises(OutcomeUnknown):
        read(answer)


@given(st.binary(max_size=200))
def test_noise_is_never_an_answer(noise):
    with pytest.raises(OutcomeUnknown):
        wire.read_inquiry(noise)
    with pytest.raises(OutcomeUnknown):
        citcon_words.read_refunded(noise, charge())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3)
    ),
    max_leaves=6,
)
MEMBERS = st.sampled_from(
    [
        *(*OPEN_BODY, "result", "error", "url", "cancelled", "status", "transaction_reference"),
        *("code", "refunded", "note"),
    ]
)


@given(st.dictionaries(MEMBERS, JSON | st.sampled_from(["success", "fail", "payment"])))
def test_any_json_is_an_answer_or_no_answer_and_nothing_else(answer):
    for read in (
        wire.read_created,
        wire.read_inquiry,
        lambda words: wire.read_cancelled(words, REFERENCE),
        lambda words: citcon_words.read_refunded(words, charge()),
        lambda words: wire.read_transactions(b"[" + words + b"]"),
    ):
        try:
            read(body(answer))
        except OutcomeUnknown:
            continue


class TestCreate:
    @pytest.mark.parametrize("method", PaymentMethod)
    def test_wallets_with_a_currency_of_their_own_are_charged_by_trans_amount(self, method):
        currency = METHODS[method].currency("USD")
        form = wire.create_form(charge(method=method, amount=Money(4250, currency)), {})
        prefix = "trans_" if METHODS[method].wallet_currency else ""
        assert form == {
            "payment_method": method.value,
            f"{prefix}amount": "4250",
            f"{prefix}currency": currency,
            "reference": REFERENCE,
        }

    def test_empty_extras_are_left_out_and_duplicates_never_allowed(self):
        form = wire.create_form(charge(), {"ipn_url": "", "client_country": "CN"})
        assert "ipn_url" not in form
        assert form["client_country"] == "CN"
        assert "allow_duplicates" not in form

    @given(st.integers(1, 10**9 - 1), st.sampled_from(sorted(CURRENCIES)))
    def test_an_amount_comes_back_as_it_was_sent_in_every_currency(self, minor, currency):
        form = wire.create_form(charge(amount=Money(minor, currency)), {})
        for sent in (int(form["amount"]), form["amount"]):
            answer = PAID_BODY | {"amount": sent, "currency": form["currency"]}
            assert wire.read_inquiry(body(answer)).amount == Money(minor, currency)

    @pytest.mark.parametrize(
        ("plain", "currency", "sent"),
        [("42.50", "USD", "4250"), ("4250", "JPY", "4250"), ("4250", "KRW", "4250")],
    )
    def test_currencies_without_decimals_are_sent_unscaled(self, plain, currency, sent):
        form = wire.create_form(charge(amount=Money.parse(plain, currency)), {})
        assert form["amount"] == sent

    @pytest.mark.parametrize(
        ("query", "q"),
        [
            (f"q={Q}", Q),
            (f"q={Q}1234567", f"{Q}1234567"),
            (f"lang=en&q={Q}&x=1", Q),
            (f"q={Q}==", f"{Q}=="),
            (f"q={Q}%3D", f"{Q}="),
            ("q=" + "a" * 64, "a" * 64),
            ("q=CTCN-P1", "CTCN-P1"),
        ],
    )
    def test_the_payments_id_is_in_the_address(self, query, q):
        url = f"https://uat.citconpay.com/chop/landing?{query}"
        assert wire.read_created(body({"result": "success", "url": url})) == CodeCreated(q, url)

    @pytest.mark.parametrize(
        "words",
        [
            b'\xef\xbb\xbf{"result":"success","url":"http:\\/\\/127.0.0.1:9\\/chop\\/landing?q=ab"}',
            b'\r\n {"url":"http://127.0.0.1:9/chop/landing?q=ab", "result" : "SUCCESS"} \n',
        ],
    )
    def test_marks_blanks_and_order_do_not_matter(self, words):
        assert wire.read_created(words) == CodeCreated(
            "ab", "http://127.0.0.1:9/chop/landing?q=ab"
        )

    @pytest.mark.parametrize(
        "url",
        [
            None,
            5,
            "",
            "landing?q=ab",
            "weixin://pay?q=ab",
            "javascript:alert(1)?q=ab",
            "https:///landing?q=ab",
            "https://[::1/landing?q=ab",
            "https://uat.citconpay.com/landing",
            "https://uat.citconpay.com/landing?q=",
            "https://uat.citconpay.com/landing?qq=ab",
            "https://uat.citconpay.com/landing?q=ab&q=cd",
            "https://uat.citconpay.com/landing?q=a%20b",
            "https://uat.citconpay.com/landing?q=" + "a" * 65,
            "https://uat.citconpay.com/lan ding?q=ab",
            "https://uat.citconpay.com/lan\nding?q=ab",
            "https://uat.citconpay.com/landing?q=ab&x=" + "a" * 2_000,
        ],
    )
    def test_an_address_that_nobody_could_open_is_no_answer(self, url):
        with pytest.raises(OutcomeUnknown):
            wire.read_created(body({"result": "success", "url": url}))

    @pytest.mark.parametrize("result", ["fail", "error", "FAIL"])
    def test_a_refusal_keeps_citcons_words(self, result):
        answer = {"result": result, "error": "amount isn't a whole number\n of cents"}
        assert wire.read_created(body(answer)) == Refused(
            RefusalKind.OTHER, "amount isn't a whole number of cents"
        )

    @pytest.mark.parametrize("error", [None, 5, [], "x" * 1_000])
    def test_a_refusal_may_say_anything_or_nothing(self, error):
        refused = wire.read_created(body({"result": "fail", "error": error, "code": 4071}))
        assert refused.code == "4071"
        assert len(refused.text) <= 300

    def test_a_refusal_with_a_code_to_pay_contradicts_itself(self):
        answer = {"result": "fail", "error": "no", "url": "https://uat.citconpay.com/l?q=ab"}
        with pytest.raises(OutcomeUnknown):
            wire.read_created(body(answer))

    @pytest.mark.parametrize(
        "error",
        [
            "Authorization is missing: send Bearer and the merchant token",
            "Authorization: this merchant token isn't known",
            "Invalid token",
            "Token expired",
            "unauthorized",
            "Unauthorised request",
            "Authentication failed",
            "Bad credentials",
            "Access denied",
            "Invalid merchant",
            "unknown merchant id",
            "Merchant not found",
            "merchant does not exist",
            "Merchant is inactive",
        ],
    )
    def test_a_refused_token_is_not_set_up(self, error):
        refused = wire.read_created(body({"result": "fail", "error": error}))
        assert refused.kind is RefusalKind.NOT_SET_UP

    @pytest.mark.parametrize(
        "error",
        [
            "payment_method isn't enabled for this merchant",
            "amount is missing",
            "q: there is no such payment",
            "Invalid payment token",
            "card_token is not supported",
            "reference isn't unique within the merchant",
            "",
        ],
    )
    def test_other_refusals_do_not_blame_the_token(self, error):
        refused = wire.read_created(body({"result": "fail", "error": error}))
        assert refused.kind is RefusalKind.OTHER


class TestInquire:
    def test_a_paid_charge_with_all_that_is_sent(self):
        assert wire.read_inquiry(body(PAID_BODY)) == Inquiry(
            PaymentState.PAID,
            is_charge=True,
            reference=REFERENCE,
            amount=Money(4250, "USD"),
            method="alipay",
            transaction_id="U0123456789-0123456789abcdef0123",
            time_text="2025-07-12 14:32:08",
        )

    @pytest.mark.parametrize(
        ("answer", "state"),
        [
            (OPEN_BODY, PaymentState.OPEN),
            (without(OPEN_BODY, "notify_result"), PaymentState.OPEN),
            (PAID_BODY, PaymentState.PAID),
            (OPEN_BODY | {"notify_result": "Success"}, PaymentState.PAID),
            (OPEN_BODY | {"notify_result": "expired"}, PaymentState.EXPIRED),
        ],
    )
    def test_what_became_of_it(self, answer, state):
        assert wire.read_inquiry(body(answer)).state is state

    @pytest.mark.parametrize("said", ["fail", "", "null", "pending", 0, 1, True, False, [], {}])
    def test_an_unknown_word_is_not_trusted(self, said):
        with pytest.raises(OutcomeUnknown):
            wire.read_inquiry(body(OPEN_BODY | {"notify_result": said}))

    def test_an_answer_about_nothing_is_not_trusted(self):
        with pytest.raises(OutcomeUnknown):
            wire.read_inquiry(body({"notify_result": "success", "amount": 4250}))

    @pytest.mark.parametrize(
        ("kind", "is_charge"),
        [
            ("payment", True),
            ("charge", True),
            ("Payment", True),
            ("refund", False),
            ("", False),
            (None, False),
            (1, False),
        ],
    )
    def test_only_payment_and_charge_are_charges(self, kind, is_charge):
        assert wire.read_inquiry(body(PAID_BODY | {"type": kind})).is_charge is is_charge

    def test_without_a_type_it_is_no_charge(self):
        assert not wire.read_inquiry(body(without(PAID_BODY, "type"))).is_charge

    @pytest.mark.parametrize(
        ("amount", "currency", "read"),
        [
            (4250, "USD", Money(4250, "USD")),
            ("4250", "USD", Money(4250, "USD")),
            (" 4250 ", "usd", Money(4250, "USD")),
            (4250, "JPY", Money(4250, "JPY")),
            (0, "USD", Money(0, "USD")),
            (42.5, "USD", None),
            (4250.0, "USD", None),
            ("42.50", "USD", None),
            ("4,250", "USD", None),
            ("٤٢", "USD", None),
            (-4250, "USD", None),
            (True, "USD", None),
            (None, "USD", None),
            ([], "USD", None),
            ("9" * 16, "USD", None),
            (4250, "XXQ", None),
            (4250, "", None),
            (4250, None, None),
            (4250, 840, None),
        ],
    )
    def test_amounts_are_whole_minor_units_of_a_known_currency(self, amount, currency, read):
        answer = PAID_BODY | {"amount": amount, "currency": currency}
        assert wire.read_inquiry(body(answer)).amount == read

    @pytest.mark.parametrize("name", ["amount", "currency"])
    def test_an_amount_needs_both_members(self, name):
        assert wire.read_inquiry(body(without(PAID_BODY, name))).amount is None

    @pytest.mark.parametrize(
        ("ids", "read"),
        [
            ({"id": "A-1"}, "A-1"),
            ({"transaction_id": "B-2"}, "B-2"),
            ({"id": "A-1", "transaction_id": "B-2"}, "B-2"),
            ({"id": "A-1", "transaction_id": None}, "A-1"),
            ({"id": 17}, "17"),
            ({}, None),
            ({"id": ""}, None),
            ({"id": "x" * 65}, None),
            ({"id": "a b"}, None),
            ({"id": ["A-1"]}, None),
        ],
    )
    def test_the_transaction_id_has_two_names(self, ids, read):
        answer = without(OPEN_BODY, "id", "transaction_id") | ids
        assert wire.read_inquiry(body(answer)).transaction_id == read

    @pytest.mark.parametrize(
        ("sent", "read"), [("wechatpay", "wechatpay"), ("paypal", None), (None, None), (3, None)]
    )
    def test_methods_that_are_not_ours_are_not_compared(self, sent, read):
        assert wire.read_inquiry(body(OPEN_BODY | {"payment_method": sent})).method == read

    @pytest.mark.parametrize(
        ("sent", "read"), [("other", "other"), (17, "17"), (None, None), ("", None)]
    )
    def test_the_reference_is_passed_on_as_it_came(self, sent, read):
        assert wire.read_inquiry(body(OPEN_BODY | {"reference": sent})).reference == read

    def test_a_reference_that_is_none_is_not_trusted(self):
        with pytest.raises(OutcomeUnknown):
            wire.read_inquiry(body(OPEN_BODY | {"reference": [REFERENCE]}))

    @pytest.mark.parametrize(
        ("sent", "shown"),
        [("a\x1b[31m\nb", "a[31m b"), (None, ""), (7.5, ""), ("x" * 99, "x" * 40)],
    )
    def test_the_time_is_only_text_to_show(self, sent, shown):
        assert wire.read_inquiry(body(OPEN_BODY | {"time": sent})).time_text == shown

    def test_a_refusal(self):
        answer = {"result": "fail", "error": "q: there is no such payment"}
        assert wire.read_inquiry(body(answer)) == Refused(
            RefusalKind.OTHER, "q: there is no such payment"
        )


class TestCancel:
    @pytest.mark.parametrize(
        ("cancelled", "status", "result"),
        [
            (True, "Order cancelled", CancelResult.CANCELLED),
            (True, "Done", CancelResult.CANCELLED),
            (True, None, CancelResult.CANCELLED),
            ("true", "Order cancelled", CancelResult.CANCELLED),
            (True, "Duplicate cancellation", CancelResult.DUPLICATE),
            (False, "Duplicate cancellation", CancelResult.DUPLICATE),
            (False, "DUPLICATE CANCELLATION.", CancelResult.DUPLICATE),
            (False, "Not in cancellation window", CancelResult.NOT_IN_WINDOW),
            (False, "not in  cancellation window", CancelResult.NOT_IN_WINDOW),
            (False, "Cancellation failed", CancelResult.FAILED),
            (False, "Something new", CancelResult.FAILED),
            (False, None, CancelResult.FAILED),
            ("false", "Cancellation failed", CancelResult.FAILED),
        ],
    )
    def test_what_became_of_it(self, cancelled, status, result):
        answer = {
            "transaction_id": "U1",
            "transaction_reference": REFERENCE,
            "cancelled": cancelled,
            "status": status,
        }
        read = wire.read_cancelled(body(answer), REFERENCE)
        assert read == CancelAnswer(result, " ".join((status or "").split()))

    @pytest.mark.parametrize(
        "answer",
        [
            {"cancelled": True, "status": "Cancellation failed"},
            {"cancelled": True, "status": "Not in cancellation window"},
            {"cancelled": False, "status": "Order cancelled"},
            {"cancelled": None, "status": "Order cancelled"},
            {"cancelled": 1, "status": "Order cancelled"},
            {"status": "Order cancelled"},
            {"cancelled": True, "transaction_reference": "HSG1-2507120086-AAAA"},
        ],
    )
    def test_a_contradiction_or_another_payments_answer_is_no_answer(self, answer):
        with pytest.raises(OutcomeUnknown):
            wire.read_cancelled(body(answer), REFERENCE)

    def test_a_refused_token(self):
        answer = {"result": "error", "error": "Unauthorized"}
        assert wire.read_cancelled(body(answer), REFERENCE) == Refused(
            RefusalKind.NOT_SET_UP, "Unauthorized"
        )
