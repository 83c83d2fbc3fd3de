"""A barcode scanner is told from a person, and is never an amount, a PIN or a Charge."""

from pos_app.ui.widgets.scan_guard import ScanGuard


def typed(guard, text, gap_ms, start_ms=1_000):
    for place, character in enumerate(text):
        guard.character(character, start_ms + place * gap_ms)
    return start_ms + (len(text) - 1) * gap_ms


def test_six_fast_characters_and_enter_are_a_scan():
    guard = ScanGuard()
    last = typed(guard, "400638", 10)
    assert guard.enter(last + 10) == "400638"


def test_letters_count_too():
    guard = ScanGuard()
    last = typed(guard, "AB-1234", 34)
    assert guard.enter(last + 34) == "AB-1234"


def test_five_fast_characters_are_no_scan():
    guard = ScanGuard()
    last = typed(guard, "40063", 10)
    assert guard.enter(last + 10) == ""


def test_thirty_five_milliseconds_apart_is_a_person():
    guard = ScanGuard()
    last = typed(guard, "400638", 35)
    assert guard.enter(last + 35) == ""


def test_the_enter_of_a_scan_may_lag_but_a_cashiers_enter_later_is_their_own():
    guard = ScanGuard()
    last = typed(guard, "4006381", 5)
    assert guard.enter(last + 299) == "4006381"
    last = typed(guard, "4006381", 5, 5_000)
    assert guard.enter(last + 300) == ""


def test_what_was_typed_slowly_before_is_not_part_of_the_scan():
    guard = ScanGuard()
    typed(guard, "42", 200)
    last = typed(guard, "400638", 5, 2_000)
    assert guard.enter(last + 5) == "400638"


def test_a_burst_begins_anew_after_a_pause():
    guard = ScanGuard()
    guard.character("4", 1_000)
    assert guard.is_new_burst
    guard.character("2", 1_010)
    assert not guard.is_new_burst
    assert guard.is_fast
    guard.character("5", 2_000)
    assert guard.is_new_burst
