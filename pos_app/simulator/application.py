"""Puts the simulator together: one ASGI application for every port."""

import asyncio
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
from pos_app.simulator.chop import Chop, encode
from pos_app.simulator.clock import Clock
from pos_app.simulator.control import Control
from pos_app.simulator.landing import Landing
from pos_app.simulator.ledger import Ledger
from pos_app.simulator.payments import Payments
from pos_app.simulator.postbox import Carrier, Postbox
from pos_app.simulator.refunds import Refunds
from pos_app.simulator.requests import read_form, site_of
from pos_app.simulator.settings import Settings

# The content type is not promised; this one is what the service's platform sends if nobody cares.
_CONTENT_TYPE = "text/html; charset=UTF-8"
_GARBAGE = b'\x1f\x8b\x00<"result":success,\xff\xfe'


class MerchantCalls:
    """The merchant's endpoints, with what the fault script does to their answers."""

    def __init__(self, chop: Chop, behaviour: Behaviour, hurry: asyncio.Event) -> None:
        """Use `hurry` to end delays early."""
        self._chop = chop
        self._behaviour = behaviour
        self._hurry = hurry

    def routes(self) -> list[Route]:
        """Return where each call is found."""
        return [
            self._route("/chop/chop", Call.CHARGE),
            self._route("/chop/inquire", Call.INQUIRE),
            self._route("/chop/cancel", Call.CANCEL),
            self._route("/chop/refund", Call.REFUND),
            self._route("/chop/transactions", Call.TRANSACTIONS, "GET"),
        ]

    def _route(self, path: str, call: Call, method: str = "POST") -> Route:
        async def answer(request: Request) -> Response:
            return await self._answer(request, call)

        return Route(path, answer, methods=[method])

    async def _answer(self, request: Request, call: Call) -> Response:
        fields = await read_form(request)
        rule = self._behaviour.take(call, Spoils.ANSWER, self._chop.reference_of(fields))
        if rule and rule.fault == "lose_request":
            return NoAnswer()
        if rule and rule.fault == "captive_portal":
            return captive_portal()
        authorization = request.headers.get("authorization", "")
        body = encode(self._chop.answer(call, fields, authorization, site_of(request)))
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
            return Response(_GARBAGE, media_type=_CONTENT_TYPE)
        case _:
            pass
    return Response(body, media_type=_CONTENT_TYPE)


class Simulator:
    """The pretend gateway as an ASGI application, with the work that it does between calls."""

    def __init__(
        self, ledger: Ledger, clock: Clock, settings: Settings, behaviour: Behaviour
    ) -> None:
        postbox = Postbox(clock, settings, behaviour)
        payments = Payments(ledger, clock, settings, postbox.tell)
        self.carrier = Carrier(clock, postbox, payments.settle)
        self._hurry = asyncio.Event()
        balances = OpenBalances(ledger, clock, settings)
        chop = Chop(payments, Refunds(ledger, clock, balances), behaviour, settings)
        self._starlette = Starlette(
            routes=[
                *MerchantCalls(chop, behaviour, self._hurry).routes(),
                *Landing(payments, clock, settings).routes(),
                *Control(payments, balances, behaviour, clock, settings).routes(),
            ]
        )

    def hurry(self) -> None:
        """Let no answer be late on purpose any more: the server is about to end."""
        self._hurry.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; afterwards look whether it made something due."""
        try:
            await self._starlette(scope, receive, send)
        finally:
            self.carrier.wake()
