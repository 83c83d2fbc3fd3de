"""The client for CHOP against the pretend Citcon in another process, and against bare sockets."""

import itertools
import ssl
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace

import httpx
import pytest

from pos_app.config.secrets import Secret
from pos_app.config.settings import ChopSettings
from pos_app.domain.errors import NotSent, OutcomeUnknown
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import CancelResult, PaymentState, RefusalKind
from pos_app.gateways import citcon_merchant
from pos_app.gateways.citcon_chop.gateway import CitconChop
from pos_app.gateways.tls import Tls
from tests.fakes.bare_server import answering, reset, server
from tests.fakes.certificate import write_certificate
from tests.fakes.chop import charge, shown_charge

NUMBERS = itertools.count(1)
TLS = Tls()
TOKEN = Secret("training-token")


class Simulator:
    """The pretend service as a neighbour: its address, and its control interface."""

    def __init__(self, url):
        self.url = url
        self._client = httpx.Client(base_url=url, trust_env=False)

    def expect(self, call, fault, **more):
        self.control("behaviour", {"rules": [{"call": call, "fault": fault, **more}]})

    def control(self, path, body=None):
        return self._client.post(f"/simulator/{path}", json=body).raise_for_status().json()

    def payments(self, reference):
        answer = self._client.get("/simulator/transactions", params={"reference": reference})
        return answer.raise_for_status().json()["transactions"]

    def close(self):
        self._client.close()


@pytest.fixture(scope="module")
def running():
    process = subprocess.Popen(
        [sys.executable, "-m", "pos_app", "simulator", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        simulator = Simulator(process.stdout.readline().removeprefix("listening on ").strip())
        yield simulator
        simulator.close()
    finally:
        process.kill()
        process.communicate(timeout=10)


@pytest.fixture
def simulator(running):
    running.control("behaviour", {"rules": []})
    return running


def client(url, token=TOKEN, **settings):
    return CitconChop(ChopSettings(base_url=f"{url}/", **settings), token, TLS)


@pytest.fixture
def gateway(simulator):
    gateway = client(simulator.url)
    yield gateway
    gateway.close()


@pytest.fixture
def new():
    """Return a charge with a reference that no other test has."""
    return charge(reference=f"T1-250712{next(NUMBERS):04d}-K7QX")


def created(gateway, new):
    made = gateway.create(new)
    return replace(new, gateway_id=made.gateway_id, code=made.code)


@pytest.mark.parametrize("method", PaymentMethod)
def test_a_charge_is_created_paid_and_seen_with_every_method(simulator, gateway, new, method):
    amount = Money(425_000, METHODS[method].currency("USD"))
    waiting = created(gateway, replace(new, method=method, amount=amount))
    answer = gateway.inquire(waiting)
    assert (answer.state, answer.amount) == (PaymentState.OPEN, amount)

    simulator.control(f"transactions/{waiting.gateway_id}/pay")
    answer = gateway.inquire(waiting)
    assert answer.state is PaymentState.PAID
    assert answer.is_charge
    assert (answer.amount, answer.reference, answer.method) == (
        amount,
        waiting.reference,
        method.value,
    )
    assert answer.transaction_id
    assert answer.time_text


def test_the_code_is_an_address_where_the_customer_pays(gateway, new):
    page = httpx.get(created(gateway, new).code, trust_env=False)
    assert page.status_code == 200
    assert "42.50" in page.text


def test_an_expired_code_is_told(simulator, gateway, new):
    waiting = created(gateway, new)
    simulator.control(f"transactions/{waiting.gateway_id}/expire")
    assert gateway.inquire(waiting).state is PaymentState.EXPIRED


def test_a_wallets_no_leaves_the_code_open(simulator, gateway, new):
    waiting = created(gateway, new)
    simulator.control(f"transactions/{waiting.gateway_id}/decline")
    assert gateway.inquire(waiting).state is PaymentState.OPEN


def test_a_cancel_closes_an_unpaid_charge_and_a_second_one_is_a_duplicate(gateway, new):
    waiting = created(gateway, new)
    assert gateway.cancel(waiting).result is CancelResult.CANCELLED
    assert gateway.cancel(waiting).result is CancelResult.DUPLICATE
    assert gateway.inquire(waiting).state is PaymentState.EXPIRED


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        ("cancel_outside_window", CancelResult.NOT_IN_WINDOW),
        ("cancel_failed", CancelResult.FAILED),
    ],
)
def test_a_refused_cancel_changes_nothing(simulator, gateway, new, fault, result):
    waiting = created(gateway, new)
    simulator.expect("cancel", fault)
    assert gateway.cancel(waiting).result is result
    assert gateway.inquire(waiting).state is PaymentState.OPEN


@pytest.mark.parametrize("fault", ["lose_answer", "status_500", "garbage", "truncated"])
def test_a_lost_answer_and_the_same_charge_again_make_one_payment(simulator, gateway, new, fault):
    simulator.expect("charge", fault)
    with pytest.raises(OutcomeUnknown):
        gateway.create(new)
    again = gateway.create(new)
    (payment,) = simulator.payments(new.reference)
    assert payment["q"] == again.gateway_id


@pytest.mark.parametrize("fault", ["lose_request", "captive_portal"])
def test_a_lost_request_is_unknown_too_and_may_be_sent_again(simulator, gateway, new, fault):
    simulator.expect("charge", fault)
    with pytest.raises(OutcomeUnknown):
        gateway.create(new)
    assert simulator.payments(new.reference) == []
    gateway.create(new)
    assert len(simulator.payments(new.reference)) == 1


@pytest.mark.parametrize("call", ["inquire", "cancel"])
@pytest.mark.parametrize("fault", ["lose_answer", "status_500", "garbage", "truncated"])
def test_an_unreadable_answer_to_the_other_calls_is_unknown(simulator, gateway, new, call, fault):
    waiting = created(gateway, new)
    simulator.expect(call, fault)
    with pytest.raises(OutcomeUnknown):
        getattr(gateway, call)(waiting)
    getattr(gateway, call)(waiting)


def test_a_late_answer_is_not_waited_for(simulator, gateway, new, monkeypatch):
    waiting = created(gateway, new)
    monkeypatch.setattr(citcon_merchant, "INQUIRE_S", 0.2)
    simulator.expect("inquire", "delay", seconds=1)
    with pytest.raises(OutcomeUnknown, match="ReadTimeout"):
        gateway.inquire(waiting)


def test_what_does_not_agree_is_passed_on_for_the_charge_to_compare(simulator, gateway, new):
    waiting = created(gateway, new)
    simulator.expect("inquire", "wrong_amount")
    assert gateway.inquire(waiting).amount != waiting.amount
    simulator.expect("inquire", "wrong_reference")
    assert gateway.inquire(waiting).reference != waiting.reference


def test_a_wrong_token_is_refused_and_told(simulator, new):
    gateway = client(simulator.url, Secret("some-other-token"))
    assert gateway.create(new).kind is RefusalKind.NOT_SET_UP
    assert not gateway.check_connection().is_token_known
    gateway.close()
    assert simulator.payments(new.reference) == []


def test_another_refusal_is_not_about_the_token(simulator, gateway, new):
    simulator.expect("charge", "refused")
    refused = gateway.create(new)
    assert refused.kind is RefusalKind.OTHER
    assert refused.text


def test_a_good_connection_is_told_without_creating_anything(gateway):
    check = gateway.check_connection()
    assert check.is_token_known
    assert 0 < check.took_s < 5


def test_calls_of_many_threads_at_once_do_not_mix(gateway, new):
    waiting = [
        created(gateway, replace(new, reference=f"{new.reference[:-1]}{letter}"))
        for letter in "ABCDEFGH"
    ]
    seen = {}

    def ask(one):
        seen[one.reference] = [gateway.inquire(one).reference for _ in range(10)]

    threads = [threading.Thread(target=ask, args=(one,)) for one in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert seen == {one.reference: [one.reference] * 10 for one in waiting}


def asked(url):
    """Return what prevented an inquire at `url`."""
    gateway = client(url)
    try:
        with pytest.raises((NotSent, OutcomeUnknown)) as caught:
            gateway.inquire(shown_charge())
        return caught.value
    finally:
        gateway.close()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"


@pytest.mark.parametrize(
    "serve",
    [
        answering(),
        answering(then=reset),
        answering(b"HTTP/1.1 200 OK\r\nConte"),
        answering(HEAD, b'{"type":"payment"'),
        answering(HEAD, b'{"type":"payment"', then=reset),
        answering(b"SSH-2.0-OpenSSH_9.9\r\n\r\n"),
        answering(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        answering(b"HTTP/1.1 204 No Content\r\n\r\n"),
        answering(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain"),
    ],
    ids=[
        "closed without a word",
        "reset after the request",
        "head cut",
        "body cut",
        "body reset",
        "another protocol",
        "broken chunks",
        "empty",
        "broken compression",
    ],
)
def test_a_connection_that_breaks_after_it_was_made_is_unknown(serve):
    with server(serve) as url:
        assert isinstance(asked(url), OutcomeUnknown)


def test_a_connection_that_is_reset_at_once_is_no_answer():
    """Whether before our first byte or after it, only the system knows."""
    with server(reset) as url:
        assert isinstance(asked(url), NotSent | OutcomeUnknown)


def test_a_kept_connection_that_died_meanwhile_does_no_harm():
    body = b'{"type":"payment","notify_result":null}'
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    with server(answering(whole)) as url:  # keeps no connection, though it promises to
        gateway = client(url)
        for _ in range(3):
            try:
                assert gateway.inquire(shown_charge()).state is PaymentState.OPEN
            except OutcomeUnknown:
                continue  # it was sent into the closing connection: nobody can tell
        gateway.close()


def test_a_refused_connection_was_not_sent():
    with server(answering()) as url:
        pass
    assert isinstance(asked(url), NotSent)


def test_a_host_without_an_address_was_not_sent():
    trouble = asked("https://no-such-host.example")
    assert isinstance(trouble, NotSent)
    assert "can't be reached" in str(trouble)


def test_tls_that_does_not_come_to_be_was_not_sent():
    with server(answering(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as url:
        assert isinstance(asked(url.replace("http:", "https:")), NotSent)


@pytest.fixture
def certificate(tmp_path):
    return write_certificate(tmp_path / "certificate.pem")


@contextmanager
def tls_server(certificate, seen):
    """Listen with TLS and keep in `seen` what came through it; gives the address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def serve(connection):
        try:
            with context.wrap_socket(connection, server_side=True) as safe:
                seen.append(safe.recv(65_536))
        except OSError:
            return

    with server(serve) as url:
        yield url.replace("http:", "https:")


def test_a_certificate_that_nobody_vouches_for_gets_no_token(certificate):
    seen = []
    with tls_server(certificate, seen) as url:
        trouble = asked(url)
    assert isinstance(trouble, NotSent)
    assert "CERTIFICATE_VERIFY_FAILED" in str(trouble)
    assert b"Bearer" not in b"".join(seen)


def test_a_store_can_name_whom_it_trusts(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    seen = []
    with tls_server(certificate, seen) as url:
        gateway = CitconChop(ChopSettings(base_url=f"{url}/"), TOKEN, Tls())
        with pytest.raises(OutcomeUnknown):  # it listens, and closes without an answer
            gateway.inquire(shown_charge())
        gateway.close()
    assert b"Bearer training-token" in b"".join(seen)
