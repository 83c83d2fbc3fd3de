"""What in the gateway's list shows that a payment has gone back, and what proves nothing."""

from dataclasses import replace

import pytest

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.money import Money
from pos_app.domain.outcomes import ListedKind, ListedPayment, PaymentState
from pos_app.domain.returns import FoundReturn, find_return
from tests.fakes.charges import of_status

CHARGE = of_status(ChargeStatus.PAID)
NOTHING = Money.zero("USD")
PAYMENT = ListedPayment(
    ListedKind.CHARGE,
    PaymentState.PAID,
    reference=CHARGE.reference,
    gateway_id="U1",
    transaction_id="U1",
    amount=CHARGE.amount,
    refunded=NOTHING,
)
RETURN = replace(PAYMENT, kind=ListedKind.REFUND, gateway_id="R1", refunded=None)


def test_an_entry_over_the_whole_shows_it_with_its_id():
    assert find_return(CHARGE, [PAYMENT, RETURN]) == FoundReturn("R1")


def test_the_payments_own_entry_shows_it_too():
    told = replace(PAYMENT, refunded=CHARGE.amount)
    assert find_return(CHARGE, [told]) == FoundReturn(None)
    assert find_return(CHARGE, [told, RETURN]) == FoundReturn("R1")


def test_parts_that_come_to_the_whole_show_it():
    parts = [
        replace(RETURN, gateway_id=f"R{number}", amount=Money(minor, "USD"))
        for number, minor in enumerate((1250, 3000))
    ]
    assert find_return(CHARGE, parts) == FoundReturn(None)
    assert find_return(CHARGE, parts[:1]) is None


def test_an_entry_without_a_reference_is_found_by_the_transaction():
    assert find_return(CHARGE, [replace(RETURN, reference=None)]) == FoundReturn("R1")


def test_a_charge_without_a_transaction_is_found_by_its_reference():
    bare = replace(CHARGE, transaction_id=None)
    assert find_return(bare, [RETURN]) == FoundReturn("R1")
    assert find_return(bare, [replace(RETURN, reference=None)]) is None


@pytest.mark.parametrize(
    "entry",
    [
        PAYMENT,
        replace(PAYMENT, refunded=None),
        replace(RETURN, state=None),
        replace(RETURN, state=PaymentState.OPEN),
        replace(RETURN, kind=ListedKind.OTHER),
        replace(RETURN, amount=None),
        replace(RETURN, amount=Money(4250, "EUR")),
        replace(RETURN, amount=Money(4249, "USD")),
        replace(RETURN, reference="HSG1-2607120088-AAAA"),
        replace(RETURN, transaction_id="U2"),
        replace(PAYMENT, refunded=CHARGE.amount, transaction_id="U2"),
    ],
)
def test_everything_else_proves_nothing(entry):
    assert find_return(CHARGE, [entry]) is None


def test_an_empty_list_proves_nothing():
    assert find_return(CHARGE, []) is None
