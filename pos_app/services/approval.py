"""Who may approve: asked in the very transaction that relies on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.errors import NotApprovedError

if TYPE_CHECKING:
    from pos_app.storage.unit_of_work import UnitOfWork


def require_manager(work: UnitOfWork, person_id: int) -> None:
    """Refuse an action that this person may not approve.

    Raises:
        NotApprovedError: no manager; the transaction writes nothing.
    """
    person = work.people.get(person_id)
    if not person.is_manager:
        raise NotApprovedError(f"{person.name} can't approve this: a manager has to.")
