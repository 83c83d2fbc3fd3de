"""The window's workings that nobody sees at the first paint, made just after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pos_app.ui.keep_awake import KeepAwake
from pos_app.ui.sounds import Sounds
from pos_app.ui.widgets.focus_ring import FocusRing
from pos_app.ui.widgets.toast import ToastArea
from pos_app.ui.window.attention import AttentionWatch
from pos_app.ui.window.input import WindowInput
from pos_app.ui.window.window_keys import WindowKeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent


class Parts(QObject):
    """Focus ring, keys, toasts, attention, sounds and what keeps the PC awake."""

    def __init__(
        self,
        window: QWidget,
        is_locked: Callable[[], bool],
        page_key: Callable[[QKeyEvent], bool],
    ) -> None:
        super().__init__(window)
        self.ring = FocusRing(window)
        self.keys = WindowKeys(is_locked, self)
        self.input = WindowInput(window, self.ring, self.keys.handle, page_key)
        self.toasts = ToastArea(window)
        self.attention = AttentionWatch(window)
        self.sounds = Sounds(self)
        self.awake = KeepAwake(self.tr("A customer is paying"))
        self.attention.sound_wanted.connect(self.sounds.play)
