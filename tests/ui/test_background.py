"""Work off the GUI thread and results back on it."""

import threading

import pytest
from PySide6.QtCore import QObject, QThread
from shiboken6 import delete

from pos_app.domain.errors import NotSent, PosAppError
from pos_app.domain.events import Asked, ConnectionChanged, RefundChanged
from pos_app.ui.background import Background, EventBridge, UnforeseenError
from tests.fakes.window_till import FakeEvents


@pytest.fixture
def background(qapp):
    background = Background()
    yield background
    background.close()


def test_the_call_runs_elsewhere_and_its_result_arrives_here(background, qtbot):
    seen = []

    def done(thread):
        seen.append((thread, threading.current_thread(), QThread.isMainThread()))

    background.run(threading.current_thread, done)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] is not threading.main_thread()
    assert seen[0][1:] == (threading.main_thread(), True)


def test_a_known_error_is_delivered(background, qtbot):
    failures = []

    def call():
        raise NotSent("no network")

    background.run(call, lambda _: failures.append("done"), failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert [type(failure) for failure in failures] == [NotSent]


def test_an_unforeseen_error_is_told_to_the_window_and_to_the_caller(background, qtbot, caplog):
    failures = []

    def call():
        raise ZeroDivisionError

    with qtbot.waitSignal(background.unforeseen) as told:
        background.run(call, None, failures.append)
    assert told.args == ["ZeroDivisionError"]
    assert isinstance(failures[0], UnforeseenError)
    assert isinstance(failures[0], PosAppError)
    assert "unforeseen" in caplog.text


def test_nothing_is_delivered_to_an_owner_that_is_gone(background, qtbot):
    owner, gate, seen = QObject(), threading.Event(), []
    background.run(gate.wait, lambda _: seen.append("owner's"), owner=owner)
    delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: background.is_idle)
    assert seen == []


def test_calls_of_one_lane_go_one_at_a_time_in_order(background, qtbot):
    gate, begun, done = threading.Event(), [], []

    def first():
        begun.append("first")
        gate.wait(5)

    background.run(first, lambda _: done.append("first"), lane=7)
    background.run(lambda: begun.append("second"), lambda _: done.append("second"), lane=7)
    background.run(lambda: begun.append("other"), lambda _: done.append("other"), lane=8)
    qtbot.waitUntil(lambda: done == ["other"])
    assert sorted(begun) == ["first", "other"]
    gate.set()
    qtbot.waitUntil(lambda: done == ["other", "first", "second"])


def test_a_lane_goes_on_after_an_error(background, qtbot):
    done = []

    def call():
        raise NotSent("no network")

    background.run(call, lane=1)
    background.run(lambda: "next", done.append, lane=1)
    qtbot.waitUntil(lambda: done == ["next"])


def test_it_says_when_it_is_idle(background, qtbot):
    told = []
    background.idle_changed.connect(told.append)
    background.run(lambda: None)
    qtbot.waitUntil(lambda: told == [False, True])


def test_closing_waits_for_what_runs_and_drops_the_rest(qapp, qtbot):
    background, finished, seen = Background(), [], []
    started = threading.Event()

    def call():
        started.set()
        finished.append("sent")

    background.run(call, seen.append)
    started.wait(5)
    background.close()
    background.run(lambda: finished.append("too late"))
    qapp.processEvents()
    assert finished == ["sent"]
    assert seen == []


def test_events_arrive_on_the_gui_thread(qapp, qtbot):
    bridge, events, seen = EventBridge(), FakeEvents(), []
    bridge.asked.connect(lambda charge: seen.append((charge, QThread.isMainThread())))
    bridge.connection_changed.connect(lambda state: seen.append(state.is_answering))
    bridge.refund_changed.connect(lambda event: seen.append(event.after))
    bridge.listen(events.subscribe)

    def publish():
        events.publish(Asked(7))
        events.publish(ConnectionChanged("citcon_chop", False, True))
        events.publish(RefundChanged(None, "refunded"))

    worker = threading.Thread(target=publish)
    worker.start()
    worker.join()
    assert seen == []
    qtbot.waitUntil(lambda: seen == [(7, True), False, "refunded"])
    bridge.stop()
    assert events.subscribers == []
