"""A crash at any step ends with the gateway's truth and one charge."""

import shutil

import pytest

from pos_app.domain.charges import ChargeStatus
from tests.fakes.till import TillOnTheDesk


class PulledPlugError(BaseException):
    """The process is gone; nothing below catches it."""


def pull_the_plug(*_):
    raise PulledPlugError


def test_a_crash_before_sending_ends_in_one_charge(desk):
    charge = desk.charge()
    desk.restart()
    desk.let_pass(5)
    assert desk.now(charge).status is ChargeStatus.WAITING
    assert [one.id for one in desk.till.answers.to_resume()] == [charge.id]
    assert len(desk.gateway.payments) == 1


def test_a_crash_between_sending_and_the_answer_ends_in_one_charge(desk):
    charge = desk.charge()
    desk.gateway._create(charge)
    desk.restart()
    desk.let_pass(5)
    assert desk.now(charge).status is ChargeStatus.WAITING
    assert len(desk.gateway.payments) == 1


def test_a_crash_while_waiting_ends_with_the_payment(desk):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    desk.restart()
    assert desk.screen(charge) == "resumed"
    desk.let_pass(1)
    assert desk.now(charge).is_paid


def test_a_crash_before_the_cancel_was_sent_cancels_it_at_the_next_start(desk):
    charge = desk.waiting()
    desk.gateway.before_cancel = pull_the_plug
    with pytest.raises(PulledPlugError):
        desk.till.payments.cancel(charge.id)
    desk.gateway.before_cancel = None
    desk.restart()
    desk.let_pass(5)
    assert desk.now(charge).status is ChargeStatus.CANCELLED


def test_a_crash_after_the_cancel_was_sent_finds_it_cancelled(desk):
    charge = desk.waiting()
    real = desk.gateway._cancel

    def cancel_and_die(one):
        real(one)
        raise PulledPlugError

    desk.gateway._cancel = cancel_and_die
    with pytest.raises(PulledPlugError):
        desk.till.payments.cancel(charge.id)
    desk.gateway._cancel = real
    desk.restart()
    desk.let_pass(5)
    assert desk.now(charge).status is ChargeStatus.CANCELLED


def test_an_old_create_is_left_and_never_shown(desk):
    charge = desk.charge()
    desk.clock.pass_time(3600)
    desk.restart()
    desk.let_pass(60)
    assert desk.till.answers.to_resume() == ()
    assert desk.now(charge).status is ChargeStatus.CANCELLED
    assert desk.now(charge).shown_at is None


def test_an_overdue_question_is_asked_at_the_next_start(desk):
    charge = desk.waiting()
    desk.gateway.expire(charge.reference)
    desk.let_pass(2)
    desk.gateway.pay(charge.reference)
    desk.clock.pass_time(2 * 86_400)
    desk.restart()
    desk.let_pass(1)
    assert desk.now(charge).is_paid


def test_the_put_aside_are_watched_on_but_not_opened(desk):
    charge = desk.waiting()
    desk.till.payments.put_aside(charge.id)
    desk.restart()
    assert desk.till.answers.to_resume() == ()
    desk.gateway.pay(charge.reference)
    desk.let_pass(1)
    assert desk.now(charge).is_paid


def test_a_restored_old_data_folder_never_reuses_a_reference(tmp_path):
    desk = TillOnTheDesk(tmp_path / "till")
    desk.till.close_everything()
    shutil.copytree(tmp_path / "till", tmp_path / "backup")
    desk._start()
    sold = {desk.charge(f"{n}.00").reference for n in range(1, 6)}
    desk.till.close_everything()
    shutil.rmtree(tmp_path / "till")
    shutil.copytree(tmp_path / "backup", tmp_path / "till")
    desk._start()
    again = {desk.charge(f"{n}.00").reference for n in range(1, 6)}
    assert not sold & again
    desk.close()


def test_the_journal_verifies_after_crashes(desk):
    desk.waiting()
    desk.restart()
    desk.let_pass(5)
    with desk.till.recovery._ledger.store.read() as work:
        assert work.journal.verify().entries > 0
