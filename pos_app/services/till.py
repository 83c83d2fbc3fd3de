"""The till: everything that the screens may call, in one value."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.config.settings import Settings
    from pos_app.domain.charges import Charge
    from pos_app.services.answers import Answers
    from pos_app.services.availability import Availability
    from pos_app.services.backup import Backups
    from pos_app.services.browser import PageBrowser
    from pos_app.services.catalogue import Catalogue
    from pos_app.services.checkout import Checkout
    from pos_app.services.clock import Clock
    from pos_app.services.connection import Connection
    from pos_app.services.credentials import Credentials
    from pos_app.services.events import Events
    from pos_app.services.heartbeat import Heartbeat
    from pos_app.services.history import History
    from pos_app.services.looking import Looking
    from pos_app.services.neighbours import Neighbours
    from pos_app.services.notified import Notified
    from pos_app.services.payments import Payments
    from pos_app.services.people import People
    from pos_app.services.printing import Receipts
    from pos_app.services.receiving import Receiving
    from pos_app.services.reconciliation import Reconciliation
    from pos_app.services.recovery import Recovery
    from pos_app.services.refunding import Refunding
    from pos_app.services.settings_book import SettingsBook
    from pos_app.services.settings_desk import SettingsDesk
    from pos_app.services.settling import Settling
    from pos_app.services.shifts import Shifts
    from pos_app.services.taking import Taking
    from pos_app.services.training import TrainingDesk
    from pos_app.services.watching import Watcher


@dataclass(frozen=True)
class Till:
    """One register with its services. Made by `compose.build_till`.

    Attributes:
        settings_book: the settings in force; `settings` for short.
        settings_desk: where managers change them.
        gateway_name: the payment service's own name, for the screens.
        training: plays the customer; None outside training.
        to_send_again: charges that the last run of the program left without a code.
        close_everything: ends connections and the database, once the watcher has ended.
    """

    settings_book: SettingsBook
    settings_desk: SettingsDesk
    credentials: Credentials
    clock: Clock
    is_training: bool
    gateway_name: str
    events: Events
    people: People
    shifts: Shifts
    catalogue: Catalogue
    checkout: Checkout
    taking: Taking
    payments: Payments
    refunding: Refunding
    looking: Looking
    reconciliation: Reconciliation
    settling: Settling
    answers: Answers
    history: History
    receipts: Receipts
    connection: Connection
    training: TrainingDesk | None
    watcher: Watcher
    neighbours: Neighbours
    notified: Notified
    receiving: Receiving
    heartbeat: Heartbeat
    availability: Availability
    backups: Backups
    browser: PageBrowser
    recovery: Recovery
    to_send_again: tuple[Charge, ...]
    close_everything: Callable[[], None]

    @property
    def settings(self) -> Settings:
        """The settings in force now; a manager may change them at any time."""
        return self.settings_book.current

    def start(self) -> None:
        """Begin to watch, and go on with what the last run of the program left open."""
        self.watcher.start()
        self.notified.start()
        self.heartbeat.start()
        self.browser.close()
        self.backups.start()
        self.availability.start()
        threading.Thread(
            target=self.recovery.send_again,
            args=(self.to_send_again,),
            name="recovery",
            daemon=True,
        ).start()

    def close(self) -> None:
        """End watching and give everything back. Open charges are picked up at the next start."""
        self.browser.close()
        self.heartbeat.stop()
        self.availability.stop()
        self.backups.stop()
        self.notified.stop()
        self.watcher.stop()
        self.close_everything()
