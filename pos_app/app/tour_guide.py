"""What a tour is made of: a script that waits, and hands that use the window as a person does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QWidget

from pos_app.domain.errors import PosAppError
from pos_app.ui.widgets.late_key_guard import is_held
from pos_app.ui.window import MainWindow

_LOOK_EVERY_MS = 20
_BETWEEN_KEYS_MS = 150
"""What the keys say of themselves: slower than any barcode scanner."""
_PATIENCE_S = 20.0

Control = Qt.KeyboardModifier.ControlModifier
Key = str | Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]


class TourStuckError(PosAppError):
    """The tour could not go on; says what it was waiting for. No real money was near."""


@dataclass(frozen=True, slots=True)
class Until:
    """What a script waits for.

    Attributes:
        is_so: tells, quickly, whether it has happened.
        what: for the sentence that is said when it does not: "the code".
    """

    is_so: Callable[[], bool]
    what: str
    within_s: float = _PATIENCE_S


class Guide(QObject):
    """Walks through a script in the normal event loop, so that everything runs as for a person.

    A script is a generator: it does something, yields what it waits for, and goes on from there.

    Signals:
        over(PosAppError | None): the script has come to its end, or why it could not.
    """

    over = Signal(object)

    def __init__(self, script: Iterator[Until], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._script = script
        self._waiting: Until | None = None
        self._deadline_s = 0.0
        self._is_over = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    @Slot()
    def start(self) -> None:
        """Begin."""
        self._timer.start()

    def stop(self, trouble: PosAppError | None) -> None:
        """Say that it is over, once."""
        self._timer.stop()
        if not self._is_over:
            self._is_over = True
            self.over.emit(trouble)

    @Slot()
    def _look(self) -> None:
        if self._waiting is not None and not self._waiting.is_so():
            if time.monotonic() > self._deadline_s:
                self.stop(TourStuckError(f"The tour waited in vain for {self._waiting.what}."))
            return
        self._timer.stop()  # a script that fails in an unforeseen way is not asked again
        try:
            self._waiting = next(self._script)
        except StopIteration:
            self.stop(None)
        except PosAppError as trouble:
            self.stop(trouble)
        except OSError as trouble:
            self.stop(TourStuckError(f"The system refused: {trouble}."))
        else:
            self._deadline_s = time.monotonic() + self._waiting.within_s
            self._timer.start()


class Hands:
    """Keys, presses and looks at the window. GUI thread only."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._at_ms = 1

    def type(self, *keys: Key) -> None:
        """Press keys: characters of a text, keys of Qt, or a key with what is held."""
        for key in keys:
            if isinstance(key, str):
                for character in key:
                    self._key(Qt.Key(ord(character.upper())), text=character)
            elif isinstance(key, tuple):
                self._key(key[0], held=key[1])
            else:
                self._key(key)

    def press(self, object_name: str) -> None:
        """Click the button of this name (ux.md, section 11); it takes the focus as by a mouse.

        Raises:
            TourStuckError: it cannot be seen, or it is off.
        """
        button = self._seen(object_name)
        if not isinstance(button, QAbstractButton) or not button.isEnabled():
            raise TourStuckError(f"The tour found nothing to press called {object_name}.")
        if button.focusPolicy() & Qt.FocusPolicy.ClickFocus:
            button.setFocus(Qt.FocusReason.MouseFocusReason)
        button.click()

    def sees(self, object_name: str) -> bool:
        """Tell whether a widget of this name can be seen."""
        return self._seen(object_name) is not None

    def can_press(self, object_name: str) -> bool:
        """Tell whether it can be seen and is on, and a press of it would count."""
        widget = self._seen(object_name)
        return widget is not None and widget.isEnabled() and self.is_free()

    def is_free(self) -> bool:
        """Tell whether the window takes an Enter now: no state is too new for it."""
        return not is_held(self._window)

    def payment_state(self) -> str:
        """Return the state of the payment page (ux.md 6.3), or nothing when it is not shown."""
        if not self.sees("paymentPage"):
            return ""
        status = self._window.findChild(QWidget, "paymentStatus")
        return str(status.property("state") or "") if status is not None else ""

    def state_of(self, object_name: str) -> str:
        """Return the state of a banner (its property `state`), or nothing when none is seen."""
        banner = self._seen(object_name)
        return str(banner.property("state") or "") if banner is not None else ""

    def words_of(self, object_name: str) -> str:
        """Return what a label says, or nothing when none of that name is seen."""
        label = self._seen(object_name)
        return label.text() if isinstance(label, QLabel) else ""

    def rows_of(self, object_name: str) -> tuple[str, ...]:
        """Return what is read aloud of each row of a table; nothing when it is not seen."""
        table = self._seen(object_name)
        if not isinstance(table, QAbstractItemView):
            return ()
        model, role = table.model(), Qt.ItemDataRole.AccessibleTextRole
        rows = (model.index(row, 0) for row in range(model.rowCount()))
        return tuple(str(model.data(row, role) or "") for row in rows)

    def picture(self, file: Path) -> None:
        """Save what the window shows.

        Raises:
            TourStuckError: it cannot be written.
        """
        if not self._window.grab().save(str(file)):
            raise TourStuckError(f"The tour couldn't write the picture {file}.")

    def _seen(self, object_name: str) -> QWidget | None:
        named = self._window.findChildren(QWidget, object_name)
        return next((widget for widget in named if widget.isVisible()), None)

    def _key(
        self,
        key: Qt.Key,
        text: str = "",
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        handle = self._window.windowHandle()
        self._at_ms += _BETWEEN_KEYS_MS
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, text)
            event.setTimestamp(self._at_ms)
            QCoreApplication.sendEvent(handle, event)
