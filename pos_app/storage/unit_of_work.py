"""One transaction over the ledger, with one small class per kind of row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from pos_app.storage.arrivals import Arrivals
from pos_app.storage.backups import Numbers
from pos_app.storage.charges import Charges
from pos_app.storage.contacts import Contacts
from pos_app.storage.credentials import Credentials
from pos_app.storage.days import Days
from pos_app.storage.exports import Exports
from pos_app.storage.history import History
from pos_app.storage.history_lines import HistoryLines
from pos_app.storage.items import Items
from pos_app.storage.journal import Journal
from pos_app.storage.notices import Notices
from pos_app.storage.people import People
from pos_app.storage.receipts import Receipts
from pos_app.storage.receivers import Receivers
from pos_app.storage.refunds import Refunds
from pos_app.storage.sales import Sales
from pos_app.storage.shifts import Shifts
from pos_app.storage.takings import Takings
from pos_app.storage.tills import Tills


class UnitOfWork:
    """What one transaction sees and changes. Belongs to the thread that opened it.

    Made by `Store.write` and `Store.read`; useless after their block has ended.
    """

    def __init__(self, connection: Connection, writer: str, now: Callable[[], datetime]) -> None:
        self.sales = Sales(connection)
        lines = HistoryLines(connection, self.sales)
        self.charges = Charges(connection, now, lines)
        self.refunds = Refunds(connection, self.charges, lines)
        self.items = Items(connection)
        self.tills = Tills(connection)
        self.numbers = Numbers(connection)
        self.people = People(connection)
        self.shifts = Shifts(connection)
        self.receipts = Receipts(connection)
        self.notices = Notices(connection)
        self.arrivals = Arrivals(connection)
        self.receivers = Receivers(connection)
        self.contacts = Contacts(connection)
        self.credentials = Credentials(connection)
        self.days = Days(connection)
        self.takings = Takings(connection)
        self.journal = Journal(connection, writer)
        self.exports = Exports(connection)
        self.history = History(connection)
