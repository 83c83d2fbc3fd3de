"""What payment services, their customers and operators can ask of the receiver."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from pos_app.domain.errors import GatewayNotSetUp, NoticeRefusedError, StorageError
from pos_app.domain.gateways import GATEWAYS
from pos_app.notify import thanks
from pos_app.notify.intake import Intake
from pos_app.notify.limits import RateLimit

if TYPE_CHECKING:
    from pos_app.domain.notices import Notice
    from pos_app.services.notices import NoticeDesk

LARGEST_NOTICE = 16_384
"""Bytes. Notices have some hundred."""
_MOST_MEMBERS = 100
_MOST_ARRIVING = 4
"""Customers at the same time whose charges are looked for; the till asks about others as ever."""
_log = logging.getLogger(__name__)


class Receiver:
    """The receiver as an ASGI application.

    Whoever sends something that is not genuine learns only that it was not taken; whether a
    reference is known here is told to nobody. Customers who come back from a payment's page all
    see the same one, before anything is looked for.
    """

    def __init__(self, desk: NoticeDesk, limit: RateLimit) -> None:
        self._desk = desk
        self._limit = limit
        self._intake = Intake(desk.keep)
        self._turned_away = 0
        self._arriving = 0
        self.application = Starlette(
            routes=[
                Route("/notify/{gateway}", self._take, methods=["POST"]),
                Route("/return/{gateway}", self._thank, methods=["GET", "POST"]),
                Route("/healthz", self._health, methods=["GET"]),
                Route("/metrics", self._metrics, methods=["GET"]),
            ]
        )

    async def _take(self, request: Request) -> Response:
        sender = request.client.host if request.client else ""
        if not self._limit.lets_through(sender):
            self._turned_away += 1
            return PlainTextResponse("later", HTTPStatus.TOO_MANY_REQUESTS)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("no", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            members = _members(body, request.headers.get("content-type", ""))
            await self._intake.add(await self._read(request.path_params["gateway"], members))
        except NoticeRefusedError as refusal:
            _log.info("%s: %s", sender, refusal)
            return PlainTextResponse("no", HTTPStatus.BAD_REQUEST)
        except GatewayNotSetUp as trouble:
            _log.warning("%s: %s", sender, trouble)
            return PlainTextResponse("no", HTTPStatus.NOT_FOUND)
        except StorageError as trouble:
            _log.warning("a notice could not be kept: %s", trouble)
            return PlainTextResponse("later", HTTPStatus.SERVICE_UNAVAILABLE)
        return PlainTextResponse(GATEWAYS[request.path_params["gateway"]].notice_answer)

    async def _read(self, gateway: str, members: Mapping[str, str]) -> Notice:
        """Verify a notice, off this loop where the service's own token has not signed it."""
        try:
            return self._desk.read(gateway, members)
        except NoticeRefusedError:
            return await asyncio.to_thread(self._desk.read_earlier, gateway, members)

    async def _thank(self, request: Request) -> Response:
        accepted = request.headers.get("accept-language", "")
        sender = request.client.host if request.client else ""
        if not self._limit.lets_through(sender):
            self._turned_away += 1
            return thanks.page(accepted, HTTPStatus.TOO_MANY_REQUESTS)
        members = dict(request.query_params)
        if request.method == "POST":
            body = await _body(request)
            try:
                members |= _members(body or b"", request.headers.get("content-type", ""))
            except NoticeRefusedError:
                _log.info("%s: a customer came back with something that can't be read", sender)
        shown = thanks.page(accepted)
        shown.background = BackgroundTask(self._welcome, request.path_params["gateway"], members)
        return shown

    async def _welcome(self, gateway: str, members: Mapping[str, str]) -> None:
        if self._arriving >= _MOST_ARRIVING:
            self._turned_away += 1
            return
        self._arriving += 1
        try:
            await asyncio.to_thread(self._desk.welcome, gateway, members)
        except StorageError as trouble:
            _log.warning("a customer's way back could not be kept: %s", trouble)
        finally:
            self._arriving -= 1

    async def _health(self, request: Request) -> Response:
        del request
        return JSONResponse({"status": "ok"})

    async def _metrics(self, request: Request) -> Response:
        del request
        lines = ["# TYPE qr_till_notices_total counter"]
        lines += [
            f'qr_till_notices_total{{fate="{fate}"}} {count}'
            for fate, count in self._desk.counts().items()
        ]
        lines.append("# TYPE qr_till_arrivals_total counter")
        lines += [
            f'qr_till_arrivals_total{{fate="{fate}"}} {count}'
            for fate, count in self._desk.arrival_counts().items()
        ]
        lines += [
            "# TYPE qr_till_turned_away_total counter",
            f"qr_till_turned_away_total {self._turned_away}",
        ]
        return PlainTextResponse("\n".join(lines) + "\n")


async def _body(request: Request) -> bytes | None:
    """Return the body; None when it is longer than any notice."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_NOTICE:
            return None
    return body


def _members(body: bytes, content_type: str) -> Mapping[str, str]:
    """Return the members of a notice, from a form or a JSON object (both SEEN).

    Raises:
        NoticeRefusedError: it is neither.
    """
    try:
        text = body.decode()
        if "json" in content_type or text.lstrip().startswith("{"):
            return _json_members(text)
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_MEMBERS))
    except (ValueError, RecursionError):
        raise NoticeRefusedError("A notice can't be read.") from None


def _json_members(text: str) -> Mapping[str, str]:
    # Numbers as they were written: a signature is over their text.
    told = json.loads(text, parse_int=str, parse_float=str)
    if not isinstance(told, dict) or len(told) > _MOST_MEMBERS:
        raise ValueError
    return {name: "" if value is None else str(value) for name, value in told.items()}
