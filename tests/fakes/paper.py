"""What receipts and slips are made of in the tests: a paid charge of a store in Hong Kong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from pos_app.domain.charges import ChargeStatus
from pos_app.receipts.frame import Store
from tests.fakes.charges import CREATED

PAID = replace(
    CREATED,
    reference="HSG1-2507120087-K7QX",
    created_at=datetime(2025, 7, 12, 6, 32, 40, tzinfo=UTC),
    status=ChargeStatus.PAID,
    transaction_id="P2507120001-3bfa9c0d1e2f34a3e045",
    paid_at=datetime(2025, 7, 12, 6, 33, 2, tzinfo=UTC),
)
STORE = Store("Harbour Street Gifts", "12 Harbour Street", "Thank you. See you again.")
HONG_KONG = timezone(timedelta(hours=8))
