"""Refunds and the list of transactions in Citcon's words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.currencies import CURRENCIES
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    ListedKind,
    ListedPayment,
    PaymentState,
    RefundDone,
    RefundRefusalKind,
    RefundRefused,
    RefusalKind,
    Refused,
)
from pos_app.gateways import citcon_words
from pos_app.gateways.citcon_chop import wire
from pos_app.gateways.citcon_members import json_items
from tests.fakes.chop import Q, shown_charge

PAYMENT_ID = "U0000092891-fe9c93c42d0123456789"
REFUND_ID = "U0000092892-f84960c2a7e3af7"
DONE = {"id": REFUND_ID, "transaction_id": PAYMENT_ID, "refunded": True, "status": "success"}
TOO_MUCH = {"code": "4071", "refunded": False, "status": "Refund amount greater than allowed."}


def body(answer):
    """Return `answer` as PHP writes it."""
    return json.dumps(answer, separators=(",", ":")).replace("/", "\\/").encode()


def without(answer, *names):
    return {name: value for name, value in answer.items() if name not in names}


def paid(**changes):
    return shown_charge(**{"transaction_id": PAYMENT_ID, **changes})


def refunded(answer, **changes):
    return citcon_words.read_refunded(body(answer), paid(**changes))


class TestForm:
    @pytest.mark.parametrize("method", PaymentMethod)
    def test_a_refund_uses_the_members_that_the_charge_used(self, method):
        currency = METHODS[method].currency("USD")
        one = paid(method=method, amount=Money(4250, currency))
        prefix = "trans_" if METHODS[method].wallet_currency else ""
        assert citcon_words.refund_form(one, Money(1000, currency), "Wrong size") == {
            "transaction_id": PAYMENT_ID,
            f"{prefix}amount": "1000",
            f"{prefix}currency": currency,
            "reason": "Wrong size",
        }

    def test_without_a_transaction_id_the_q_names_the_payment(self):
        form = citcon_words.refund_form(paid(transaction_id=None), Money(1, "USD"), "x")
        assert form["transaction_id"] == Q

    @pytest.mark.parametrize(
        ("reason", "sent"),
        [
            ("", "Refunded at the register"),
            (" \n ", "Refunded at the register"),
            (" Wrong\nsize ", "Wrong size"),
            ("尺寸不对 & é", "尺寸不对 & é"),
        ],
    )
    def test_a_reason_is_one_line_and_never_empty(self, reason, sent):
        assert citcon_words.refund_form(paid(), Money(1, "USD"), reason)["reason"] == sent

    @given(
        minor=st.integers(1, 10**9 - 1),
        currency=st.sampled_from(sorted(CURRENCIES)),
        method=st.sampled_from(PaymentMethod),
    )
    def test_the_form_carries_the_minor_units_in_every_currency(self, minor, currency, method):
        one = paid(amount=Money(10**9, currency), method=method)
        form = citcon_words.refund_form(one, Money(minor, currency), "x")
        created = wire.create_form(paid(amount=Money(minor, currency), method=method), {})
        money = {name: text for name, text in form.items() if "amount" in name or "curr" in name}
        assert sorted(money.values()) == sorted([str(minor), currency])
        assert money.items() <= created.items()  # in the members and units of the charge

    @pytest.mark.parametrize(
        ("plain", "currency", "sent"),
        [("42.50", "USD", "4250"), ("4250", "JPY", "4250"), ("4250", "KRW", "4250")],
    )
    def test_currencies_without_decimals_are_sent_unscaled(self, plain, currency, sent):
        amount = Money.parse(plain, currency)
        form = citcon_words.refund_form(paid(amount=amount), amount, "x")
        assert form["amount"] == sent

    @pytest.mark.parametrize("amount", [Money(0, "USD"), Money(-5, "USD"), Money(5, "JPY")])
    def test_an_amount_that_is_none_makes_no_form(self, amount):
        with pytest.raises(ValueError, match="can't be refunded"):
            citcon_words.refund_form(paid(), amount, "x")


class TestAnswer:
    @pytest.mark.parametrize(
        ("answer", "gateway_id"),
        [
            (DONE, REFUND_ID),
            (DONE | {"status": "Success"}, REFUND_ID),
            (DONE | {"refunded": "true"}, REFUND_ID),
            (DONE | {"transaction_id": Q}, REFUND_ID),
            (without(DONE, "transaction_id"), REFUND_ID),
            (DONE | {"transaction_id": None}, REFUND_ID),
            (DONE | {"id": 17}, "17"),
            (DONE | {"code": ""}, REFUND_ID),
            (without(DONE, "id"), None),
            (DONE | {"id": "x" * 65}, None),
        ],
    )
    def test_it_is_done_when_it_says_so_throughout(self, answer, gateway_id):
        assert refunded(answer) == RefundDone(gateway_id)

    def test_what_cannot_be_compared_does_not_disagree(self):
        assert refunded(DONE, transaction_id=None) == RefundDone(REFUND_ID)

    @pytest.mark.parametrize("code", ["4071", 4071])
    def test_4071_is_too_much(self, code):
        assert refunded(TOO_MUCH | {"code": code}) == RefundRefused(
            RefundRefusalKind.TOO_MUCH, "Refund amount greater than allowed.", "4071"
        )

    @pytest.mark.parametrize(
        "text",
        [
            "Insufficient funds in open balance.",
            "Not enough open balance",
            "INSUFFICIENT FUNDS",
            "insufficient fund",
        ],
    )
    @pytest.mark.parametrize(
        "shape",
        [
            lambda text: {"refunded": False, "status": text},
            lambda text: {"refunded": "false", "status": text, "code": None},
            lambda text: {"result": "fail", "error": text},
        ],
    )
    def test_without_a_code_a_text_about_balance_or_funds_is_no_balance(self, shape, text):
        assert refunded(shape(text)) == RefundRefused(RefundRefusalKind.NO_BALANCE, text)

    @pytest.mark.parametrize(
        "answer",
        [
            {"refunded": False},
            {"refunded": False, "status": None},
            {"refunded": False, "status": "Refund period is over"},
            {"refunded": False, "status": "Refund refused", "code": "5000"},
            # Whatever another code means, a word in its text does not tell.
            {"refunded": False, "status": "Balance not reachable", "code": "5000"},
            {"refunded": False, "status": "no", "id": None},
        ],
    )
    def test_any_other_no_keeps_citcons_words(self, answer):
        refused = refunded(answer)
        assert refused == RefundRefused(
            RefundRefusalKind.OTHER, answer.get("status") or "", answer.get("code", "")
        )

    def test_4071_in_the_general_shape_of_a_refusal_is_too_much_as_well(self):
        answer = {"result": "fail", "error": "greater than allowed", "code": 4071}
        assert refunded(answer) == RefundRefused(
            RefundRefusalKind.TOO_MUCH, "greater than allowed", "4071"
        )

    @pytest.mark.parametrize(
        ("error", "kind"),
        [
            ("Authorization: this merchant token isn't known", RefusalKind.NOT_SET_UP),
            ("merchant not found, no balance", RefusalKind.NOT_SET_UP),
            ("transaction_id: there is no such payment", RefusalKind.OTHER),
            ("refunds aren't enabled for this merchant", RefusalKind.OTHER),
        ],
    )
    def test_a_refused_request_is_an_ordinary_refusal(self, error, kind):
        assert refunded({"result": "fail", "error": error}) == Refused(kind, error)

    @pytest.mark.parametrize(
        "answer",
        [
            DONE | {"status": "Refund amount greater than allowed."},
            DONE | {"status": "pending"},
            DONE | {"status": ""},
            DONE | {"status": None},
            without(DONE, "status"),
            DONE | {"code": "4071"},
            DONE | {"code": 4071},
            DONE | {"transaction_id": "U0000000001-00000000000000000000"},
            DONE | {"transaction_id": ["x"]},
            DONE | {"result": "fail", "error": "no"},
            TOO_MUCH | {"refunded": True},
            TOO_MUCH | {"status": "success"},
            TOO_MUCH | {"id": REFUND_ID},
            DONE | {"refunded": False},
            {"result": "fail", "error": "no", "id": REFUND_ID},
        ],
    )
    def test_what_contradicts_itself_may_have_gone_back(self, answer):
        with pytest.raises(OutcomeUnknown):
            refunded(answer)

    @pytest.mark.parametrize("said", [None, 0, 1, "", "yes", [], {}, "null"])
    def test_neither_yes_nor_no_may_have_gone_back(self, said):
        for answer in (DONE, TOO_MUCH):
            with pytest.raises(OutcomeUnknown):
                refunded(answer | {"refunded": said})
            with pytest.raises(OutcomeUnknown):
                refunded(without(answer, "refunded"))

    @given(
        st.fixed_dictionaries(
            {"refunded": st.sampled_from([True, False, "true", "false", None, 1])},
            optional={
                "status": st.sampled_from(["success", "pending", "no balance", None, 3]),
                "code": st.sampled_from(["4071", "", None, 0]),
                "id": st.sampled_from([REFUND_ID, "", None]),
                "transaction_id": st.sampled_from([PAYMENT_ID, Q, "another", None]),
                "result": st.sampled_from(["success", "fail", "error"]),
                "error": st.sampled_from(["no", "token", "balance"]),
            },
        )
    )
    def test_it_is_done_only_with_true_and_success_and_nothing_against_it(self, answer):
        try:
            read = refunded(answer)
        except OutcomeUnknown:
            return
        says_yes = answer["refunded"] in ("true",) or answer["refunded"] is True
        assert isinstance(read, RefundDone) == says_yes
        if says_yes:
            assert answer["status"] == "success"
            assert not answer.get("code")
            assert answer.get("result") in {None, "success"}
            assert answer.get("transaction_id") in {PAYMENT_ID, Q, None}
        else:
            assert answer.get("status") != "success"
            assert not answer.get("id")


CHARGE = {
    "amount": 4250,
    "reference": "HSG1-2507120087-K7QX",
    "type": "payment",
    "currency": "USD",
    "payment_method": "alipay",
    "notify_result": "success",
    "id": PAYMENT_ID,
    "transaction_id": PAYMENT_ID,
    "time": "2025-07-12 14:32:08",
    "refunded": 1000,
}
REFUND = CHARGE | {
    "type": "refund",
    "amount": 1000,
    "id": REFUND_ID,
    "note": "Wrong size",
    "refunded": 0,
}


def listed(**changes):
    (one,) = wire.read_transactions(body([CHARGE | changes]))
    return one


class TestList:
    def test_a_payment_and_its_refund_with_all_that_is_sent(self):
        told = {
            "reference": "HSG1-2507120087-K7QX",
            "transaction_id": PAYMENT_ID,
            "method": "alipay",
            "time_text": "2025-07-12 14:32:08",
        }
        assert wire.read_transactions(body([CHARGE, REFUND])) == (
            ListedPayment(
                ListedKind.CHARGE,
                PaymentState.PAID,
                gateway_id=PAYMENT_ID,
                amount=Money(4250, "USD"),
                refunded=Money(1000, "USD"),
                **told,
            ),
            ListedPayment(
                ListedKind.REFUND,
                PaymentState.PAID,
                gateway_id=REFUND_ID,
                amount=Money(1000, "USD"),
                refunded=Money(0, "USD"),
                note="Wrong size",
                **told,
            ),
        )

    def test_an_empty_list_is_a_list(self):
        assert wire.read_transactions(b"[]") == ()

    @pytest.mark.parametrize(
        "words",
        [b"", b"{}", b"null", b"[1]", b"[null]", b'[{"reference":"A"}', b"<html>", b'{"a":[]}'],
    )
    def test_what_is_no_list_says_nothing(self, words):
        with pytest.raises(OutcomeUnknown):
            wire.read_transactions(words)

    def test_a_refused_list_says_why(self):
        words = body({"result": "fail", "error": "not enabled for this merchant"})
        with pytest.raises(OutcomeUnknown, match="not enabled for this merchant"):
            wire.read_transactions(words)

    @pytest.mark.parametrize(
        ("kind", "read"),
        [
            ("payment", ListedKind.CHARGE),
            ("Charge", ListedKind.CHARGE),
            ("refund", ListedKind.REFUND),
            ("payout", ListedKind.OTHER),
            (None, ListedKind.OTHER),
            (1, ListedKind.OTHER),
        ],
    )
    def test_what_an_entry_is(self, kind, read):
        assert listed(type=kind).kind is read

    @pytest.mark.parametrize(
        ("said", "state"),
        [
            ("success", PaymentState.PAID),
            (None, PaymentState.OPEN),
            ("expired", PaymentState.EXPIRED),
            ("pending", None),
            ("", None),
            (0, None),
        ],
    )
    def test_an_unknown_word_leaves_the_state_open_and_the_entry_in(self, said, state):
        assert listed(notify_result=said).state is state

    @pytest.mark.parametrize(
        ("said", "read"),
        [
            (0, Money(0, "USD")),
            ("250", Money(250, "USD")),
            (False, Money(0, "USD")),
            (True, None),  # of how much, nobody says
            (None, None),
            (-1, None),
            (1.5, None),
        ],
    )
    def test_how_much_has_gone_back_where_it_is_told(self, said, read):
        assert listed(refunded=said).refunded == read

    def test_an_entry_about_nothing_is_kept(self):
        assert wire.read_transactions(b"[{}]") == (
            ListedPayment(ListedKind.OTHER, PaymentState.OPEN),
        )


@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9), max_size=4)
    ),
    st.sampled_from([None, 1]),
    st.sampled_from(["", " ", "\r\n\t"]),
)
def test_a_list_is_read_item_by_item_as_it_would_be_at_once(items, indent, around):
    words = f"{around}{json.dumps(items, indent=indent)}{around}".encode()
    assert list(json_items(words)) == items
    for cut in {len(words) // 3, len(words) // 2, words.rindex(b"]")}:
        with pytest.raises(OutcomeUnknown):
            list(json_items(words[:cut]))


@pytest.mark.parametrize(
    "words",
    ["", "[", "[}", "[,]", "[{},]", "[{} {}]", "[{}]]", "[{}] x", "[1]", "[[]]", "{}", "null"],
)
def test_what_is_no_list_of_objects_to_its_end_is_none(words):
    with pytest.raises(OutcomeUnknown):
        list(json_items(words.encode()))
