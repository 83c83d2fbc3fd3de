"""A harmless question now and then, more often only in trouble."""

import threading

import pytest

from pos_app.domain.errors import GatewayNotSetUp, NotSent, OutcomeUnknown
from pos_app.domain.outcomes import ConnectionCheck
from pos_app.services.connection import Connection
from pos_app.services.events import Events
from pos_app.services.heartbeat import EVERY_S, IN_TROUBLE_EVERY_S, Heartbeat


class Checked:
    """A gateway that answers, or raises, one after the other."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.is_asked = threading.Event()

    def check_connection(self):
        answer = self.answers.pop(0) if self.answers else None
        self.is_asked.set()
        if isinstance(answer, Exception):
            raise answer
        return ConnectionCheck(is_token_known=True, took_s=0.1)


@pytest.fixture
def connection():
    return Connection("citcon_chop", Events())


def test_while_it_answers_it_is_asked_seldom(connection):
    assert Heartbeat(Checked, connection).beat() == EVERY_S == 60
    assert connection.state.is_answering


@pytest.mark.parametrize("trouble", [NotSent("no route"), OutcomeUnknown("reset")])
def test_in_trouble_it_is_asked_often_until_it_answers(connection, trouble):
    gateway = Checked(trouble, trouble)
    heartbeat = Heartbeat(lambda: gateway, connection)
    assert [heartbeat.beat(), heartbeat.beat()] == [IN_TROUBLE_EVERY_S] * 2
    assert not connection.state.is_answering
    assert heartbeat.beat() == EVERY_S
    assert connection.state.is_answering


def test_without_a_token_there_is_nothing_to_check_and_no_trouble(connection):
    def nothing():
        raise GatewayNotSetUp("no token")

    heartbeat = Heartbeat(nothing, connection)
    for _ in range(3):
        assert heartbeat.beat() == EVERY_S
    assert connection.state.is_answering


def test_it_begins_at_once_and_ends_when_it_is_told(connection):
    gateway = Checked()
    heartbeat = Heartbeat(lambda: gateway, connection)
    heartbeat.start()
    assert gateway.is_asked.wait(10)
    heartbeat.stop()
    heartbeat._thread.join(10)
    assert not heartbeat._thread.is_alive()
