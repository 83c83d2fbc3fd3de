"""Scrolls the list of past payments from one end to the other; prints by how much memory grew.

A process of its own, so that nothing else has made room before. `python -m tests.bench.scrolling
FILE` with SQLite's file of a ledger.
"""

import sys
from pathlib import Path

from pos_app.domain.history import HistoryFilter
from pos_app.services.clock import SystemClock
from pos_app.services.history import History
from pos_app.storage.store import open_store
from tests.bench.process_memory import pss_mib

ALL = HistoryFilter()


def main(file):
    """Read page after page, keeping none."""
    store = open_store(None, Path(file), "till:T1:bench")
    history = History(store, None, SystemClock())
    page, seen = history.page(ALL), 0
    before = peak = pss_mib()
    while page:
        seen += len(page)
        page = history.page(ALL, before=page[-1].charge_id)
        if seen % 20_000 == 0:
            peak = max(peak, pss_mib())
    store.close()
    print(peak - before)


if __name__ == "__main__":
    main(sys.argv[1])
