"""Opening a shift at this till."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_app.domain.shifts import Shift
    from pos_app.services.clock import Clock
    from pos_app.storage.store import Store


class Shifts:
    """The shifts of one till."""

    def __init__(self, store: Store, clock: Clock, till_code: str) -> None:
        self._store = store
        self._clock = clock
        self._till_code = till_code

    def current(self) -> Shift | None:
        """Return the open shift, if there is one."""
        with self._store.read() as work:
            return work.shifts.open_at(self._till_code)

    def open(self, person_id: int) -> Shift:
        """Open a shift, or return the one that is open already."""
        with self._store.write() as work:
            shift = work.shifts.open_at(self._till_code)
            if shift is not None:
                return shift
            now = self._clock.now()
            number = work.tills.next_shift_number(self._till_code)
            shift = work.shifts.add(self._till_code, number, now, person_id)
            work.journal.append(
                "shift_opened", f"shift {shift.number}", now, person_id, {"till": self._till_code}
            )
        return shift
