"""Settings: payment methods (ux.md 6.7)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.config.settings import Settings
from pos_app.domain.errors import PosAppError
from pos_app.services.accounts import ServiceAccount
from pos_app.ui import theme
from pos_app.ui.errors import explain
from pos_app.ui.models.methods_draft import Edit, MethodsDraft
from pos_app.ui.pages.page import Shortcut
from pos_app.ui.pages.settings.section import DraftSection, Visit
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.methods_table import MethodsTable
from pos_app.ui.widgets.status_banner import StatusBanner
from pos_app.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.background import Background

_KEYS = ("enabled", "currencies", "gateways", "code_lives", "default", "one_tap")
"""What is changed here, as the section `methods` of the settings calls it."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class MethodsSection(DraftSection):
    """What cashiers can offer, in which order and currency, and which service carries it."""

    name = "methods"
    icon = "card"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._till: Till | None = None
        self._background: Background | None = None
        self._visit: Visit | None = None
        self._draft: MethodsDraft | None = None
        self._fixed: dict[str, str] = {}
        self._not_set_up: frozenset[str] = frozenset()
        self._trouble = StatusBanner("methodsStatus", self)
        self._trouble.hide()
        self._note_box = QWidget(self)
        self._note = Label(role="bar", shade="info", wraps=True, parent=self._note_box)
        self._note.setObjectName("methodsFixedNote")
        self._table = MethodsTable(self)
        self._one_tap = Switch(
            "oneTapSwitch", self.tr("Charge as soon as a method is tapped"), self
        )
        self._table.edited.connect(self._on_edited)
        self._one_tap.clicked.connect(self._on_one_tap)
        self._lay_out()

    @property
    def title(self) -> str:
        """What the list and the form's head say."""
        return self.tr("Payment methods")

    @property
    def purpose(self) -> str:
        """What it is for."""
        return self.tr(
            "Choose what cashiers can offer. The order here is the order on the Sell screen."
        )

    @property
    def unsaved(self) -> int:
        """How many changes there are that are not saved."""
        return self._draft.changes if self._draft else 0

    @property
    def stops(self) -> list[QWidget]:
        """What Tab may stop at, in reading order."""
        return [*self._table.stops, self._one_tap]

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services."""
        self._till, self._background = till, background

    def load(self, visit: Visit) -> None:
        """Show what is in force."""
        self._visit = visit
        assert self._till is not None
        desk = self._till.settings_desk
        variables = {key: desk.fixed_by(f"methods.{key}") for key in _KEYS}
        self._fixed = {key: variable for key, variable in variables.items() if variable}
        words = self.tr("Set by {variables}, and not here.")
        self._note.setText(words.format(variables=", ".join(self._fixed.values())))
        self._note_box.setVisible(bool(self._fixed))
        self.discard()
        self._read_accounts()

    def discard(self) -> None:
        """Show what is in force again."""
        assert self._till is not None
        self._trouble.hide()
        self._show(MethodsDraft.of(self._till.settings))

    def save(self) -> None:
        """Put the draft in force, or keep it and show why not."""
        draft, visit = self._draft, self._visit
        if self._till is None or self._background is None or draft is None or visit is None:
            return
        self.set_saving(True)
        saving = partial(
            self._till.settings_desk.save_methods, draft.before, draft.now, visit.approval
        )
        self._background.run(saving, self._on_saved, self._on_failed, owner=self, lane="settings")

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave out keys and carriers where the window is narrow."""
        self._table.set_narrow(is_narrow)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return the keys of the table."""
        return (
            Shortcut("↑ ↓", self.tr("Choose a method")),
            Shortcut("Alt+↑ Alt+↓", self.tr("Move it up or down")),
        )

    def handle_key(self, event: QKeyEvent) -> bool:
        """Up and Down walk the lines, with Alt they move the chosen one."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            return False
        method = self._table.chosen
        if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._table.step(step)
        elif method is not None and "enabled" not in self._fixed:
            self._on_edited(lambda draft: draft.with_moved(method, step))
        return True

    def _lay_out(self) -> None:
        strip = QFrame(self)
        strip.setProperty("card", "strip")
        words = QVBoxLayout()
        theme.size(words, spacing=2)
        title = self._one_tap.accessibleName()
        words.addWidget(Label(title, "bodyStrong", parent=strip))
        purpose = self.tr("One tap less. Best when the amount is always keyed first.")
        words.addWidget(Label(purpose, "bar", "muted", parent=strip))
        row = QHBoxLayout(strip)
        theme.size(row, margins=(20, 10, 20, 10), spacing=12)
        row.addLayout(words, 1)
        row.addWidget(self._one_tap)
        note = QHBoxLayout(self._note_box)
        theme.size(note, margins=(20, 0, 20, 12))
        note.addWidget(self._note)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._trouble)
        column.addWidget(self._note_box)
        column.addWidget(self._table, 1)
        column.addWidget(strip)

    def _show(self, draft: MethodsDraft) -> None:
        self._draft = draft
        self._table.show_lines(draft.lines, self._not_set_up, self._fixed)
        self._one_tap.setChecked(draft.now.one_tap)
        self._one_tap.setEnabled("one_tap" not in self._fixed)
        self.draft_changed.emit()

    def _read_accounts(self) -> None:
        if self._till is not None and self._background is not None:
            accounts = self._till.credentials.accounts
            self._background.run(accounts, self._on_accounts, self._on_failed, owner=self)

    def _on_accounts(self, accounts: tuple[ServiceAccount, ...]) -> None:
        self._not_set_up = frozenset(one.id for one in accounts if not one.is_working)
        if self._draft is not None:
            self._show(self._draft)

    @Slot(object)
    def _on_edited(self, edit: Edit) -> None:
        if self._draft is None or self.is_saving:
            return
        before = self._draft
        after = edit(before)
        self._show(after)
        if after == before and before.now.enabled == (self._table.chosen,):
            self.toast_requested.emit(self.tr("Offer at least one method."))

    @Slot()
    def _on_one_tap(self) -> None:
        is_on = self._one_tap.isChecked()
        self._on_edited(lambda draft: draft.with_one_tap(is_on=is_on))

    def _on_saved(self, settings: Settings) -> None:
        self.set_saving(False)
        self._trouble.hide()
        self._show(MethodsDraft.of(settings))
        self.saved.emit()

    def _on_failed(self, error: PosAppError) -> None:
        self.set_saving(False)
        words = explain(error)
        self._trouble.show_status("bad", "warning", words.happened, words.text, is_urgent=True)
        self._trouble.show()
        self.not_saved.emit()
