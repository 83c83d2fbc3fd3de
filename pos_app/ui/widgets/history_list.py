"""What happened to a payment, newest first (mock-transactions)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import icons, theme
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.transaction_words import EntryLook

_MARK, _ICON = 30, 16


class _Mark(QWidget):
    """An icon on a disc in its tone."""

    def __init__(self, tone: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._tone, self._icon = tone, icon
        theme.see_through(self)
        theme.size(self, width=_MARK, height=_MARK)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint disc and icon."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{self._tone}_bg"))
        painter.drawEllipse(self.rect())
        place = QRectF(0, 0, theme.px(_ICON), theme.px(_ICON))
        place.moveCenter(QRectF(self.rect()).center())
        picture = icons.pixmap(self._icon, self._tone, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(place.topLeft(), picture)
        painter.end()


class _Entry(QWidget):
    """One thing that happened."""

    def __init__(self, look: EntryLook, parent: QWidget) -> None:
        super().__init__(parent)
        told = (look.title, look.amount, look.below)
        self.setAccessibleName(", ".join(one for one in told if one))
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=12)
        words = QVBoxLayout()
        theme.size(words, spacing=2)
        words.addWidget(Label(look.title, "bodyStrong", wraps=True, parent=self))
        words.addWidget(Label(look.below, "caption", "muted3", wraps=True, parent=self))
        row.addWidget(_Mark(look.tone, look.icon, self), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(Label(look.amount, "bodyStrong", parent=self))


class HistoryList(QWidget):
    """As high as what it tells; whoever shows it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transactionHistory")
        self.setAccessibleName(self.tr("History"))
        self._shown: tuple[EntryLook, ...] = ()
        self._column = QVBoxLayout(self)
        theme.size(self._column, margins=(22, 14, 22, 14), spacing=16)

    def show_entries(self, looks: tuple[EntryLook, ...]) -> None:
        """Show what happened; the same again changes nothing."""
        if looks == self._shown:
            return
        self._shown = looks
        for old in self.findChildren(_Entry):
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        for look in looks:
            self._column.addWidget(_Entry(look, self))
