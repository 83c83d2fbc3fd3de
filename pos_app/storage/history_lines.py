"""Keeps the list of past payments in step with charges and refunds, in their transactions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, update

from pos_app.domain.charges import Charge
from pos_app.domain.history import history_status
from pos_app.domain.refunds import refunded
from pos_app.domain.search_words import kept_words
from pos_app.storage.history_tables import history, history_words
from pos_app.storage.refund_rows import refunds_of
from pos_app.storage.sales import Sales

_ADD = insert(history).inline()
_ADD_WORDS = insert(history_words).inline()
_CHANGE = (
    update(history)
    .where(history.c.charge_id == bindparam("key"))
    .where(
        or_(
            history.c.status != bindparam("status"),
            history.c.refunded_minor != bindparam("refunded_minor"),
            history.c.needs_answer != bindparam("needs_answer"),
        )
    )
    .values(
        status=bindparam("status"),
        refunded_minor=bindparam("refunded_minor"),
        needs_answer=bindparam("needs_answer"),
    )
)
"""Leaves the line and its indices alone where nothing is new."""


class HistoryLines:
    """The lines of the charges that one unit of work adds or changes."""

    def __init__(self, connection: Connection, sales: Sales) -> None:
        self._connection = connection
        self._sales = sales

    def add(self, charge: Charge) -> None:
        """Add the line of a charge that has just been recorded."""
        line = {
            "charge_id": charge.id,
            "created_at": charge.created_at,
            "reference": charge.reference,
            "number": number_of(charge.reference),
            "method": charge.method,
            "currency": charge.amount.currency,
            "amount_minor": charge.amount.minor,
        }
        self._connection.execute(_ADD, line | self._standing(charge))
        found = kept_words(self._sales.note(charge.sale_id))
        if found:
            key = {"created_at": charge.created_at, "charge_id": charge.id}
            self._connection.execute(_ADD_WORDS, [{"word": word} | key for word in found])

    def follow(self, charge: Charge) -> None:
        """Bring the line up to what `charge` and its refunds are now.

        Args:
            charge: as this unit has locked and perhaps saved it.
        """
        self._connection.execute(_CHANGE, {"key": charge.id} | self._standing(charge))

    def _standing(self, charge: Charge) -> dict[str, Any]:
        refunds = refunds_of(self._connection, charge.id) if charge.is_paid else ()
        return {
            "status": history_status(charge, refunds),
            "refunded_minor": refunded(charge, refunds).minor,
            "needs_answer": charge.needs_answer,
        }


def number_of(reference: str) -> str:
    """Return the four digits that a receipt shows: "0087" of "HSG1-2607120087-K7QX"."""
    return reference.partition("-")[2][6:10]
