"""Settle with manager: what a person found out, recorded with a note (ux.md 6.3)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from pos_app.domain.methods import METHODS
from pos_app.domain.people import Person
from pos_app.services.settling import Matter
from pos_app.ui import theme
from pos_app.ui.dialogs.settle_words import words_of
from pos_app.ui.widgets.arrow_focus import ArrowFocus
from pos_app.ui.widgets.chips import Chips
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.status_banner import StatusBanner

_WIDTH, _SIDE = 1000, 380
_NOTE_LENGTH = 300
_CHOICES = (
    ("settlePaidRadio", True),
    ("settleNotPaidRadio", False),
    ("settleUnknownRadio", None),
)
"""Object name of each answer and what it says; None is "still not known"."""


class _Answer(QRadioButton):
    """An answer that can be pressed wherever it is drawn."""

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setObjectName(name)
        self.setProperty("tile", True)
        self.setAccessibleName(words)
        theme.size(self, height=52)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's own name
        """Take the whole tile, not the words alone."""
        return self.rect().contains(pos)


class SettleDialog(Dialog):
    """Three answers, a note, one button. The manager's PIN has been asked for before.

    Where the gateway has contradicted an earlier decision about a refund there is nothing left
    to decide: the dialog tells it, and the button says that somebody has seen it.

    Args:
        parent: in the window it is shown in.
        matter: what is to be settled.
        gateway: the gateway's own name.
        manager: who approved it.

    Signals:
        decided(object, str): True (yes), False (no) or None (still not known), and the note. The
            dialog stays, busy, until `finish` or `show_trouble`.
    """

    decided = Signal(object, str)

    def __init__(self, parent: QWidget, matter: Matter, gateway: str, manager: Person) -> None:
        title = QCoreApplication.translate("SettleDialog", "Settle with manager")
        super().__init__(parent, "settleDialog", title, width=_WIDTH)
        self._manager = manager
        self._words = words_of(matter, gateway)
        self._radios: dict[str, QRadioButton] = {}
        self._build_head(matter)
        self._earlier = StatusBanner("settleEarlier", self)
        self._show_earlier()
        self._trouble = StatusBanner("settleTrouble", self)
        self._trouble.hide()
        self._hint = Label(role="body", shade="muted", wraps=True, parent=self)
        self._hint.setObjectName("settleHint")
        self.foot.insertWidget(0, self._hint, 1)
        self._lay_out()
        self._build_actions()
        self._update()

    def finish(self) -> None:
        """It is recorded: close."""
        self.set_busy("")
        self.answer("settled")

    def show_trouble(self, happened: str, text: str) -> None:
        """It could not be recorded; what was typed stays."""
        self.set_busy("")
        self._trouble.show_status("bad", "warning", happened, text, is_urgent=True)
        self._trouble.show()
        self._fit()
        self._update()

    def _build_head(self, matter: Matter) -> None:
        glyph = MethodGlyph(26, self)
        glyph.show_method(METHODS[matter.charge.method])
        facts = Label(self._words.facts, "body", "muted", parent=self)
        facts.setObjectName("settleFacts")
        self.head.insertWidget(1, glyph)
        self.head.insertWidget(2, facts)

    def _show_earlier(self) -> None:
        is_bad = self._words.is_contradicted
        tone, icon = ("warn", "warning") if is_bad else ("info", "info")
        title = self._words.earlier
        self._earlier.show_status(tone, icon, title)
        self._earlier.setVisible(bool(title))

    def _lay_out(self) -> None:
        """Put what is decided at the left, the words that go with it at the right."""
        theme.size(self.body, margins=(0, 0, 0, 0), spacing=0)
        left, side = QVBoxLayout(), QFrame(self)
        theme.size(left, margins=(28, 20, 28, 20), spacing=12)
        left.addWidget(self._earlier)
        side.setProperty("card", "dialogSide")
        theme.size(side, width=_SIDE)
        right = QVBoxLayout(side)
        theme.size(right, margins=(24, 20, 24, 20), spacing=12)
        if self._words.answers:
            self._build_answers(left)
            self._build_note(right)
        left.addWidget(self._trouble)
        for column in (left, right):
            column.addStretch(1)
        right.addLayout(self._promise())
        row = QHBoxLayout()
        row.addLayout(left, 1)
        row.addWidget(side)
        self.body.addLayout(row)

    def _build_answers(self, column: QVBoxLayout) -> None:
        column.addWidget(Label(self._words.question, "bodyStrong", parent=self))
        self._group = QButtonGroup(self)
        for (name, _), words in zip(_CHOICES, self._words.answers, strict=True):
            radio = _Answer(name, words, self)
            self._group.addButton(radio)
            self._radios[name] = radio
            column.addWidget(radio)
        self._arrows = ArrowFocus(self, columns=1)
        self._arrows.set_members(list(self._radios.values()))
        self._group.buttonClicked.connect(self._on_answer)
        self._effect = Label(role="body", shade="muted", wraps=True, parent=self)
        self._effect.setObjectName("settleEffect")
        theme.size(self._effect, min_height=44)
        self._effect.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._effect)

    def _build_note(self, column: QVBoxLayout) -> None:
        label = Label(self.tr("Note"), "bodyStrong", parent=self)
        self._notes = Chips(1, self)
        self._notes.show_choices(
            [(f"settleNote_{n}", words) for n, words in enumerate(self._words.notes, start=1)]
        )
        self._notes.chosen.connect(self._on_note_chosen)
        self._note = QLineEdit(self)
        self._note.setObjectName("settleNoteEdit")
        self._note.setProperty("field", True)
        self._note.setMaxLength(_NOTE_LENGTH)
        self._note.setPlaceholderText(self.tr("What you saw or were told"))
        self._note.setAccessibleName(self.tr("Note"))
        self._note.textChanged.connect(self._update)
        label.setBuddy(self._note)
        for part in (label, self._notes, self._note):
            column.addWidget(part)

    def _promise(self) -> QHBoxLayout:
        row = QHBoxLayout()
        theme.size(row, spacing=10)
        row.addWidget(IconLabel("info", "text2", 20, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(self._words.promise, "body", "muted", wraps=True, parent=self), 1)
        return row

    def _build_actions(self) -> None:
        self.add_action("close", self.tr("Close"), "secondary", "closeSettleButton", is_safe=True)
        words = self.tr("Record decision") if self._radios else self.tr("Seen")
        self._confirm = self.add_action(
            "settled", words, "primary", "confirmSettleButton", is_default=True, is_answer=False
        )
        self._confirm.clicked.connect(self._on_confirm)
        if self._radios:
            self.focus_at_first(next(iter(self._radios.values())))

    @property
    def _answer_name(self) -> str:
        return next((name for name, radio in self._radios.items() if radio.isChecked()), "")

    @property
    def _is_complete(self) -> bool:
        return not self._radios or bool(self._answer_name and self._note.text().strip())

    @Slot()
    def _update(self) -> None:
        self._confirm.setEnabled(self._is_complete and not self.is_busy)
        if self._is_complete:
            self._hint.setText(self.tr("Approved by {name}").format(name=self._manager.name))
        elif not self._answer_name:
            self._hint.setText(self.tr("Choose an answer."))
        else:
            self._hint.setText(self.tr("Write a note: what you saw or were told."))

    @Slot(object)
    def _on_answer(self, radio: QRadioButton) -> None:
        self._arrows.set_stop(radio)
        self._effect.setText(self._words.effects[list(self._radios).index(radio.objectName())])
        self._fit()
        self._update()

    @Slot(str)
    def _on_note_chosen(self, _name: str) -> None:
        self._note.setText(self._notes.words)

    @Slot()
    def _on_confirm(self) -> None:
        if not self._is_complete or self.is_busy:
            return
        self._trouble.hide()
        self.set_busy(self.tr("Recording the decision. Don’t close this window."))
        if self._radios:
            self.decided.emit(dict(_CHOICES)[self._answer_name], self._note.text().strip())
        else:
            self.decided.emit(None, "")

    def _fit(self) -> None:
        """Take the height that the words need now."""
        if self.is_open:
            self.adjustSize()
            self._place()
