"""How a register becomes a terminal, and what it asks when a cancel is refused."""

import json
from urllib.parse import parse_qs

import httpx
import pytest

from pos_app.config.secrets import Secret
from pos_app.config.settings import InStoreSettings
from pos_app.domain.errors import GatewayNotSetUp, NoticeRefusedError, OutcomeUnknown
from pos_app.domain.outcomes import CancelResult
from pos_app.gateways.citcon_instore.gateway import CitconInStore, activate
from pos_app.gateways.tls import Tls
from tests.fakes.chop import charge

TLS = Tls()
SETTINGS = InStoreSettings(store_code="store-7")


class FakeCitcon:
    """Remembers what it was asked, and answers by path."""

    def __init__(self, **answers):
        self.answers = answers
        self.asked = []

    def __call__(self, request):
        name = request.url.path.rpartition("/")[2]
        form = parse_qs(request.content.decode())
        self.asked.append((name, {key: one for key, (one,) in form.items()}))
        return httpx.Response(200, content=json.dumps(self.answers[name]).encode())


def activated(citcon):
    return activate(InStoreSettings(), "store-7", TLS, httpx.MockTransport(citcon))


def test_a_register_is_activated_with_its_store_code():
    citcon = FakeCitcon(initialize={"result": "success", "token": "terminal-1"})
    assert activated(citcon) == Secret("terminal-1")
    assert citcon.asked == [("initialize", {"store_code": "store-7"})]


def test_a_store_code_in_use_says_so():
    text = "Token was occupied (C-I0)\nContact service provider"
    with pytest.raises(GatewayNotSetUp, match="C-I0"):
        activated(FakeCitcon(initialize={"result": "fail", "error_message": text}))


def test_an_activation_without_an_answer_may_have_used_the_code_up():
    with pytest.raises(OutcomeUnknown):
        activated(FakeCitcon(initialize=[]))


WRONG_STATE = {"result": "fail", "error_message": "Order Status Error (C-A2)\nCheck it"}


@pytest.mark.parametrize(
    ("now", "result"),
    [
        ({"result": "success", "code": "09", "total": 4250}, CancelResult.FAILED),
        ({"result": "fail", "code": "D1", "error_message": "No such"}, CancelResult.FAILED),
        ({"result": "success", "code": "00", "total": 4250}, CancelResult.DUPLICATE),
        ({"result": "fail", "code": "P3", "total": 4250}, CancelResult.DUPLICATE),
    ],
)
def test_a_cancel_in_the_wrong_state_asks_how_it_stands(now, result):
    citcon = FakeCitcon(cancel=WRONG_STATE, inquire=now)
    gateway = CitconInStore(SETTINGS, Secret("terminal-1"), TLS, httpx.MockTransport(citcon))
    assert gateway.cancel(charge(gateway_id="U1")).result is result
    assert [name for name, _ in citcon.asked] == ["cancel", "inquire"]
    gateway.close()


def test_it_knows_no_notices():
    gateway = CitconInStore(SETTINGS, Secret("terminal-1"), TLS)
    with pytest.raises(NoticeRefusedError):
        gateway.read_notice({"id": "U1"})


def test_the_store_code_is_not_shown():
    assert "store-7" not in repr(SETTINGS)
