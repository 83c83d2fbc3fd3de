"""Status banner: tone, icon, title and a line or two; read aloud when it changes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label


class StatusBanner(QFrame):
    """A banner that says a state; the dynamic property `state` holds its id, for tests.

    Its labels are named after it: `{object_name}Title` and `{object_name}Text`.
    """

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("tone", "info")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        theme.size(row, margins=(16, 14, 20, 14), spacing=16)
        self._icon = IconLabel("info", "info", 30, self)
        self._title = Label(role="h2", shade="info", wraps=True, parent=self)
        self._text = Label(role="body", shade="info", wraps=True, parent=self)
        self._title.setObjectName(f"{object_name}Title")
        self._text.setObjectName(f"{object_name}Text")
        words = QVBoxLayout()
        theme.size(words, spacing=4)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)

    def show_status(
        self,
        tone: str,
        icon: str,
        title: str,
        text: str = "",
        *,
        state: str = "",
        is_urgent: bool = False,
    ) -> None:
        """Show a state.

        Args:
            tone: info, ok, warn, bad, train or mute.
            icon: name of the icon.
            title: what happened, one sentence.
            text: what is safe and what to do; may be empty.
            state: id of the state, kept in the property `state`.
            is_urgent: read aloud at once: paid, declined, unknown, mismatch.
        """
        # A title that counts seconds is no news; the next state is.
        is_new = self.property("state") != state if state else title != self._title.text()
        self.setProperty("state", state)
        for part in (self, self._title, self._text):
            theme.set_property(part, "tone", tone)
        self._icon.set_icon(icon, tone)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title} {text}".strip())
        if is_new and self.isVisible():
            announce(self, self.accessibleName(), is_urgent=is_urgent)

    @property
    def title(self) -> str:
        """What the title says."""
        return self._title.text()

    @property
    def text(self) -> str:
        """What the lines under the title say."""
        return self._text.text()
