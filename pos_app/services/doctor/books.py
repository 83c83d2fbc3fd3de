"""Checks of the ledger and its journal."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from pos_app.services.backup import backups_in
from pos_app.services.doctor.verdicts import Level, Verdict, ok, skipped, trouble, warning
from pos_app.storage.condition import look_at
from pos_app.storage.engine import engines_for
from pos_app.storage.store import Store, utc_now

JOURNAL_LATE = Verdict(
    Level.WARNING, "It is too long to be checked here.", "Run “pos-app journal verify”."
)
_OLD = timedelta(days=3)
"""A till that is open on most days makes one on each."""
_A_MOMENT = timedelta(minutes=1)
_NONE_YET = "There is none yet; the first start of the till makes it."


def ledger(url: str, file: Path) -> Verdict:
    """Open the ledger for writing, without changing it.

    Raises:
        StorageError: it cannot be used.
    """
    condition = look_at(url, file)
    if condition is None:
        return ok(_NONE_YET)
    text = f"The ledger in {condition.place} can be written"
    if condition.is_newer:
        return trouble(
            f"The ledger in {condition.place} was made by a newer QR Till.", "Install that one."
        )
    if not condition.is_write_ahead:
        return trouble(
            f"{text}, but its disk does not let it be read while it is written.",
            "Keep the data folder on a disk of this computer, not on a network drive.",
        )
    if not condition.is_current:
        return ok(f"{text}; the next start of the till brings it up to date.")
    return ok(f"{text} (schema {condition.revision}).")


def backups(url: str, file: Path, folder: Path, now: datetime) -> Verdict:
    """Look how old the newest backup is."""
    if url:
        return skipped("The database server makes backups of its own.")
    if not file.exists():
        return ok(_NONE_YET)
    found = backups_in(folder)
    advice = "Leave the till open for some minutes; if there is still none, look at the disk."
    if not found:
        return warning(f"There is no backup in {folder} yet.", advice)
    newest, _ = found[0]
    text = f"The newest backup is of {newest.astimezone():%Y-%m-%d %H:%M}"
    if now - newest > _OLD:
        return warning(f"{text}: that is long ago.", advice)
    return ok(f"{text}; kept: {len(found)}.")


def journal(url: str, file: Path, now: datetime) -> Verdict:
    """Walk the journal's chains, and look for entries from the future.

    Raises:
        JournalBrokenError: names the first broken link.
        StorageError: it cannot be read.
    """
    condition = look_at(url, file)
    if condition is None:
        return ok(_NONE_YET)
    if not condition.is_current:
        return skipped("It is checked when the ledger has been brought up to date.")
    store = Store(engines_for(url, file), "doctor", utc_now)
    try:
        with store.read() as work:
            check = work.journal.verify()
            is_ahead = next(work.exports.journal(since=now + _A_MOMENT), None) is not None
    finally:
        store.close()
    text = f"The journal is whole: entries {check.entries}, writers {len(check.heads)}"
    if is_ahead:
        return warning(
            f"{text}, but some are later than this computer's clock.",
            "Set the clock; times on receipts and the order of events depend on it.",
        )
    return ok(f"{text}.")
