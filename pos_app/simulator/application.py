"""Puts the simulator together: one ASGI application for every port."""

import asyncio
import json
from contextlib import suppress
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from pos_app.simulator.balances import OpenBalances
from pos_app.simulator.behaviour import Behaviour, Call, Rule, Spoils
from pos_app.simulator.broken_answers import NoAnswer, Truncated, captive_portal
from pos_app.simulator.chop import calls as chop
from pos_app.simulator.chop.landing import Landing
from pos_app.simulator.citcon_notices import CitconNotices
from pos_app.simulator.clock import Clock
from pos_app.simulator.control import Control
from pos_app.simulator.instore import calls as instore
from pos_app.simulator.jpay.calls import JPay
from pos_app.simulator.jpay.notices import SERVICE as JPAY
from pos_app.simulator.jpay.notices import JPayNotices
from pos_app.simulator.ledger import Ledger
from pos_app.simulator.online import calls as online
from pos_app.simulator.payments import Payments
from pos_app.simulator.postbox import Carrier, Postbox
from pos_app.simulator.refunds import Refunds
from pos_app.simulator.requests import read_fields, site_of
from pos_app.simulator.service import Asked, Backstage, Endpoint, NoticeWriter, Service
from pos_app.simulator.settings import Settings

# The content type is not promised; this one is what the service's platform sends if nobody cares.
_CONTENT_TYPE = "text/html; charset=UTF-8"
_GARBAGE = b'\x1f\x8b\x00<"result":success,\xff\xfe'


class MerchantCalls:
    """One service's endpoints, with what the fault script does to their answers."""

    def __init__(self, service: Service, behaviour: Behaviour, hurry: asyncio.Event) -> None:
        """Use `hurry` to end delays early."""
        self._service = service
        self._behaviour = behaviour
        self._hurry = hurry

    def routes(self) -> list[Route]:
        """Return where each call is found."""
        return [self._route(endpoint) for endpoint in self._service.endpoints]

    def _route(self, endpoint: Endpoint) -> Route:
        async def answer(request: Request) -> Response:
            return await self._answer(request, endpoint.call)

        return Route(endpoint.path, answer, methods=list(endpoint.methods))

    async def _answer(self, request: Request, call: Call) -> Response:
        asked = Asked(
            call,
            await read_fields(request),
            request.headers.get("authorization", ""),
            site_of(request),
        )
        rule = self._behaviour.take(call, Spoils.ANSWER, self._service.reference_of(asked))
        if rule and rule.fault == "lose_request":
            return NoAnswer()
        if rule and rule.fault == "captive_portal":
            return captive_portal()
        body = self._service.answer(asked)
        if rule and rule.fault == "delay":
            with suppress(TimeoutError):
                async with asyncio.timeout(rule.duration_s):
                    await self._hurry.wait()
        return _spoilt(body, rule)


def _spoilt(body: bytes, rule: Rule | None) -> Response:
    """Return the answer to something that has happened, as the fault lets it arrive."""
    match rule.fault if rule else None:
        case "lose_answer":
            return NoAnswer()
        case "truncated":
            return Truncated(body, media_type=_CONTENT_TYPE)
        case "status_500":
            return Response("Internal Server Error", HTTPStatus.INTERNAL_SERVER_ERROR)
        case "garbage":
            body = _GARBAGE
        case "empty":
            body = b""
        case "wrapped":
            body = json.dumps(body.decode()).encode()
        case _:
            pass
    return Response(body, media_type=_CONTENT_TYPE)


class Simulator:
    """The pretend gateways as an ASGI application, with the work that it does between calls."""

    def __init__(
        self, ledger: Ledger, clock: Clock, settings: Settings, behaviour: Behaviour
    ) -> None:
        citcons = (chop.SERVICE, online.SERVICE)
        writers: dict[str, NoticeWriter] = {
            service: CitconNotices(settings, service) for service in citcons
        }
        writers[JPAY] = JPayNotices(settings)
        postbox = Postbox(clock, settings, behaviour, writers)
        payments = Payments(ledger, clock, settings, postbox.tell)
        self.carrier = Carrier(clock, postbox, payments.settle)
        self._hurry = asyncio.Event()
        balances = OpenBalances(ledger, clock, settings)
        refunds = Refunds(ledger, clock, balances)
        page = Landing(payments, clock, settings)
        wallets_page = Landing(payments, clock, settings, "/payment/landing").routes()
        store_page = Landing(payments, clock, settings, "/posp/landing").routes()
        backstage = Backstage(payments, refunds, behaviour, settings)
        services: list[Service] = [
            chop.Chop(backstage, page),
            online.Online(backstage, wallets_page),
            JPay(backstage, clock),
            instore.InStore(backstage, store_page),
        ]
        routes = Control(payments, balances, behaviour, clock, settings).routes()
        for service in services:
            routes += MerchantCalls(service, behaviour, self._hurry).routes() + service.pages()
        self._starlette = Starlette(routes=routes)

    def hurry(self) -> None:
        """Let no answer be late on purpose any more: the server is about to end."""
        self._hurry.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; afterwards look whether it made something due."""
        try:
            await self._starlette(scope, receive, send)
        finally:
            self.carrier.wake()
