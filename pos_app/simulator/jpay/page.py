"""The customer's pages: where the card is entered, and where the bank asks once more.

Nothing about a card is asked for: the "customer" chooses how the bank behaves.
"""

from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from jinja2 import Environment, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from pos_app import resources
from pos_app.simulator import currencies
from pos_app.simulator.clock import Clock
from pos_app.simulator.jpay.notices import SERVICE
from pos_app.simulator.payments import NotPossibleError, Payments
from pos_app.simulator.requests import read_form
from pos_app.simulator.settings import Settings
from pos_app.simulator.transactions import State, Transaction

CARD_PATH = "/pay/card"
SECURE_PATH = "/pay/secure"
DONE_PATH = "/pay/done"
"""A page for shops that have none of their own, such as the one in training."""


@cache
def _template() -> Template:
    text = resources.text("simulator/card.html")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)


class CardPage:
    """Both pages of a payment: GET shows one, POST with an `action` acts on it."""

    def __init__(self, payments: Payments, clock: Clock, settings: Settings) -> None:
        self._payments = payments
        self._clock = clock
        self._settings = settings

    def routes(self) -> list[Route]:
        """Return where the pages are found."""
        return [
            Route(path, endpoint, methods=[method])
            for path in (CARD_PATH, SECURE_PATH)
            for endpoint, method in ((self._show, "GET"), (self._act, "POST"))
        ] + [Route(DONE_PATH, self._thank, methods=["GET"])]

    async def _show(self, request: Request) -> Response:
        transaction = self._find(request)
        return self._page(request, transaction, 200 if transaction else 404)

    async def _thank(self, request: Request) -> Response:
        found = self._payments.all(request.query_params.get("orderID", ""))
        transaction = next((one for one in found if one.service == SERVICE), None)
        return self._page(request, transaction, 200 if transaction else 404)

    async def _act(self, request: Request) -> Response:
        action = (await read_form(request)).get("action")
        transaction = self._find(request)
        if transaction is None:
            return self._page(request, None, 404)
        if action not in {"pay", "decline", "secure"}:
            return self._page(request, transaction, 400)
        if not transaction.is_payable:
            return self._page(request, transaction, 409)
        if action == "secure":
            return RedirectResponse(f"{SECURE_PATH}?q={transaction.q}", 303)
        try:
            deed = self._payments.pay if action == "pay" else self._payments.decline
            done = deed(transaction)
        except NotPossibleError:
            return self._page(request, self._find(request), 409)
        return RedirectResponse(self._after(done), 303)

    def _find(self, request: Request) -> Transaction | None:
        found = self._payments.find(request.query_params.get("q", ""))
        return found if found and found.service == SERVICE else None

    @staticmethod
    def _after(done: Transaction) -> str:
        """Return the merchant's page with the synchronous notification; it proves nothing."""
        if not done.success_url:
            return f"{CARD_PATH}?q={done.q}"
        status = "success" if done.state is State.PAID else "fail"
        parts = urlsplit(done.success_url)
        members = {"paymentStatus": status, "orderID": done.reference}
        query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *members.items()])
        return urlunsplit(parts._replace(query=query))

    def _page(
        self, request: Request, transaction: Transaction | None, status: int = 200
    ) -> HTMLResponse:
        shown = {}
        if transaction:
            shown = {
                "mark": currencies.mark(transaction.currency),
                "amount": currencies.decimals(transaction.amount_minor, transaction.currency),
                "refunded": currencies.decimals(transaction.refunded_minor, transaction.currency),
            }
        return HTMLResponse(
            _template().render(
                merchant=self._settings.merchant_name,
                payment=transaction,
                is_bank=request.url.path == SECURE_PATH,
                path=request.url.path,
                **shown,
            ),
            status,
            headers={"Cache-Control": "no-store"},
        )
