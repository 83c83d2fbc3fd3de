"""A charge for Citcon's hosted page, and a gateway without a network."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pos_app.domain.charges import Charge
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money

Q = "3bfa17f09c5e4d2ab8e3e0451"
CHARGE = Charge(
    id=1,
    reference="HSG1-2507120087-K7QX",
    sale_id=1,
    till_code="HSG1",
    shift_id=1,
    cashier_id=1,
    method=PaymentMethod.ALIPAY,
    amount=Money(4250, "USD"),
    gateway="citcon_chop",
    credentials="ffcbe7159338",
    created_at=datetime(2025, 7, 12, 6, 32, tzinfo=UTC),
)


def charge(**changes):
    """Return a charge of US$ 42.50 by Alipay, not sent yet, with `changes`."""
    return replace(CHARGE, **changes)


def shown_charge(**changes):
    """Return the same charge with its code on the screen."""
    return charge(gateway_id=Q, code=f"https://uat.citconpay.com/chop/landing?q={Q}", **changes)


@dataclass
class FakeGateway:
    """A gateway that only knows its name."""

    id: str = "fake"
    name: str = "Fake"
    credentials: str = "fake token"
    is_closed: bool = False

    def close(self):
        self.is_closed = True
