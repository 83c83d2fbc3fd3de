"""Test or live: where a payment service's payments go (ux.md 6.7)."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.gateways import GATEWAYS
from pos_app.ui import theme
from pos_app.ui.models.service_draft import ConnectionView, Mode
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.segment import Segment

_NAMES = {
    Mode.TEST: "gatewayModeTest",
    Mode.LIVE: "gatewayModeLive",
    Mode.OTHER: "gatewayModeOther",
}
_SEGMENT = 300


class ModeBox(QFrame):
    """A segment, and what it means. Outlined as bad while live has never answered.

    Signals:
        mode_wanted(Mode): another one was pressed; what is shown stays until it is shown anew.
    """

    mode_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "sunken")
        self._mode = Mode.TEST
        self._segment = Segment(
            [
                (_NAMES[Mode.TEST], self.tr("Test")),
                (_NAMES[Mode.LIVE], self.tr("Live")),
                (_NAMES[Mode.OTHER], self.tr("Other")),
            ],
            self,
        )
        theme.size(self._segment, width=_SEGMENT)
        self._title = Label(role="bodyStrong", parent=self)
        self._text = Label(role="bar", shade="muted", wraps=True, parent=self)
        words = QVBoxLayout()
        theme.size(words, spacing=2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        theme.size(row, margins=(16, 12, 16, 12), spacing=20)
        row.addWidget(self._segment)
        row.addLayout(words, 1)
        self._segment.chosen.connect(self._on_chosen)

    def show_view(self, view: ConnectionView) -> None:
        """Show where payments go, and whether that is known to work."""
        mode, variable = view.draft.mode, view.fixed.get("base_url", "")
        self._mode = mode
        has_other = mode is Mode.OTHER or not self._is_usual(view.draft.before.base_url, view)
        self._segment.show_choice(_NAMES[Mode.OTHER], is_shown=has_other)
        self._segment.choose(_NAMES[mode])
        self._segment.setEnabled(not (view.is_training or variable))
        is_unsure = mode is Mode.LIVE and not view.is_checked
        theme.set_property(self, "tone", "bad" if is_unsure else "")
        titles = {
            Mode.TEST: self.tr("No real money moves."),
            Mode.LIVE: self.tr("Real money moves."),
            Mode.OTHER: self.tr("Another address, from the settings file."),
        }
        self._title.setText(titles[mode])
        self._text.setText(self._details(view, variable, is_unsure=is_unsure))

    def _details(self, view: ConnectionView, variable: str, *, is_unsure: bool) -> str:
        words = [view.draft.now.base_url]
        if variable:
            words.append(self.tr("Set by {variable}, and not here.").format(variable=variable))
        if is_unsure:
            words.append(self.tr("Test the connection before you sell."))
        return " · ".join(words)

    @staticmethod
    def _is_usual(address: str, view: ConnectionView) -> bool:
        traits = GATEWAYS[view.draft.service_id]
        return address in {traits.test_address, traits.live_address}

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        wanted = next(mode for mode, one in _NAMES.items() if one == name)
        if wanted is not self._mode:
            self.mode_wanted.emit(wanted)
