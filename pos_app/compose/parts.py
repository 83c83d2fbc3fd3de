"""What a test or a server brings instead of the till's own."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field

from argon2 import PasswordHasher

from pos_app.config.secrets import Keyring, system_keyring
from pos_app.domain.references import random_tail
from pos_app.gateways.directory import GatewayFactory
from pos_app.services.clock import Clock, SystemClock


@dataclass(frozen=True, slots=True)
class Parts:
    """What differs between the till, a test and a server; the rest is always the same.

    Attributes:
        factories: gateways instead of those of the settings.
        clock: where the time comes from.
        executor: asks the gateway; None: threads of the watcher's own.
        nap: waits so many seconds.
        tail: makes the random end of references.
        hasher: hashes PINs; None: argon2id with the library's own cost.
        open_keyring: the operating system's keyring, which a test must not touch.
    """

    factories: list[GatewayFactory] | None = None
    clock: Clock = field(default_factory=SystemClock)
    executor: Executor | None = None
    nap: Callable[[float], object] = time.sleep
    tail: Callable[[], str] = random_tail
    hasher: PasswordHasher | None = None
    open_keyring: Callable[[], Keyring] = system_keyring
