"""What each state says and offers (ux.md 6.3)."""

from datetime import datetime, timedelta

import pytest

from pos_app.domain.charges import UnknownReason
from pos_app.domain.gateways import can_cancel
from pos_app.domain.methods import PaymentMethod
from pos_app.services.payment_view import CancelRefusal, Check, Said, Screen
from pos_app.ui.widgets.payment_table import Action
from pos_app.ui.widgets.payment_words import scan_title, words_of
from pos_app.ui.widgets.unknown_words import happened_text, to_do_text
from tests.fakes.payments import NOW, charge, view

MAY_LIVE = frozenset(Screen) - {
    Screen.CREATE_UNREACHABLE, Screen.CREATE_LOST, Screen.CREATE_REFUSED,
    Screen.CREATE_NOT_SET_UP, Screen.DECLINED, Screen.EXPIRED, Screen.CODE_EXPIRED,
    Screen.CANCELLED,
    Screen.CANCELLED_PAID, Screen.PAID, Screen.PAID_LATE, Screen.STOPPED, Screen.CREATING,
}  # fmt: skip
"""States in which the customer's money may still come or may have come unseen."""
CHARGES_AGAIN = {
    Action.NEW_CODE,
    Action.SCAN,
    Action.OTHER_METHOD,
    Action.BACK_TO_SALE,
    Action.RETRY_CREATE,
}


@pytest.mark.parametrize("state", Screen)
@pytest.mark.parametrize("method", PaymentMethod)
def test_every_state_has_whole_sentences_for_every_method(state, method):
    words = words_of(view(state, method))
    assert words.title
    assert "{" not in words.title + words.text
    assert "  " not in words.title + words.text
    assert not words.text or words.text[-1] in ".…"


@pytest.mark.parametrize("state", sorted(MAY_LIVE))
def test_nothing_that_may_still_be_paid_offers_to_charge_again(state):
    assert not CHARGES_AGAIN & set(words_of(view(state)).actions)


@pytest.mark.parametrize("method", PaymentMethod)
def test_only_what_can_be_cancelled_offers_cancel(method):
    actions = words_of(view(Screen.WAITING, method)).actions
    is_offered = can_cancel("citcon_chop", method)
    assert (Action.CANCEL in actions) == is_offered
    assert (Action.STOP in actions) != is_offered


@pytest.mark.parametrize(
    ("state", "primary"),
    [
        (Screen.CREATE_UNREACHABLE, Action.RETRY_CREATE),
        (Screen.CREATE_REFUSED, Action.OTHER_METHOD),
        (Screen.CREATE_NOT_SET_UP, Action.BACK_TO_SALE),
        (Screen.STILL_OPEN, Action.KEEP_WAITING),
        (Screen.PAID, Action.NEW_SALE),
        (Screen.PAID_LATE, Action.PRINT),
        (Screen.EXPIRED, Action.NEW_CODE),
        (Screen.CANCELLED, Action.BACK_TO_SALE),
        (Screen.CANCEL_REFUSED, Action.KEEP_WAITING),
        (Screen.STOPPED, Action.NEW_SALE),
        (Screen.UNKNOWN, Action.CHECK_AGAIN),
    ],
)
def test_the_first_action_is_the_primary_one(state, primary):
    assert words_of(view(state)).actions[0] is primary


@pytest.mark.parametrize("state", [Screen.LAST_CHECK, Screen.CANCELLING])
def test_nothing_can_be_pressed_while_the_last_word_is_awaited(state):
    assert words_of(view(state)).actions == ()


def test_stop_is_offered_when_the_code_takes_long():
    assert words_of(view(Screen.CREATING)).actions == ()
    slow = view(Screen.CREATING, can_stop_create=True)
    assert words_of(slow).actions == (Action.STOP_CREATE,)


def test_the_last_minute_counts_down_in_the_title():
    assert words_of(view(Screen.WAITING_LOW)).title == "Still waiting. The code closes in 0:45."


def test_a_mismatch_names_both_amounts():
    assert words_of(view(Screen.MISMATCH)).text == (
        "Sale US$ 42.50, Citcon says US$ 24.50. Don’t hand over the goods yet. Call a manager."
    )
    vague = charge(Screen.MISMATCH, received=None)
    assert "doesn’t fit this sale" in words_of(view(Screen.MISMATCH, charge=vague)).text


@pytest.mark.parametrize(
    ("refusal", "begin"),
    [
        (CancelRefusal.WINDOW, "Not in the cancelling window."),
        (CancelRefusal.FAILED, "Cancelling failed."),
        (CancelRefusal.UNREACHABLE, "Citcon couldn’t be reached."),
    ],
)
def test_a_refused_cancel_says_why_and_that_nothing_changed(refusal, begin):
    text = words_of(view(Screen.CANCEL_REFUSED, cancel_refusal=refusal)).text
    assert text == f"{begin} The payment is unchanged and may still be paid."


def test_a_payment_around_the_cancel_is_returned_only_when_that_is_known():
    known, in_doubt = (
        words_of(view(Screen.CANCELLED_PAID, **changes)).text
        for changes in ({}, {"returned": None})
    )
    end = "Don’t hand over the goods on this payment."
    assert known == f"Citcon is returning the full US$ 42.50. {end}"
    assert in_doubt == f"Citcon may be returning the full US$ 42.50. We’re finding out. {end}"


@pytest.mark.parametrize("refusal", [CancelRefusal.WINDOW, CancelRefusal.UNREACHABLE])
def test_a_planned_cancel_says_when_it_is_tried_again(refusal):
    again_at = datetime(2025, 7, 12, 14, 37, 10).astimezone()
    shown = view(Screen.CANCEL_REFUSED, cancel_refusal=refusal, cancel_again_at=again_at)
    text = words_of(shown).text
    assert text.endswith("is unchanged and may still be paid. We’ll try again at 14:37.")
    actions = words_of(shown).actions
    assert actions == (Action.KEEP_WAITING, Action.PUT_ASIDE, Action.CANCEL_AGAIN)


@pytest.mark.parametrize("reason", UnknownReason)
def test_unknown_says_what_happened_for_each_reason(reason):
    shown = view(Screen.UNKNOWN, charge=charge(Screen.UNKNOWN, unknown_reason=reason))
    assert happened_text(shown).endswith(".")
    assert "{" not in happened_text(shown)


def lost_code(*looks):
    """A customer's code whose answer was lost, and how often the list did not have it."""
    checks = tuple(Check(NOW - timedelta(seconds=at), Said.NOT_LISTED) for at in looks)
    made = charge(Screen.UNKNOWN, is_customer_presented=True, gateway_id=None, code=None)
    return view(Screen.UNKNOWN, charge=made, checks=checks)


@pytest.mark.parametrize("looks", [(), (0,), (0, 59)])
def test_a_lost_code_that_is_not_listed_yet_is_looked_for(looks):
    happened = happened_text(lost_code(*looks))
    assert happened.endswith("We’re looking for the payment in Citcon’s list.")
    assert "settle" not in to_do_text(lost_code(*looks))


def test_a_lost_code_that_is_not_listed_a_minute_later_may_be_settled():
    shown = lost_code(0, 30, 60)
    assert "doesn’t have this payment" in happened_text(shown)
    assert to_do_text(shown).startswith("Ask to see the payment in the customer’s Alipay app.")
    assert "a manager can settle" in to_do_text(shown)


def test_a_code_that_is_refused_may_be_scanned_again():
    made = charge(Screen.CREATE_REFUSED, is_customer_presented=True)
    words = words_of(view(Screen.CREATE_REFUSED, charge=made))
    assert words.text.startswith("No money was taken. Ask the customer to refresh the code")
    assert words.actions == (Action.SCAN, Action.OTHER_METHOD, Action.BACK_TO_SALE)


def test_a_card_is_not_called_a_wallet():
    card = view(Screen.UNKNOWN, PaymentMethod.CC)
    assert scan_title(card) == "Scan with the phone camera"
    assert "Card app" not in to_do_text(card)
    assert words_of(view(Screen.DECLINED_HINT, PaymentMethod.CC)).title.startswith("The bank")


KEYED = (
    Screen.CREATING, Screen.CREATE_UNREACHABLE, Screen.WAITING, Screen.WAITING_LOW,
    Screen.NO_ANSWER, Screen.LAST_CHECK, Screen.STILL_OPEN, Screen.STOPPED, Screen.UNKNOWN,
    Screen.MISMATCH, Screen.DECLINED, Screen.PAID, Screen.PAID_LATE, Screen.CREATE_REFUSED,
)  # fmt: skip
"""States of a card that was keyed and paid for without a page."""


def keyed(state, code=None, **changes):
    its_charge = charge(state, PaymentMethod.CC, gateway="jpay", is_card_keyed=True, code=code)
    return view(state, charge=its_charge, code=code, gateway_name="J-Pay", **changes)


@pytest.mark.parametrize("state", KEYED)
def test_where_a_card_was_keyed_nobody_speaks_of_a_code(state):
    shown = keyed(state)
    words = words_of(shown)
    said = f"{words.title} {words.text} {happened_text(shown)}"
    assert "code" not in said
    assert "{" not in said


def test_a_card_under_way_is_neither_left_nor_sent_again():
    """It may take the money any moment."""
    assert words_of(keyed(Screen.CREATING, can_stop_create=True)).actions == ()
    assert Action.RETRY_CREATE in words_of(keyed(Screen.CREATE_UNREACHABLE)).actions


def test_the_banks_page_is_a_code_to_scan():
    words = words_of(keyed(Screen.WAITING, code="https://bank.example/"))
    assert words.title == "Waiting for the bank’s answer"
    assert "scans the code and confirms on the bank’s page" in words.text
