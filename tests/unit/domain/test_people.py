"""Who somebody is, and what a new PIN must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import PinFormatError
from pos_app.domain.people import PIN_LENGTHS, Person, Role, check_new_pin

ALLOWED = {Role.CASHIER: (4, 5, 6), Role.MANAGER: (6, 7, 8)}


@given(st.sampled_from(Role), st.text("0123456789", max_size=12))
def test_a_pin_of_digits_is_taken_by_its_length(role, pin):
    if len(pin) in ALLOWED[role]:
        check_new_pin(pin, role)
    else:
        with pytest.raises(PinFormatError):
            check_new_pin(pin, role)


@pytest.mark.parametrize("pin", ["12a456", "١٢٣٤٥٦", "½23456", " 123456", "123456\n", "12.456"])
@pytest.mark.parametrize("role", Role)
def test_only_plain_digits_make_a_pin(role, pin):
    with pytest.raises(PinFormatError):
        check_new_pin(pin, role)


@given(st.sampled_from(Role), st.text("abcd", min_size=3, max_size=12))
def test_a_refusal_never_repeats_the_pin(role, pin):
    with pytest.raises(PinFormatError) as caught:
        check_new_pin(pin, role)
    sentence = f"A {role.value}'s PIN has {ALLOWED[role][0]} to {ALLOWED[role][-1]} digits."
    assert caught.value.args == (sentence,)
    assert str(caught.value) == sentence


def test_only_a_manager_is_a_manager():
    assert Person(1, "Priya", Role.MANAGER, 6).is_manager
    assert not Person(2, "Mei Lin", Role.CASHIER, 4).is_manager
    assert set(PIN_LENGTHS) == set(Role)
