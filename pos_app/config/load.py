"""Reading the settings: `config.toml`, and over it the environment.

Every bad value is a ConfigError that names the file or variable, the key and, in plain words, what
was expected. The bad value itself is not repeated: it may be a secret in the wrong place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from pos_app.config.declaring import PREFIX, Declaration
from pos_app.config.settings import Settings, declarations
from pos_app.domain.errors import AmountError, ConfigError
from pos_app.logs import keep_secret
from pos_app.paths import DATA_DIR_VARIABLE

_OTHER_VARIABLES = {DATA_DIR_VARIABLE}
"""Begin like a setting's variable and are none."""


def load_settings(
    file: Path, environ: Mapping[str, str], usual: Mapping[str, str] | None = None
) -> Settings:
    """Read the settings from `file`, then from `environ`, which wins; the rest are defaults.

    Secrets are not read here: `SecretStore` finds them when they are needed.

    Args:
        file: TOML; a missing file is fine.
        environ: variables `POS_APP_<SECTION>_<KEY>`; others are not looked at. Lists are written
            "alipay,dana", tables "alipay=USD,dana=IDR".
        usual: variables such as `environ`'s, for what `file` leaves out.

    Raises:
        ConfigError: the file cannot be read, or a key or value is wrong. Nothing has changed.
    """
    known = {declared.name: declared for declared in declarations()}
    values = {
        **_from_environment(usual or {}, known),
        **_from_file(file, known),
        **_from_environment(environ, known),
    }
    settings = _settings(values)
    _check_together(settings, file, environ)
    _hide_password(settings.database.url)
    return settings


def _from_file(file: Path, known: Mapping[str, Declaration]) -> dict[str, Any]:
    place = str(file)
    values = {}
    for name, value in _flat(_toml(file), place, known):
        declared = known.get(name)
        if declared is None:
            raise _unknown(place, name, known)
        if declared.is_secret:
            raise ConfigError(place, name, f"no secret in this file, but in {declared.variable}")
        values[name] = _read(declared, value, place)
    return values


def _toml(file: Path) -> dict[str, Any]:
    try:
        words = file.read_bytes().decode("utf-8-sig")  # Windows' Notepad writes a mark in front
        return tomllib.loads(words)
    except FileNotFoundError:
        return {}
    except OSError as error:
        expected = f"a file that can be read ({error.strerror or 'it cannot be'})"
        raise ConfigError(str(file), "", expected) from None
    except UnicodeDecodeError:
        raise ConfigError(str(file), "", "text in UTF-8") from None
    except ValueError as error:  # also for a number of too many digits
        raise ConfigError(str(file), "", f"TOML, but: {error}") from None


def _flat(
    tables: Mapping[str, Any], place: str, known: Mapping[str, Declaration]
) -> Iterable[tuple[str, Any]]:
    sections = {declared.section for declared in known.values()}
    for section, table in tables.items():
        if section not in sections:
            raise _unknown(place, section, sections if isinstance(table, dict) else known)
        if not isinstance(table, dict):
            raise ConfigError(place, section, f"a table, which begins with the line [{section}]")
        for key, value in table.items():
            yield f"{section}.{key}", value


def _from_environment(
    environ: Mapping[str, str], known: Mapping[str, Declaration]
) -> dict[str, Any]:
    by_variable = {declared.variable: declared for declared in known.values()}
    values = {}
    for variable, words in environ.items():
        if not variable.startswith(PREFIX) or variable in _OTHER_VARIABLES:
            continue
        declared = by_variable.get(variable)
        if declared is None:
            raise _unknown("the environment", variable, [*by_variable, *_OTHER_VARIABLES])
        if not declared.is_secret:
            values[declared.name] = _read(declared, declared.kind.from_text(words), variable)
    return values


def _read(declared: Declaration, value: object, place: str) -> Any:
    try:
        return declared.kind.read(value)
    except (ValueError, TypeError):
        raise ConfigError(place, declared.name, declared.kind.expected) from None


def _settings(values: Mapping[str, Any]) -> Settings:
    sections = {}
    for section in fields(Settings):
        kind = cast("type[Any]", section.default_factory)
        prefix = f"{section.name}."
        own = {
            name.removeprefix(prefix): value
            for name, value in values.items()
            if name.startswith(prefix)
        }
        sections[section.name] = kind(**own)
    return Settings(**sections)


def _check_together(settings: Settings, file: Path, environ: Mapping[str, str]) -> None:
    try:
        _ = settings.large_amount
    except AmountError:
        variable = f"{PREFIX}METHODS_LARGE_AMOUNT"
        place = variable if variable in environ else str(file)
        expected = f"an amount in {settings.store.currency}, with no more decimals than it has"
        raise ConfigError(place, "methods.large_amount", expected) from None


def _hide_password(url: str) -> None:
    password = urlsplit(url).password if url else None
    if password:
        keep_secret(password)
        keep_secret(unquote(password))


def _unknown(place: str, name: str, known: Iterable[str]) -> ConfigError:
    from difflib import get_close_matches

    nearest = get_close_matches(name, list(known), n=1, cutoff=0.0)[0]
    return ConfigError(place, name, f"a setting that this version knows; the nearest is {nearest}")
