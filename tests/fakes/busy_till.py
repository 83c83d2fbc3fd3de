"""A till without a window that sells without a pause, as a process that a test may kill.

`python -m tests.fakes.busy_till FOLDER sell SEED` sells on several threads at once and tells each
thing that happens in a line; `… FOLDER look` opens every payment that is still open, as a cashier
would, and asks about it. Both end when standard input closes.
"""

import os
import random
import sys
import threading
from pathlib import Path

from pos_app.compose import build_till
from pos_app.domain.charges import ChargeStatus
from pos_app.domain.errors import PosAppError
from pos_app.domain.events import ChargeChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine
from pos_app.domain.transitions import FASTEST_CUSTOMER
from pos_app.paths import DataPaths

CASHIERS = 4
DEEDS = ("pay", "pay", "cancel", "cancel", "stop", "aside", "leave")
LOOKING_PAUSE_S = 0.3


def tell(words):
    os.write(1, f"{words}\n".encode())


def on_event(event):
    if isinstance(event, ChargeChanged):
        tell(f"{event.after.reference} {event.after.status}")


def sell_on(till, luck, is_over):
    """One cashier: sell, and do to each payment what luck says."""
    while not is_over.is_set():
        try:
            sell(till, luck, is_over)
        except PosAppError as trouble:
            tell(f"trouble {trouble}")


def sell(till, luck, is_over):
    amount = Money(luck.randrange(1, 100_000), "USD")
    method = luck.choice([PaymentMethod.ALIPAY, PaymentMethod.WECHATPAY])
    deed = luck.choice(DEEDS)
    cashier = till.people.everyone()[0].id
    sale = Sale((SaleLine("", 1, amount),))
    charge = till.checkout.charge(sale, method, cashier, is_other_customer=True)
    if deed == "leave":
        till.checkout.leave(charge.id)
        return
    if till.checkout.send(charge.id).status is not ChargeStatus.WAITING:
        return
    if deed in {"pay", "cancel"}:  # customers may pay just before the cancel, too
        is_over.wait(FASTEST_CUSTOMER.total_seconds())
    if deed == "pay":
        till.training.pay(charge.id)
        till.payments.check_now(charge.id)
    elif deed == "cancel":
        till.payments.cancel(charge.id)
    elif deed == "stop":
        till.payments.stop(charge.id)
    else:
        till.payments.put_aside(charge.id)
    till.payments.close(charge.id)


def look_on(till, is_over):
    """Open every payment that is still watched and ask about it, until told to end."""
    board = till.recovery._ledger.board
    while not is_over.wait(LOOKING_PAUSE_S):
        for charge in board.charges():
            try:
                if charge.is_living:
                    till.payments.open(charge.id)
                if charge.gateway_id and not charge.is_paid:
                    till.payments.check_now(charge.id)
            except PosAppError as trouble:
                tell(f"trouble {trouble}")


def main(folder, mode, seed="0"):
    is_over = threading.Event()
    till = build_till(DataPaths(Path(folder)), is_training=True, environ=os.environ)
    till.events.subscribe(on_event)
    till.start()
    tell("ready")
    if mode == "sell":
        works = [
            (sell_on, (till, random.Random(f"{seed} {number}"), is_over))
            for number in range(CASHIERS)
        ]
    else:
        works = [(look_on, (till, is_over))]
    threads = [threading.Thread(target=work, args=given) for work, given in works]
    for thread in threads:
        thread.start()
    while os.read(0, 4096):
        pass
    is_over.set()
    for thread in threads:
        thread.join()
    till.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
