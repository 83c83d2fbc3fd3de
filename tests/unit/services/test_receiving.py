"""Whether a receiver lives, and how often the gateway is asked because of it."""

import pytest

from pos_app.services.receiving import Reception
from pos_app.services.schedule import LEAN, NORMAL
from tests.fakes.receiving import tell
from tests.fakes.till import TillOnTheDesk


class NotifiedDesk(TillOnTheDesk):
    """A till on the desk into whose ledger a receiver beats and tells."""

    @property
    def store(self):
        return self.till.recovery._ledger.store

    @property
    def receiving(self):
        return self.till.receiving

    def beat(self, name="receiver:T1:far"):
        with self.store.write() as work:
            work.receivers.beat(name)

    def live(self, seconds=30):
        """Let time pass while a receiver lives and the till looks."""
        for _ in range(seconds // 5):
            self.beat()
            self.look()
            self.clock.pass_time(5)
        self.look()

    def look(self):
        self.till.notified.look()
        self.receiving.look()

    def pay(self, *, is_told, late_s=0):
        """A customer pays, and a notice tells of it; or nobody does, and the till asks."""
        charge = self.waiting()
        self.gateway.pay(charge.reference)
        if not is_told or late_s:
            self.let_pass(3)
        if is_told:
            self.clock.pass_time(late_s)
            with self.store.write() as work:
                tell(work, charge, f"n{charge.id}")
            self.look()
        assert self.screen(charge) == "paid"
        self.live()

    def pace(self):
        charge = self.waiting("1.00")
        found = self.receiving.pace_for(charge)
        self.gateway.expire(charge.reference)
        self.let_pass(12)
        return found


@pytest.fixture
def desk(tmp_path):
    desk = NotifiedDesk(tmp_path)
    yield desk
    desk.close()


def test_without_a_receiver_nothing_is_known_and_asking_is_as_usual(desk):
    desk.look()
    assert desk.receiving.view().reception is Reception.NONE
    assert desk.pace() is NORMAL


def test_a_receiver_that_beats_elsewhere_is_seen_and_missed_when_it_stops(desk):
    desk.live()
    assert desk.receiving.view().reception is Reception.ELSEWHERE
    desk.clock.pass_time(26)
    desk.look()
    assert desk.receiving.view().reception is Reception.NONE


def test_a_beat_left_by_a_killed_receiver_is_no_life(desk):
    desk.beat()
    for _ in range(3):
        desk.look()
        desk.clock.pass_time(5)
    assert desk.receiving.view().reception is Reception.NONE


def test_a_receiver_that_ends_as_it_should_is_gone_at_once(desk):
    desk.live()
    with desk.store.write() as work:
        work.receivers.leave("receiver:T1:far")
    desk.clock.pass_time(2)
    desk.look()
    assert desk.receiving.view().reception is Reception.NONE


def test_that_a_receiver_lives_is_not_enough_to_ask_less_often(desk):
    desk.live()
    assert desk.pace() is NORMAL


def test_once_a_payment_was_told_the_next_is_asked_about_less_often(desk):
    desk.live()
    desk.pay(is_told=True)
    assert desk.pace() is LEAN


def test_the_watcher_asks_at_that_pace(desk):
    desk.live()
    desk.pay(is_told=True)
    charge = desk.waiting()
    desk.live(5)
    asked = desk.gateway.count("inquire")
    for _ in range(4):
        desk.let_pass(5)
        desk.live(5)
    assert 8 <= desk.gateway.count("inquire") - asked <= 14  # 20 s at 2 s, where 1 s is usual
    assert desk.screen(charge) == "waiting"


def test_a_payment_that_nobody_told_of_ends_the_trust(desk):
    desk.live()
    desk.pay(is_told=True)
    desk.pay(is_told=False)
    assert desk.pace() is NORMAL
    desk.pay(is_told=True)
    assert desk.pace() is LEAN


def test_a_notice_that_is_a_little_later_than_our_question_counts(desk):
    desk.live()
    desk.pay(is_told=True, late_s=1)
    assert desk.pace() is LEAN


def test_a_receiver_that_falls_silent_ends_the_trust_while_the_code_waits(desk):
    desk.live()
    desk.pay(is_told=True)
    charge = desk.waiting()
    assert desk.receiving.pace_for(charge) is LEAN
    desk.let_pass(26)
    desk.look()
    assert desk.receiving.pace_for(charge) is NORMAL


def test_the_store_may_ask_less_often_without_any_receiver(tmp_path):
    desk = NotifiedDesk(tmp_path, environ={"POS_APP_WATCHING_IS_LEAN": "yes"})
    assert desk.pace() is LEAN
    desk.close()


def test_the_one_beside_the_till_is_told_as_it_is(desk):
    desk.receiving.note(Reception.PORT_TAKEN, 8299, "It is taken.")
    desk.live()
    view = desk.receiving.view()
    assert (view.reception, view.port) == (Reception.PORT_TAKEN, 8299)


def test_the_newest_notice_is_remembered(desk):
    assert desk.receiving.view().last_notice_at is None
    desk.live()
    desk.pay(is_told=True)
    assert desk.receiving.view().last_notice_at is not None
