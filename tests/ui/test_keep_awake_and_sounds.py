"""What a PC may be without: a desktop bus, a loudspeaker."""

import pytest
from PySide6.QtCore import QEvent

from pos_app.ui import keep_awake
from pos_app.ui.keep_awake import KeepAwake
from pos_app.ui.sounds import Sounds


@pytest.fixture
def held(monkeypatch):
    calls = []

    def hold(_reason):
        calls.append("held")
        return lambda: calls.append("released")

    monkeypatch.setattr(keep_awake, "_hold_linux", hold)
    monkeypatch.setattr("sys.platform", "linux")
    return calls


def test_sleep_is_held_off_once_and_allowed_once(held):
    awake = KeepAwake("A customer is paying")
    for is_on in (True, True, False, False, True):
        awake.set_on(is_on)
    assert held == ["held", "released", "held"]
    assert awake.is_on


def test_a_pc_without_a_desktop_bus_is_fine(monkeypatch, qapp):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    awake = KeepAwake("A customer is paying")
    awake.set_on(True)
    awake.set_on(False)


def test_a_bus_that_is_not_there_is_fine(monkeypatch, qapp):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    monkeypatch.setattr("sys.platform", "linux")
    awake = KeepAwake("A customer is paying")
    awake.set_on(True)
    awake.set_on(False)


@pytest.mark.no_qt_log  # the audio server that is not there is told by Qt itself
def test_a_pc_without_a_loudspeaker_is_silent_and_fine(qapp):
    sounds = Sounds()
    sounds.prepare(70, has_tap=False)
    for name in ("paid", "attention", "no", "limit", "tap", "unheard of"):
        sounds.play(name)
    assert sounds._thread.isRunning()
    thread = sounds._thread
    sounds.deleteLater()
    qapp.sendPostedEvents(sounds, QEvent.Type.DeferredDelete)
    assert thread.isFinished()


def test_nothing_is_loaded_before_a_sound_is_near(qapp):
    sounds = Sounds()
    sounds.prepare(70, has_tap=False)
    assert sounds._thread is None


def test_at_volume_0_nothing_is_loaded(qapp):
    sounds = Sounds()
    sounds.prepare(0, has_tap=True)
    sounds.warm_up()
    sounds.play("paid")
    assert sounds._thread is None
