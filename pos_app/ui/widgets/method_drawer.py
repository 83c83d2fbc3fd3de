"""What is seldom changed of a payment method: carrier, life of its codes, order, default."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QWidget

from pos_app.ui import icons, theme
from pos_app.ui.format import left_text
from pos_app.ui.models.methods_draft import MethodLine
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.choice_popup import Choice
from pos_app.ui.widgets.combo import Combo
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_words import method_name
from pos_app.ui.widgets.service_words import service_title

_CARRIER, _LIFE, _TOUCH = 214, 92, 48
_ONE_LINE, _TWO_LINES = 60, 116


class MethodDrawer(QFrame):
    """Stands under the chosen line of the table.

    Signals:
        edited(Edit): the draft is to be another.
    """

    edited = Signal(object)

    def __init__(self, line: MethodLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("row", "chosen")
        self._method = line.method
        method, name = line.method.value, method_name(line.traits)
        self._carrier = Combo(
            f"methodService_{method}",
            self.tr("{method} is carried by").format(method=name),
            _CARRIER,
            self,
        )
        self._life = Combo(
            f"methodLife_{method}",
            self.tr("How long a code of {method} lives").format(method=name),
            _LIFE,
            self,
        )
        self._default = ActionButton(
            "", "text", tall="48", object_name=f"methodDefault_{method}", parent=self
        )
        self._up = self._mover(
            "arrow-up", f"methodUp_{method}", self.tr("Move {method} up"), "Alt+↑", name
        )
        self._down = self._mover(
            "arrow-down", f"methodDown_{method}", self.tr("Move {method} down"), "Alt+↓", name
        )
        self._lay_out()
        self._carrier.chosen.connect(self._on_carrier)
        self._life.chosen.connect(self._on_life)
        self._default.clicked.connect(self._on_default)
        self._up.clicked.connect(self._on_up)
        self._down.clicked.connect(self._on_down)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What Tab stops at, in reading order."""
        return (self._carrier, self._life, self._default, self._up, self._down)

    def show_line(self, line: MethodLine, not_set_up: Collection[str]) -> None:
        """Show what the draft says."""
        services = [Choice(one, self._service(one, not_set_up)) for one in line.gateways]
        self._carrier.show_choices(services, line.gateway)
        lives = [Choice(one, left_text(one)) for one in line.lives_s]
        self._life.show_choices(lives, line.life_s)
        words = (
            self.tr("Sales begin with it") if line.is_default else self.tr("Begin sales with it")
        )
        self._default.set_words(words, icon="check" if line.is_default else "")
        self._default.setVisible(line.is_on)
        self._up.setEnabled(line.can_rise)
        self._down.setEnabled(line.can_sink)

    def set_fixed(self, fixed: Collection[str]) -> None:
        """Switch off what other places decide."""
        self._carrier.setEnabled("gateways" not in fixed)
        self._life.setEnabled("code_lives" not in fixed)
        self._default.setEnabled("default" not in fixed)
        if "enabled" in fixed:
            self._up.setEnabled(False)
            self._down.setEnabled(False)

    def _service(self, gateway: str, not_set_up: Collection[str]) -> str:
        title = service_title(gateway)
        if gateway not in not_set_up:
            return title
        return self.tr("{service}, not set up").format(service=title)

    def _mover(self, icon: str, object_name: str, words: str, keys: str, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(object_name)
        button.setProperty("kind", "icon")
        button.setIcon(icons.icon(icon))
        button.setAutoDefault(False)
        said = words.format(method=name)
        button.setAccessibleName(said)
        button.setAccessibleDescription(keys)
        button.setToolTip(f"{said} ({keys})")
        theme.size(button, icon=22, width=_TOUCH, height=_TOUCH)
        return button

    def set_narrow(self, is_narrow: bool) -> None:
        """Take two lines where the window is narrow."""
        direction = QBoxLayout.Direction
        self._both.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        theme.size(self._both, margins=(20 if is_narrow else 52, 0, 20, 0), spacing=10)
        theme.size(self, height=_TWO_LINES if is_narrow else _ONE_LINE)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        theme.size(first, spacing=10)
        first.addWidget(Label(self.tr("Carried by"), "body", "muted", parent=self))
        first.addWidget(self._carrier)
        first.addSpacing(6)
        first.addWidget(Label(self.tr("Code lives"), "body", "muted", parent=self))
        first.addWidget(self._life)
        first.addStretch(0)
        theme.size(second, spacing=10)
        second.addWidget(self._default)
        second.addStretch(1)
        second.addWidget(self._up)
        second.addWidget(self._down)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.addLayout(first)
        self._both.addLayout(second, 1)
        self.set_narrow(False)

    @Slot(object)
    def _on_carrier(self, gateway: str) -> None:
        self.edited.emit(lambda draft: draft.with_gateway(self._method, gateway))

    @Slot(object)
    def _on_life(self, life_s: int) -> None:
        self.edited.emit(lambda draft: draft.with_life(self._method, life_s))

    @Slot()
    def _on_default(self) -> None:
        self.edited.emit(lambda draft: draft.with_default(self._method))

    @Slot()
    def _on_up(self) -> None:
        self.edited.emit(lambda draft: draft.with_moved(self._method, -1))

    @Slot()
    def _on_down(self) -> None:
        self.edited.emit(lambda draft: draft.with_moved(self._method, 1))
