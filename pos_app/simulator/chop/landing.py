"""The customer's page: what the QR code opens. Plain forms; nothing is paid by looking at it."""

from functools import cache

from jinja2 import Environment, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from pos_app import resources
from pos_app.simulator import currencies
from pos_app.simulator.chop import redirects
from pos_app.simulator.clock import Clock
from pos_app.simulator.methods import METHODS
from pos_app.simulator.payments import NotPossibleError, Payments
from pos_app.simulator.requests import read_form
from pos_app.simulator.settings import Settings
from pos_app.simulator.transactions import State, Transaction


@cache
def _template() -> Template:
    text = resources.text("simulator/landing.html")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)


class Landing:
    """The page of one payment: GET shows it, POST with `action` pay or decline acts on it."""

    def __init__(
        self, payments: Payments, clock: Clock, settings: Settings, path: str = "/chop/landing"
    ) -> None:
        """Answer at `path`."""
        self._path = path
        self._payments = payments
        self._clock = clock
        self._settings = settings

    def routes(self) -> list[Route]:
        """Return where the page is found."""
        return [
            Route(self._path, self._show, methods=["GET"]),
            Route(self._path, self._act, methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        transaction = self._payments.find(request.query_params.get("q", ""))
        if transaction is None:
            return self._page(None, 404)
        # Only the page that was open when the time ran out says `ended`: who comes later is told.
        if "ended" in request.query_params and transaction.state is State.EXPIRED:
            merchants = redirects.after_timeout(transaction, _browser(request))
            if merchants:
                return RedirectResponse(merchants, 303)
        return self._page(transaction)

    async def _act(self, request: Request) -> Response:
        action = (await read_form(request)).get("action")
        transaction = self._payments.find(request.query_params.get("q", ""))
        if transaction is None:
            return self._page(None, 404)
        if action not in {"pay", "decline"}:
            return self._page(transaction, 400)
        if not transaction.is_payable:
            # The code was closed, or paid, while the customer was looking at it.
            return self._page(transaction, 409)
        try:
            if action == "pay":
                paid = self._payments.pay(transaction)
                next_page = redirects.after_success(paid, _browser(request))
            else:
                next_page = self._after_decline(self._payments.decline(transaction))
        except NotPossibleError:
            return self._page(self._payments.find(transaction.q), 409)
        return RedirectResponse(next_page or f"{self._path}?q={transaction.q}", 303)

    def _after_decline(self, declined: Transaction) -> str | None:
        if not self._settings.redirects_declines:
            return None
        return redirects.after_decline(declined, self._clock.now())

    def _page(self, transaction: Transaction | None, status: int = 200) -> HTMLResponse:
        return HTMLResponse(
            _template().render(
                merchant=self._settings.merchant_name,
                payment=transaction,
                method=transaction and METHODS[transaction.method],
                mark=transaction and currencies.mark(transaction.currency),
                amount=transaction
                and currencies.decimals(transaction.amount_minor, transaction.currency),
                refunded=transaction
                and currencies.decimals(transaction.refunded_minor, transaction.currency),
                seconds_left=transaction and self._seconds_left(transaction),
                path=self._path,
            ),
            status,
            headers={"Cache-Control": "no-store"},
        )

    def _seconds_left(self, transaction: Transaction) -> int:
        left = (transaction.expires_at - self._clock.now()).total_seconds()
        return max(0, int(left))


def _browser(request: Request) -> str:
    return request.headers.get("user-agent", "")
