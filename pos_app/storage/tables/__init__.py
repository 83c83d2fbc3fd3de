"""The ledger's tables. Rows never leave this package; the rest sees the domain's values.

Texts of fixed lists are guarded by a CHECK, instants are `UtcDateTime`, amounts `MinorAmount`
beside their currency. Changing anything here needs a migration (tests compare the two).

Names in capitals are conditions of partial indices. Queries must use the very same text: with a
bound value in its place neither database can prove that the index holds all rows.
"""

from pos_app.storage.tables.base import (
    Base,
    Currency,
    TillCode,
)
from pos_app.storage.tables.money import (
    IS_CALLED_PAID,
    IS_LIVING,
    IS_PAID,
    IS_REFUND_OPEN,
    IS_UNANSWERED,
    IS_UNKNOWN,
    KEEPS_SALE,
    attentions,
    charges,
    refunds,
)
from pos_app.storage.tables.records import (
    IS_WAITING_ARRIVAL,
    IS_WAITING_NOTICE,
    arrivals,
    contacts,
    journal,
    notices,
    receipt_prints,
    receivers,
    slip_prints,
)
from pos_app.storage.tables.shop import (
    IS_SHIFT_OPEN,
    about,
    items,
    people,
    sale_lines,
    sales,
    shifts,
    tills,
)

__all__ = [
    "IS_CALLED_PAID",
    "IS_LIVING",
    "IS_PAID",
    "IS_REFUND_OPEN",
    "IS_SHIFT_OPEN",
    "IS_UNANSWERED",
    "IS_UNKNOWN",
    "IS_WAITING_ARRIVAL",
    "IS_WAITING_NOTICE",
    "KEEPS_SALE",
    "Base",
    "Currency",
    "TillCode",
    "about",
    "arrivals",
    "attentions",
    "charges",
    "contacts",
    "items",
    "journal",
    "notices",
    "people",
    "receipt_prints",
    "receivers",
    "refunds",
    "sale_lines",
    "sales",
    "shifts",
    "slip_prints",
    "tills",
]
