"""How a setting is declared: its type, default, label, help and unit beside each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from pos_app.config.kinds import Kind

T = TypeVar("T")

PREFIX = "POS_APP_"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is known of a setting beside its value.

    Attributes:
        section: the table in `config.toml`.
        key: the key in that table.
        kind: how a value is read.
        label: its name on the settings page.
        help: one sentence about it.
        unit: of numbers, for people; empty where there is none.
        is_secret: kept by `SecretStore`, never in `config.toml`.
        is_asked: of a payment service: its page in the settings asks for it, beside the token.
    """

    section: str
    key: str
    kind: Kind[Any]
    label: str
    help: str
    unit: str
    is_secret: bool
    is_asked: bool

    @property
    def name(self) -> str:
        """Section and key: "store.till_code"."""
        return f"{self.section}.{self.key}"

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return variable_of(self.name)


def variable_of(name: str) -> str:
    """Return the environment variable of "store.till_code": POS_APP_STORE_TILL_CODE."""
    return PREFIX + name.replace(".", "_").upper()


def setting(
    default: T,
    kind: Kind[T],
    label: str,
    about: str,
    *,
    unit: str = "",
    is_secret: bool = False,
    is_asked: bool = False,
    is_shown: bool = True,
) -> T:
    """Declare a setting of a section: its default, how it is read, and its words for people."""
    described = {
        "kind": kind,
        "label": label,
        "help": about,
        "unit": unit,
        "is_secret": is_secret,
        "is_asked": is_asked,
    }
    return field(default_factory=lambda: default, metadata=described, repr=is_shown)
