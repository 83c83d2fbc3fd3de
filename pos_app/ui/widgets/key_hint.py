"""Small key caps such as "Enter" and "F5" (ux.md, section 9)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from pos_app.ui import theme

_HIDDEN = "areKeyHintsHidden"


class KeyHint(QLabel):
    """A key cap; hides while no keyboard is in use, and is never read aloud by itself.

    Args:
        keys: what is printed on the cap, such as "Enter".
        look: "true" (outlined), "onPrimary", "danger" or "bare" (no cap).
    """

    def __init__(self, keys: str, look: str = "true", parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("hint", look)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.see_through(self)
        self._is_wanted = bool(keys)
        self._is_always = False
        self.setVisible(self._is_wanted and not are_hidden())

    def keep_shown(self) -> None:
        """Stay, whether a keyboard is in use or not: in the list of shortcuts."""
        self._is_always = True
        self.follow()

    def set_keys(self, keys: str) -> None:
        """Print other keys; empty for none."""
        self._is_wanted = bool(keys)
        self.setText(keys)
        self.follow()

    def follow(self) -> None:
        """Show or hide with the program's setting."""
        self.setVisible(self._is_wanted and (self._is_always or not are_hidden()))

    def showEvent(self, event: QShowEvent) -> None:
        """Stay hidden when hints are hidden and a parent is shown."""
        super().showEvent(event)
        if are_hidden() and not self._is_always:
            self.hide()


def are_hidden() -> bool:
    """Return whether key hints are hidden now."""
    app = QApplication.instance()
    return bool(app is not None and app.property(_HIDDEN))


def hide_all(root: QWidget, *, is_hidden: bool) -> None:
    """Hide or show every key hint under `root`, and those made later."""
    app = QApplication.instance()
    if app is None or are_hidden() == is_hidden:
        return
    app.setProperty(_HIDDEN, is_hidden)
    for hint in root.findChildren(KeyHint):
        hint.follow()
    root.update()
