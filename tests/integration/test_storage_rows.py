"""Sales, items, numbers, people, shifts, prints and contacts on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from pos_app.domain.money import Money
from pos_app.domain.people import Role
from pos_app.domain.sales import Item, Sale, SaleLine
from pos_app.storage.errors import ConflictError
from tests.fakes.ledger import NOON, SECOND, a_charge, a_person, a_shift


def record(unit, sale, currency="USD"):
    shift = a_shift(unit)
    return unit.sales.add(
        sale,
        currency,
        till_code="T1",
        cashier_id=shift.opened_by,
        shift_id=shift.id,
        at=NOON,
    )


def test_a_sale_comes_back_with_its_lines_in_order(store):
    lines = tuple(SaleLine(f"茶 {n}", n, Money(100 - n, "USD")) for n in range(1, 13))
    with store.write() as unit:
        sale = record(unit, Sale(lines, note="no sugar"))
    with store.read() as unit:
        assert unit.sales.get(sale.id) == sale
    assert (sale.lines, sale.note, sale.created_at) == (lines, "no sugar", NOON)


def test_a_sale_without_lines_or_of_two_currencies_is_refused(store):
    mixed = Sale((SaleLine("a", 1, Money(1, "USD")), SaleLine("b", 1, Money(1, "HKD"))))
    for sale in (Sale(()), mixed):
        with store.write() as unit, pytest.raises(ValueError, match=r"line|add up"):
            record(unit, sale)


def test_items_come_back_in_the_order_in_which_they_were_added(store):
    with store.write() as unit:
        tea = unit.items.add(Item("Tea", Money(350, "USD"), "4006381333931"))
        bun = unit.items.add(Item("Bun", Money(280, "KRW")))
    with store.read() as unit:
        assert unit.items.all() == (tea, bun)
    assert tea.id < bun.id


def test_numbers_run_by_till_and_apart_for_shifts(store):
    with store.write() as unit:
        numbers = [unit.tills.next_number(till) for till in ("T1", "T1", "T2", "T1")]
        shifts = [unit.tills.next_shift_number(till) for till in ("T1", "T2", "T1")]
    assert numbers == [1, 2, 1, 3]
    assert shifts == [1, 1, 2]


def test_two_tills_of_one_code_never_draw_the_same_number(ledger):
    stores = [ledger.open(f"till:T1:{name}") for name in ("aaaaaaaa", "bbbbbbbb")]

    def draw(store):
        drawn = []
        for _ in range(25):
            with store.write() as unit:
                drawn.append(unit.tills.next_number("T1"))
        return drawn

    with ThreadPoolExecutor(4) as pool:
        drawn = [number for part in pool.map(draw, stores * 2) for number in part]
    assert sorted(drawn) == list(range(1, 101))
    for store in stores:
        store.close()


def test_people_come_back_and_keep_their_lockout(store):
    with store.write() as unit:
        mei = unit.people.add("Mei Lin 美琳", Role.CASHIER, 4, "$argon2id$one")
        priya = unit.people.add("Priya", Role.MANAGER, 6, "$argon2id$two")
    locked = replace(priya, wrong_pins=3, lockouts=2, locked_until=NOON)
    with store.write() as unit:
        assert unit.people.lock(priya.id) == priya
        unit.people.save(locked)
    with store.read() as unit:
        assert unit.people.all() == (mei, locked)
        assert unit.people.get(priya.id) == locked
        assert unit.people.pin_hash(priya.id) == "$argon2id$two"


def test_a_new_pin_and_a_retirement_come_back(store):
    with store.write() as unit:
        mei = unit.people.add("Mei Lin", Role.CASHIER, 4, "$argon2id$one")
        priya = unit.people.add("Priya", Role.MANAGER, 6, "$argon2id$two")
        ravi = unit.people.add("Ravi", Role.MANAGER, 6, "$argon2id$three")
        unit.people.set_pin_hash(priya.id, "$argon2id$new")
        unit.people.save(replace(ravi, retired_at=NOON))
    with store.write() as unit:
        assert unit.people.get(ravi.id).retired_at == NOON
        assert unit.people.pin_hash(priya.id) == "$argon2id$new"
        assert unit.people.pin_hash(mei.id) == "$argon2id$one"
        assert unit.people.lock_managers() == (priya,)


def test_a_person_who_is_not_there_is_a_bug(store):
    with store.read() as unit:
        for question in (unit.people.get, unit.people.pin_hash, unit.shifts.get, unit.sales.get):
            with pytest.raises(KeyError):
                question(4711)


def test_a_till_has_one_open_shift(store):
    with store.write() as unit:
        first = a_shift(unit)
        other = a_shift(unit, "T2")
    with pytest.raises(ConflictError), store.write() as unit:
        unit.shifts.add("T1", 99, NOON, first.opened_by)
    closed = replace(first, closed_at=NOON + SECOND)
    with store.write() as unit:
        unit.shifts.save(closed)
        assert unit.shifts.open_at("T1") is None
        second = a_shift(unit)
    with store.read() as unit:
        assert unit.shifts.get(first.id) == closed
        assert unit.shifts.open_at("T1") == second
        assert unit.shifts.open_at("T2") == other
    assert second.number == 2


def test_prints_are_counted_by_charge(store):
    with store.write() as unit:
        one, other = a_charge(unit), a_charge(unit)
        assert unit.receipts.printed(one.id) == 0
        unit.receipts.add_print(one.id, NOON)
        unit.receipts.add_print(one.id, NOON)
        assert (unit.receipts.printed(one.id), unit.receipts.printed(other.id)) == (2, 0)


def test_a_contact_is_kept_replaced_and_taken_away(store):
    with store.write() as unit:
        charge = a_charge(unit)
        assert unit.contacts.get(charge.id) == ""
        for contact in ("kim@example.org", "+886 900 000 000", ""):
            unit.contacts.set(charge.id, contact)
            assert unit.contacts.get(charge.id) == contact


def test_a_name_is_stored_as_it_is(store):
    name = "Robert'); DROP TABLE people;-- 😀"
    with store.write() as unit:
        person = a_person(unit, name)
    with store.read() as unit:
        assert unit.people.get(person.id).name == name
