"""Changing single settings in `config.toml`, which stays the merchant's own file.

Its comments, its order and what it says of other settings stay as they are. The new file is read
as at a start before it takes the place of the old one, and takes it as a whole or not at all.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pos_app.config.declaring import variable_of
from pos_app.config.load import load_settings
from pos_app.config.settings import Settings, declarations
from pos_app.domain.errors import ConfigError, SettingsChangedError, SettingsFileError
from pos_app.paths import private_folder

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Array

Plain: TypeAlias = "str | int | bool | Sequence[str] | Mapping[str, str | int]"
"""A setting's value as TOML and the journal write it."""

_COMMENT_IN_LIST = re.compile(r'"[^"]*"|\'[^\']*\'|(#[^\r\n]*)')
_NOT_UNDERSTOOD = "it is written in a way that isn't understood"


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One setting that is to be another.

    Attributes:
        name: "methods.one_tap".
        before: what it is, as the file or the defaults say.
        after: what it is to be.
    """

    name: str
    before: Plain
    after: Plain


def changes_between(before: Settings, after: Settings) -> tuple[SettingChange, ...]:
    """Return what is different, in the order of the declarations; secrets are no settings."""
    names = [one.name for one in declarations() if not one.is_secret]
    values = [(name, plain_value(before, name), plain_value(after, name)) for name in names]
    return tuple(SettingChange(*one) for one in values if one[1] != one[2])


def plain_value(settings: Settings, name: str) -> Plain:
    """Return the value of the setting "methods.one_tap" as TOML writes it."""
    section, key = name.split(".")
    return _plain(getattr(getattr(settings, section), key))


def is_good(name: str, value: object) -> bool:
    """Tell whether the setting "jpay.website" may be `value`, as TOML would write it."""
    kind = next(one.kind for one in declarations() if one.name == name)
    try:
        kind.read(value)
    except (ValueError, TypeError):
        return False
    return True


class SettingsFile:
    """The `config.toml` of a data folder.

    Args:
        file: where it is; made when there is none.
        environ: variables that decide settings whatever the file says.
        usual: variables that decide what the file leaves out.
    """

    def __init__(
        self, file: Path, environ: Mapping[str, str], usual: Mapping[str, str] | None = None
    ) -> None:
        self._file = file
        self._environ = environ
        self._usual = usual or {}

    def read(self) -> Settings:
        """Return what it says now, with the environment and the defaults.

        Raises:
            ConfigError: it cannot be read, or a setting is wrong.
        """
        return load_settings(self._file, self._environ, self._usual)

    def fixed_by(self, name: str) -> str:
        """Return the variable of the environment that decides this setting; empty for none."""
        variable = variable_of(name)
        return variable if variable in self._environ else ""

    def change(self, changes: Sequence[SettingChange]) -> bytes | None:
        """Write `changes`; the file has them, and is this user's alone (0600), or is untouched.

        Returns:
            What the file was, for `put_back`; None when there was none.

        Raises:
            SettingsChangedError: a setting is not any more what `before` says: somebody else has
                written the file.
            SettingsFileError: it cannot be written, or would not say what it should.
            ConfigError: it cannot be read, or the environment decides one of the settings.
        """
        was = _content(self._file)
        there = self.read()
        for change in changes:
            if variable := self.fixed_by(change.name):
                raise ConfigError(variable, change.name, "no such variable, to set it in the file")
            if plain_value(there, change.name) != change.before:
                raise SettingsChangedError(str(self._file), change.name)
        self._replace(_edited(was, changes, self._file), changes, there)
        return was

    def put_back(self, was: bytes | None) -> None:
        """Make the file what it was before `change`.

        Raises:
            SettingsFileError: it cannot be written.
        """
        try:
            if was is None:
                self._file.unlink(missing_ok=True)
            else:
                _temporary(self._file, was).replace(self._file)
        except OSError as error:
            raise _not_written(self._file, error) from error

    def _replace(self, content: bytes, changes: Sequence[SettingChange], was: Settings) -> None:
        try:
            file = self._file.resolve()  # a link goes on to lead to it
            temporary = _temporary(file, content)
        except OSError as error:
            raise _not_written(self._file, error) from error
        try:
            self._check(temporary, changes, was)
            temporary.replace(file)
        except OSError as error:
            raise _not_written(self._file, error) from error
        finally:
            temporary.unlink(missing_ok=True)

    def _check(self, file: Path, changes: Sequence[SettingChange], was: Settings) -> None:
        """Refuse a file that does not say what was, with `changes` and nothing else."""
        try:
            says = changes_between(was, load_settings(file, self._environ, self._usual))
        except ConfigError as error:
            raise SettingsFileError(str(self._file), f"expected {error.expected}") from error
        if {one.name: one.after for one in says} != {one.name: one.after for one in changes}:
            raise SettingsFileError(str(self._file), _NOT_UNDERSTOOD)


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _not_written(file, error) from error


def _edited(was: bytes | None, changes: Sequence[SettingChange], file: Path) -> bytes:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    words = (was or b"").decode("utf-8-sig")
    mark = "\ufeff" if (was or b"").startswith("\ufeff".encode()) else ""
    try:
        document = tomlkit.parse(words)
        for change in changes:
            _put(document, change.name, change.after)
        return (mark + tomlkit.dumps(document)).encode()
    except (TOMLKitError, LookupError) as error:  # it stumbles over some rare layouts
        raise SettingsFileError(str(file), _NOT_UNDERSTOOD) from error


def _put(document: TOMLDocument, name: str, value: Plain) -> None:
    import tomlkit
    from tomlkit.items import Array, InlineTable, Table

    section, key = name.split(".")
    if section not in document:
        document[section] = tomlkit.table()
    table: Any = document[section]
    there = table.get(key)
    if isinstance(value, Mapping):
        has_own_place = isinstance(there, Table) and not there.is_super_table()
        if not has_own_place and not isinstance(there, InlineTable):
            table.pop(key, None)  # none yet, or lines such as currencies.cc = "EUR"
            table[key] = tomlkit.inline_table()
        _put_all(table[key], value)
    elif isinstance(there, Array) and isinstance(value, Sequence):
        table[key] = _list_of(value, there)
    else:
        table[key] = value


def _put_all(table: Any, wanted: Mapping[str, str | int]) -> None:
    for key in [key for key in table if key not in wanted]:
        del table[key]
    for key, value in wanted.items():
        if table.get(key) != value:
            table[key] = value


def _list_of(values: Sequence[str], before: Array) -> Array:
    """Return a list like `before`, with its comments first: they spoke of what has moved."""
    import tomlkit

    written = before.as_string()
    comments = [found[1] for found in _COMMENT_IN_LIST.finditer(written) if found[1]]
    array = tomlkit.array()
    array.multiline("\n" in written)
    for comment in comments:
        array.add_line(comment=comment.lstrip("# "))
    array.extend(values)
    return array


def _temporary(file: Path, content: bytes) -> Path:
    """Write `content` beside `file`, for this user alone (mkstemp makes 0600), onto the disk."""
    descriptor, name = tempfile.mkstemp(dir=private_folder(file.parent), prefix=".config-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _not_written(file: Path, error: OSError) -> SettingsFileError:
    return SettingsFileError(str(file), error.strerror or "the system refused")


def _plain(value: object) -> Plain:
    match value:
        case StrEnum():
            return value.value
        case bool() | int() | str():
            return value
        case Mapping():
            return {_word(key): _plain_item(item) for key, item in value.items()}
        case tuple():
            return [_word(item) for item in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no place in the settings")


def _word(value: object) -> str:
    return value.value if isinstance(value, StrEnum) else str(value)


def _plain_item(value: object) -> str | int:
    return value if isinstance(value, int) else _word(value)
