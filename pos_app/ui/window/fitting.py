"""Fits the look to the window: scale, narrow layout, key hints."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets import key_hint
from pos_app.ui.window.scaling import is_narrow, scale_for


class Fitting(QObject):
    """Chooses scale and layout whenever the window's size changes.

    Attributes:
        is_narrow: whether the effective width is under 1240.

    Signals:
        narrow_changed(bool): another layout is wanted.
    """

    narrow_changed = Signal(bool)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._manual_percent = 0
        self._is_keyboard_unused = False
        self.is_narrow = False

    def set_manual_percent(self, percent: int) -> None:
        """Take the scale of the settings; 0 chooses by size."""
        self._manual_percent = percent
        self.fit()

    def fit(self) -> None:
        """Bring the look in line with the window's size."""
        width, height = self._window.width(), self._window.height()
        wanted = scale_for(width, height, self._manual_percent)
        if wanted != theme.scale():
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            theme.apply(app, theme.with_scale(wanted))
        narrow = is_narrow(width, wanted)
        if narrow != self.is_narrow:
            self.is_narrow = narrow
            self._show_hints()
            self.narrow_changed.emit(narrow)

    @Slot(bool)
    def on_keyboard_unused(self, is_unused: bool) -> None:
        """Hide key hints while nobody uses a keyboard."""
        self._is_keyboard_unused = is_unused
        self._show_hints()

    def _show_hints(self) -> None:
        is_hidden = self.is_narrow or self._is_keyboard_unused
        key_hint.hide_all(self._window, is_hidden=is_hidden)
