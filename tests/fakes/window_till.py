"""What the window asks of a till, without services behind it."""

from types import SimpleNamespace

from pos_app.config.settings import Settings, SoundSettings
from pos_app.domain.events import ConnectionChanged
from pos_app.domain.people import Person, Role
from pos_app.services.receiving import ReceiverView

MEI_LIN = Person(1, "Mei Lin", Role.CASHIER, 4)


class FakeEvents:
    """Keeps the subscriber and lets a test publish, on whatever thread it is."""

    def __init__(self):
        self.subscribers = []

    def subscribe(self, callback):
        self.subscribers.append(callback)
        return lambda: self.subscribers.remove(callback)

    def publish(self, event):
        for callback in list(self.subscribers):
            callback(event)


class FakeWindowTill:
    """A till of Harbour Street Gifts with an open shift; a test sets what it needs."""

    def __init__(self, *, is_training=False, needing=0, resume=()):
        self.settings = Settings(sounds=SoundSettings(volume=0))
        self.is_training = is_training
        self.training = None
        self.gateway_name = "Citcon"
        self.events = FakeEvents()
        self.connection = SimpleNamespace(state=ConnectionChanged("citcon_chop", True, True))
        self.receiving = SimpleNamespace(view=ReceiverView)
        self.needing = needing
        self.answers = SimpleNamespace(count=lambda: self.needing, to_resume=lambda: resume)
        self.shifts = SimpleNamespace(current=lambda: SimpleNamespace(number=214))
