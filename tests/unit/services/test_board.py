"""What is in hand, and the right to ask about it."""

import threading
from dataclasses import replace

from pos_app.domain.charges import ChargeStatus
from pos_app.services.board import Board, Facts
from pos_app.services.payment_view import CHECKS_KEPT, Check, Progress, Said
from tests.fakes.charges import later, of_status

WAITING = of_status(ChargeStatus.WAITING)


def test_a_charge_is_in_hand_until_it_is_forgotten():
    board = Board()
    board.put(WAITING)
    board.remember(WAITING.id, Facts("Mei Lin", 3))
    board.note(WAITING.id, misses=2)
    assert board.charge(WAITING.id) is WAITING
    assert board.charges() == (WAITING,)
    assert board.facts(WAITING.id) == Facts("Mei Lin", 3)
    board.forget(WAITING.id)
    assert board.charge(WAITING.id) is None
    assert board.facts(WAITING.id) is None
    assert board.progress(WAITING.id) == Progress()
    assert board.charges() == ()


def test_the_newest_state_of_a_charge_replaces_the_older():
    board = Board()
    board.put(WAITING)
    paid = of_status(ChargeStatus.PAID)
    board.put(paid)
    assert board.charge(WAITING.id) is paid


def test_progress_changes_member_by_member():
    board = Board()
    board.note(1, misses=2)
    assert board.note(1, is_resuming=True) == Progress(misses=2, is_resuming=True)
    assert board.update(1, lambda p: replace(p, misses=p.misses + 1)).misses == 3
    assert board.progress(2) == Progress()


def test_changes_from_many_threads_are_all_counted():
    board = Board()

    def count():
        for _ in range(200):
            board.update(1, lambda p: replace(p, misses=p.misses + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert board.progress(1).misses == 800


def test_the_newest_checks_are_kept_newest_first():
    board = Board()
    for n in range(CHECKS_KEPT + 5):
        board.add_check(1, Check(later(n), Said.OPEN))
    kept = board.progress(1).checks
    assert len(kept) == CHECKS_KEPT
    assert [check.at for check in kept] == sorted((c.at for c in kept), reverse=True)
    assert kept[0].at == later(CHECKS_KEPT + 4)


def test_one_question_at_a_time_for_each_charge():
    board = Board()
    with board.asking(1, wait=False) as first:
        assert first
        assert board.is_busy(1)
        with board.asking(1, wait=False) as second, board.asking(2, wait=False) as other:
            assert not second
            assert other
        assert board.is_busy(1)
    assert not board.is_busy(1)
    assert not board.is_busy(3)


def test_the_right_comes_back_after_a_failure():
    board = Board()
    try:
        with board.asking(1, wait=True):
            raise RuntimeError
    except RuntimeError:
        pass
    with board.asking(1, wait=False) as is_had:
        assert is_had


def test_a_command_waits_for_the_question_in_flight():
    board = Board()
    order = []
    is_asking, may_end = threading.Event(), threading.Event()

    def question():
        with board.asking(1, wait=False):
            is_asking.set()
            may_end.wait(10)
            order.append("question")

    def command():
        with board.asking(1, wait=True) as is_had:
            order.append("command")
            assert is_had

    threads = [threading.Thread(target=question), threading.Thread(target=command)]
    threads[0].start()
    assert is_asking.wait(10)
    threads[1].start()
    may_end.set()
    for thread in threads:
        thread.join(10)
    assert order == ["question", "command"]
