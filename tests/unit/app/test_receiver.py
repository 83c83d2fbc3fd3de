"""The receiver's process is kept running beside the till, and ends with it."""

import socket
import threading

import pytest

from pos_app.app.companion import CompanionError
from pos_app.app.receiver import ReceiverBeside, receiver_beside, training_environment
from pos_app.config.load import load_settings
from pos_app.config.notify import NotifySettings
from pos_app.paths import DataPaths
from pos_app.services.receiving import Reception
from tests.fakes.waiting import until

AT_ONCE = (0, 0.01)


class FakeCompanion:
    """A process that listens until it is told to end, or fails with the words it was given."""

    def __init__(self, words=None):
        self._words = words
        self._ended = threading.Event()
        self.is_waiting = False

    def start(self):
        if self._words is not None:
            raise CompanionError(self._words)
        return "http://127.0.0.1:8299"

    def wait(self):
        self.is_waiting = True
        self._ended.wait(10)

    def end(self):
        self._ended.set()

    def stop(self, within_s):
        self._ended.set()


class FakeReceiving:
    def __init__(self):
        self.noted = []

    def note(self, reception, port, trouble=""):
        self.noted.append((reception, trouble))


class Beside:
    """A keeper over companions that a test plans; after the plan each one runs."""

    def __init__(self, *plan, port=1):
        self.companions = []
        self._plan = list(plan)
        self.receiving = FakeReceiving()
        settings = NotifySettings(beside_till=True, port=port)
        self.keeper = ReceiverBeside(["notify"], settings, self.receiving, self._launch, AT_ONCE)

    def _launch(self, arguments):
        made = FakeCompanion(self._plan.pop(0) if self._plan else None)
        self.companions.append(made)
        return made

    def wait_for(self, count):
        """Wait until the `count`th process runs."""
        until(
            lambda: len(self.companions) == count and self.companions[-1].is_waiting,
            "the receiver to run",
        )

    @property
    def seen(self):
        return [reception for reception, _ in self.receiving.noted]

    def close(self):
        self.keeper.end()
        self.keeper.wait()


def test_a_receiver_that_dies_is_started_again():
    beside = Beside()
    beside.keeper.start()
    beside.wait_for(1)
    beside.companions[0].end()
    beside.wait_for(2)
    beside.close()
    assert beside.seen == [
        Reception.STARTING,
        Reception.RUNNING,
        Reception.DOWN,
        Reception.STARTING,
        Reception.RUNNING,
    ]


def test_its_last_words_are_kept_for_people():
    beside = Beside("The ledger is read-only.")
    beside.keeper.start()
    beside.wait_for(2)
    beside.close()
    assert (Reception.DOWN, "The ledger is read-only.") in beside.receiving.noted


def test_a_port_that_another_program_has_is_told_and_tried_again():
    with socket.create_server(("127.0.0.1", 0)) as other:
        beside = Beside("Can't listen.", "Can't listen.", port=other.getsockname()[1])
        beside.keeper.start()
        beside.wait_for(3)
        beside.close()
    assert beside.seen.count(Reception.PORT_TAKEN) == 2


def test_it_is_started_again_for_other_tokens_and_nothing_is_told_of_it():
    beside = Beside()
    beside.keeper.start()
    beside.wait_for(1)
    beside.keeper.renew()
    beside.wait_for(2)
    beside.close()
    assert beside.seen == [Reception.STARTING, Reception.RUNNING] * 2


def test_it_ends_with_the_till_and_is_not_started_again():
    beside = Beside()
    beside.keeper.start()
    beside.wait_for(1)
    beside.close()
    assert len(beside.companions) == 1
    assert beside.seen[-1] is Reception.RUNNING


def test_a_till_that_ends_in_a_pause_waits_for_nothing():
    beside = Beside(*["no"] * 50)
    beside.keeper._pauses_s = (600,)
    beside.keeper.start()
    until(lambda: Reception.DOWN in beside.seen, "the first failure")
    beside.close()
    assert len(beside.companions) == 1


@pytest.mark.parametrize("is_training", [True, False])
def test_the_command_works_on_the_tills_own_ledger(tmp_path, is_training):
    outer = DataPaths(tmp_path)
    own = outer.training if is_training else outer
    keeper = receiver_beside(own, NotifySettings(), FakeReceiving(), {}, is_training=is_training)
    command = keeper._arguments
    assert ("--training" in command) is is_training
    assert command[command.index("--data-dir") + 1] == str(tmp_path)


def test_training_has_a_receiver_of_its_own_at_the_port_of_the_last_time(tmp_path):
    paths = DataPaths(tmp_path)
    environ = training_environment({"HOME": "/home/mei"}, paths)
    settings = load_settings(paths.config, environ).notify
    assert settings.beside_till
    assert settings.address_for("jpay") == f"http://127.0.0.1:{settings.port}/notify/jpay"
    assert training_environment({"HOME": "/home/mei"}, paths) == environ


def test_the_stores_own_receiver_is_none_of_trainings_business(tmp_path):
    paths = DataPaths(tmp_path)
    stores = {
        "POS_APP_NOTIFY_BESIDE_TILL": "yes",
        "POS_APP_NOTIFY_HOST": "192.0.2.1",
        "POS_APP_NOTIFY_PUBLIC_URL": "https://shop.example",
    }
    assert training_environment(stores, paths) == training_environment({}, paths)


def test_the_environment_can_do_without_a_receiver_in_training(tmp_path):
    paths = DataPaths(tmp_path)
    stores = {
        "POS_APP_NOTIFY_BESIDE_TILL": "no",
        "POS_APP_NOTIFY_PUBLIC_URL": "https://shop.example",
    }
    settings = load_settings(paths.config, training_environment(stores, paths)).notify
    assert not settings.beside_till
    assert settings.address_for("jpay") == ""
