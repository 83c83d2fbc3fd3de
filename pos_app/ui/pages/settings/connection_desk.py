"""What can be done to the connection of a payment service. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.config.secrets import Secret
from pos_app.domain.errors import PosAppError
from pos_app.domain.gateways import USUAL
from pos_app.services.accounts import ServiceAccount
from pos_app.services.reaching import ConnectionTest, Reached
from pos_app.ui.models.service_draft import ConnectionView, ServiceDraft

if TYPE_CHECKING:
    from pos_app.domain.people import Approval
    from pos_app.services.till import Till
    from pos_app.ui.background import Background

_KEYS = ("base_url", "member_id", "website", "allow_keyed_cards")
"""What may be changed here, where a service has it."""


class ConnectionDesk(QObject):
    """Holds what is shown of one service and does what managers want with it.

    Signals:
        view_changed(ConnectionView): there is another view.
        begun(): what was keyed and not saved is to be forgotten.
        busy(bool): a change is on its way, or has ended.
        saved(): settings and token are in force.
        changed(): a token was removed or the register activated.
        failed(PosAppError): a change, or reading, did not succeed.
    """

    view_changed = Signal(object)
    begun = Signal()
    busy = Signal(bool)
    saved = Signal()
    changed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._till: Till | None = None
        self._background: Background | None = None
        self._approval: Approval | None = None
        self._draft: ServiceDraft | None = None
        self._accounts: dict[str, ServiceAccount] = {}
        self._checked: set[tuple[str, str]] = set()
        self._tried: ConnectionTest | None = None
        self._tries = 0
        self._is_trying = self._is_busy = False

    @property
    def draft(self) -> ServiceDraft | None:
        """The settings of the service that is shown, as they are being changed."""
        return self._draft

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services."""
        self._till, self._background = till, background

    def visit(self, approval: Approval) -> None:
        """Begin anew: what is changed from now on is asked and approved so."""
        self._approval = approval
        self.begin()
        self._read()

    def begin(self, service_id: str = "") -> None:
        """Show what is in force of a service; empty for the one that is shown."""
        assert self._till is not None
        service_id = service_id or (self._draft.service_id if self._draft else USUAL)
        section = self._till.settings.service(service_id)
        self.begun.emit()
        self.edit(ServiceDraft(service_id, section, section))

    def edit(self, draft: ServiceDraft) -> None:
        """Take another draft; what came of trying the one before says nothing of it."""
        self._tried, self._is_trying = None, False
        self._tries += 1
        self._show(draft)

    def show_again(self) -> None:
        """Say once more what there is to see."""
        if self._draft is not None:
            self._show(self._draft)

    def try_it(self, token: str) -> None:
        """Try the draft, with `token` unless it is empty. Nothing is created or changed."""
        draft = self._draft
        if self._till is None or self._background is None or draft is None or draft.wrong:
            return
        self._tried, self._is_trying = None, True
        self._show(draft)
        wanted = Secret(token) if token else None
        trying = partial(self._till.credentials.test, draft.service_id, wanted, draft.now)
        done = partial(self._on_tried, self._tries, draft)
        self._background.run(trying, done, self._on_failed, owner=self, lane="try connection")

    def save(self, token: str) -> None:
        """Put the settings in force, and then `token` unless it is empty."""
        draft, approval = self._draft, self._approval
        if self._till is None or draft is None or approval is None:
            return
        desk, credentials = self._till.settings_desk, self._till.credentials

        def save() -> None:
            if draft.changes:
                desk.save_service(draft.service_id, draft.before, draft.now, approval)
            if token:
                credentials.replace(draft.service_id, Secret(token), approval)

        self._work(save, self.saved.emit)

    def remove(self, credentials: str) -> None:
        """Let an earlier token go; an empty name is the one in use."""
        if self._till is not None and self._draft is not None:
            remove = self._till.credentials.remove
            removing = partial(remove, self._draft.service_id, credentials, self._approval)
            self._work(removing, self.changed.emit)

    def activate(self, store_code: str) -> None:
        """Make this register a terminal of the service."""
        if self._till is not None and self._draft is not None:
            activate = self._till.credentials.activate
            activating = partial(activate, self._draft.service_id, store_code, self._approval)
            self._work(activating, self.changed.emit)

    def _work(self, call: Callable[[], None], tell: Callable[[], None]) -> None:
        if self._background is None or self._is_busy:
            return
        self._set_busy(True)
        done = partial(self._on_done, tell)
        self._background.run(call, done, self._on_failed, owner=self, lane="settings")

    def _on_done(self, tell: Callable[[], None], _: None) -> None:
        self._set_busy(False)
        self.begin()
        self._read()
        tell()

    def _on_failed(self, error: PosAppError) -> None:
        self._is_trying = False
        self._set_busy(False)
        if self._till is not None and self._draft is not None:  # some of it may be in force
            service_id = self._draft.service_id
            before = self._till.settings.service(service_id)
            self._show(ServiceDraft(service_id, before, self._draft.now))
        self.failed.emit(error)

    def _on_tried(self, number: int, draft: ServiceDraft, tried: ConnectionTest) -> None:
        if tried.reached is Reached.CONNECTED:
            self._checked.add((draft.service_id, draft.now.base_url))
        if number == self._tries:
            self._tried, self._is_trying = tried, False
        self.show_again()

    def _read(self) -> None:
        if self._till is not None and self._background is not None:
            accounts = self._till.credentials.accounts
            self._background.run(accounts, self._on_accounts, self._on_failed, owner=self)

    def _on_accounts(self, accounts: tuple[ServiceAccount, ...]) -> None:
        self._accounts = {one.id: one for one in accounts}
        self.show_again()

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy.emit(is_busy)

    def _show(self, draft: ServiceDraft) -> None:
        assert self._till is not None
        self._draft = draft
        service_id, desk = draft.service_id, self._till.settings_desk
        fixed = {key: desk.fixed_by(f"{service_id}.{key}") for key in _KEYS}
        view = ConnectionView(
            draft,
            self._accounts.get(service_id),
            {key: variable for key, variable in fixed.items() if variable},
            self._till.is_training,
            (service_id, draft.now.base_url) in self._checked,
            self._is_trying,
            self._tried,
        )
        self.view_changed.emit(view)
