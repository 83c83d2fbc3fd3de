import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from pos_app.config.secrets import SecretStore
from pos_app.config.settings import CHOP_TOKEN
from pos_app.domain.errors import GatewayNotSetUp, NotSent, OutcomeUnknown
from pos_app.domain.outcomes import ConnectionCheck
from pos_app.gateways.directory import GatewayFactory
from pos_app.services.doctor import gateways
from pos_app.services.doctor.verdicts import Level

NOW = datetime(2026, 7, 12, 10, 0, tzinfo=UTC)
FAR = "https://pay.example/"
HERE = "http://127.0.0.1:1/"


class FakeGateway:
    name = "Citcon"

    def __init__(self, answer):
        self.answer = answer
        self.is_closed = False

    def check_connection(self):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def close(self):
        self.is_closed = True


def asked(answer, address=FAR):
    gateway = FakeGateway(answer)
    found = gateways.gateway(GatewayFactory("x", "Citcon", frozenset(), lambda: gateway), address)
    assert gateway.is_closed
    return found


@contextmanager
def service_at(date):
    """A payment service whose clock says `date`."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            seen.append(dict(self.headers))
            self.send_response_only(404)
            if date:
                self.send_header("Date", date)
            self.end_headers()

        def log_message(self, *words):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", seen
        thread.join(10)


def test_an_answer_with_a_known_token_is_fine():
    found = asked(ConnectionCheck(is_token_known=True, took_s=0.123))
    assert found.level is Level.OK
    assert "123 ms" in found.text


def test_a_service_on_this_computer_is_no_real_one():
    assert asked(ConnectionCheck(is_token_known=True, took_s=0), HERE).level is Level.WARNING


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (ConnectionCheck(is_token_known=False, took_s=0, text="bad token"), "bad token"),
        (NotSent("Citcon can't be reached."), "can't be reached"),
        (OutcomeUnknown("Citcon gave no answer."), "no answer"),
    ],
)
def test_whatever_keeps_it_from_charging_is_trouble_with_advice(answer, words):
    found = asked(answer)
    assert found.level is Level.TROUBLE
    assert words in found.text
    assert found.advice


def test_a_missing_token_is_the_tokens_trouble_alone():
    def no_token():
        raise GatewayNotSetUp("There is no token.")

    found = gateways.gateway(GatewayFactory("x", "Citcon", frozenset(), no_token), FAR)
    assert found.level is Level.SKIPPED


class Kept:
    """A keyring that holds, or does not hold, the token."""

    def __init__(self, kept):
        self.kept = kept

    def get_password(self, service, account):
        return self.kept


@pytest.mark.parametrize(
    ("environ", "kept", "filed", "level"),
    [
        ({"POS_APP_CITCON_CHOP_TOKEN": "sesame-sesame"}, None, False, Level.OK),
        ({}, "sesame-sesame", False, Level.OK),
        ({}, None, True, Level.WARNING),
        ({}, None, False, Level.TROUBLE),
    ],
)
def test_it_says_where_the_token_is_and_never_the_token(environ, kept, filed, level, tmp_path):
    file = tmp_path / "secrets.json"
    if filed:
        file.write_text('{"citcon_chop.token": "sesame-sesame"}')
    found = gateways.token(CHOP_TOKEN, "Citcon", SecretStore(file, environ, lambda: Kept(kept)))
    assert found.level is level
    assert "sesame" not in f"{found.text}{found.advice}"


@pytest.mark.parametrize(
    ("off_s", "level", "words"),
    [
        (0, Level.OK, "as at the payment service"),
        (59, Level.OK, "as at the payment service"),
        (-59, Level.OK, "as at the payment service"),
        (61, Level.TROUBLE, "61 seconds ahead of"),
        (-86_400, Level.TROUBLE, "86400 seconds behind"),
    ],
)
def test_the_clock_is_compared_with_the_payment_services(off_s, level, words):
    there = format_datetime(NOW - timedelta(seconds=off_s), usegmt=True)
    with service_at(there) as (address, _):
        found = gateways.clock(address, lambda: NOW)
    assert (found.level, words in found.text) == (level, True)


@pytest.mark.parametrize("date", ["", "yesterday"])
def test_a_service_that_tells_no_time_is_not_compared_with(date):
    with service_at(date) as (address, _):
        assert gateways.clock(address, lambda: NOW).level is Level.SKIPPED


def test_asking_for_the_time_carries_no_token():
    with service_at("") as (address, seen):
        gateways.clock(address, lambda: NOW)
    assert "authorization" not in {name.lower() for name in seen[0]}


def test_no_service_no_comparison():
    assert gateways.clock(HERE, lambda: NOW).level is Level.SKIPPED
