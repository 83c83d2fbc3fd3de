"""Two tills of one store that change and try the same people at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest

from pos_app.domain.errors import LastManagerError, LockedOutError, SignInError
from pos_app.domain.people import Approval
from pos_app.services.people import People
from tests.fakes.clock import FakeClock
from tests.fakes.till import CHEAP

PIN = "86420975"
ROUNDS = 10


@pytest.fixture
def tills(ledger):
    """The same people as two programs see them."""
    clock = FakeClock()
    stores = [ledger.open(f"till:T{number}:abcdefgh", clock.now) for number in (1, 2)]
    yield [People(store, clock, CHEAP) for store in stores]
    for store in stores:
        store.close()


def at_once(*deeds):
    """Do all of them at the same moment; what each returned or was refused with."""
    barrier = Barrier(len(deeds))

    def do(deed):
        barrier.wait(10)
        try:
            return deed()
        except (SignInError, LastManagerError) as error:
            return error

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_two_managers_who_retire_each_other_leave_one(tills):
    first, second = tills
    priya = first.add_first_manager("Priya", PIN)
    for number in range(ROUNDS):
        other = first.add(f"Ravi {number}", PIN, priya.role, Approval(priya.id, priya.id))
        at_once(
            partial(first.retire, other.id, Approval(priya.id, priya.id)),
            partial(second.retire, priya.id, Approval(other.id, other.id)),
        )
        left = [person for person in first.everyone() if person.is_manager]
        assert len(left) == 1
        priya = left[0]


def test_wrong_pins_at_two_tills_count_together(tills):
    first, second = tills
    priya = first.add_first_manager("Priya", PIN)
    for _ in range(2):
        at_once(
            lambda: first.sign_in(priya.id, "00000000"),
            lambda: second.approve(priya.id, "00000000"),
        )
    with pytest.raises(LockedOutError) as caught:
        first.sign_in(priya.id, "00000000")
    with pytest.raises(LockedOutError):
        second.approve(priya.id, PIN)
    assert caught.value.until - first._clock.now() == timedelta(minutes=1)
