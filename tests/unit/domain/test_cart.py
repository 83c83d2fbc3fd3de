"""The cart: what would be charged is always what it shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.amount_entry import AmountEntry
from pos_app.domain.cart import MAX_QUANTITY, Cart
from pos_app.domain.money import Money
from pos_app.domain.sales import Item, Sale, SaleLine

TEA = Item("Jasmine tea tin", Money(1200, "USD"), "4006381333931", 1)
CUP = Item("Ceramic cup", Money(1450, "USD"), id=2)


def typed(cart, digits):
    return cart.keyed(cart.entry.with_digits(digits))


def test_the_amount_being_keyed_counts_as_the_last_line():
    cart = typed(Cart.empty("USD").with_item(TEA).with_item(TEA).with_item(CUP), "400")
    assert cart.total == Money(4250, "USD")
    assert cart.count == 4
    assert cart.as_sale().lines[-1] == SaleLine("", 1, Money(400, "USD"))


def test_a_zero_amount_is_no_line():
    cart = Cart.empty("USD").with_item(TEA)
    assert not cart.is_typing
    assert cart.as_sale().lines == (SaleLine(TEA.name, 1, TEA.price),)
    assert cart.with_entry_added() == cart


def test_adding_the_keyed_amount_moves_it_into_the_lines_and_keeps_the_total():
    cart = typed(Cart.empty("USD"), "4250")
    added = cart.with_entry_added()
    assert added.entry.is_empty
    assert added.total == cart.total
    assert len(added.lines) == 1


def test_the_same_item_joins_its_line_unless_its_price_has_changed():
    dearer = Item(TEA.name, Money(1300, "USD"), id=1)
    cart = Cart.empty("USD").with_item(TEA).with_item(TEA).with_item(dearer)
    assert [line.quantity for line in cart.lines] == [2, 1]


def test_two_equal_keyed_amounts_stay_two_lines():
    cart = typed(typed(Cart.empty("USD"), "400").with_entry_added(), "400").with_entry_added()
    assert [line.quantity for line in cart.lines] == [1, 1]


def test_quantity_stays_between_one_and_what_fits():
    cart = Cart.empty("USD").with_item(TEA)
    assert cart.with_quantity(0, 0).lines[0].quantity == 1
    assert cart.with_quantity(0, 5000).lines[0].quantity == MAX_QUANTITY
    assert cart.with_quantity(0, 3).total == Money(3600, "USD")


def test_removing_a_line_takes_its_money_out_and_selects_nothing():
    cart = Cart.empty("USD").with_item(TEA).with_item(CUP).selecting(0).without_line(0)
    assert cart.total == CUP.price
    assert cart.selected is None


def test_an_empty_cart_takes_any_currency_and_follows_an_item():
    cart = Cart.empty("HKD")
    assert cart.takes("USD")
    assert cart.with_item(TEA).currency == "USD"


@pytest.mark.parametrize("cart", [typed(Cart.empty("USD"), "1"), Cart.empty("USD").with_item(TEA)])
def test_a_cart_with_an_amount_takes_no_other_currency(cart):
    assert not cart.takes("HKD")
    with pytest.raises(ValueError, match="USD"):
        cart.in_currency("HKD")


def test_a_point_already_typed_belongs_to_its_currency():
    cart = Cart.empty("USD")
    cart = cart.keyed(cart.entry.with_point())
    assert not cart.takes("KRW")


def test_a_recorded_sale_is_charged_again_as_itself_only_while_unchanged():
    sale = Cart.empty("USD").with_item(TEA).as_sale()
    cart = Cart.of(Sale(sale.lines, id=7), "USD")
    assert cart.as_sale().id == 7
    assert cart.selecting(0).as_sale().id == 7
    assert cart.keyed(cart.entry).as_sale().id == 7
    for changed in (
        cart.with_item(CUP),
        cart.with_quantity(0, 2),
        cart.without_line(0),
        cart.with_note("gift"),
        typed(cart, "5"),
    ):
        assert changed.as_sale().id == 0


def test_walking_the_lines_stops_at_the_ends():
    cart = Cart.empty("USD").with_item(TEA).with_item(CUP)
    assert cart.selecting_next(1).selected == 0
    assert cart.selecting_next(-1).selected == 1
    assert cart.selecting(1).selecting_next(1).selected == 1
    assert Cart.empty("USD").selecting_next(1).selected is None


@given(
    prices=st.lists(st.integers(1, 10**6), max_size=8),
    keyed=st.integers(0, 10**8),
    quantity=st.integers(1, 50),
)
def test_the_total_is_what_the_sale_that_gets_charged_adds_up_to(prices, keyed, quantity):
    cart = Cart.empty("JPY")
    for number, price in enumerate(prices):
        cart = cart.with_item(Item(f"item {number}", Money(price, "JPY")))
    if prices:
        cart = cart.with_quantity(0, quantity)
    cart = cart.keyed(AmountEntry("JPY", str(keyed) if keyed else ""))
    assert cart.as_sale().total("JPY") == cart.total
    assert cart.as_sale().count == cart.count
