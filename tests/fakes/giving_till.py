"""A till without a window that sells once and gives money back, as a process that a test may kill.

`python -m tests.fakes.giving_till FOLDER refund` (or `cancel`) sells for 42.50, lets the customer
pay, tells the reference, gives 12.50 (or all) back and tells what became of it; `… FOLDER look`
only starts. All tell "ready" at first and end when standard input closes.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

from pos_app.compose import Parts, build_till
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine
from pos_app.domain.transitions import FASTEST_CUSTOMER
from pos_app.paths import DataPaths
from pos_app.services.clock import SystemClock

PRICE = Money(4250, "USD")
PART = Money(1250, "USD")


class HurriedClock(SystemClock):
    """The real time, and what was skipped of it."""

    skipped = timedelta()

    def now(self):
        return super().now() + self.skipped


def tell(words):
    os.write(1, f"{words}\n".encode())


def sell(till, clock, cashier):
    charge = till.checkout.charge(
        Sale((SaleLine("", 1, PRICE),)), PaymentMethod.ALIPAY, cashier.id, is_other_customer=True
    )
    till.checkout.send(charge.id)
    clock.skipped = FASTEST_CUSTOMER
    till.training.pay(charge.id)
    assert till.payments.check_now(charge.id).charge.is_paid
    return charge


def main(folder, mode):
    clock = HurriedClock()
    till = build_till(
        DataPaths(Path(folder)), is_training=True, environ=os.environ, parts=Parts(clock=clock)
    )
    till.start()
    tell("ready")
    if mode != "look":
        everyone = till.people.everyone()
        people = (everyone[0].id, next(one.id for one in everyone if one.is_manager))
        charge = sell(till, clock, everyone[0])
        tell(charge.reference)
        if mode == "cancel":
            refund = till.refunding.cancel(charge.id, "Sold twice", *people)
        else:
            refund = till.refunding.refund(charge.id, PART, "Goods returned", *people)
        tell(refund.status)
    while os.read(0, 4096):
        pass
    till.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
