"""A charge for Citcon's hosted page, and a gateway without a network."""

from dataclasses import dataclass, replace

from tests.fakes.charges import CREATED

Q = "3bfa17f09c5e4d2ab8e3e0451"


def charge(**changes):
    """Return a charge of US$ 42.50 by Alipay, not sent yet, with `changes`."""
    return replace(CREATED, **{"reference": "HSG1-2507120087-K7QX", **changes})


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
