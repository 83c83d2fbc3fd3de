"""What other tills of the store change, found in the journal that all of them write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.events import ChangedElsewhere

if TYPE_CHECKING:
    from pos_app.services.events import Events
    from pos_app.storage.store import Store


class Neighbours:
    """Looks for news of other tills; only worth it where several share one database.

    A look reads the last few entries of the journal by their key. It reads the database: not for
    the GUI thread, and one look at a time.
    """

    def __init__(self, store: Store, events: Events) -> None:
        self._store = store
        self._events = events
        self._seen: frozenset[int] = frozenset()

    def look(self) -> None:
        """Tell (`ChangedElsewhere`) of every payment that others have changed since the last look.

        The first look tells of the last few changes, whenever they were. Who looks seldom misses
        what lies further back and reads the list anew.

        Raises:
            StorageError: nothing could be read; look again.
        """
        with self._store.read() as work:
            recent = work.journal.recent_of_others()
            fresh = [one for one in recent if one.id not in self._seen]
            changed = work.charges.ids_of({one.subject for one in fresh}) if fresh else frozenset()
        self._seen = frozenset(one.id for one in recent)
        if changed:
            self._events.publish(ChangedElsewhere(changed))
