"""The notification receiver as a process of its own: how many notices a second, and how late.

The floor is the same notices at an application that answers `ok` and keeps nothing. Then a real
till with the receiver beside it, as the demo has them, and the simulator's own notices: pays →
Paid.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from pos_app.app.receiver import receiver_beside, training_environment
from pos_app.compose import build_till
from pos_app.domain.events import ChargeChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine
from pos_app.paths import DataPaths
from pos_app.services.receiving import Reception
from tests.bench.figures import Figure, median, percentile
from tests.fakes.ledger import Ledger, a_charge
from tests.fakes.notices import notice
from tests.fakes.simulator_process import simulator_process
from tests.fakes.waiting import until

NOTICES, SENDERS = 4_000, 8
PAYMENTS = 40
NOWHERE = {"POS_APP_CITCON_CHOP_BASE_URL": "http://127.0.0.1:9/"}
BARE = """
import uvicorn, socket
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
async def ok(request):
    await request.body()
    return PlainTextResponse("ok")
bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
bound.bind(("127.0.0.1", 0))
bound.listen(512)
print(f"listening on http://127.0.0.1:{bound.getsockname()[1]}", flush=True)
app = Starlette(routes=[Route("/notify/citcon_chop", ok, methods=["POST"])])
uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run([bound])
"""


def measure():
    """Storm both, then let customers pay."""
    with tempfile.TemporaryDirectory() as folder:
        paths = DataPaths(Path(folder)).training
        build_till(paths, is_training=True, environ=NOWHERE).close_everything()
        store = Ledger(None, paths.database).open()
        with store.write() as work:
            charges = [a_charge(work, till_code="HSG1") for _ in range(NOTICES)]
        store.close()
        bodies = [urlencode(notice(one, f"n{one.id}")) for one in charges]
        with listening([sys.executable, "-c", BARE]) as address:
            bare_per_s, _ = storm(address, bodies)
        with listening(receiver(folder)) as address:
            per_s, waits_ms = storm(address, bodies)
    late_ms = pays_to_paid()
    return [
        Figure("notices taken", per_s, bare_per_s, "/s", ">= 500 /s", per_s >= 500),
        Figure("answer to a notice, p50", median(waits_ms), None, "ms", ""),
        Figure(
            "answer to a notice, p99",
            percentile(waits_ms, 0.99),
            None,
            "ms",
            "<= 50 ms",
            percentile(waits_ms, 0.99) <= 50,
        ),
        Figure("pays -> Paid by notice, p50", median(late_ms), None, "ms", ""),
        Figure(
            "pays -> Paid by notice, p95",
            percentile(late_ms, 0.95),
            None,
            "ms",
            "<= 300 ms",
            percentile(late_ms, 0.95) <= 300,
        ),
    ]


def receiver(folder):
    """The command that receives for the training of a data folder."""
    options = ["--training", "--port", "0", "--per-second", "100000"]
    return [sys.executable, "-m", "pos_app", "--data-dir", str(folder), "notify", *options]


@contextmanager
def listening(command):
    """Run a server while the block runs; yields its address."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().removeprefix("listening on ").strip()
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)


def storm(address, bodies):
    """Send all bodies by some senders at once; notices a second, and each answer's wait in ms."""
    waits_ms = []
    place = urlsplit(address)

    def send(some):
        connection = HTTPConnection(place.hostname, place.port)
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        for body in some:
            began = time.perf_counter()
            connection.request("POST", "/notify/citcon_chop", body, headers)
            assert connection.getresponse().read() == b"ok"
            waits_ms.append((time.perf_counter() - began) * 1000)
        connection.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(send, [bodies[number::SENDERS] for number in range(SENDERS)]))
    return len(bodies) / (time.perf_counter() - began), waits_ms


def pays_to_paid():
    """Let one customer after the other pay as in the demo; ms from the payment to our PAID."""
    with tempfile.TemporaryDirectory() as folder, simulator_process() as simulator:
        paths = DataPaths(Path(folder)).training
        url = {"POS_APP_CITCON_CHOP_BASE_URL": f"{simulator.url.rstrip('/')}/"}
        environ = training_environment({**os.environ, **url}, paths)
        till = build_till(paths, is_training=True, environ=environ)
        beside = receiver_beside(
            paths, till.settings.notify, till.receiving, environ, is_training=True
        )
        till.start()
        beside.start()
        try:
            until(lambda: till.receiving.view().reception is Reception.RUNNING, "the receiver")
            return [_one_payment(till, simulator, number) for number in range(PAYMENTS)]
        finally:
            beside.end()
            till.close()
            beside.wait()


def _one_payment(till, simulator, number):
    is_paid = threading.Event()
    stop = till.events.subscribe(
        lambda event: isinstance(event, ChargeChanged) and event.after.is_paid and is_paid.set()
    )
    sale = Sale((SaleLine("", 1, Money(number + 1, "USD")),))
    made = till.checkout.charge(sale, PaymentMethod.ALIPAY, till.people.everyone()[0].id)
    charge = till.checkout.send(made.id)
    time.sleep(0.5)
    began = time.perf_counter()
    simulator.act(charge.gateway_id, "pay")
    if not is_paid.wait(10):
        raise RuntimeError("a payment was not seen")
    stop()
    return (time.perf_counter() - began) * 1000
