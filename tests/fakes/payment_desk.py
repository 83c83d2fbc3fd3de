"""A payment page in a window with fakes behind it, and a keyboard."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_app.domain.events import ChargeChanged
from pos_app.domain.people import Person, Role
from pos_app.ui.background import EventBridge
from pos_app.ui.pages.payment import PaymentPage
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.dialog import open_dialog
from tests.fakes.payments import FakePaymentTill, InlineBackground

MEI_LIN = Person(1, "Mei Lin", Role.CASHIER, 4)


class PaymentDesk:
    """Shows `view` at once; `become` lets the payment change as the services would tell."""

    def __init__(self, qtbot, view, size=(1366, 768), background=None, **till):
        self.qtbot = qtbot
        self.till = FakePaymentTill(view, **till)
        self.asked = self.till.payments.asked
        self.window = QWidget()
        self.window.resize(*size)
        qtbot.addWidget(self.window)
        self.page = PaymentPage(self.window)
        self.page.setGeometry(96, 56, size[0] - 96, size[1] - 56)
        self.events = EventBridge(self.page)
        self.sounds, self.sales, self.new_sales, self.toasts = [], [], [], []
        self.page.sound_requested.connect(self.sounds.append)
        self.page.sale_returned.connect(self.sales.append)
        self.page.new_sale_requested.connect(lambda: self.new_sales.append(True))
        self.page.toast_requested.connect(self.toasts.append)
        self.page.set_person(MEI_LIN)
        self.page.connect_till(self.till, background or InlineBackground(), self.events)
        self.window.show()
        self.page.show_charge(view.charge.id)

    def become(self, view):
        """The services tell that the charge is different now."""
        before, self.till.payments.shown = self.till.payments.shown, view
        self.events.charge_changed.emit(ChargeChanged(before.charge, view.charge))

    def settle(self):
        """Let the time pass in which late keys are ignored."""
        self.page._stage._guard.hold(0)
        self.qtbot.waitUntil(lambda: not self.page._stage.is_guarded)

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        """Offer a key to the page, as the window does."""
        event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers)
        return self.page.handle_key(event)

    def find(self, name, kind=QWidget):
        """Return what can be seen under an object name, or None."""
        found = [widget for widget in self.window.findChildren(kind, name) if widget.isVisible()]
        assert len(found) <= 1, f"{len(found)} widgets are called {name}"
        return found[0] if found else None

    def buttons(self):
        """Return the words of the buttons that can be seen and pressed."""
        return {
            button.text()
            for button in self.page.findChildren(ActionButton)
            if button.isVisible() and button.isEnabled()
        }

    def click(self, name):
        """Press a button that can be seen."""
        button = self.find(name, ActionButton)
        assert button is not None, f"{name} is not there"
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    @property
    def dialog(self):
        """The open question, if any."""
        return open_dialog(self.window)

    def commands(self):
        """Return the names of what the services were asked for, in order."""
        return [command for command, *_ in self.asked if command not in {"open", "close"}]
