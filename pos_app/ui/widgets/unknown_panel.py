"""A payment whose outcome is unknown: what happened, what is safe, what to do now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pos_app.services.payment_view import PaymentView
from pos_app.ui import icons, theme
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.payment_actions import action_button
from pos_app.ui.widgets.payment_table import Action
from pos_app.ui.widgets.payment_words import StateWords
from pos_app.ui.widgets.unknown_side import UnknownSide
from pos_app.ui.widgets.unknown_words import happened_text, safe_text, to_do_text

_MAIN, _SIDE = 834, 388
_SHORT = 640
"""Below this height (px at scale 1.0) everything moves closer together."""
_VERY_SHORT = 460
"""Below this one the words get smaller too, so that the customer's contact needs no scrolling."""
_SQUARE = 56
_CONTACT_LENGTH = 80


class UnknownPanel(QWidget):
    """Explains, keeps the customer's contact, lists the checks (mock-payment-unknown).

    There is no way to charge again here.

    Signals:
        chosen(Action): a button was pressed.
        contact_changed(str): the customer's name or phone was edited and left.
    """

    chosen = Signal(object)
    contact_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unknownPanel")
        self._title = Label(role="headline", shade="warn", wraps=True)
        self._text = Label(role="leadSub", shade="warn", wraps=True)
        self._happened = _Answer("info", "info", self.tr("What happened"), "unknownWhatHappened")
        self._safe = _Answer("ok", "shield", self.tr("What is safe"), "unknownWhatIsSafe")
        self._to_do = _Answer("warn", "phone", self.tr("What to do now"), "unknownWhatToDo")
        self.contact = QLineEdit()
        self.contact.setObjectName("customerContactEdit")
        self.contact.setProperty("field", "text")
        self.contact.setMaxLength(_CONTACT_LENGTH)
        self.contact.setAccessibleName(self.tr("Customer’s name or phone (optional)"))
        self.contact.editingFinished.connect(self.hand_over_contact)
        self._check = action_button(Action.CHECK_AGAIN, "72")
        self._check.set_kind("primary")
        self._put_aside = action_button(Action.PUT_ASIDE, "72")
        self._settle = action_button(Action.SETTLE, "72")
        self._buttons = (self._check, self._put_aside, self._settle)
        for button in self._buttons:
            button.clicked.connect(self._on_clicked)
        self._side = UnknownSide()
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=16)
        row.addWidget(self._build_main(), _MAIN)
        row.addWidget(self._side, _SIDE)

    @property
    def primary(self) -> ActionButton:
        """The button that Enter means."""
        return self._check

    def button(self, action: Action) -> ActionButton | None:
        """Return the button of an action that may be pressed now."""
        return next(
            (one for one in self._buttons if one.objectName() == action and one.isEnabled()), None
        )

    def begin(self) -> None:
        """Forget the payment before, with what was typed for it."""
        self.contact.clear()
        self.contact.setModified(False)

    def show_view(self, view: PaymentView, words: StateWords, now: datetime) -> None:
        """Explain `view`."""
        self._title.setText(words.title)
        self._text.setText(words.text)
        self._happened.show_text(happened_text(view))
        self._safe.show_text(safe_text())
        self._to_do.show_text(to_do_text(view))
        self._side.show_view(view, now)

    def show_contact(self, contact: str) -> None:
        """Show what was kept, unless the cashier is typing."""
        if not self.contact.isModified():
            self.contact.setText(contact)

    def release(self) -> None:
        """Switch the buttons on again."""
        for button in self._buttons:
            button.setEnabled(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move closer together beside the training strip."""
        super().resizeEvent(event)
        is_short = self.height() < theme.px(_SHORT)
        is_very_short = self.height() < theme.px(_VERY_SHORT)
        theme.size(self._head, min_height=72 if is_short else 102)
        for button in self._buttons:
            button.set_tall("56" if is_short else "72")
        theme.size(
            self._answers,
            margins=(28, 12, 28, 6) if is_short else (28, 28, 28, 12),
            spacing=4 if is_very_short else 10 if is_short else 24,
        )
        theme.size(
            self._foot,
            margins=(28, 4, 28, 14) if is_short else (28, 12, 28, 22),
            spacing=0 if is_short else 22,
        )
        for answer in (self._happened, self._safe, self._to_do):
            answer.set_small(is_very_short)
        self._line.setVisible(not is_short)
        self._side.set_short(is_short)

    def _build_main(self) -> QWidget:
        card = QFrame()
        card.setProperty("card", "true")
        column = QVBoxLayout(card)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._build_head())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._build_answers())
        area.viewport().setAutoFillBackground(False)
        column.addWidget(area, 1)
        column.addLayout(self._build_foot())
        return card

    def _build_head(self) -> QWidget:
        self._head = QFrame()
        self._head.setProperty("tone", "warn")
        self._head.setProperty("card", "head")
        row = QHBoxLayout(self._head)
        theme.size(row, margins=(28, 8, 28, 8), spacing=18)
        row.addWidget(_Sign())
        words = QVBoxLayout()
        theme.size(words, spacing=4)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addStretch(1)
        row.addLayout(words, 1)
        return self._head

    def _build_answers(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("scrolled", "true")
        self._answers = column = QVBoxLayout(inside)
        for answer in (self._happened, self._safe, self._to_do):
            column.addWidget(answer)
        column.addStretch(1)
        field = QVBoxLayout()
        theme.size(field, spacing=8)
        caption = QHBoxLayout()
        theme.size(caption, spacing=5)
        label = Label(self.tr("Customer’s name or phone"), "bodyStrong")
        label.setBuddy(self.contact)
        caption.addWidget(label)
        caption.addWidget(
            Label(
                self.tr("(optional, kept with this sale so you can reach them)"), "body", "muted"
            )
        )
        caption.addStretch(1)
        field.addLayout(caption)
        field.addWidget(self.contact)
        column.addLayout(field)
        return inside

    def _build_foot(self) -> QVBoxLayout:
        self._foot = foot = QVBoxLayout()
        self._line = QFrame()
        self._line.setProperty("line", "h")
        foot.addWidget(self._line)
        row = QHBoxLayout()
        theme.size(row, spacing=12)
        row.addWidget(self._check, 1)
        row.addWidget(self._put_aside)
        row.addWidget(self._settle)
        foot.addLayout(row)
        return foot

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            button.press_once()
            self.chosen.emit(Action(button.property("action")))

    @Slot()
    def hand_over_contact(self) -> None:
        """Tell of what was typed and has not been told yet."""
        if self.contact.isModified():
            self.contact.setModified(False)
            self.contact_changed.emit(self.contact.text())


class _Answer(QWidget):
    """An icon in a square, a question and its answer."""

    def __init__(self, tone: str, icon: str, question: str, object_name: str) -> None:
        super().__init__()
        self._question = question
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=20)
        self._square = _Square(tone, icon)
        row.addWidget(self._square, 0, Qt.AlignmentFlag.AlignTop)
        self._words = words = QVBoxLayout()
        theme.size(words, spacing=4)
        words.addWidget(Label(question, "leadTitle"))
        self._text = Label(role="lead", shade="muted", wraps=True)
        self._text.setObjectName(object_name)
        words.addWidget(self._text)
        words.addStretch(1)
        row.addLayout(words, 1)

    def set_small(self, is_small: bool) -> None:
        """Take less height."""
        side = 40 if is_small else _SQUARE
        theme.size(self._square, width=side, height=side)
        theme.size(self._words, spacing=0 if is_small else 4)
        theme.set_property(self._text, "textRole", "body" if is_small else "lead")

    def show_text(self, text: str) -> None:
        """Answer with `text`."""
        if text != self._text.text():
            self._text.setText(text)
            self._text.setAccessibleName(f"{self._question}: {text}")


class _Square(QWidget):
    """An icon in a rounded square."""

    def __init__(self, tone: str, icon: str) -> None:
        super().__init__()
        self._tone, self._icon = tone, icon
        theme.size(self, width=_SQUARE, height=_SQUARE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint square and icon."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{self._tone}_bg"))
        painter.drawRoundedRect(self.rect(), theme.px(12), theme.px(12))
        edge = self.width() // 4
        inner = self.rect().adjusted(edge, edge, -edge, -edge)
        icons.paint(painter, inner, self._icon, self._tone)
        painter.end()


class _Sign(QWidget):
    """The question mark of the headline."""

    def __init__(self) -> None:
        super().__init__()
        theme.size(self, width=52, height=52)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        del event
        painter = QPainter(self)
        icons.paint(painter, self.rect(), "question", "warn")
        painter.end()
