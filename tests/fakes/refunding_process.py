"""A till's refunding as a process of its own, on a ledger that it shares with others.

`python -m tests.fakes.refunding_process URL FILE WRITER` says "ready", waits for a line with a
JSON object (deed: refund or cancel; minor; charges: ids; asked_by; approved_by), does the deed to
each charge in turn, and prints what became of them as a JSON list.
"""

import json
import os
import sys
from pathlib import Path

from pos_app.domain.errors import RefundError
from pos_app.domain.money import Money
from pos_app.gateways.directory import GatewayDirectory
from pos_app.services.board import Board
from pos_app.services.events import Events
from pos_app.services.gateway_day import GatewayDay
from pos_app.services.ledger import Ledger
from pos_app.services.refund_asking import RefundAsker
from pos_app.services.refund_book import RefundBook
from pos_app.services.refunding import Refunding
from pos_app.services.returning import Returns
from pos_app.storage.store import open_store
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import FakePayment
from tests.fakes.ledger import NOON
from tests.fakes.refunding_gateway import RefundingGateway


def tell(words):
    os.write(1, f"{words}\n".encode())


def give_back(refunding, gateway, wish, charge_id):
    charge = refunding.standing(charge_id).charge
    gateway.payments[charge.reference] = FakePayment(
        charge.gateway_id, charge.reference, charge.amount, charge.method.value
    )
    people = (wish["asked_by"], wish["approved_by"])
    try:
        if wish["deed"] == "cancel":
            return refunding.cancel(charge_id, "Sold twice", *people).status
        amount = Money(wish["minor"], charge.amount.currency)
        return refunding.refund(charge_id, amount, "Goods returned", *people).status
    except RefundError as error:
        return type(error).__name__


def main(url, file, writer):
    clock, gateway = FakeClock(NOON), RefundingGateway(id="citcon_chop", credentials="citcon_chop")
    store = open_store(url or None, Path(file), writer, clock.now)
    gateways = GatewayDirectory([gateway.factory()])
    book = RefundBook(Ledger(store, clock, Events(), Board()), "T1")
    returns = Returns(book, gateways)
    asker = RefundAsker(book, gateways, returns)
    refunding = Refunding(book, gateways, GatewayDay(clock), returns, asker)
    refunding.standing(1)
    tell("ready")
    wish = json.loads(sys.stdin.readline())
    ended = [give_back(refunding, gateway, wish, charge_id) for charge_id in wish["charges"]]
    tell(json.dumps(ended))
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
