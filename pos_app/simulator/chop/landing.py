"""The customer's page: what the QR code opens. Plain forms; nothing is paid by looking at it."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pos_app.simulator import card_form, cards
from pos_app.simulator.card_form import Bank
from pos_app.simulator.chop import redirects
from pos_app.simulator.clock import Clock
from pos_app.simulator.pages import Pages
from pos_app.simulator.payments import NotPossibleError, Payments
from pos_app.simulator.requests import read_form
from pos_app.simulator.settings import Settings
from pos_app.simulator.transactions import State, Transaction


class Landing:
    """The page of one payment: GET shows it, POST with `action` pay or decline acts on it.

    A card's page takes a card to pay with; GET with `fill` shows it with a test card filled in.
    """

    def __init__(
        self, payments: Payments, clock: Clock, settings: Settings, path: str = "/chop/landing"
    ) -> None:
        """Answer at `path`."""
        self._path = path
        self._payments = payments
        self._clock = clock
        self._settings = settings
        self._pages = Pages(clock, settings)

    def routes(self) -> list[Route]:
        """Return where the page is found."""
        return [
            Route(self._path, self._show, methods=["GET"]),
            Route(self._path, self._act, methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        transaction = self._payments.find(request.query_params.get("q", ""))
        # Only the page that was open when the time ran out says `ended`: who comes later is told.
        if (
            transaction is not None
            and "ended" in request.query_params
            and transaction.state is State.EXPIRED
        ):
            merchants = redirects.after_timeout(transaction, _browser(request))
            if merchants:
                return RedirectResponse(merchants, 303)
        return self._page(request, transaction)

    async def _act(self, request: Request) -> Response:
        form = await read_form(request)
        transaction = self._payments.find(request.query_params.get("q", ""))
        if transaction is None:
            return self._page(request, None)
        if not transaction.is_payable:
            # The code was closed, or paid, while the customer was looking at it.
            return self._page(request, transaction, 409)
        if transaction.method == cards.METHOD:
            return self._take_card(request, transaction, form)
        if form.get("action") not in {"pay", "decline"}:
            return self._page(request, transaction, 400)
        return self._do(request, transaction, is_paid=form["action"] == "pay")

    def _take_card(
        self, request: Request, transaction: Transaction, form: Mapping[str, str]
    ) -> Response:
        typed = card_form.read(form, self._clock.now())
        if typed.bank is None:
            return self._page(request, transaction, 422, typed)
        return self._do(request, transaction, is_paid=typed.bank is not Bank.DECLINES)

    def _do(self, request: Request, transaction: Transaction, *, is_paid: bool) -> Response:
        try:
            if is_paid:
                paid = self._payments.pay(transaction)
                next_page = redirects.after_success(paid, _browser(request))
            else:
                next_page = self._after_decline(self._payments.decline(transaction))
        except NotPossibleError:
            return self._page(request, self._payments.find(transaction.q), 409)
        return RedirectResponse(next_page or f"{self._path}?q={transaction.q}", 303)

    def _after_decline(self, declined: Transaction) -> str | None:
        if not self._settings.redirects_declines:
            return None
        return redirects.after_decline(declined, self._clock.now())

    def _page(
        self,
        request: Request,
        transaction: Transaction | None,
        status: int = 200,
        typed: card_form.Typed | None = None,
    ) -> Response:
        if transaction is None or transaction.method != cards.METHOD:
            return self._pages.show(request, "wallet.html", transaction, status)
        return self._pages.show(
            request,
            "card.html",
            transaction,
            status,
            typed=typed or card_form.filled(request.query_params.get("fill", "")),
            test_cards=[one for one in card_form.TEST_CARDS if one.bank is not Bank.ASKS],
        )


def _browser(request: Request) -> str:
    return request.headers.get("user-agent", "")
