"""The violet band that says that no money moves (ux.md, sections 4 and 6.9)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label


class TrainingBand(QFrame):
    """48 px over the whole width; shown in training and at no other time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainingBand")
        self.setProperty("bar", "training")
        theme.size(self, height=48)
        row = QHBoxLayout(self)
        theme.size(row, margins=(20, 0, 20, 0), spacing=11)
        self._words = Label("", "bodyStrong", parent=self)
        self._leave = QPushButton(self.tr("Leave training"), self)
        self._leave.setObjectName("leaveTrainingButton")
        self._leave.setProperty("kind", "onBand")
        self._leave.setEnabled(False)
        self._leave.setToolTip(self.tr("Not in this version yet."))
        self._leave.setAccessibleDescription(self.tr("Not in this version yet."))
        row.addWidget(IconLabel("cap", "on_primary", 20, self))
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(self._leave)
        self.show_services(("Citcon",))

    def show_services(self, names: Sequence[str]) -> None:
        """Name the payment services that nothing reaches; at least one."""
        *others, last = names
        services = last
        if others:
            services = self.tr("{services} or {last}").format(
                services=self.tr(", ").join(others), last=last
            )
        words = self.tr("Training. No real money moves and nothing reaches {gateway}.")
        self._words.setText(words.replace("{gateway}", services))
        self.setAccessibleName(self._words.text())
