"""The Transactions page over payments in memory, used by keys and by mouse."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_app.domain.events import ChargeChanged
from pos_app.ui.background import EventBridge
from pos_app.ui.pages.transactions import TransactionsPage
from tests.fakes.history import FakeHistory, pictured_payments
from tests.fakes.payment_desk import MEI_LIN
from tests.fakes.payments import FakePaymentTill, InlineBackground, view

PAGE_SIZE = (1270, 712)


class TransactionsDesk:
    """A page on the screen, and what it asked for.

    Attributes:
        till: its fakes; `history.payments` is the ledger.
    """

    def __init__(self, qtbot, *payments, background=None, size=PAGE_SIZE):
        self.till = FakePaymentTill(view())
        self.history = self.till.history = FakeHistory(*(payments or pictured_payments()))
        self.page = TransactionsPage()
        qtbot.addWidget(self.page)
        self._qtbot = qtbot
        self.page.resize(*size)
        self.events = EventBridge(self.page)
        self.opened, self.toasts = [], []
        self.page.payment_requested.connect(self.opened.append)
        self.page.toast_requested.connect(self.toasts.append)
        self.page.set_person(MEI_LIN)
        self.page.connect_till(self.till, background or InlineBackground(), self.events)
        self.page.show()
        self.page.shown()
        self.page.focus_first()

    @property
    def table(self):
        return self.page._view.table

    @property
    def model(self):
        return self.page._model

    def find(self, name):
        """The visible widget of that name; None when there is none."""
        found = [w for w in self.page.findChildren(QWidget, name) if w.isVisible()]
        return found[0] if found else None

    def rows(self):
        """The short references of all rows."""
        count = self.model.rowCount()
        return [self.model.line(row).row.short_reference for row in range(count)]

    def selected(self):
        line = self.table.selected
        return line and line.row.short_reference

    def buttons(self):
        """Object names of what is offered, the primary one first."""
        return [one.objectName() for one in self.page._view.detail.face.buttons.stops]

    def click(self, name):
        self._qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def tap_row(self, row):
        """Press a row with the mouse."""
        place = self.table.visualRect(self.model.index(row, 2)).center()
        self._qtbot.mouseClick(
            self.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y())
        )

    def press(self, key, held=Qt.KeyboardModifier.NoModifier, text=""):
        """Offer a key as the window does; the focus widget gets what the page does not use."""
        event = QKeyEvent(QEvent.Type.KeyPress, key, held, text)
        return self.page.handle_key(event)

    def type(self, text):
        """Type into the search field."""
        self._qtbot.keyClicks(self.find("searchEdit"), text)

    def change(self, detail):
        """Have a payment changed by somebody, and tell of it."""
        before = self.history.payments.get(detail.charge.id)
        self.history.add(detail)
        told = ChargeChanged(before.charge if before else None, detail.charge)
        self.events.charge_changed.emit(told)

    def wait(self, check):
        self._qtbot.waitUntil(check, timeout=3_000)
