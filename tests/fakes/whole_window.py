"""The real window over real services, in this process, used by mouse and by keys."""

from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.compose import Parts, build_till
from pos_app.paths import DataPaths
from pos_app.ui import theme
from pos_app.ui.printing.printers import SystemPrinter
from pos_app.ui.window import MainWindow
from tests.fakes.till import CHEAP

SIZE = (1366, 768)
WAIT_MS = 20_000
PIN = "1111"


class WholeWindow:
    """The window, and what a person does with it."""

    def __init__(self, window, till, qtbot):
        self.window, self.till = window, till
        self._qtbot = qtbot

    def find(self, name):
        """The visible widget of that name; None when there is none."""
        found = [w for w in self.window.findChildren(QWidget, name) if w.isVisible()]
        return found[0] if found else None

    def wait(self, check):
        """Let the window live until `check()` is true."""
        self._qtbot.waitUntil(lambda: bool(check()), timeout=WAIT_MS)

    def click(self, name):
        """Press a button with the mouse, once it is there and may be pressed."""
        self.wait(lambda: self.find(name) is not None and self.find(name).isEnabled())
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def press(self, *keys):
        """Press keys where the keyboard's focus is, through the native window."""
        for key in keys:
            QTest.keyClick(self.window.windowHandle(), key)

    @property
    def state(self):
        """The state id of the payment page (ux.md 6.3); None before that page is made."""
        status = self.window.findChild(QWidget, "paymentStatus")
        return status and status.property("state")

    @property
    def page(self):
        """The object name of the page on the screen."""
        return self.window.page.objectName()

    def wait_until_keys_count(self):
        """Wait for the end of the 700 ms in which late keys and taps are ignored."""
        stage = self.window.page._stage
        self.wait(lambda: not stage.is_guarded)


@contextmanager
def whole_window(qtbot, folder, *, parts=None, is_training=True, people=(), **environ):
    """Show the window with its services behind it while the block runs.

    Outside training there are `people` (name, role, PIN); without any the window asks for the
    first manager.
    """
    environ["POS_APP_SOUNDS_VOLUME"] = "0"  # machines that test have no loudspeaker to talk to
    app = QApplication.instance()
    theme.load_fonts()
    theme.apply(app, theme.Look())
    till = build_till(
        DataPaths(folder),
        is_training=is_training,
        environ=environ,
        parts=parts or Parts(hasher=CHEAP),
    )
    for name, role, pin in people:
        till.people.add(name, pin, role)
    till.receipts.use(SystemPrinter())
    window = MainWindow(is_training=is_training)
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    shown = WholeWindow(window, till, qtbot)
    try:
        window.connect_till(till)
        till.start()
        if is_training or people:
            shown.wait(lambda: shown.find("personItem_1") is not None)
        yield shown
    finally:
        window.events.stop()
        window.background.close()
        window.hide()
        window.deleteLater()
        till.close()
