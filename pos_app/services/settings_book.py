"""The settings as they are now: where services and screens look up what a manager may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from pos_app.config.settings import Settings
    from pos_app.domain.methods import PaymentMethod


class SettingsBook:
    """Holds the settings that the till works by. Thread-safe.

    `current` is one whole value that never changes: who needs several settings that belong
    together reads it once.
    """

    def __init__(self, settings: Settings) -> None:
        self._current = settings

    @property
    def current(self) -> Settings:
        """The settings in force."""
        return self._current

    def code_life(self, method: PaymentMethod) -> timedelta:
        """Return how long a new code of `method` is expected to be payable; proves nothing."""
        return self._current.code_life(method)

    def take(self, settings: Settings) -> None:
        """Work by `settings` from now on."""
        self._current = settings
