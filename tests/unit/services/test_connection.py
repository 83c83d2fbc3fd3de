"""When the top bar says that the gateway does not answer."""

import pytest

from pos_app.domain.errors import NotSent, OutcomeUnknown
from pos_app.domain.events import ConnectionChanged
from pos_app.services.connection import Connection
from pos_app.services.events import Events


@pytest.fixture
def heard():
    return []


@pytest.fixture
def connection(heard):
    events = Events()
    events.subscribe(heard.append)
    return Connection("citcon_chop", events)


def test_before_anything_was_asked_nothing_is_said(connection, heard):
    assert not connection.state.is_known
    connection.answered()
    assert heard == [ConnectionChanged("citcon_chop", is_answering=True, has_network=True)]
    assert connection.state.is_known


def test_one_lost_question_is_no_news(connection, heard):
    connection.answered()
    heard.clear()
    connection.missed(OutcomeUnknown("reset"))
    assert connection.state.is_answering
    connection.answered()
    connection.missed(OutcomeUnknown("reset"))
    assert connection.state.is_answering
    assert heard == []


def test_two_in_a_row_are_told_once(connection, heard):
    for _ in range(5):
        connection.missed(OutcomeUnknown("reset"))
    assert heard == [ConnectionChanged("citcon_chop", is_answering=False, has_network=True)]
    assert connection.state == heard[-1]


def test_what_cannot_leave_the_pc_tells_of_the_network(connection, heard):
    connection.missed(OutcomeUnknown("reset"))
    connection.missed(NotSent("no route"))
    assert heard == [ConnectionChanged("citcon_chop", is_answering=False, has_network=False)]
    connection.missed(OutcomeUnknown("reset"))
    assert connection.state.has_network


def test_the_next_answer_takes_it_back(connection, heard):
    connection.missed(NotSent("no route"))
    connection.missed(NotSent("no route"))
    connection.answered()
    connection.answered()
    assert heard[1:] == [ConnectionChanged("citcon_chop", is_answering=True, has_network=True)]


def test_the_till_hears_of_it_while_it_waits(desk):
    charge = desk.waiting()
    desk.gateway.fail("not_sent", "not_sent")
    desk.let_pass(3)
    assert not desk.till.connection.state.has_network
    desk.let_pass(10)
    assert desk.till.connection.state.is_answering
    assert desk.screen(charge) == "waiting"
