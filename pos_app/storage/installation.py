"""Who writes into the journal: a name that no other installation has."""

from __future__ import annotations

import secrets
from pathlib import Path

FILE_NAME = "installation"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_LENGTH = 8


def writer_name(kind: str, till_code: str, folder: Path) -> str:
    """Return the journal writer's name, such as "till:T1:k7qx2abc".

    Two tills with the same code on one PostgreSQL must not share a chain: the tail is random,
    made once per data folder and kept in a small file there. A copied folder keeps its name;
    that is harmless, because a chain goes on from the head that its own ledger holds.

    Args:
        kind: what writes: "till", "watcher", "receiver".
        till_code: the till's code.
        folder: the data folder, which must be there.

    Raises:
        OSError: the file can be neither read nor written.
    """
    return f"{kind}:{till_code}:{_installation(folder / FILE_NAME)}"


def renew(folder: Path) -> None:
    """Give the data folder a new name: after a restore its old chains have another end somewhere.

    Raises:
        OSError: the file cannot be written.
    """
    _make(folder / FILE_NAME)


def _installation(file: Path) -> str:
    return _read(file) or _make(file)


def _make(file: Path) -> str:
    new = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    draft = file.with_name(f"{FILE_NAME}.{new}")
    draft.write_text(new, encoding="ascii")
    draft.replace(file)  # whole or not at all; of two programs at once the later one stays
    return _read(file)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
