"""Refunds, cancels of paid charges and the list, by the client for CHOP at the pretend Citcon."""

import itertools
import threading
from dataclasses import replace

import httpx
import pytest

from pos_app.config.secrets import Secret
from pos_app.config.settings import ChopSettings
from pos_app.domain.errors import NotSent, OutcomeUnknown
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CancelResult,
    ListedKind,
    PaymentState,
    RefundDone,
    RefundRefusalKind,
    RefusalKind,
)
from pos_app.gateways import citcon_merchant
from pos_app.gateways.citcon_chop.gateway import CitconChop
from pos_app.gateways.tls import Tls
from pos_app.simulator.settings import Settings
from tests.fakes.bare_server import answering, reset, server
from tests.fakes.chop import charge, shown_charge
from tests.fakes.running_simulator import TOKEN, running_simulator

NUMBERS = itertools.count(1)
TLS = Tls()
TEN = Money(1000, "USD")
BODY = (
    b'{"id":"U2-a","transaction_id":"U1-a","refunded":true,"status":"success"}',
    b'{"code":"4071","refunded":false,"status":"Refund amount greater than allowed."}',
)


def client(url, token=TOKEN):
    return CitconChop(ChopSettings(base_url=f"{url}/"), Secret(token), TLS)


class Neighbour:
    """The pretend service's control interface, and a client of it."""

    def __init__(self, url):
        self.url = url
        self.gateway = client(url)
        self._http = httpx.Client(base_url=f"{url}/simulator", trust_env=False)

    def control(self, path, body=None):
        return self._http.post(path, json=body).raise_for_status().json()

    def expect(self, call, fault, **more):
        self.control("behaviour", {"rules": [{"call": call, "fault": fault, **more}]})

    def went_back(self, one):
        """Return the minor units of each refund that the gateway has made."""
        found = self._http.get(f"transactions/{one.gateway_id}").raise_for_status().json()
        return [refund["amount"] for refund in found["refunds"]]

    def waiting(self, **changes):
        """Return a charge whose code is shown."""
        one = charge(reference=f"T1-250712{next(NUMBERS):04d}-K7QX", **changes)
        made = self.gateway.create(one)
        return replace(one, gateway_id=made.gateway_id, code=made.code)

    def paid(self, **changes):
        """Return a charge that was paid, as the till knows it then."""
        one = self.waiting(**changes)
        self.control(f"transactions/{one.gateway_id}/pay")
        answer = self.gateway.inquire(one)
        assert answer.state is PaymentState.PAID
        return replace(one, transaction_id=answer.transaction_id)

    def close(self):
        self.gateway.close()
        self._http.close()


@pytest.fixture(scope="module")
def running():
    with running_simulator() as simulator:
        neighbour = Neighbour(simulator.url)
        yield neighbour
        neighbour.close()


@pytest.fixture
def citcon(running):
    running.control("behaviour", {"rules": []})
    running.control("open-balance", {"unlimited": True})  # a midnight is nobody's failure
    return running


@pytest.mark.parametrize("method", PaymentMethod)
def test_a_charge_is_refunded_in_parts_with_every_method(citcon, method):
    currency = METHODS[method].currency("USD")
    one = citcon.paid(method=method, amount=Money(4250, currency))
    first = citcon.gateway.refund(one, Money(1000, currency), "Wrong size")
    second = citcon.gateway.refund(one, Money(3250, currency), "")
    assert isinstance(first, RefundDone)
    assert isinstance(second, RefundDone)
    assert first.gateway_id != second.gateway_id
    assert citcon.went_back(one) == [1000, 3250]
    again = citcon.gateway.refund(one, Money(1, currency), "x")
    assert (again.kind, again.code) == (RefundRefusalKind.TOO_MUCH, "4071")


def test_q_does_where_the_transaction_id_is_not_known(citcon):
    one = replace(citcon.paid(), transaction_id=None)
    assert isinstance(citcon.gateway.refund(one, TEN, "x"), RefundDone)
    assert citcon.went_back(one) == [1000]


@pytest.mark.parametrize(
    ("method", "currency"), [(PaymentMethod.ALIPAY, "JPY"), (PaymentMethod.KAKAOPAY, "KRW")]
)
def test_a_yen_charge_at_a_hundred_times_its_amount_is_refused_with_4071(citcon, method, currency):
    one = citcon.paid(method=method, amount=Money(4250, currency))
    refused = citcon.gateway.refund(one, Money(425_000, currency), "x")
    assert (refused.kind, refused.code) == (RefundRefusalKind.TOO_MUCH, "4071")
    assert citcon.went_back(one) == []
    assert isinstance(citcon.gateway.refund(one, Money(4250, currency), "x"), RefundDone)


def test_an_unpaid_charge_has_nothing_to_refund(citcon):
    refused = citcon.gateway.refund(citcon.waiting(), TEN, "x")
    assert refused.kind is RefundRefusalKind.TOO_MUCH


@pytest.mark.parametrize("way", ["fault", "empty"])
def test_without_open_balance_nothing_goes_back(citcon, way):
    one = citcon.paid()
    if way == "fault":
        citcon.expect("refund", "no_balance")
    else:
        citcon.control("open-balance", {"unlimited": False})
        citcon.control("open-balance", {"amount": 999, "currency": "USD"})
    refused = citcon.gateway.refund(one, TEN, "x")
    assert (refused.kind, refused.code) == (RefundRefusalKind.NO_BALANCE, "")
    assert citcon.went_back(one) == []


def test_a_refused_request_is_told_from_a_refused_refund(citcon):
    one = citcon.paid()
    citcon.expect("refund", "refused")
    assert citcon.gateway.refund(one, TEN, "x").kind is RefusalKind.OTHER
    stranger = client(citcon.url, "another-token")
    assert stranger.refund(one, TEN, "x").kind is RefusalKind.NOT_SET_UP
    stranger.close()
    assert citcon.went_back(one) == []


def test_a_wallet_that_wants_a_reason_gets_one():
    with running_simulator(Settings(reason_required_for=frozenset({"alipay"}))) as simulator:
        citcon = Neighbour(simulator.url)
        assert isinstance(citcon.gateway.refund(citcon.paid(), TEN, ""), RefundDone)
        citcon.close()


@pytest.mark.parametrize("fault", ["lose_answer", "status_500", "garbage", "truncated"])
def test_a_lost_answer_is_unknown_and_found_in_the_list(citcon, fault):
    one = citcon.paid()
    citcon.expect("refund", fault)
    with pytest.raises(OutcomeUnknown):
        citcon.gateway.refund(one, TEN, f"R-{fault}")
    assert citcon.went_back(one) == [1000]  # once, for it was sent once
    (refund,) = [entry for entry in citcon.gateway.transactions() if entry.note == f"R-{fault}"]
    assert (refund.kind, refund.amount, refund.reference) == (
        ListedKind.REFUND,
        TEN,
        one.reference,
    )


@pytest.mark.parametrize("fault", ["lose_request", "captive_portal"])
def test_a_lost_request_is_unknown_too_and_not_in_the_list(citcon, fault):
    one = citcon.paid()
    citcon.expect("refund", fault)
    with pytest.raises(OutcomeUnknown):
        citcon.gateway.refund(one, TEN, "x")
    assert citcon.went_back(one) == []
    (listed,) = [e for e in citcon.gateway.transactions() if e.reference == one.reference]
    assert listed.refunded == Money(0, "USD")


def test_a_late_answer_is_not_waited_for(citcon, monkeypatch):
    one = citcon.paid()
    monkeypatch.setattr(citcon_merchant, "CHARGE_S", 0.2)
    citcon.expect("refund", "delay", seconds=1)
    with pytest.raises(OutcomeUnknown, match="ReadTimeout"):
        citcon.gateway.refund(one, TEN, "x")
    assert citcon.went_back(one) == [1000]


def test_the_list_tells_charges_and_what_went_back_of_them(citcon):
    one, other = citcon.paid(), citcon.waiting()
    done = citcon.gateway.refund(one, TEN, "Wrong size")
    ours = {one.reference, other.reference}
    listed = [entry for entry in citcon.gateway.transactions() if entry.reference in ours]
    told = [(entry.kind, entry.state, entry.amount, entry.refunded) for entry in listed]
    nothing = Money(0, "USD")
    assert told == [
        (ListedKind.CHARGE, PaymentState.PAID, one.amount, TEN),
        (ListedKind.REFUND, PaymentState.PAID, TEN, nothing),
        (ListedKind.CHARGE, PaymentState.OPEN, other.amount, nothing),
    ]
    assert [entry.transaction_id for entry in listed[:2]] == [one.transaction_id] * 2
    assert (listed[1].gateway_id, listed[1].note) == (done.gateway_id, "Wrong size")


@pytest.mark.parametrize(
    "fault",
    ["lose_request", "lose_answer", "status_500", "garbage", "truncated", "captive_portal"],
)
def test_a_list_that_cannot_be_read_says_nothing_and_may_be_asked_again(citcon, fault):
    one = citcon.waiting()
    citcon.expect("transactions", fault)
    with pytest.raises(OutcomeUnknown):
        citcon.gateway.transactions()
    assert one.reference in {entry.reference for entry in citcon.gateway.transactions()}


def test_a_list_for_a_wrong_token_is_none(citcon):
    stranger = client(citcon.url, "another-token")
    with pytest.raises(OutcomeUnknown, match="isn't known"):
        stranger.transactions()
    stranger.close()


def test_a_long_list_is_read_whole():
    entry = b'{"type":"payment","reference":"A","notify_result":null,"note":"' + b"x" * 250 + b'"}'
    body = b"[" + b",".join([entry] * 8_000) + b"]"
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
    with server(answering(whole, body)) as url:
        gateway = client(url)
        assert len(gateway.transactions()) == 8_000
        gateway.close()


def test_a_paid_charge_is_cancelled_as_a_refund_of_the_whole(citcon):
    one = citcon.paid()
    assert citcon.gateway.cancel(one).result is CancelResult.CANCELLED
    assert citcon.gateway.cancel(one).result is CancelResult.DUPLICATE
    assert citcon.went_back(one) == [4250]
    assert citcon.gateway.refund(one, TEN, "x").kind is RefundRefusalKind.TOO_MUCH
    assert citcon.gateway.inquire(one).state is PaymentState.PAID


@pytest.mark.parametrize("before", ["settled", "refunded"])
def test_what_is_settled_or_partly_refunded_is_not_cancelled(citcon, before):
    one = citcon.paid()
    if before == "settled":
        citcon.control(f"transactions/{one.gateway_id}/settle")
    else:
        citcon.gateway.refund(one, TEN, "x")
    went = citcon.went_back(one)
    assert citcon.gateway.cancel(one).result is CancelResult.FAILED
    assert citcon.went_back(one) == went


def whole_answer(body):
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def request_on(connection):
    """Read one whole request and return its path; None when the other side hung up."""
    text = b""
    while b"\r\n\r\n" not in text:
        if not (piece := connection.recv(65_536)):
            return None
        text += piece
    head, _, body = text.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65_536)
    return head.split(b" ")[1]


def test_a_refund_goes_on_a_connection_of_its_own_and_leaves_the_kept_one():
    answers = {b"/chop/inquire": b'{"type":"payment","notify_result":null}'}
    seen, threads = [], []

    def keep(connection, number):
        with connection:
            connection.settimeout(5)
            while path := request_on(connection):
                seen.append((number, path))
                connection.sendall(whole_answer(answers.get(path, BODY[0])))
            seen.append((number, "ended"))

    def serve(connection):  # one at a time: each is kept in a thread of its own
        thread = threading.Thread(target=keep, args=(connection.dup(), len(threads)))
        threads.append(thread)
        thread.start()

    one = shown_charge(transaction_id="U1-a")
    with server(serve) as url:
        gateway = client(url)
        gateway.inquire(one)
        assert gateway.refund(one, TEN, "x") == RefundDone("U2-a")
        threads[1].join(5)  # the refund's connection ends with it
        gateway.inquire(one)
        gateway.close()
        for thread in threads:
            thread.join(5)
    assert seen == [
        (0, b"/chop/inquire"),
        (1, b"/chop/refund"),
        (1, "ended"),
        (0, b"/chop/inquire"),
        (0, "ended"),
    ]


def refund_at(url):
    gateway = client(url)
    try:
        return gateway.refund(shown_charge(transaction_id="U1-a"), TEN, "x")
    finally:
        gateway.close()


@pytest.mark.parametrize(
    "serve",
    [
        answering(),
        answering(then=reset),
        answering(b"HTTP/1.1 200 OK\r\nConte"),
        answering(whole_answer(BODY[0])[:-2]),
        answering(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"),
        answering(b"HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n"),
        answering(whole_answer(BODY[0].replace(b"success", b"Not refunded"))),
        answering(whole_answer(BODY[1].replace(b"false", b"true"))),
        answering(whole_answer(BODY[0].replace(b"U1-a", b"U9-z"))),
    ],
    ids=[
        "closed without a word",
        "reset",
        "head cut",
        "body cut",
        "bad gateway",
        "redirect",
        "done, and not",
        "refused, and done",
        "another payment",
    ],
)
def test_every_loss_after_the_connection_was_made_is_unknown(serve):
    with server(serve) as url, pytest.raises(OutcomeUnknown):
        refund_at(url)


def test_only_a_connection_that_never_was_proves_that_nothing_was_sent():
    with server(answering()) as url:
        pass
    with pytest.raises(NotSent):
        refund_at(url)
    with pytest.raises(NotSent):
        refund_at("https://no-such-host.example")
    with server(answering(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as url, pytest.raises(NotSent):
        refund_at(url.replace("http:", "https:"))


def test_a_closed_gateway_sends_no_refund(citcon):
    one = citcon.paid()
    gateway = client(citcon.url)
    gateway.close()
    with pytest.raises(NotSent, match="closing"):
        gateway.refund(one, TEN, "x")
    assert citcon.went_back(one) == []


def test_refunds_of_many_threads_at_once_each_go_back_once(citcon):
    charges = [citcon.paid() for _ in range(6)]
    answers = {}

    def refund(one):
        answers[one.reference] = citcon.gateway.refund(one, TEN, one.reference)

    threads = [threading.Thread(target=refund, args=(one,)) for one in charges]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert all(isinstance(answer, RefundDone) for answer in answers.values())
    assert [citcon.went_back(one) for one in charges] == [[1000]] * 6
