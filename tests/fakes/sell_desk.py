"""The Sell page at work, with fakes behind it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from pos_app.ui.background import EventBridge
from pos_app.ui.pages.sell import SellPage
from pos_app.ui.widgets.dialog import open_dialog
from pos_app.ui.widgets.item_grid import ItemGrid
from tests.fakes.till_for_sell import MEI_LIN, InlineBackground


class Desk:
    """A Sell page in a window with fakes behind it, and a keyboard."""

    def __init__(self, qtbot, till):
        self.ms = 1_000
        self.till = till
        self.background = InlineBackground()
        self.window = QWidget()
        self.window.resize(1366, 768)
        qtbot.addWidget(self.window)
        self.page = SellPage(self.window, now_ms=lambda: self.ms)
        self.page.resize(1270, 712)
        self.events = EventBridge(self.page)
        self.page.set_person(MEI_LIN)
        self.page.connect_till(till, self.background, self.events)
        self.window.show()
        self.page.focus_first()

    def press(self, *keys, gap_ms=120, modifiers=Qt.KeyboardModifier.NoModifier):
        """Key as the window hands keys over: a string's characters, or key codes."""
        self.ms += 500
        for key in keys:
            for one in [key] if isinstance(key, Qt.Key) else key:
                self.ms += gap_ms
                code, text = (one, "") if isinstance(one, Qt.Key) else (0, one)
                self.page.handle_key(QKeyEvent(QEvent.Type.KeyPress, code, modifiers, text))

    @property
    def cart(self):
        return self.page.cart

    @property
    def charge(self):
        return self.page.findChild(QPushButton, "chargeButton")

    @property
    def reason(self):
        return self.page.findChild(QLabel, "chargeReason").text()

    @property
    def items(self):
        return self.page.findChild(ItemGrid)

    @property
    def dialog(self):
        return open_dialog(self.window)

    def button(self, name, kind=QPushButton):
        return self.window.findChild(kind, name)

    def answer(self, name):
        self.dialog.findChild(QPushButton, name).click()

    def chosen(self):
        return [
            tile.method.value for tile in self.page.findChildren(QToolButton)
            if tile.objectName().startswith("methodTile_") and tile.isChecked()
        ]  # fmt: skip
