"""References: the till's idempotency keys. They never come again (design.md, promise 2)."""

from __future__ import annotations

import re
import secrets
from datetime import date, datetime

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
"""RFC 4648 base 32: no 0, 1, 8 or 9 to confuse with letters."""
_TILL_CODE = re.compile(r"[A-Z0-9]{1,4}")
_REFERENCE = re.compile(r"([A-Z0-9]{1,4})-(\d{6})(\d{4})-[A-Z2-7]{4}(-R\d+)?")


def is_till_code(text: str) -> bool:
    """Tell whether `text` can be a till's code: one to four capitals or digits."""
    return _TILL_CODE.fullmatch(text) is not None


def random_tail() -> str:
    """Return four random base-32 characters (20 bits).

    They keep references apart when the number cannot: a restored backup, a clock set back,
    another till with the same code.
    """
    return "".join(secrets.choice(_ALPHABET) for _ in range(4))


def new_reference(till_code: str, on: date, number: int, tail: str) -> str:
    """Build a reference of at most 20 characters, such as "HSG1-2607120087-K7QX".

    Args:
        till_code: the till's code, at most four characters.
        on: the day of the sale, local to the store.
        number: the till's running number; its last four digits are used.
        tail: `random_tail()`.
    """
    return f"{till_code}-{on:%y%m%d}{number % 10_000:04d}-{tail}"


def refund_reference(reference: str, number: int) -> str:
    """Build the readable id of a charge's refund, such as "HSG1-2607120087-K7QX-R1".

    It is no idempotency key: a refund has none (citcon.md, refund). The gateway is told it with
    the reason, and gives that back in its list.

    Args:
        reference: the charge's.
        number: the refund's number among those of the charge, from 1.
    """
    return f"{reference}-R{number}"


def charge_reference(reference: str) -> str:
    """Return the reference of the charge that a refund's readable id belongs to."""
    return reference.rpartition("-R")[0]


def short_reference(reference: str) -> str:
    """Return what receipts and screens show: "HSG1-0087", of a refund "HSG1-0087-R1"."""
    match = _REFERENCE.fullmatch(reference)
    return f"{match[1]}-{match[3]}{match[4] or ''}" if match else reference


def reference_day(reference: str) -> tuple[str, date] | None:
    """Return the till's code and the store's day of a reference of ours; None of any other."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    try:
        return match[1], datetime.strptime(match[2], "%y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
