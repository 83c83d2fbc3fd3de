import socket
import traceback

import httpx
import pytest

from pos_app.domain.errors import GatewayNotSetUp, NotSent, OutcomeUnknown
from pos_app.gateways.http import MAX_BODY, GatewayHttp
from pos_app.gateways.tls import Tls

TOKEN = "9F3A81C2E0D5471B"
TLS = Tls()


def http(answer, url="https://uat.citconpay.com/"):
    """Return a client whose network is the function `answer`."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return GatewayHttp("Citcon", url, headers, TLS, httpx.MockTransport(answer))


def post(answer):
    client = http(answer)
    try:
        return client.post_form("chop/chop", {"a": "1"}, 10)
    finally:
        client.close()


def failing(error):
    def answer(request):
        raise error

    return answer


def test_a_form_goes_out_with_the_token_and_its_answer_comes_back():
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(200, content=b"fine")

    client = http(answer)
    assert client.post_form("chop/chop", {"reference": "A-1 & B", "amount": "5"}, 10) == b"fine"
    client.close()
    (request,) = seen
    assert (request.method, str(request.url)) == ("POST", "https://uat.citconpay.com/chop/chop")
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.content == b"reference=A-1+%26+B&amount=5"
    assert request.extensions["timeout"] == {"connect": 3, "pool": 3, "read": 10, "write": 10}


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("[Errno 111] Connection refused"),
        httpx.ConnectError("[Errno -2] Name or service not known"),
        httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]"),
        httpx.ConnectTimeout("timed out"),
        httpx.PoolTimeout("timed out"),
        httpx.ProxyError("407 Proxy Authentication Required"),
    ],
)
def test_without_a_connection_nothing_was_sent(error):
    with pytest.raises(NotSent, match="Citcon can't be reached") as caught:
        post(failing(error))
    assert str(error) in str(caught.value)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout("timed out"),
        httpx.WriteTimeout("timed out"),
        httpx.ReadError("[Errno 104] Connection reset by peer"),
        httpx.WriteError("[Errno 32] Broken pipe"),
        httpx.CloseError("closed"),
        httpx.RemoteProtocolError("peer closed connection without sending complete message body"),
        httpx.LocalProtocolError("odd"),
        httpx.DecodingError("not gzip"),
    ],
)
def test_whatever_fails_later_may_have_been_carried_out(error):
    with pytest.raises(OutcomeUnknown, match="Citcon gave no answer"):
        post(failing(error))


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 403, 404, 429, 500, 502, 503, 504])
def test_any_status_but_success_may_have_been_carried_out(status):
    def answer(request):
        headers = {"location": "https://portal.example/"} if status < 400 else {}
        return httpx.Response(status, headers=headers, json={"result": "fail", "error": "token"})

    with pytest.raises(OutcomeUnknown, match=f"HTTP {status}"):
        post(answer)


def test_a_redirect_is_not_followed():
    hosts = []

    def answer(request):
        hosts.append(request.url.host)
        return httpx.Response(307, headers={"location": "https://portal.example/"})

    with pytest.raises(OutcomeUnknown):
        post(answer)
    assert hosts == ["uat.citconpay.com"]


def test_an_answer_may_have_a_mebibyte_and_no_more():
    assert len(post(lambda request: httpx.Response(200, content=bytes(MAX_BODY)))) == MAX_BODY
    with pytest.raises(OutcomeUnknown, match="far too long"):
        post(lambda request: httpx.Response(200, content=bytes(MAX_BODY + 1)))


def test_a_list_may_be_longer_when_it_is_asked_for():
    client = http(lambda request: httpx.Response(200, content=bytes(MAX_BODY + 1)))
    assert len(client.get("list", 10, MAX_BODY + 1)) == MAX_BODY + 1
    with pytest.raises(OutcomeUnknown, match="far too long"):
        client.get("list", 10)
    client.close()


def test_a_question_goes_out_with_the_token_and_without_a_form():
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(200, content=b"[]")

    client = http(answer)
    assert client.get("chop/transactions", 30) == b"[]"
    client.close()
    (request,) = seen
    assert (request.method, str(request.url)) == (
        "GET",
        "https://uat.citconpay.com/chop/transactions",
    )
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.content == b""
    assert request.extensions["timeout"] == {"connect": 3, "pool": 3, "read": 30, "write": 30}


@pytest.mark.parametrize("way", ["post_form_afresh", "get"])
@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectError("refused"), NotSent),
        (httpx.ConnectTimeout("timed out"), NotSent),
        (httpx.ReadTimeout("timed out"), OutcomeUnknown),
        (httpx.WriteError("broken"), OutcomeUnknown),
        (httpx.RemoteProtocolError("cut"), OutcomeUnknown),
    ],
)
def test_every_way_of_asking_tells_what_was_not_sent_from_what_is_unknown(way, error, expected):
    client = http(failing(error))
    rest = ({}, 10) if way == "post_form_afresh" else (10,)
    with pytest.raises(expected):
        getattr(client, way)("chop/refund", *rest)
    client.close()


def test_asking_afresh_is_an_ordinary_form_that_goes_out_once():
    seen = []

    def answer(request):
        seen.append((request.method, request.url.path, request.content, request.headers))
        return httpx.Response(500)

    client = http(answer)
    with pytest.raises(OutcomeUnknown, match="HTTP 500"):
        client.post_form_afresh("chop/refund", {"amount": "5"}, 10)
    client.close()
    ((method, path, content, headers),) = seen
    assert (method, path, content) == ("POST", "/chop/refund", b"amount=5")
    assert headers["authorization"] == f"Bearer {TOKEN}"


def test_asking_afresh_shares_the_tls_context():
    class CountingTls(Tls):
        def __init__(self):
            super().__init__()
            self.given = []

        def context(self):
            self.given.append(super().context())
            return self.given[-1]

    tls = CountingTls()
    client = GatewayHttp("Citcon", "https://127.0.0.1:1/", {}, tls)
    client.warm_up()
    for _ in range(2):
        with pytest.raises(NotSent):
            client.post_form_afresh("a", {}, 5)
    client.close()
    assert len(tls.given) == 3
    assert len(set(map(id, tls.given))) == 1


def test_an_answer_that_does_not_end_is_given_up(monkeypatch):
    now = iter(range(0, 100, 4))
    monkeypatch.setattr("pos_app.gateways.http.time.monotonic", lambda: next(now))

    def drip():
        for _ in range(1000):
            yield b" "

    with pytest.raises(OutcomeUnknown, match="did not end"):
        post(lambda request: httpx.Response(200, content=drip()))


def test_a_broken_compression_is_no_answer():
    def answer(request):
        return httpx.Response(200, headers={"content-encoding": "gzip"}, content=iter([b"plain"]))

    with pytest.raises(OutcomeUnknown):
        post(answer)


def test_cookies_are_not_kept():
    cookies = []

    def answer(request):
        cookies.append(request.headers.get("cookie"))
        return httpx.Response(200, headers={"set-cookie": "who=till; Path=/"})

    client = http(answer)
    client.post_form("a", {}, 5)
    client.post_form("a", {}, 5)
    client.close()
    assert cookies == [None, None]


def test_neither_the_client_nor_a_traceback_shows_the_token():
    client = http(failing(httpx.ReadTimeout("timed out")))
    with pytest.raises(OutcomeUnknown) as caught:
        client.post_form("chop/chop", {}, 10)
    client.close()
    shown = "".join(traceback.format_exception(caught.value)) + repr(client)
    assert "ReadTimeout" in shown
    assert TOKEN not in shown


def test_after_closing_nothing_is_sent():
    client = http(lambda request: httpx.Response(200))
    client.warm_up()
    client.close()
    client.close()
    for ask in (
        lambda: client.post_form("a", {}, 5),
        lambda: client.post_form_afresh("a", {}, 5),
        lambda: client.get("a", 5),
    ):
        with pytest.raises(NotSent, match="closing"):
            ask()


def test_an_address_that_the_http_library_refuses_is_not_set_up():
    client = http(lambda request: httpx.Response(200), url="https://" + "a" * 64 + ".example\x7f/")
    with pytest.raises(GatewayNotSetUp):
        client.warm_up()
    with pytest.raises(GatewayNotSetUp):
        client.post_form_afresh("a", {}, 5)


@pytest.fixture
def proxied(monkeypatch):
    """Name a proxy that nobody runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name.lower(), raising=False)
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)


def test_a_far_gateway_is_asked_through_the_stores_proxy(proxied):
    client = GatewayHttp("Citcon", "https://uat.citconpay.com/", {}, TLS)
    with pytest.raises(NotSent, match="refused"):  # a direct try would fail at the host's name
        client.post_form("a", {}, 5)
    client.close()


def test_a_gateway_on_this_computer_is_never_asked_through_a_proxy(proxied):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = GatewayHttp("Citcon", f"http://127.0.0.1:{listener.getsockname()[1]}/", {}, TLS)
        with pytest.raises(OutcomeUnknown, match="ReadTimeout"):  # it listens, and says nothing
            client.post_form("a", {}, 0.05)
        client.close()


def test_the_tls_context_is_made_once():
    tls = Tls()
    assert tls.context() is tls.context()
