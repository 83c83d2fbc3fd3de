"""A customer's details: what must be there, and that nothing shows them."""

import pytest

from pos_app.domain.customers import Customer, Detail, Problem

GOOD = {
    "first_name": "Ana",
    "last_name": "López",
    "email": "ana@example.com",
    "phone": "+1 (555) 0100",
    "country": "US",
}


def test_good_details_have_no_problem_and_the_address_may_be_missing():
    assert Customer(**GOOD).problems() == {}
    assert Customer(**GOOD, street="1 Main St", postcode="89501").problems() == {}


@pytest.mark.parametrize("detail", list(Detail))
@pytest.mark.parametrize("said", ["", "  "])
def test_every_detail_must_be_there(detail, said):
    assert Customer(**{**GOOD, detail.value: said}).problems() == {detail: Problem.MISSING}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("email", "ana@example"),
        ("email", "ana example.com"),
        ("email", "a@b@example.com"),
        ("phone", "555-HELP-ME"),
        ("phone", "1234"),
        ("phone", "1" * 16),
        ("country", "USA"),
        ("country", "us"),
        ("first_name", "Ana\nLee"),
    ],
)
def test_what_cannot_be_right_is_told(name, said):
    assert Customer(**{**GOOD, name: said}).problems() == {Detail(name): Problem.NOT_RIGHT}


def test_what_is_far_too_long_is_told():
    assert Customer(**{**GOOD, "last_name": "x" * 101}).problems() == {
        Detail.LAST_NAME: Problem.TOO_LONG
    }


def test_nothing_of_a_customer_is_in_its_repr():
    assert repr(Customer(**GOOD, street="1 Main St")) == "Customer()"
