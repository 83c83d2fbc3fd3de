"""The control interface: what training, tests and scripts drive the simulator with.

Its calls are described in `pos_app.simulator`.
"""

import json
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from pos_app.simulator import currencies
from pos_app.simulator.balances import OpenBalances
from pos_app.simulator.behaviour import BadFaultError, Behaviour, read_rules
from pos_app.simulator.clock import Clock
from pos_app.simulator.payments import NotPossibleError, Payments
from pos_app.simulator.requests import read_body
from pos_app.simulator.settings import Settings, merchant_of
from pos_app.simulator.transactions import Transaction

_Endpoint = Callable[[Request], Awaitable[JSONResponse]]
_LONGEST_ADVANCE_S = 366 * 86_400
_LARGEST_BALANCE = 10**15


class Control:
    """The endpoints below `/simulator/`."""

    def __init__(
        self,
        payments: Payments,
        balances: OpenBalances,
        behaviour: Behaviour,
        clock: Clock,
        settings: Settings,
    ) -> None:
        self._payments = payments
        self._balances = balances
        self._behaviour = behaviour
        self._clock = clock
        self._merchants = list(settings.token_by_merchant())
        self._is_open = settings.control_from_anywhere

    def routes(self) -> list[Route]:
        """Return where each endpoint is found."""
        paths: dict[str, tuple[_Endpoint, str]] = {
            "/simulator/health": (self._health, "GET"),
            "/simulator/transactions": (self._transactions, "GET"),
            "/simulator/transactions/{id}": (self._transaction, "GET"),
            "/simulator/transactions/{id}/{deed}": (self._act, "POST"),
            "/simulator/clock": (self._advance, "POST"),
        }
        routes = [
            Route(path, self._guarded(endpoint), methods=[method])
            for path, (endpoint, method) in paths.items()
        ]
        both = {
            "/simulator/behaviour": self._script,
            "/simulator/open-balance": self._open_balance,
        }
        return routes + [
            Route(path, self._guarded(endpoint), methods=["GET", "POST"])
            for path, endpoint in both.items()
        ]

    def _guarded(self, endpoint: _Endpoint) -> _Endpoint:
        async def guarded(request: Request) -> JSONResponse:
            if not (self._is_open or is_from_here(request)):
                return _error(403, "The control interface is only for this computer.")
            return await endpoint(request)

        return guarded

    async def _health(self, request: Request) -> JSONResponse:
        del request
        return JSONResponse({"status": "ok", "now": self._clock.now().isoformat()})

    async def _transactions(self, request: Request) -> JSONResponse:
        found = self._payments.all(request.query_params.get("reference"))
        return JSONResponse({"transactions": [transaction.as_json() for transaction in found]})

    async def _transaction(self, request: Request) -> JSONResponse:
        found = self._found(request.path_params["id"])
        return JSONResponse(found.as_json()) if found else _no_such_payment()

    async def _act(self, request: Request) -> JSONResponse:
        deeds: dict[str, Callable[[Transaction], Transaction]] = {
            "pay": self._payments.pay,
            "decline": self._payments.decline,
            "expire": self._payments.expire,
            "settle": self._payments.pay_out,
        }
        deed = deeds.get(request.path_params["deed"])
        found = self._found(request.path_params["id"])
        if deed is None:
            return _error(404, f"A payment can {', '.join(deeds)}.")
        if found is None:
            return _no_such_payment()
        try:
            return JSONResponse(deed(found).as_json())
        except NotPossibleError as error:
            return _error(409, str(error))

    def _found(self, said: str) -> Transaction | None:
        """Return the payment with this id, else the newest with this reference."""
        return self._payments.find(said) or next(reversed(self._payments.all(said)), None)

    async def _advance(self, request: Request) -> JSONResponse:
        body = await _read_json(request)
        seconds: Any = body.get("advance_s") if isinstance(body, dict) else None
        is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
        if not is_number or not 0 <= seconds <= _LONGEST_ADVANCE_S:
            return _error(400, 'The clock takes {"advance_s": seconds}, up to a year.')
        self._clock.advance(seconds)
        return await self._health(request)

    async def _script(self, request: Request) -> JSONResponse:
        if request.method == "POST":
            try:
                self._behaviour.replace_script(read_rules(await _read_json(request)))
            except BadFaultError as error:
                return _error(400, str(error))
        return JSONResponse({"rules": [rule.as_json() for rule in self._behaviour.left()]})

    async def _open_balance(self, request: Request) -> JSONResponse:
        merchant = self._merchant(request)
        if request.method == "POST":
            body = await _read_json(request)
            match body:
                case {"unlimited": bool(is_unlimited)}:
                    self._balances.is_unlimited = is_unlimited
                case {"amount": int(amount), "currency": str(currency)} if _is_balance(
                    amount, currency
                ):
                    self._balances.set(merchant, amount, currency)
                case _:
                    return _error(
                        400,
                        'The open balance takes {"amount": minor units, "currency": "USD"} '
                        'or {"unlimited": true}.',
                    )
        return JSONResponse(
            {
                "unlimited": self._balances.is_unlimited,
                "balances": dict(self._balances.of(merchant)),
                "resets_at": self._balances.resets_at().isoformat(),
            }
        )

    def _merchant(self, request: Request) -> str:
        """Return the merchant of the Authorization header, or the first one."""
        token = request.headers.get("authorization", "").rpartition(" ")[2]
        named = merchant_of(token)
        return named if named in self._merchants else self._merchants[0]


def _is_balance(amount: int, currency: str) -> bool:
    is_amount = not isinstance(amount, bool) and 0 <= amount <= _LARGEST_BALANCE
    return is_amount and currencies.is_known(currency)


def is_from_here(request: Request) -> bool:
    """Say whether the caller is on this computer."""
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


async def _read_json(request: Request) -> Any:
    try:
        return json.loads(await read_body(request))
    except ValueError as error:
        raise HTTPException(400, "The body isn't JSON.") from error


def _no_such_payment() -> JSONResponse:
    return _error(404, "There is no such payment.")


def _error(status: int, text: str) -> JSONResponse:
    return JSONResponse({"error": text}, status)
