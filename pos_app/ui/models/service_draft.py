"""The connection to a payment service as a manager is changing it. No Qt, and no token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from pos_app.config.settings import ServiceSettings
from pos_app.config.writing import is_good
from pos_app.domain.gateways import GATEWAYS
from pos_app.services.accounts import ServiceAccount
from pos_app.services.reaching import ConnectionTest


class Mode(StrEnum):
    """Which of a service's addresses is used."""

    TEST = "test"
    """The test service: no real money moves."""
    LIVE = "live"
    """The real one."""
    OTHER = "other"
    """An address of the settings file's that is neither."""


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """What is in force for one service, and what it is to be.

    Attributes:
        service_id: of `domain.gateways.GATEWAYS`.
        before: its settings in force.
        now: its settings as they are being changed.
    """

    service_id: str
    before: ServiceSettings
    now: ServiceSettings

    @property
    def mode(self) -> Mode:
        """Where payments are to go."""
        traits = GATEWAYS[self.service_id]
        modes = {traits.test_address: Mode.TEST, traits.live_address: Mode.LIVE}
        return modes.get(self.now.base_url, Mode.OTHER)

    @property
    def changes(self) -> int:
        """How many settings are not as they were."""
        keys = [one.name for one in fields(self.before)]
        return sum(getattr(self.before, key) != getattr(self.now, key) for key in keys)

    @property
    def wrong(self) -> frozenset[str]:
        """The keys whose values cannot be saved."""
        keys = [one.name for one in fields(self.before)]
        return frozenset(
            key
            for key in keys
            if getattr(self.before, key) != getattr(self.now, key)
            and not is_good(f"{self.service_id}.{key}", getattr(self.now, key))
        )

    def with_mode(self, mode: Mode) -> ServiceDraft:
        """Send payments to the test service, to the live one, or where they went."""
        traits = GATEWAYS[self.service_id]
        addresses = {Mode.TEST: traits.test_address, Mode.LIVE: traits.live_address}
        return self.with_value("base_url", addresses.get(mode, self.before.base_url))

    def with_value(self, key: str, value: str | bool) -> ServiceDraft:
        """Set one of the section's settings."""
        changes: dict[str, Any] = {key: value}
        return replace(self, now=replace(self.now, **changes))


@dataclass(frozen=True, slots=True)
class ConnectionView:
    """All that decides how the form of a service looks.

    Attributes:
        draft: the settings.
        account: how this register is signed in; None until that is known.
        fixed: variables of the environment by the keys of the section that they decide.
        is_training: nothing but trying is possible: pretend services have no connection.
        is_checked: the service has answered at this address since the till was started.
        is_trying: a connection is being tried.
        tried: what came of trying it; None when nothing was tried.
    """

    draft: ServiceDraft
    account: ServiceAccount | None
    fixed: Mapping[str, str]
    is_training: bool = False
    is_checked: bool = False
    is_trying: bool = False
    tried: ConnectionTest | None = None
