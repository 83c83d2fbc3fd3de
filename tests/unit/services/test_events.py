"""Who wants to know hears of everything, until they end it."""

from pos_app.domain.events import Asked
from pos_app.services.events import Events


def test_every_listener_hears_every_event_in_order():
    events, one, other = Events(), [], []
    events.subscribe(one.append)
    events.subscribe(other.append)
    for number in (1, 2, 3):
        events.publish(Asked(number))
    assert one == other == [Asked(1), Asked(2), Asked(3)]


def test_who_has_ended_it_hears_no_more():
    events, heard, kept = Events(), [], []
    end = events.subscribe(heard.append)
    events.subscribe(kept.append)
    events.publish(Asked(1))
    end()
    end()
    events.publish(Asked(2))
    assert heard == [Asked(1)]
    assert kept == [Asked(1), Asked(2)]


def test_one_can_end_while_being_told():
    events, heard = Events(), []

    def once(event):
        heard.append(event)
        end()

    end = events.subscribe(once)
    events.subscribe(heard.append)
    events.publish(Asked(1))
    events.publish(Asked(2))
    assert heard == [Asked(1), Asked(1), Asked(2)]
