"""A window with the refund dialogs over it, used by mouse and by keys; the services are fakes."""

from types import SimpleNamespace

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from pos_app.domain.errors import PosAppError
from pos_app.ui import theme
from pos_app.ui.pages.money_back import MoneyBack
from pos_app.ui.widgets.dialog import open_dialog
from pos_app.ui.widgets.refund_words import ReturnAction
from pos_app.ui.window.input import WindowInput
from tests.fakes.money_back import FakeLooking, FakeRefunding, FakeRefundTraining, FakeSlips
from tests.fakes.payments import FakeClock
from tests.fakes.till_for_sell import MEI_LIN, FakePeople, InlineBackground

PIN = "999999"


class _NoRing(QObject):
    """Stands for the focus ring: the window's input tells it what is in use."""

    is_walked_to = False

    def by_keyboard(self, *, is_moving):
        del is_moving

    def key_over(self):
        pass

    def by_pointer(self):
        pass


class MoneyBackDesk:
    """What a person does with the dialogs, and what came of it.

    Attributes:
        sounds, toasts, changed, settling: what `MoneyBack` has asked the window for.
    """

    def __init__(self, qtbot):
        theme.load_fonts()
        theme.apply(QApplication.instance(), theme.Look(is_motion_reduced=True))
        self._qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        keys = WindowInput(self.window, _NoRing(), lambda _: False, lambda _: False)
        self.window.windowHandle().installEventFilter(keys)
        self.background = InlineBackground()
        self.refunding, self.people, self.slips = FakeRefunding(), FakePeople(), FakeSlips()
        self.looking = FakeLooking(self.refunding)
        self.till = SimpleNamespace(
            refunding=self.refunding, looking=self.looking, people=self.people,
            receipts=self.slips, training=FakeRefundTraining(), is_training=False,
            gateway_name="Citcon", clock=FakeClock(),
        )  # fmt: skip
        self.money_back = MoneyBack(self.window)
        self.money_back.connect_till(self.till, self.background)
        self.money_back.tell_person(MEI_LIN)
        self.sounds, self.toasts, self.changed, self.settling = [], [], [], []
        self.money_back.sound_wanted.connect(self.sounds.append)
        self.money_back.toast_wanted.connect(self.toasts.append)
        self.money_back.changed.connect(self.changed.append)
        self.money_back.settle_wanted.connect(self.settling.append)

    @property
    def dialog(self):
        """The open dialog; None when there is none."""
        return open_dialog(self.window)

    @property
    def confirm(self):
        names = ("confirmRefundButton", "confirmCancelPaidButton")
        return next(one for one in map(self.find, names) if one is not None)

    @property
    def state(self):
        return self.find("refundMessage").property("state") or ""

    @property
    def title(self):
        return self.find("refundMessage").title

    @property
    def text(self):
        return self.find("refundMessage").text

    @property
    def amount(self):
        return self.find("refundAmountEdit").accessibleName().removeprefix("Refund amount ")

    @property
    def buttons(self):
        """The buttons of an outcome, from left to right."""
        found = [self.find(action.value) for action in ReturnAction]
        shown = sorted((one for one in found if one.isVisible()), key=lambda one: one.x())
        return [one.objectName() for one in shown]

    @property
    def focused(self):
        focus = QApplication.focusWidget()
        return focus.objectName() if focus is not None else ""

    def find(self, name):
        return self.dialog.findChild(QWidget, name)

    def open_refund(self):
        self.money_back.refund(85)
        self.past_guard()

    def open_cancel(self):
        self.money_back.cancel_paid(85)
        self.past_guard()

    def past_guard(self):
        """Be past the time in which late keys and taps are ignored."""
        if self.dialog is not None:
            guard = self.dialog._guard
            guard.hold(0)
            self._qtbot.waitUntil(lambda: not guard.is_holding)

    def keys(self, *keys):
        """Press keys where the focus is, through the native window."""
        for key in keys:
            if isinstance(key, str):
                for character in key:
                    QTest.keyClick(self.window.windowHandle(), character)
            else:
                QTest.keyClick(self.window.windowHandle(), key)

    def pad(self, *names):
        for name in names:
            self.tap(f"refundPadButton_{name}")

    def tap(self, name):
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def click(self, name):
        """Press a button of the dialog, whatever guards it."""
        button = self.find(name)
        assert isinstance(button, QPushButton)
        assert button.isVisible()
        assert button.isEnabled()
        button.click()

    def key_pin(self, pin=PIN):
        self.find("managerPinEdit").setFocus()
        self.keys(pin)

    def fill(self, keys="1250"):
        """Open the refund dialog and fill it in."""
        self.open_refund()
        self.keys(keys)
        self.click("refundReason_returned")
        self.key_pin()

    def send(self, *, is_guarded=False):
        self.confirm.click()
        if not is_guarded:
            self.past_guard()

    def work(self):
        """Do what was handed to the background, and hold back what that hands over in turn."""
        background = self.background
        kept, background.kept = background.kept, []
        for call, done, failed in kept:
            try:
                result = call()
            except PosAppError as error:
                failed(error)
            else:
                done(result)

    def finish(self):
        """Do everything that was handed to the background."""
        while self.background.kept:
            self.work()
