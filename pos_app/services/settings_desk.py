"""What managers change in the settings: checked, journalled, written, and in force at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.config.settings import ServiceSettings
from pos_app.config.writing import changes_between
from pos_app.domain.events import SettingsChanged
from pos_app.services.approval import require_manager

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.config.settings import MethodSettings, Settings
    from pos_app.config.writing import SettingsFile
    from pos_app.domain.people import Approval
    from pos_app.services.ledger import Ledger
    from pos_app.services.settings_book import SettingsBook


class SettingsDesk:
    """Changes settings while the till runs; one change at a time. Thread-safe, not for the GUI.

    A change is one journal entry (who, who approved it, old and new values; no secret is a
    setting) and one new `config.toml`; there is neither without the other. Charges that are
    under way go on as they were begun.

    Args:
        renew: has the payment services follow the settings; gets what was in force before.
    """

    def __init__(
        self,
        book: SettingsBook,
        file: SettingsFile,
        ledger: Ledger,
        renew: Callable[[Settings], None],
    ) -> None:
        self._book = book
        self._file = file
        self._ledger = ledger
        self._renew = renew
        self._one_at_a_time = threading.Lock()

    @property
    def current(self) -> Settings:
        """The settings in force."""
        return self._book.current

    def fixed_by(self, name: str) -> str:
        """Return the variable of the environment that decides the setting; empty for none."""
        return self._file.fixed_by(name)

    def save_methods(
        self, before: MethodSettings, after: MethodSettings, approval: Approval
    ) -> Settings:
        """Make `before`, which somebody saw, into `after`; returns the settings in force then.

        Raises:
            SettingsError: the file cannot be written, or somebody else has changed it.
            ConfigError: the file cannot be read, or the environment decides one of the settings.
            NotApprovedError: who approved it is no manager.
            StorageError: it could not be journalled.
            Whatever it raises, nothing has changed.
        """
        now = self._book.current
        return self._save(replace(now, methods=before), replace(now, methods=after), approval)

    def save_service(
        self,
        service_id: str,
        before: ServiceSettings,
        after: ServiceSettings,
        approval: Approval,
    ) -> Settings:
        """Make the settings of one payment service into `after`, as `save_methods`."""
        now = self._book.current
        return self._save(
            now.with_service(service_id, before), now.with_service(service_id, after), approval
        )

    def _save(self, before: Settings, after: Settings, approval: Approval) -> Settings:
        changes = changes_between(before, after)
        if not changes:
            return self._book.current
        with self._one_at_a_time:
            body = {one.name: [one.before, one.after] for one in changes}
            was, is_written = None, False
            try:
                with self._ledger.store.write() as work:
                    require_manager(work, approval.approved_by)
                    work.journal.append(
                        "settings_changed",
                        "settings",
                        self._ledger.clock.now(),
                        approval.asked_by,
                        {"approved_by": approval.approved_by, "changes": body},
                    )
                    was, is_written = self._file.change(changes), True
            except BaseException:
                if is_written:  # the entry was not committed
                    self._file.put_back(was)
                raise
            earlier = self._book.current
            self._book.take(after)
            self._renew(earlier)
        self._ledger.events.publish(SettingsChanged())
        return after
