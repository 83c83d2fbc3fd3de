"""The demo's store is furnished once, with what the design names."""

from pos_app.domain.people import Approval, Role, check_new_pin
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


def test_the_pins_that_training_shows_are_those_that_nobody_has_replaced(desk):
    people, training = desk.till.people, desk.till.training
    mei_lin, jonas, priya = people.everyone()
    by_priya = Approval(mei_lin.id, priya.id)
    assert training.pins() == (("Mei Lin", "1111"), ("Jonas", "2222"), ("Priya", "999999"))
    people.reset_pin(mei_lin.id, "4711", by_priya)
    assert training.pins() == (("Jonas", "2222"), ("Priya", "999999"))
    people.retire(jonas.id, by_priya)
    people.add("Jonas", "1234", Role.CASHIER, by_priya)
    assert training.pins() == (("Priya", "999999"),)
    people.reset_pin_by_administrator("Priya", "123456")
    assert training.pins() == ()


def test_the_demo_is_harbour_street_gifts(desk):
    assert desk.till.settings.store.name == "Harbour Street Gifts"
    assert desk.charge().reference.startswith("HSG1-260712")
