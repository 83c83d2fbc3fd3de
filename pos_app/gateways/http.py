"""HTTP for the gateways: one client each, and what a failure means for the money.

What prevented an answer becomes one of two errors (design.md, section 3). `NotSent`: the
connection never came to be, so nothing happened. `OutcomeUnknown`: everything else that is no
readable answer. An answer with 4xx is unknown, too, even one with the gateway's own words in it:
the gateway says no with 200 (citcon.md, "Hosts and conventions"), so whatever says 4xx may be
something in between, and a create that is sent again costs nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit

import httpx

from pos_app import __version__
from pos_app.config.kinds import is_loopback
from pos_app.domain.errors import GatewayNotSetUp, NotSent, OutcomeUnknown
from pos_app.domain.gateways import Missing
from pos_app.gateways.tls import Tls

CONNECT_S = 3.0
"""For connecting, and for waiting for a free connection."""
CHARGE_S = 10.0
"""For the answer to a request that may move money: charge, refund, cancel."""
TAKE_S = 60.0
"""For the answer to a customer's code, which waits for the customer's password."""
INQUIRE_S = 5.0
"""For the answer to a question."""
LIST_S = 30.0
"""For a list of everything that the gateway knows."""
MAX_BODY = 1 << 20
"""Bytes. Answers have some hundred."""
MAX_LIST = 32 << 20
"""Bytes. Each entry of a list has some three hundred."""
KEEPALIVE_S = 75.0
"""Above the slowest question: of a waiting charge 30 s and its jitter (speed.md), of an idle till
a minute, so that the next charge finds an open connection."""
MAX_CONNECTIONS = 32

_NOT_SENT = (
    httpx.ConnectError,  # refused, no such host, no route, TLS
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,  # the proxy did not let us through to the gateway
    httpx.UnsupportedProtocol,
)


class GatewayHttp:
    """The HTTP client of one gateway, for the life of the program. Thread-safe.

    Nothing is followed, repeated or remembered: no redirects, no retries, no cookies. A gateway
    on this computer is never asked through a proxy, so that a token without TLS does not leave
    it; one elsewhere is asked through the proxy that the system or the environment names, which
    sees no more than its host. Looking up the host's name has no time-out of ours.
    """

    def __init__(
        self,
        name: str,
        base_url: str,
        headers: Mapping[str, str],
        tls: Tls,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Keep what is needed; the client itself is made by `warm_up` or the first request.

        Args:
            name: the gateway's name for people, for the errors' sentences.
            base_url: ends with a slash.
            headers: sent with every request; may carry the token.
            tls: shared by all gateways.
            transport: instead of the network, for tests.
        """
        self._name = name
        self._base_url = base_url
        self._headers = dict(headers)
        self._tls = tls
        self._transport = transport
        self._lock = threading.Lock()
        self._client: httpx.Client | None = None
        self._is_closed = False

    def __repr__(self) -> str:
        return f"GatewayHttp({self._name!r}, {self._base_url!r})"

    def warm_up(self) -> None:
        """Make the client, which takes some 20 ms: not on the GUI thread. Sends nothing."""
        self._open()

    def post_form(
        self, path: str, form: Mapping[str, str], read_s: float, max_body: int = MAX_BODY
    ) -> bytes:
        """Post `form` to `path` and return the body of the answer; blocks.

        Args:
            path: without a slash in front.
            form: names and values, sent url-encoded.
            read_s: how long to wait for the answer, and then again for its end.
            max_body: the longest body that is read, in bytes.

        Raises:
            NotSent: it never reached the gateway. Money: nothing happened; safe to repeat.
            OutcomeUnknown: there is no readable answer. Money: it may have been carried out.
            GatewayNotSetUp: the address is none. Money: nothing was sent.
        """
        return self._ask(self._open(), _Request("POST", path, dict(form)), read_s, max_body)

    def post_form_afresh(self, path: str, form: Mapping[str, str], read_s: float) -> bytes:
        """Do as `post_form` does, on a connection made for this request alone.

        For what must not be sent twice (design.md, section 3): when a kept connection breaks, it
        cannot be told whether the request went through it; one that never came to be is proof.
        The TLS context is the shared one. Takes a round trip or two longer. Raises the same.
        """
        self._refuse_if_closed()
        with self._usable_client() as client:
            return self._ask(client, _Request("POST", path, dict(form)), read_s)

    def get(self, path: str, read_s: float, max_body: int = MAX_BODY) -> bytes:
        """Get `path` and return the body of the answer; blocks. For questions only.

        Args:
            path: without a slash in front.
            read_s: how long to wait for the answer, and then again for its end.
            max_body: the longest body that is read, in bytes.

        Raises:
            NotSent: it never reached the gateway.
            OutcomeUnknown: there is no readable answer.
            GatewayNotSetUp: the address is none.
        """
        return self._ask(self._open(), _Request("GET", path), read_s, max_body)

    def fetch(self, address: str, read_s: float, max_body: int) -> bytes:
        """Get what is at an absolute address that the gateway has told, without our token.

        Args:
            address: https, or on this computer: the caller has looked.
            read_s: how long to wait for it, and then again for its end.
            max_body: the longest body that is read, in bytes.

        Raises:
            OutcomeUnknown: it could not be fetched, whatever the reason: what was asked before
                has happened.
        """
        self._refuse_if_closed()
        try:
            with self._new_client(address, {}) as client:
                return self._ask(client, _Request("GET", address), read_s, max_body)
        except (NotSent, httpx.InvalidURL) as error:
            raise OutcomeUnknown(f"{self._name}'s picture can't be fetched: {error}") from error

    def close(self) -> None:
        """Drop the connections; later requests are NotSent. May be repeated."""
        with self._lock:
            client, self._client, self._is_closed = self._client, None, True
        if client is not None:
            client.close()

    def _open(self) -> httpx.Client:
        with self._lock:
            self._refuse_if_closed()
            if self._client is None:
                self._client = self._usable_client()
            return self._client

    def _refuse_if_closed(self) -> None:
        if self._is_closed:
            raise NotSent(f"{self._name} isn't asked any more: the program is closing.")

    def _usable_client(self) -> httpx.Client:
        try:
            return self._new_client(self._base_url, self._headers)
        except httpx.InvalidURL as error:
            raise GatewayNotSetUp(f"The address of {self._name} can't be used.") from error

    def _new_client(self, base_url: str, headers: Mapping[str, str]) -> httpx.Client:
        return httpx.Client(
            base_url=base_url,
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                "User-Agent": f"QR-Till/{__version__}",
                **headers,
            },
            verify=self._tls.context(),
            trust_env=not is_loopback(urlsplit(base_url).hostname or ""),
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            limits=httpx.Limits(max_connections=MAX_CONNECTIONS, keepalive_expiry=KEEPALIVE_S),
            transport=self._transport,
        )

    def _ask(
        self, client: httpx.Client, request: _Request, read_s: float, max_body: int = MAX_BODY
    ) -> bytes:
        patience = httpx.Timeout(read_s, connect=CONNECT_S, pool=CONNECT_S)
        try:
            with _sent(client, request, patience) as answer:
                if not answer.is_success:
                    raise self._unreadable(f"it answered with HTTP {answer.status_code}")
                return self._body(answer, read_s, max_body)
        except _NOT_SENT as error:
            raise NotSent(f"{self._name} can't be reached ({_why(error)}).") from error
        except httpx.HTTPError as error:
            raise OutcomeUnknown(f"{self._name} gave no answer ({_why(error)}).") from error

    def _body(self, answer: httpx.Response, read_s: float, max_body: int) -> bytes:
        ends_at = time.monotonic() + read_s  # each byte alone would renew the read time-out
        body = bytearray()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > max_body:
                raise self._unreadable("its answer is far too long")
            if time.monotonic() > ends_at:
                raise self._unreadable("its answer did not end")
        return bytes(body)

    def _unreadable(self, why: str) -> OutcomeUnknown:
        return OutcomeUnknown(f"{self._name} gave no readable answer: {why}.")


def for_header(token: str, gateway_name: str) -> str:
    """Return a token as a header takes it.

    Checked here because the HTTP library's own error would show the token.

    Raises:
        GatewayNotSetUp: it has characters that no header takes.
    """
    if not (token.isascii() and token.isprintable()) or " " in token:
        sentence = f"The token for {gateway_name} has characters that no token has."
        raise GatewayNotSetUp(sentence, Missing.USABLE_TOKEN)
    return token


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked; `form` is None for a question without one."""

    method: str
    path: str
    form: dict[str, str] | None = None


@contextmanager
def _sent(
    client: httpx.Client, request: _Request, patience: httpx.Timeout
) -> Iterator[httpx.Response]:
    """Send `request`; yield its answer, unread, and let go of both when the block ends.

    httpx ties an answer to its stream in a circle. Left alone, the request stays in memory until
    the collector comes by, and it may have a card in it (`domain.cards`).
    """
    with client.stream(
        request.method, request.path, data=request.form, timeout=patience
    ) as answer:
        try:
            yield answer
        finally:
            answer.close()
            answer.stream = httpx.ByteStream(b"")


def _why(error: Exception) -> str:
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
