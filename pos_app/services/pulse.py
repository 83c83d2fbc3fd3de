"""The receiver's pulse: it lets every till of the store see that it lives."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pos_app.domain.errors import StorageError

if TYPE_CHECKING:
    from pos_app.storage.store import Store

EVERY_S = 10.0

_log = logging.getLogger(__name__)


@contextmanager
def pulse(store: Store, every_s: float = EVERY_S) -> Iterator[None]:
    """Beat in the ledger while the block runs, from a thread of its own; then take the beat away.

    Tills compare counts, not times: their clocks and the receiver's may differ.
    """
    ending = threading.Event()

    def beat() -> None:
        while True:
            try:
                with store.write() as work:
                    work.receivers.beat(store.writer)
            except StorageError as trouble:
                _log.warning("no beat: %s", trouble)
            if ending.wait(every_s):
                return

    thread = threading.Thread(target=beat, name="pulse", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join()
        try:
            with store.write() as work:
                work.receivers.leave(store.writer)
        except StorageError as trouble:
            _log.warning("the last beat stays: %s", trouble)
