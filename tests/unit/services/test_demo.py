"""The demo's store is furnished once, with what the design names."""

from pos_app.domain.people import Role, check_new_pin
from pos_app.services import demo


def test_the_people_of_the_design_are_there_and_can_sign_in(desk):
    people = desk.till.people.everyone()
    assert [(one.name, one.role) for one in people] == [
        ("Mei Lin", Role.CASHIER),
        ("Jonas", Role.CASHIER),
        ("Priya", Role.MANAGER),
    ]
    for person, pin in zip(people, ("1111", "2222", "999999"), strict=True):
        assert desk.till.people.sign_in(person.id, pin) == person
        assert person.pin_length == len(pin)


def test_every_pin_of_the_demo_is_a_pin():
    for _, role, pin in demo.PEOPLE:
        check_new_pin(pin, role)


def test_there_are_items_and_an_open_shift(desk):
    items = desk.till.catalogue.items()
    assert len(items) == len(demo.ITEMS) == len({item.barcode for item in items})
    assert desk.till.shifts.current().number == 1
    assert desk.till.shifts.current().opened_by == desk.till.people.everyone()[0].id


def test_every_barcode_has_a_right_check_digit(desk):
    for item in desk.till.catalogue.items():
        digits = [int(digit) for digit in item.barcode]
        assert len(digits) == 13
        assert (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0, item


def test_a_second_start_furnishes_nothing_again(desk):
    items, shift = desk.till.catalogue.items(), desk.till.shifts.current()
    desk.restart()
    assert len(desk.till.people.everyone()) == 3
    assert desk.till.catalogue.items() == items
    assert desk.till.shifts.current() == shift


def test_the_demo_is_harbour_street_gifts(desk):
    assert desk.till.settings.store.name == "Harbour Street Gifts"
    assert desk.charge().reference.startswith("HSG1-260712")
