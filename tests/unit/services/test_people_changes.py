"""Adding, retiring, changing roles and PINs: who may, what stays, and what the journal says."""

import json
import logging
from datetime import timedelta

import pytest

from pos_app.domain.errors import (
    LastManagerError,
    LockedOutError,
    NameTakenError,
    NobodyOfThatNameError,
    NoNameError,
    NotAManagerError,
    PinFormatError,
    RetiredError,
    SignInError,
    WrongPinError,
)
from pos_app.domain.people import Approval, Role
from pos_app.services.people import People
from pos_app.storage.store import open_store
from tests.fakes.clock import FakeClock
from tests.fakes.till import CHEAP

PIN, NEW_PIN, CASHIER_PIN = "86420975", "75319862", "4711"


class Staff:
    """Priya, who manages, and Mei Lin, who sells; `approval` is Mei Lin asking and Priya's PIN."""

    def __init__(self, folder):
        self.clock = FakeClock()
        self.file = folder / "till.sqlite3"
        self.store = open_store(None, self.file, "till:T1:abcdefgh", self.clock.now)
        self.people = People(self.store, self.clock, CHEAP)
        self.priya = self.people.add_first_manager("Priya", PIN)
        self.mei = self.people.add("Mei Lin", CASHIER_PIN, Role.CASHIER)
        self.approval = Approval(self.mei.id, self.priya.id)

    def second_manager(self):
        return self.people.add("Ravi", NEW_PIN, Role.MANAGER, self.approval)

    def now(self, person):
        with self.store.read() as work:
            return work.people.get(person.id)

    def entries(self):
        """Kind, subject, who and body of the changes since Priya and Mei Lin were there."""
        with self.store.read() as work:
            work.journal.verify()
            found = list(work.journal.entries())[2:]
        return [(one.kind, one.subject, one.who, json.loads(one.body)) for one in found]


@pytest.fixture
def staff(tmp_path):
    staff = Staff(tmp_path)
    yield staff
    staff.store.close()


def test_who_is_added_signs_in_and_the_journal_says_who_asked_and_who_approved(staff):
    jonas = staff.people.add(" Jonas ", CASHIER_PIN, Role.CASHIER, staff.approval)
    assert staff.people.sign_in(jonas.id, CASHIER_PIN).name == "Jonas"
    assert staff.entries() == [
        (
            "person_added",
            f"person {jonas.id}",
            staff.mei.id,
            {"role": "cashier", "approved_by": staff.priya.id},
        )
    ]


def test_a_name_is_given_once_whatever_its_case(staff):
    with pytest.raises(NameTakenError):
        staff.people.add("mei lin ", "2222", Role.CASHIER, staff.approval)
    staff.people.retire(staff.mei.id, Approval(staff.priya.id, staff.priya.id))
    assert staff.people.add("Mei Lin", "2222", Role.CASHIER, staff.approval).id != staff.mei.id


@pytest.mark.parametrize(
    ("name", "pin", "role", "error"),
    [
        (" ", "2222", Role.CASHIER, NoNameError),
        ("Jonas", "222", Role.CASHIER, PinFormatError),
        ("Jonas", "2222222", Role.CASHIER, PinFormatError),
        ("Jonas", "22222", Role.MANAGER, PinFormatError),
    ],
)
def test_who_cannot_be_added_is_not(staff, name, pin, role, error):
    with pytest.raises(error):
        staff.people.add(name, pin, role, staff.approval)
    assert staff.entries() == []


CHANGES = {
    "add": lambda staff, who: staff.people.add("Jonas", "2222", Role.CASHIER, who),
    "retire": lambda staff, who: staff.people.retire(staff.mei.id, who),
    "change_role": lambda staff, who: staff.people.change_role(
        staff.mei.id, Role.MANAGER, NEW_PIN, who
    ),
    "reset_pin": lambda staff, who: staff.people.reset_pin(staff.mei.id, "2222", who),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_changes_without_a_managers_approval(staff, change):
    with pytest.raises(NotAManagerError):
        change(staff, Approval(staff.priya.id, staff.mei.id))
    assert staff.entries() == []
    assert staff.people.everyone() == (staff.priya, staff.mei)
    assert staff.people.sign_in(staff.mei.id, CASHIER_PIN)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_manager_who_was_retired_meanwhile_approves_nothing(staff, change):
    ravi = staff.second_manager()
    staff.people.retire(ravi.id, staff.approval)
    with pytest.raises(NotAManagerError):
        change(staff, Approval(ravi.id, ravi.id))


def test_who_is_retired_is_no_longer_among_the_people_and_never_let_in(staff):
    retired = staff.people.retire(staff.mei.id, staff.approval)
    assert retired.retired_at == staff.clock.now()
    assert staff.people.everyone() == (staff.priya,)
    for pin in (CASHIER_PIN, "0000"):
        with pytest.raises(RetiredError):
            staff.people.sign_in(staff.mei.id, pin)
    assert staff.now(staff.mei).wrong_pins == 0
    staff.clock.at += timedelta(days=365)
    with pytest.raises(RetiredError):
        staff.people.sign_in(staff.mei.id, CASHIER_PIN)


def test_a_retired_manager_approves_nothing(staff):
    ravi = staff.second_manager()
    staff.people.retire(ravi.id, staff.approval)
    assert not staff.now(ravi).is_manager
    with pytest.raises(RetiredError):
        staff.people.approve(ravi.id, NEW_PIN)


def test_who_is_retired_keeps_the_name_in_the_history(staff):
    staff.people.retire(staff.mei.id, staff.approval)
    assert staff.now(staff.mei).name == "Mei Lin"
    assert staff.entries()[-1][:3] == ("person_retired", f"person {staff.mei.id}", staff.mei.id)


@pytest.mark.parametrize("name", ["retire", "change_role", "reset_pin"])
def test_nothing_can_be_changed_about_who_is_retired(staff, name):
    staff.people.retire(staff.mei.id, staff.approval)
    with pytest.raises(RetiredError):
        CHANGES[name](staff, staff.approval)
    assert len(staff.entries()) == 1


def test_the_last_manager_stays(staff):
    with pytest.raises(LastManagerError, match=r"Keep at least one manager\."):
        staff.people.retire(staff.priya.id, staff.approval)
    with pytest.raises(LastManagerError):
        staff.people.change_role(staff.priya.id, Role.CASHIER, CASHIER_PIN, staff.approval)
    assert staff.people.approve(staff.priya.id, PIN) == staff.priya
    assert staff.entries() == []


def test_the_second_last_manager_may_go_but_not_the_next(staff):
    ravi = staff.second_manager()
    staff.people.retire(staff.priya.id, staff.approval)
    with pytest.raises(LastManagerError):
        staff.people.retire(ravi.id, Approval(staff.mei.id, ravi.id))


def test_a_new_role_comes_with_a_pin_of_its_own_length(staff):
    with pytest.raises(PinFormatError):
        staff.people.change_role(staff.mei.id, Role.MANAGER, CASHIER_PIN, staff.approval)
    assert staff.now(staff.mei) == staff.mei
    after = staff.people.change_role(staff.mei.id, Role.MANAGER, NEW_PIN, staff.approval)
    assert (after.role, after.pin_length) == (Role.MANAGER, 8)
    assert staff.people.approve(staff.mei.id, NEW_PIN) == after
    with pytest.raises(WrongPinError):
        staff.people.sign_in(staff.mei.id, CASHIER_PIN)
    assert staff.entries() == [
        (
            "person_role_changed",
            f"person {staff.mei.id}",
            staff.mei.id,
            {"role": "manager", "approved_by": staff.priya.id},
        )
    ]


def test_a_manager_who_sells_from_now_on_approves_nothing(staff):
    ravi = staff.second_manager()
    staff.people.change_role(ravi.id, Role.CASHIER, "2222", staff.approval)
    with pytest.raises(NotAManagerError):
        staff.people.approve(ravi.id, "2222")


def test_a_reset_pin_unlocks_and_the_old_one_is_wrong(staff):
    for _ in range(5):
        with pytest.raises(SignInError):
            staff.people.sign_in(staff.mei.id, "0000")
    after = staff.people.reset_pin(staff.mei.id, "222222", staff.approval)
    assert (after.pin_length, after.locked_until, after.lockouts) == (6, None, 0)
    assert staff.people.sign_in(staff.mei.id, "222222") == after
    with pytest.raises(WrongPinError):
        staff.people.sign_in(staff.mei.id, CASHIER_PIN)
    assert [entry[:3] for entry in staff.entries()] == [
        ("person_locked", f"person {staff.mei.id}", None),
        ("person_pin_reset", f"person {staff.mei.id}", staff.mei.id),
    ]


def test_the_administrator_resets_the_pin_of_a_locked_out_sole_manager(staff):
    for _ in range(5):
        with pytest.raises(SignInError):
            staff.people.approve(staff.priya.id, "000000")
    with pytest.raises(LockedOutError):
        staff.people.sign_in(staff.priya.id, PIN)
    staff.people.reset_pin_by_administrator("priya", NEW_PIN)
    assert staff.people.approve(staff.priya.id, NEW_PIN)
    assert staff.entries()[-1] == (
        "person_pin_reset",
        f"person {staff.priya.id}",
        None,
        {"role": "manager"},
    )


def test_the_administrator_names_somebody_who_may_sign_in(staff):
    staff.people.retire(staff.mei.id, staff.approval)
    for name in ("Nobody", "Mei Lin", ""):
        with pytest.raises(NobodyOfThatNameError):
            staff.people.reset_pin_by_administrator(name, "222222")


def test_who_is_retired_while_a_pin_is_checked_is_not_let_in(staff):
    class Slow:
        """Takes long enough over a PIN for Priya to retire whose it is."""

        def verify(self, pin_hash, pin):
            staff.people.retire(staff.mei.id, staff.approval)
            return CHEAP.verify(pin_hash, pin)

    with pytest.raises(RetiredError):
        People(staff.store, staff.clock, Slow()).sign_in(staff.mei.id, CASHIER_PIN)
    assert staff.now(staff.mei).is_retired


def test_a_pin_that_was_replaced_while_it_was_checked_is_wrong(staff):
    class Slow:
        def verify(self, pin_hash, pin):
            staff.people.change_role(staff.mei.id, Role.MANAGER, NEW_PIN, staff.approval)
            return CHEAP.verify(pin_hash, pin)

    with pytest.raises(WrongPinError):
        People(staff.store, staff.clock, Slow()).sign_in(staff.mei.id, CASHIER_PIN)
    assert staff.people.approve(staff.mei.id, NEW_PIN).pin_length == len(NEW_PIN)


def test_no_name_pin_or_hash_is_in_the_journal_or_the_log(staff, caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("add", "reset_pin", "change_role", "retire"):
        CHANGES[name](staff, staff.approval)
    staff.people.reset_pin_by_administrator("Priya", NEW_PIN)
    said = f"{staff.entries()}{caplog.text}"
    for secret in ("Priya", "Mei Lin", "Jonas", PIN, NEW_PIN, CASHIER_PIN, "2222", "argon2"):
        assert secret not in said
