"""Text in one of the type roles."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Label(QLabel):
    """Plain text in a type role; never rich text, so that data cannot become markup.

    Args:
        role: value of `textRole`.
        shade: "" for `text`, "muted" for `text2`, "muted3" for `text3`, or a tone.
        wraps: breaks lines instead of asking for width.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        shade: str = "",
        *,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("textRole", role)
        if shade in {"muted", "muted3"}:
            self.setProperty(shade, True)
        elif shade:
            self.setProperty("tone", shade)
        if wraps:
            self.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
