"""Settings: how this register is connected to its payment services (ux.md 6.7)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pos_app.domain.errors import PosAppError, TokenFormatError
from pos_app.domain.gateways import GATEWAYS
from pos_app.ui import theme
from pos_app.ui.dialogs.connection_questions import (
    GO_LIVE,
    REMOVE,
    go_live_dialog,
    remove_token_dialog,
)
from pos_app.ui.errors import explain
from pos_app.ui.models.service_draft import ConnectionView, Mode
from pos_app.ui.pages.settings.connection_desk import ConnectionDesk
from pos_app.ui.pages.settings.section import DraftSection, Visit
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.mode_box import ModeBox
from pos_app.ui.widgets.segment import Segment
from pos_app.ui.widgets.service_details import ServiceDetails
from pos_app.ui.widgets.service_words import service_title
from pos_app.ui.widgets.status_banner import StatusBanner
from pos_app.ui.widgets.tab_order import stops_in
from pos_app.ui.widgets.token_box import TokenBox

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.background import Background

_SERVICE = "gatewayService_"


class ConnectionsSection(DraftSection):
    """One payment service at a time: where it is, its token, and whether it answers."""

    name = "gateway"
    icon = "cloud"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = ConnectionDesk(self)
        self._trouble = StatusBanner("connectionTrouble", self)
        self._trouble.hide()
        titles = [(f"{_SERVICE}{one}", service_title(one)) for one in GATEWAYS]
        self._services = Segment(titles, self)
        words = self.tr("Training uses pretend services. Set the real ones outside training.")
        self._training = Label(words, "body", "train", wraps=True, parent=self)
        self._mode, self._token, self._details = (
            ModeBox(self),
            TokenBox(self),
            ServiceDetails(self),
        )
        self._lay_out()
        self._connect()

    @property
    def title(self) -> str:
        """What the list and the form's head say."""
        return self.tr("Connections")

    @property
    def purpose(self) -> str:
        """What it is for."""
        return self.tr("Which payment services this register is signed in to. Tokens stay hidden.")

    @property
    def unsaved(self) -> int:
        """How many changes there are that are not saved; a token is one."""
        changes = self._desk.draft.changes if self._desk.draft else 0
        return changes + bool(self._token.token)

    @property
    def stops(self) -> list[QWidget]:
        """What Tab may stop at, in reading order."""
        services, modes = stops_in(self._services), stops_in(self._mode)
        return [*services, *modes, *self._token.stops, *self._details.stops]

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services."""
        self._training.setVisible(till.is_training)
        self._desk.connect_till(till, background)

    def load(self, visit: Visit) -> None:
        """Show the service that was shown last, or the usual one."""
        self._desk.visit(visit.approval)

    def discard(self) -> None:
        """Show what is in force again; a token that was keyed is forgotten."""
        self._desk.begin()

    def save(self) -> None:
        """Put settings and token in force, or keep what was keyed and show why not."""
        if self._desk.draft is not None and self._desk.draft.wrong:
            self.not_saved.emit()  # what is wrong stands under its field
        else:
            self._desk.save(self._token.token)

    def _show(self, view: ConnectionView) -> None:
        self._services.choose(f"{_SERVICE}{view.draft.service_id}")
        self._mode.show_view(view)
        self._token.show_view(view)
        self._details.show_view(view)
        self.draft_changed.emit()

    @Slot()
    def _on_begun(self) -> None:
        self._trouble.hide()
        self._token.clear_token()
        self._details.clear_code()

    @Slot(str)
    def _on_service(self, object_name: str) -> None:
        draft, service_id = self._desk.draft, object_name.removeprefix(_SERVICE)
        if draft is None or service_id == draft.service_id:
            return
        if self.unsaved or self.is_saving:
            self.toast_requested.emit(self.tr("Save or discard your changes first."))
            # The segment is still telling of its new choice: set it back afterwards.
            QTimer.singleShot(0, self._desk, self._desk.show_again)
        else:
            self._desk.begin(service_id)

    @Slot(object)
    def _on_mode(self, mode: Mode) -> None:
        draft = self._desk.draft
        if draft is None:
            return
        wanted = draft.with_mode(mode)
        if mode is not Mode.LIVE or wanted == draft.with_mode(Mode.OTHER):  # it was live before
            self._desk.edit(wanted)
            return
        dialog = go_live_dialog(self, service_title(draft.service_id))
        dialog.answered.connect(self._on_live_answered)
        dialog.open()

    @Slot(str)
    def _on_live_answered(self, answer: str) -> None:
        draft = self._desk.draft
        if draft is not None:
            self._desk.edit(draft.with_mode(Mode.LIVE) if answer == GO_LIVE else draft)

    @Slot(str, object)
    def _on_value(self, key: str, value: str | bool) -> None:
        if self._desk.draft is not None:
            self._desk.edit(self._desk.draft.with_value(key, value))

    @Slot()
    def _on_token_edited(self) -> None:
        if self._desk.draft is not None:
            self._desk.edit(self._desk.draft)

    @Slot()
    def _on_test(self) -> None:
        self._desk.try_it(self._token.token)

    @Slot(str)
    def _ask_to_remove(self, credentials: str) -> None:
        if self._desk.draft is None:
            return
        service = service_title(self._desk.draft.service_id)
        dialog = remove_token_dialog(self, service, is_in_use=not credentials)
        dialog.answered.connect(partial(self._on_remove_answered, credentials))
        dialog.open()

    def _on_remove_answered(self, credentials: str, answer: str) -> None:
        if answer == REMOVE:
            self._desk.remove(credentials)

    @Slot()
    def _on_changed(self) -> None:
        self.toast_requested.emit(self.tr("Saved"))

    @Slot(object)
    def _on_failed(self, error: PosAppError) -> None:
        gateway = GATEWAYS[self._desk.draft.service_id].name if self._desk.draft else ""
        words = explain(error, gateway)
        if isinstance(error, TokenFormatError):
            self._token.show_error(f"{words.happened} {words.to_do}")
        else:
            self._trouble.show_status("bad", "warning", words.happened, words.text, is_urgent=True)
            self._trouble.show()
        self.not_saved.emit()

    def _connect(self) -> None:
        self._desk.view_changed.connect(self._show)
        self._desk.begun.connect(self._on_begun)
        self._desk.busy.connect(self.set_saving)
        self._desk.saved.connect(self.saved)
        self._desk.changed.connect(self._on_changed)
        self._desk.failed.connect(self._on_failed)
        self._services.chosen.connect(self._on_service)
        self._mode.mode_wanted.connect(self._on_mode)
        self._token.edited.connect(self._on_token_edited)
        self._token.test_pressed.connect(self._on_test)
        self._token.remove_pressed.connect(self._ask_to_remove)
        self._details.value_edited.connect(self._on_value)
        self._details.activate_pressed.connect(self._desk.activate)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("scrolled", "true")
        form = QVBoxLayout(inside)
        theme.size(form, margins=(20, 16, 20, 20), spacing=16)
        for part in (self._training, self._services, self._mode, self._token, self._details):
            form.addWidget(part)
        form.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._trouble)
        column.addWidget(area, 1)
