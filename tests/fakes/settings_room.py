"""The Settings page in a small window of its own, used by mouse."""

from types import SimpleNamespace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.background import EventBridge
from pos_app.ui.pages.settings.page import SettingsPage
from pos_app.ui.widgets.dialog import open_dialog
from tests.fakes.credentials import FakeCredentials
from tests.fakes.settings_desk import FakeSettingsDesk
from tests.fakes.till_for_sell import MEI_LIN, PRIYA, FakePeople, InlineBackground

NARROW = 1100


class SettingsRoom:
    """The page with Mei Lin at it, let in by Priya; nothing behind it is real."""

    def __init__(
        self, qtbot, settings, *, sections=None, size=(1270, 712), is_training=False, known=None
    ):
        theme.load_fonts()
        theme.apply(QApplication.instance(), theme.Look(is_motion_reduced=True))
        self._qtbot = qtbot
        self.window = QWidget()
        self.window.resize(*size)
        QVBoxLayout(self.window)
        qtbot.addWidget(self.window)
        self.page = SettingsPage(self.window, sections)
        self.window.layout().addWidget(self.page)
        self.till = SimpleNamespace(
            settings=settings, people=FakePeople(), clock=None, is_training=is_training
        )
        self.till.settings_desk = self.settings_desk = FakeSettingsDesk(self.till)
        self.till.credentials = self.credentials = FakeCredentials()
        self.credentials.known.update(known or {})
        self.page.connect_till(self.till, InlineBackground(), EventBridge(self.window))
        self.page.set_narrow(size[0] < NARROW)
        self.toasts = []
        self.page.toast_requested.connect(self.toasts.append)
        self.window.show()
        self.window.activateWindow()
        self.come_in()

    def come_in(self):
        self.page.set_person(MEI_LIN)
        self.page.admit(PRIYA)
        self.page.shown()
        self.page.focus_first()

    def find(self, name):
        found = [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]
        return found[0] if found else None

    def click(self, *names):
        for name in names:
            self._wait_until_taps_count(open_dialog(self.window))
            assert self.find(name), name
            self._qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def _wait_until_taps_count(self, dialog):
        if dialog is not None:
            self._qtbot.waitUntil(lambda: not dialog._guard.is_holding)

    @property
    def dirty(self):
        """What the foot says of what is not saved."""
        return self.find("settingsDirtyLabel").text().lstrip("• ")
