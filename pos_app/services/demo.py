"""The store that training and the demo play in: its people, its items, an open shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.money import Money
from pos_app.domain.people import Role
from pos_app.domain.sales import Item

if TYPE_CHECKING:
    from pos_app.services.people import People
    from pos_app.services.shifts import Shifts
    from pos_app.storage.store import Store
    from pos_app.storage.unit_of_work import UnitOfWork

STORE = {
    "POS_APP_STORE_NAME": "Harbour Street Gifts",
    "POS_APP_STORE_ADDRESS": "12 Harbour Street",
    "POS_APP_STORE_REGISTER": "Register 1",
    "POS_APP_STORE_TILL_CODE": "HSG1",
}
"""Settings of the demo's store, where the data folder has no settings of its own."""
TOKENS = {
    "POS_APP_CITCON_CHOP_TOKEN": "training-token",
    "POS_APP_CITCON_ONLINE_TOKEN": "training-token",
    "POS_APP_CITCON_INSTORE_TOKEN": "training-token",
    "POS_APP_JPAY_TOKEN": "training-token",
}
"""What the simulator knows the till by; no secrets."""
JPAY_MEMBER = "10130"
"""The merchant id that the simulator knows."""
PEOPLE = (
    ("Mei Lin", Role.CASHIER, "1111"),
    ("Jonas", Role.CASHIER, "2222"),
    ("Priya", Role.MANAGER, "999999"),
)
"""Name, role and PIN (design.md, section 7)."""
ITEMS = (
    ("Jasmine tea tin", "12.00", "4006381333931"),
    ("Ceramic cup", "14.50", "4006381333948"),
    ("Paper fan", "6.80", "4006381333955"),
    ("Silk scarf", "39.00", "4006381333962"),
    ("Postcard set", "4.50", "4006381333979"),
    ("Lucky cat", "18.00", "4006381333986"),
    ("Green tea 100 g", "9.80", "4006381333993"),
    ("Umbrella", "16.00", "4006381334006"),
)
"""Name, price in US dollars and barcode."""
CURRENCY = "USD"
_NEW_PIN = frozenset({"person_pin_reset", "person_role_changed"})
"""Journal entries after which a person has another PIN."""


def furnish(store: Store, people: People, shifts: Shifts) -> None:
    """Bring the demo's people, items and shift into an empty training ledger; once."""
    if people.everyone():
        return
    first, *_ = [people.add(name, pin, role) for name, role, pin in PEOPLE]
    with store.write() as work:
        for name, price, barcode in ITEMS:
            work.items.add(Item(name, Money.parse(price, CURRENCY), barcode))
    shifts.open(first.id)


def unchanged_pins(store: Store) -> tuple[tuple[str, str], ...]:
    """Return name and PIN of the demo's people who still have the PIN that `furnish` gave them."""
    pins = {name: pin for name, _, pin in PEOPLE}
    with store.read() as work:
        return tuple(
            (person.name, pins[person.name])
            for person in work.people.all()
            if person.name in pins and not person.is_retired and _is_as_furnished(work, person.id)
        )


def _is_as_furnished(work: UnitOfWork, person_id: int) -> bool:
    added, *later = work.journal.entries(f"person {person_id}")
    is_by_demo = added.kind == "person_added" and added.who is None
    return is_by_demo and not any(one.kind in _NEW_PIN for one in later)
