"""Keeps notices in groups: all that have come while the last group was written are the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pos_app.domain.errors import StorageError

if TYPE_CHECKING:
    from pos_app.domain.notices import Notice

LARGEST_GROUP = 200


class Intake:
    """Turns one durable write per notice into one per group; belongs to one event loop."""

    def __init__(self, keep: Callable[[Sequence[Notice]], object]) -> None:
        """Use `keep` to write a group down; it blocks, and is called on a worker thread."""
        self._keep = keep
        self._waiting: list[tuple[Notice, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def add(self, notice: Notice) -> None:
        """Return when the notice is on disk.

        Raises:
            StorageError: it is not; the sender shall try again.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((notice, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        await done

    async def _write(self) -> None:
        while self._waiting:
            group, self._waiting = (
                self._waiting[:LARGEST_GROUP],
                self._waiting[LARGEST_GROUP:],
            )
            trouble: StorageError | None = None
            try:
                await asyncio.to_thread(self._keep, [notice for notice, _ in group])
            except StorageError as error:
                trouble = error
            for _, done in group:
                if done.cancelled():
                    continue
                if trouble is None:
                    done.set_result(None)
                else:
                    done.set_exception(trouble)
