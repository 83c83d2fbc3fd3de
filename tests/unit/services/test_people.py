"""Signing in: right PINs, wrong ones, lockouts that outlive a restart, and no PIN anywhere."""

import logging
from datetime import timedelta

import pytest

from pos_app.domain.errors import (
    LockedOutError,
    NoNameError,
    NotAManagerError,
    PinFormatError,
    SignInError,
    WrongPinError,
)
from pos_app.domain.people import Role
from pos_app.services.people import People
from pos_app.storage.store import open_store
from tests.fakes.clock import FakeClock
from tests.fakes.till import CHEAP

PIN, WRONG = "86420975", "13579864"


class Desk:
    """People on a ledger of their own; `people` is made anew by `restart`."""

    def __init__(self, folder):
        self.clock = FakeClock()
        self.file = folder / "till.sqlite3"
        self.restart()

    def restart(self):
        if hasattr(self, "store"):
            self.store.close()
        self.store = open_store(None, self.file, "till:T1:abcdefgh", self.clock.now)
        self.people = People(self.store, self.clock, CHEAP)

    def try_wrong(self, person, times=1):
        """The last refusal of so many wrong PINs."""
        for _ in range(times):
            with pytest.raises(SignInError) as caught:
                self.people.sign_in(person.id, WRONG)
        return caught.value

    def journal(self):
        with self.store.read() as work:
            return list(work.journal.entries())


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


@pytest.fixture
def priya(desk):
    return desk.people.add_first_manager("Priya", PIN)


def test_the_right_pin_lets_in(desk, priya):
    assert desk.people.sign_in(priya.id, PIN) == priya


@pytest.mark.parametrize("pin", ["", WRONG, PIN[:-1], PIN + "0", "٨٦٤٢٠٩٧٥", "\x00"])
def test_any_other_does_not(desk, priya, pin):
    with pytest.raises(WrongPinError):
        desk.people.sign_in(priya.id, pin)


def test_it_says_how_many_tries_are_left(desk, priya):
    left = [desk.try_wrong(priya).tries_left for _ in range(4)]
    assert left == [4, 3, 2, 1]


@pytest.mark.parametrize("times", [1, 2, 3, 4])
def test_the_right_pin_forgets_the_wrong_ones(desk, priya, times):
    desk.try_wrong(priya, times)
    assert desk.people.sign_in(priya.id, PIN).wrong_pins == 0
    assert desk.try_wrong(priya).tries_left == 4


def test_five_wrong_pins_lock_for_one_five_and_fifteen_minutes(desk, priya):
    minutes = []
    for _ in range(5):
        locked = desk.try_wrong(priya, 5)
        assert isinstance(locked, LockedOutError)
        minutes.append((locked.until - desk.clock.now()) / timedelta(minutes=1))
        desk.clock.at = locked.until
    assert minutes == [1, 5, 15, 15, 15]


def test_while_locked_not_even_the_right_pin_lets_in(desk, priya):
    until = desk.try_wrong(priya, 5).until
    desk.clock.at = until - timedelta(milliseconds=1)
    with pytest.raises(LockedOutError) as caught:
        desk.people.sign_in(priya.id, PIN)
    assert caught.value.until == until
    desk.clock.at = until
    assert desk.people.sign_in(priya.id, PIN)


def test_tries_while_locked_lock_no_longer(desk, priya):
    until = desk.try_wrong(priya, 5).until
    assert desk.try_wrong(priya, 20).until == until


def test_a_lockout_survives_a_restart(desk, priya):
    until = desk.try_wrong(priya, 5).until
    desk.restart()
    with pytest.raises(LockedOutError) as caught:
        desk.people.sign_in(priya.id, PIN)
    assert caught.value.until == until
    desk.clock.at = until
    assert desk.try_wrong(priya, 5).until - until == timedelta(minutes=5)


def test_wrong_pins_are_counted_over_a_restart(desk, priya):
    desk.try_wrong(priya, 4)
    desk.restart()
    assert isinstance(desk.try_wrong(priya), LockedOutError)


def test_the_right_pin_begins_again_with_a_minute(desk, priya):
    for _ in range(2):
        desk.clock.at = desk.try_wrong(priya, 5).until
    desk.people.sign_in(priya.id, PIN)
    assert desk.try_wrong(priya, 5).until - desk.clock.now() == timedelta(minutes=1)


def test_one_persons_wrong_pins_lock_nobody_else(desk, priya):
    mei = desk.people.add("Mei Lin", "1111", Role.CASHIER)
    desk.try_wrong(mei, 5)
    assert desk.people.sign_in(priya.id, PIN)


def test_two_people_with_the_same_pin_have_different_hashes(desk, priya):
    other = desk.people.add("Ravi", PIN, Role.MANAGER)
    with desk.store.read() as work:
        one, two = work.people.pin_hash(priya.id), work.people.pin_hash(other.id)
    assert one != two
    assert one.startswith("$argon2id$")


def test_the_store_itself_hashes_with_argon2id_at_the_recommended_cost(desk):
    person = People(desk.store, desk.clock).add("Jonas", "2222", Role.CASHIER)
    with desk.store.read() as work:
        pin_hash = work.people.pin_hash(person.id)
    assert pin_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_new_till_has_nobody_and_its_first_person_is_a_manager(desk):
    assert desk.people.everyone() == ()
    first = desk.people.add_first_manager("  Priya ", PIN)
    assert (first.name, first.role, first.pin_length) == ("Priya", Role.MANAGER, 8)
    assert desk.people.everyone() == (first,)


def test_there_is_one_first_manager_only(desk, priya):
    with pytest.raises(SignInError, match="already"):
        desk.people.add_first_manager("Mallory", PIN)
    assert desk.people.everyone() == (priya,)


@pytest.mark.parametrize("pin", ["1111", "12345", "123456789", "abcdef", ""])
def test_a_managers_pin_has_six_to_eight_digits(desk, pin):
    with pytest.raises(PinFormatError):
        desk.people.add_first_manager("Priya", pin)
    assert desk.people.everyone() == ()


@pytest.mark.parametrize("name", ["", "   "])
def test_a_person_has_a_name(desk, name):
    with pytest.raises(NoNameError, match="name"):
        desk.people.add_first_manager(name, PIN)
    assert desk.people.everyone() == ()


def test_people_are_in_the_order_in_which_they_were_added(desk, priya):
    desk.people.add("Zoe", "1111", Role.CASHIER)
    desk.people.add("Adam", "1111", Role.CASHIER)
    assert [one.name for one in desk.people.everyone()] == ["Priya", "Zoe", "Adam"]


def test_people_and_lockouts_are_in_the_journal_wrong_pins_are_not(desk, priya):
    desk.try_wrong(priya, 5)
    assert [(one.kind, one.subject) for one in desk.journal()] == [
        ("person_added", f"person {priya.id}"),
        ("person_locked", f"person {priya.id}"),
    ]


def test_no_name_is_in_the_journal(desk, priya):
    assert not [one for one in desk.journal() if "Priya" in f"{one.subject} {one.body}"]


def test_a_pin_is_nowhere(desk, caplog):
    """Not in the log, the journal, the database, an error's words or repr, nor a person's."""
    caplog.set_level(logging.DEBUG)
    priya = desk.people.add_first_manager("Priya", PIN)
    said = [repr(desk.people), repr(priya), repr(desk.people.sign_in(priya.id, PIN))]
    for _ in range(6):
        refusal = desk.try_wrong(priya)
        said += [str(refusal), repr(refusal), repr(vars(refusal)), repr(refusal.__context__)]
    with pytest.raises(SignInError) as caught:
        desk.people.add_first_manager("Priya", PIN)
    said += [repr(caught.value), str(caught.value)]
    said += [repr(entry) for entry in desk.journal()]
    desk.store.close()
    said += [file.read_bytes().decode("latin-1") for file in desk.file.parent.iterdir()]
    text = caplog.text + "".join(said)
    assert PIN not in text
    assert WRONG not in text


def test_a_manager_approves_with_the_pin(desk, priya):
    assert desk.people.approve(priya.id, PIN) == priya
    with pytest.raises(WrongPinError):
        desk.people.approve(priya.id, WRONG)


def test_wrong_pins_at_approving_count_with_those_at_signing_in(desk, priya):
    desk.try_wrong(priya, 4)
    with pytest.raises(LockedOutError):
        desk.people.approve(priya.id, WRONG)
    with pytest.raises(LockedOutError):
        desk.people.sign_in(priya.id, PIN)


def test_a_cashiers_pin_cannot_approve_and_is_not_counted(desk, priya):
    mei = desk.people.add("Mei Lin", "1111", Role.CASHIER)
    for pin in ("1111", PIN, WRONG):
        with pytest.raises(NotAManagerError):
            desk.people.approve(mei.id, pin)
    assert desk.people.everyone() == (priya, mei)
