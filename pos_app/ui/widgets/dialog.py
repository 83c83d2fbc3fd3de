"""Dialogs inside the window, over a painted scrim (ux.md, section 5)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from pos_app.ui import icons, theme
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.late_key_guard import LateKeyGuard
from pos_app.ui.widgets.two_line_button import TwoLineButton

_MOST_WIDGETS = 10_000


class Scrim(QWidget):
    """Darkens the window, keeps the pointer off it and Tab inside the dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("scrim")
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the darkness."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("scrim"))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 - Qt's own names
        """Walk through what can be reached inside, and round again."""
        stops = self._stops()
        if not stops:
            return True
        focused = QApplication.focusWidget()
        step = 1 if next else -1
        index = stops.index(focused) + step if focused in stops else 0
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[index % len(stops)].setFocus(reason)
        return True

    def _stops(self) -> list[QWidget]:
        chain: list[QWidget] = []
        widget = self.nextInFocusChain()
        seen = 0
        while widget is not None and widget is not self and seen < _MOST_WIDGETS:
            takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            is_usable = widget.isVisible() and widget.isEnabled()
            if takes_tab and is_usable and self.isAncestorOf(widget):
                chain.append(widget)
            widget = widget.nextInFocusChain()
            seen += 1
        return chain


class Dialog(QFrame):
    """A question over the window. One at a time; deleted once it is answered.

    Build the body into `body`, the actions with `add_action`, then `open`.

    Attributes:
        body: layout between title and foot.
        foot: layout of the foot; what is added before the actions stands at the left.
        safe_answer: what Esc, the close button and a payment's result answer.

    Signals:
        answered(str): the answer; sent once, after the dialog has gone from the screen.
    """

    answered = Signal(str)

    def __init__(self, parent: QWidget, object_name: str, title: str, width: int = 560) -> None:
        super().__init__(parent.window())
        self.hide()
        self.setObjectName(object_name)
        self.setProperty("card", "dialog")
        self.setAccessibleName(title)
        self.safe_answer = "close"
        self._width = width
        self._busy_words = ""
        self._default: QAbstractButton | None = None
        self._safe: QAbstractButton | None = None
        self._first: QWidget | None = None
        self._focus_before: QWidget | None = None
        self._scrim: Scrim | None = None
        self._guard = LateKeyGuard(self)
        self.body = QVBoxLayout()
        self.foot = QHBoxLayout()
        self._build(title)
        theme.size(self, width=width)

    def _build(self, title: str) -> None:
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        head = QFrame(self)
        head.setProperty("card", "dialogHead")
        theme.size(head, height=64)
        row = QHBoxLayout(head)
        theme.size(row, margins=(28, 0, 14, 0), spacing=12)
        self.head = row
        self._title = Label(title, "h1", parent=head)
        self._close = QPushButton(head)
        self._close.setObjectName(f"{self.objectName()}Close")
        self._close.setProperty("kind", "icon")
        self._close.setIcon(icons.icon("close"))
        self._close.setAccessibleName(QCoreApplication.translate("Dialog", "Close"))
        self._close.setAccessibleDescription("Esc")
        self._close.clicked.connect(self.dismiss)
        theme.size(self._close, icon=22)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._close)
        theme.size(self.body, margins=(28, 20, 28, 24), spacing=12)
        foot = QFrame(self)
        foot.setProperty("card", "dialogFoot")
        theme.size(foot, height=92)
        foot.setLayout(self.foot)
        theme.size(self.foot, margins=(28, 0, 24, 0), spacing=12)
        self.foot.addStretch(1)
        column.addWidget(head)
        column.addLayout(self.body, 1)
        column.addWidget(foot)

    def add_action(
        self,
        answer: str,
        text: str,
        kind: str,
        object_name: str,
        *,
        is_safe: bool = False,
        is_default: bool = False,
        is_answer: bool = True,
        hint: str = "",
    ) -> TwoLineButton:
        """Add a button at the right of the foot; add the safe one first, the deciding one last.

        Args:
            answer: what `answered` says when it is pressed.
            text: a verb, with the amount when money moves.
            kind: primary, secondary, danger, dangerFill or text.
            object_name: from the register of ux.md.
            is_safe: Esc and the close button mean this one.
            is_default: has the focus at first, and Enter in a field means it.
            is_answer: False when pressing it does not close the dialog by itself.
            hint: key cap.
        """
        button = TwoLineButton(
            text, kind=kind, tall=60, hint=hint, object_name=object_name, parent=self
        )
        button.setProperty("answer", answer)
        if is_answer:
            button.clicked.connect(self._on_action)
        if is_safe:
            self.safe_answer = answer
            self._safe = button
        if is_default:
            self._default = button
        self.foot.addWidget(button)
        return button

    def add_text(self, text: str, role: str = "body", shade: str = "muted") -> Label:
        """Add a paragraph to the body."""
        label = Label(text, role, shade, wraps=True, parent=self)
        self.body.addWidget(label)
        return label

    def focus_at_first(self, widget: QWidget) -> None:
        """Start with the focus on `widget` instead of the default or safe button."""
        self._first = widget

    def open(self) -> None:
        """Show it over the window; an open dialog is answered with its safe answer first."""
        window = self.window()
        earlier = open_dialog(window)
        if earlier is not None and earlier is not self:
            earlier.force_dismiss()
        self._focus_before = QApplication.focusWidget()
        self._scrim = Scrim(window)
        self.setParent(self._scrim)
        self._scrim.show()
        self._scrim.raise_()
        self.show()
        self.adjustSize()
        self._place()
        self._scrim.installEventFilter(self)
        self._guard.hold()
        stop = self._first or self._default or self._safe or self._close
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._title.text())

    def answer(self, answer: str) -> None:
        """Close and say `answer`."""
        if self._scrim is None:
            return
        scrim, self._scrim = self._scrim, None
        scrim.hide()
        if self._focus_before is not None and isValid(self._focus_before):
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
        scrim.setObjectName("")
        scrim.deleteLater()
        self.answered.emit(answer)

    @Slot()
    def dismiss(self) -> None:
        """Close with the safe answer, unless a request is being sent."""
        if self._busy_words:
            announce(self, self._busy_words, is_urgent=True)
            return
        self.answer(self.safe_answer)

    def force_dismiss(self) -> None:
        """Close with the safe answer even now: a payment's result never waits behind it."""
        self._busy_words = ""
        self.answer(self.safe_answer)

    def set_busy(self, words: str) -> None:
        """Say that something is being sent and keep the dialog open; "" when it has ended.

        Args:
            words: read aloud when somebody tries to close it, e.g. "Sending… Don't close this."
        """
        self._busy_words = words
        self._close.setEnabled(not words)
        for button in self.findChildren(TwoLineButton):
            button.setEnabled(not words)

    @property
    def is_busy(self) -> bool:
        """Whether it cannot be closed now."""
        return bool(self._busy_words)

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self._scrim is not None

    def tells_of(self, charge_id: int) -> bool:
        """Tell whether it says itself what becomes of this charge's refunds; others do not."""
        del charge_id
        return False

    def handle_key(self, event: QKeyEvent) -> bool:
        """Use a key before the focus widget gets it; for pads inside dialogs."""
        del event
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is the safe answer; Enter presses the focused button, else the default one."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not self.handle_key(event):
                event.accept()  # nothing of the page behind may hear it
            return
        focused = QApplication.focusWidget()
        pressed = focused if isinstance(focused, QAbstractButton) else self._default
        if pressed is not None and pressed.isEnabled() and not event.isAutoRepeat():
            pressed.click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the scrim."""
        if watched is self._scrim and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Take the new size when the scale has changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._scrim is not None:
            self.adjustSize()
            self._place()

    @Slot()
    def _on_action(self) -> None:
        button = self.sender()
        if isinstance(button, QAbstractButton) and not self._busy_words:
            self.answer(str(button.property("answer")))

    def _place(self) -> None:
        if self._scrim is None:
            return
        room = self._scrim.rect()
        edge = theme.px(16)
        self.setFixedWidth(min(theme.px(self._width), room.width() - 2 * edge))
        self.resize(self.width(), min(self.height(), room.height() - 2 * edge))
        middle = room.center() - self.rect().center()
        self.move(QPoint(max(edge, middle.x()), max(edge, middle.y())))


def open_dialog(window: QWidget) -> Dialog | None:
    """Return the dialog that is open in `window`."""
    scrim = window.findChild(Scrim, "scrim", Qt.FindChildOption.FindDirectChildrenOnly)
    if scrim is None or scrim.isHidden():
        return None
    return scrim.findChild(Dialog)


def is_kept_open(window: QWidget) -> bool:
    """Return whether `window` has to stay: a dialog is sending something, which it then says."""
    shown = open_dialog(window)
    if shown is None or not shown.is_busy:
        return False
    shown.dismiss()
    return True
