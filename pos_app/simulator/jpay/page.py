"""The customer's pages: where the card is entered, and where the bank asks once more."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pos_app.simulator import card_form
from pos_app.simulator.card_form import Bank
from pos_app.simulator.clock import Clock
from pos_app.simulator.jpay.notices import SERVICE
from pos_app.simulator.pages import Pages
from pos_app.simulator.payments import NotPossibleError, Payments
from pos_app.simulator.requests import read_form
from pos_app.simulator.settings import Settings
from pos_app.simulator.transactions import State, Transaction

CARD_PATH = "/pay/card"
SECURE_PATH = "/pay/secure"
DONE_PATH = "/pay/done"
"""A page for shops that have none of their own, such as the one in training."""


class CardPage:
    """The pages of a payment: GET shows one, POST acts on it.

    The card's takes a card to pay with, and GET with `fill` shows it with a test card filled in;
    the bank's takes an `action`, pay or decline.
    """

    def __init__(self, payments: Payments, clock: Clock, settings: Settings) -> None:
        self._payments = payments
        self._clock = clock
        self._pages = Pages(clock, settings)

    def routes(self) -> list[Route]:
        """Return where the pages are found."""
        return [
            Route(CARD_PATH, self._show_card, methods=["GET"]),
            Route(CARD_PATH, self._take_card, methods=["POST"]),
            Route(SECURE_PATH, self._show_bank, methods=["GET"]),
            Route(SECURE_PATH, self._take_word, methods=["POST"]),
            Route(DONE_PATH, self._thank, methods=["GET"]),
        ]

    async def _show_card(self, request: Request) -> Response:
        return self._card_page(request, self._find(request))

    async def _show_bank(self, request: Request) -> Response:
        return self._pages.show(request, "bank.html", self._find(request))

    async def _thank(self, request: Request) -> Response:
        found = self._payments.all(request.query_params.get("orderID", ""))
        transaction = next((one for one in found if one.service == SERVICE), None)
        return self._pages.show(request, "done.html", transaction)

    async def _take_card(self, request: Request) -> Response:
        form = await read_form(request)
        transaction = self._find(request)
        if transaction is None or not transaction.is_payable:
            return self._card_page(request, transaction, 409)
        typed = card_form.read(form, self._clock.now())
        if typed.bank is None:
            return self._card_page(request, transaction, 422, typed)
        if typed.bank is Bank.ASKS:
            return RedirectResponse(f"{SECURE_PATH}?q={transaction.q}", 303)
        return self._end(request, transaction, is_paid=typed.bank is Bank.PAYS)

    async def _take_word(self, request: Request) -> Response:
        action = (await read_form(request)).get("action")
        transaction = self._find(request)
        if transaction is None or not transaction.is_payable:
            return self._pages.show(request, "bank.html", transaction, 409)
        if action not in {"pay", "decline"}:
            return self._pages.show(request, "bank.html", transaction, 400)
        return self._end(request, transaction, is_paid=action == "pay")

    def _end(self, request: Request, transaction: Transaction, *, is_paid: bool) -> Response:
        try:
            deed = self._payments.pay if is_paid else self._payments.decline
            done = deed(transaction)
        except NotPossibleError:
            return self._card_page(request, self._find(request), 409)
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

    def _card_page(
        self,
        request: Request,
        transaction: Transaction | None,
        status: int = 200,
        typed: card_form.Typed | None = None,
    ) -> Response:
        return self._pages.show(
            request,
            "card.html",
            transaction,
            status,
            typed=typed or card_form.filled(request.query_params.get("fill", "")),
            test_cards=card_form.TEST_CARDS,
        )
