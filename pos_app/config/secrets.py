"""Tokens: where they are kept, and a wrapper that never shows them (design.md, promise 11)."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from enum import StrEnum
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path
from secrets import token_hex
from typing import NoReturn, Protocol, TypeVar
from urllib.parse import urlsplit

from pos_app.config.declaring import variable_of
from pos_app.config.kinds import is_loopback
from pos_app.domain.errors import ConfigError
from pos_app.logs import MASK, keep_secret
from pos_app.paths import private_folder

T = TypeVar("T")

SERVICE = "QR Till"
"""What the operating system's keyring shows as the owner."""
MARK_FILE = "keyring"
"""In the data folder: by what the system's keyring knows it, also when it has been moved."""
KEYRING_PATIENCE_S = 5.0
"""A keyring may ask a person for its password, or hang: the till goes on without it."""


class Secret:
    """A token. Whatever shows it shows dots, except `reveal`; it cannot be pickled or copied out.

    Making one also keeps its value out of the log.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        if not value:
            raise ValueError("a secret is never empty")
        self._value = value
        keep_secret(value)

    def reveal(self) -> str:
        """Return the token itself, for the one request that needs it."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash(credentials_name(self))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")


def credentials_name(token: Secret, base_url: str = "", merchant: str = "") -> str:
    """Return the name by which a charge remembers what it was made with, always the same.

    12 hex digits of the token and, unless the service is on this computer, 6 of where it is: a
    payment that the test service knows must never be asked about at the live one. One-way; two
    accounts have different names for all that can happen in a store.

    Args:
        token: the token or key.
        base_url: the service's address.
        merchant: the number that it gave the shop, where it did.
    """
    name = blake2b(token.reveal().encode(), digest_size=6, person=b"qr-till-account").hexdigest()
    if not base_url or is_loopback(urlsplit(base_url).hostname or ""):
        return name  # a simulator: it may listen elsewhere tomorrow
    where = f"{base_url} {merchant}".encode()
    return f"{name}.{blake2b(where, digest_size=3, person=b'qr-till-place').hexdigest()}"


class SecretPlace(StrEnum):
    """Where a secret was found or put."""

    ENVIRONMENT = "environment"
    """An environment variable."""
    KEYRING = "keyring"
    """The operating system's keyring."""
    FILE = "file"
    """A file that only its owner can read: there is no keyring. `doctor` warns."""


class Keyring(Protocol):
    """What is used of the operating system's keyring; may raise anything, or hang."""

    def get_password(self, service: str, account: str, /) -> str | None:
        """Return the secret, None when there is none."""

    def set_password(self, service: str, account: str, secret: str, /) -> None:
        """Keep the secret."""

    def delete_password(self, service: str, account: str, /) -> None:
        """Forget the secret."""


def system_keyring() -> Keyring:
    """Return the operating system's keyring. Slow to import; may raise anything."""
    import keyring

    return keyring


class SecretStore:
    """Finds and keeps secrets by the names of their settings: "citcon_chop.token".

    The environment is looked at first, then the keyring, then the file. Entries of the keyring
    belong to one data folder, wherever it is moved, so that neither training nor a second till on
    the same PC meets the store's real token. Thread-safe. Blocks for `KEYRING_PATIENCE_S` at
    most: not for the GUI thread.
    """

    def __init__(
        self,
        file: Path,
        environ: Mapping[str, str],
        open_keyring: Callable[[], Keyring] = system_keyring,
        patience_s: float = KEYRING_PATIENCE_S,
    ) -> None:
        self._file = file
        self._environ = environ
        self._open_keyring = open_keyring
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._asking: Future[str | None] | None = None

    def find(self, name: str) -> Secret | None:
        """Return the secret, None when it is kept nowhere.

        Raises:
            ConfigError: the file of secrets cannot be read.
        """
        found = self._look(name)
        return found[1] if found else None

    def where(self, name: str) -> SecretPlace | None:
        """Return where `find` finds the secret, None when it is kept nowhere.

        Raises:
            ConfigError: the file of secrets cannot be read.
        """
        found = self._look(name)
        return found[0] if found else None

    def keep(self, name: str, secret: Secret) -> SecretPlace:
        """Keep `secret` in the keyring, else in the file; returns where. May be repeated.

        A variable of the environment goes on to win.

        Raises:
            ConfigError: there is no keyring and the file cannot be written.
        """

        def put(keyring: Keyring) -> str | None:
            first, *others = self._accounts(name, self._mark() or self._make_mark())
            keyring.set_password(SERVICE, first, secret.reveal())
            for account in others:
                _take_out(keyring, account)
            return keyring.get_password(SERVICE, first)  # some keyrings forget silently

        with self._lock:
            if self._ask_keyring(put) == secret.reveal():
                if name in self._read_file(name):
                    self._write_file(name, None)
                return SecretPlace.KEYRING
            self._write_file(name, secret.reveal())
            return SecretPlace.FILE

    def forget(self, name: str) -> None:
        """Take a secret out of keyring and file. May be repeated; the environment keeps its own.

        Raises:
            ConfigError: it is still kept: the keyring or the file does not let it go.
        """
        accounts = self._accounts(name, self._mark())

        def take_out(keyring: Keyring) -> str | None:
            for account in accounts:
                _take_out(keyring, account)
            return _first_of(keyring, accounts)

        with self._lock:
            if self._ask_keyring(take_out):
                raise ConfigError("the system's keyring", name, "a keyring that lets it go")
            if name in self._read_file(name):
                self._write_file(name, None)

    def _look(self, name: str) -> tuple[SecretPlace, Secret] | None:
        from_environment = self._environ.get(variable_of(name), "").strip()
        if from_environment:
            return SecretPlace.ENVIRONMENT, Secret(from_environment)
        accounts = self._accounts(name, self._mark())
        with self._lock:
            kept = self._ask_keyring(lambda keyring: _first_of(keyring, accounts))
            if kept and kept.strip():
                return SecretPlace.KEYRING, Secret(kept.strip())
            filed = self._read_file(name).get(name, "").strip()
        return (SecretPlace.FILE, Secret(filed)) if filed else None

    def _accounts(self, name: str, mark: str) -> list[str]:
        """Return the keyring's names for a secret: by the folder's mark, then by its place."""
        by_place = f"{name} in {self._file.absolute().parent}"
        return [f"{name} of {mark}", by_place] if mark else [by_place]

    def _mark(self) -> str:
        try:
            return self._file.with_name(MARK_FILE).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return ""

    def _make_mark(self) -> str:
        """Mark the folder, so that its entries are found wherever it is; empty where it can't."""
        mark = token_hex(8)
        try:
            _write_private(self._file.with_name(MARK_FILE), mark)
        except OSError:
            return ""
        return mark

    def _ask_keyring(self, call: Callable[[Keyring], str | None]) -> str | None:
        """Return what `call` returns; None after any failure or when the patience is over."""
        if self._asking is not None and not self._asking.done():
            return None  # it still hangs on an earlier question
        self._asking = _in_daemon_thread(lambda: call(self._open_keyring()))
        try:
            failed = self._asking.exception(self._patience_s)
        except TimeoutError:
            return None
        return None if failed else self._asking.result()

    def _read_file(self, name: str) -> dict[str, str]:
        try:
            kept = json.loads(self._file.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            raise self._unusable(name) from None
        if not isinstance(kept, dict) or not all(isinstance(item, str) for item in kept.values()):
            raise self._unusable(name)
        return kept

    def _write_file(self, name: str, value: str | None) -> None:
        kept = self._read_file(name)
        kept.pop(name, None)
        if value is not None:
            kept[name] = value
        try:
            _write_private(self._file, json.dumps(kept, indent=1))
        except OSError:
            raise self._unusable(name) from None

    def _unusable(self, name: str) -> ConfigError:
        expected = "a JSON file of secrets that this user may read and write"
        return ConfigError(str(self._file), name, expected)


def _first_of(keyring: Keyring, accounts: Sequence[str]) -> str | None:
    return next(filter(None, (keyring.get_password(SERVICE, one) for one in accounts)), None)


def _take_out(keyring: Keyring, account: str) -> None:
    if keyring.get_password(SERVICE, account) is not None:
        keyring.delete_password(SERVICE, account)


def _in_daemon_thread(call: Callable[[], T]) -> Future[T]:
    """Run `call` on a thread that the end of the program does not wait for."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - the thread's top; backends raise anything
            future.set_exception(error)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return future


def _write_private(file: Path, words: str) -> None:
    """Replace `file` as a whole, readable for its owner alone (mkstemp makes 0600)."""
    descriptor, temporary = tempfile.mkstemp(dir=private_folder(file.parent), prefix=".secrets-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(words)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(file)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
