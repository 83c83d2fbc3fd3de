"""A charge and its refunds beside what a gateway's list has of them."""

from dataclasses import replace
from datetime import date

import pytest

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.money import Money
from pos_app.domain.outcomes import ListedKind, ListedPayment, PaymentState
from pos_app.domain.reconciliation import Listing, is_about, is_of_day, match_refunds
from pos_app.domain.refunds import RefundKind, RefundStatus
from tests.fakes.charges import of_status
from tests.fakes.refunds import a_refund

S = RefundStatus
PAID = of_status(ChargeStatus.PAID)
WHOLE = PAID.amount
TEN = Money(1250, "USD")


def entry(kind=ListedKind.REFUND, state=PaymentState.PAID, **members):
    return ListedPayment(kind, state, reference=PAID.reference, **{"amount": TEN, **members})


def ours(number, status=S.UNKNOWN, **changes):
    reference = f"{PAID.reference}-R{number}"
    return a_refund(status, id=number, reference=reference, **changes)


def matched(refunds, entries):
    """The numbers of the refunds that are found, with the ids; and the ids of the strangers."""
    matching = match_refunds(PAID, refunds, Listing.of(entries))
    found = {refund.id: gateway_id for refund, gateway_id in matching.found}
    return found, [one.gateway_id for one in matching.strangers]


def test_a_refund_is_found_by_its_name_whatever_else_is_in_the_list():
    refunds = [ours(1, S.DONE, gateway_id="a"), ours(2), ours(3)]
    entries = [
        entry(gateway_id="c", note=refunds[2].told_reason),
        entry(gateway_id="x", note="by telephone"),
        entry(gateway_id="a", note=refunds[0].told_reason),
    ]
    assert matched(refunds, entries) == ({3: "c"}, ["x"])


def test_a_refund_that_was_carried_out_twice_is_found_once_and_a_stranger():
    refund = ours(1)
    twice = [entry(gateway_id=one, note=refund.told_reason) for one in ("a", "b")]
    assert matched([refund], twice) == ({1: "a"}, ["b"])
    known = ours(1, S.DONE, gateway_id="b")
    assert matched([known], twice) == ({}, ["a"])


def test_a_name_with_another_amount_is_a_stranger():
    refund = ours(1)
    wrong = entry(gateway_id="a", note=refund.told_reason, amount=Money(1251, "USD"))
    assert matched([refund], [wrong]) == ({}, ["a"])
    unread = entry(gateway_id="a", note=refund.told_reason, amount=None)
    assert matched([refund], [unread]) == ({1: "a"}, [])


def test_a_refused_refund_has_no_entry_so_one_of_it_is_a_stranger():
    refund = ours(1, S.REFUSED)
    assert matched([refund], [entry(gateway_id="a", note=refund.told_reason)]) == ({}, ["a"])


def test_the_cancel_is_the_entry_over_the_whole_amount():
    cancel = ours(1, kind=RefundKind.CANCEL, amount=WHOLE)
    entries = [entry(gateway_id="a", amount=WHOLE, note="Cancelled at the register")]
    assert matched([cancel], entries) == ({1: "a"}, [])
    done = replace(cancel, status=S.DONE)
    assert matched([done], entries) == ({}, [])
    assert matched([replace(done, gateway_id="b")], entries) == ({}, ["a"])


def test_without_notes_the_amounts_must_leave_no_choice():
    one, other = ours(1), ours(2)
    nameless = [entry(gateway_id="a"), entry(gateway_id="b")]
    assert matched([one, other], nameless) == ({1: "a", 2: "b"}, [])
    assert matched([one, other], nameless[:1]) == ({}, ["a"])
    assert matched([one], nameless) == ({}, ["a", "b"])


def test_somebody_elses_words_are_never_taken_for_our_refund():
    assert matched([ours(1)], [entry(gateway_id="a", note="by telephone")]) == ({}, ["a"])


def test_where_no_refunds_are_listed_the_count_of_the_payment_must_say_all():
    refunds = [ours(1, S.DONE, gateway_id="a"), ours(2), ours(3, S.REFUSED)]

    def payment(minor):
        return [entry(ListedKind.CHARGE, amount=WHOLE, refunded=Money(minor, "USD"))]

    assert matched(refunds, payment(2500)) == ({2: None}, [])
    assert matched(refunds, payment(1250)) == ({}, [])
    assert matched(refunds, payment(2501)) == ({}, [])


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [entry(state=PaymentState.OPEN, note=ours(1).told_reason)],
        [entry(state=None, note=ours(1).told_reason)],
        [entry(ListedKind.OTHER, note=ours(1).told_reason)],
    ],
    ids=["nothing", "open", "an unknown word", "something else"],
)
def test_what_is_not_a_refund_that_was_carried_out_proves_nothing(entries):
    assert matched([ours(1)], entries) == ({}, [])


def test_a_refund_on_its_way_is_known_by_its_name_alone():
    sent = ours(1, S.REQUESTED)
    assert matched([sent], [entry(gateway_id="a", note=sent.told_reason)]) == ({1: "a"}, [])
    assert matched([sent], [entry(gateway_id="a")]) == ({}, ["a"])
    payment = entry(ListedKind.CHARGE, amount=WHOLE, refunded=TEN)
    assert matched([sent], [payment]) == ({}, [])


@pytest.mark.parametrize(
    ("members", "is_wrong"),
    [
        ({}, False),
        ({"amount": None, "reference": None, "method": None}, False),
        ({"amount": Money(4251, "USD")}, True),
        ({"amount": Money(4250, "HKD")}, True),
        ({"reference": "HSG1-2607120087-K7QX-X"}, True),
        ({"method": "wechatpay"}, True),
    ],
)
def test_a_payment_disagrees_by_what_it_says_and_not_by_what_it_leaves_out(members, is_wrong):
    listed = entry(ListedKind.CHARGE, amount=WHOLE, method=PAID.method.value)
    assert Listing.of([replace(listed, **members)]).disagrees_with(PAID) is is_wrong


def test_a_payment_that_was_paid_twice_disagrees():
    paid = entry(ListedKind.CHARGE, amount=WHOLE)
    assert Listing.of([paid, paid]).disagrees_with(PAID)
    assert Listing.of([paid, paid]).taken("USD") == Money(8500, "USD")
    assert not Listing.of([paid, replace(paid, state=PaymentState.EXPIRED)]).disagrees_with(PAID)


def test_what_went_back_is_the_higher_of_both_counts():
    payment = entry(ListedKind.CHARGE, amount=WHOLE, refunded=Money(2000, "USD"))
    assert Listing.of([payment, entry()]).gone("USD") == Money(2000, "USD")
    assert Listing.of([payment, entry(), entry()]).gone("USD") == Money(2500, "USD")
    assert Listing.of([entry(ListedKind.CHARGE)]).gone("USD") is None


def test_an_entry_is_about_of_status_by_reference_or_else_by_id():
    assert is_about(PAID, entry())
    known = replace(PAID, transaction_id="U1-a")
    assert is_about(known, entry(transaction_id="U1-a", note="x"))
    assert not is_about(PAID, replace(entry(), reference=None))


@pytest.mark.parametrize(
    ("reference", "time_text", "is_shown"),
    [
        ("HSG1-2607120001-AAAA", "2026-07-11 23:59:59", True),
        ("HSG1-2607110001-AAAA", "2026-07-12 00:00:01", False),
        ("HSG2-2607120001-AAAA", "2026-07-12 10:00:00", False),  # another store's till
        ("HSG1-2613120001-AAAA", "2026-07-12 10:00:00", True),  # no day, so not of ours
        ("INV-17", "2026-07-12 10:00:00", True),
        ("INV-17", "2026-07-11 10:00:00", False),
        (None, "", True),
    ],
)
def test_an_unknown_payment_is_shown_on_its_day(reference, time_text, is_shown):
    one = ListedPayment(ListedKind.CHARGE, PaymentState.PAID, reference, time_text=time_text)
    assert is_of_day(one, date(2026, 7, 12), {"HSG1"}.__contains__) is is_shown
