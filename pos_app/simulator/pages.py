"""The customer's pages: one look in the customer's language, with nothing from elsewhere.

They work without a script; the only one there is counts the seconds.
"""

import base64
import re
from functools import cache
from hashlib import sha256
from typing import Any

from jinja2 import Environment, FunctionLoader
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pos_app import resources
from pos_app.simulator import currencies, words
from pos_app.simulator.clock import Clock
from pos_app.simulator.methods import METHODS
from pos_app.simulator.settings import Settings
from pos_app.simulator.transactions import Transaction

_DRAWING = re.compile(r"<svg .*?(viewBox=.*)", re.DOTALL)


class Pages:
    """Shows payments to their customers."""

    def __init__(self, clock: Clock, settings: Settings) -> None:
        self._clock = clock
        self._settings = settings

    def show(
        self,
        request: Request,
        template: str,
        payment: Transaction | None,
        status: int = 200,
        **more: Any,
    ) -> HTMLResponse:
        """Return the page of a payment, or the one that says that there is none (404).

        Args:
            request: whose path the page's forms are sent to, and in whose language it is.
            template: a file of `resources/simulator/`.
            payment: what it shows.
            status: of the answer, where there is a payment.
            more: what this template needs besides.
        """
        language = words.language_of(request.headers.get("accept-language", ""))
        text = (
            _environment()
            .get_template(template)
            .render(
                language=language,
                t=words.translator(language),
                payment=payment,
                is_open=payment is not None and payment.is_payable,
                merchant=self._settings.merchant_name,
                **(self._shown(payment, request.url.path) if payment else {}),
                **more,
            )
        )
        headers = {
            "Cache-Control": "no-store",
            "Content-Security-Policy": _policy(),
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        return HTMLResponse(text, status if payment else 404, headers)

    def _shown(self, payment: Transaction, path: str) -> dict[str, Any]:
        left = (payment.expires_at - self._clock.now()).total_seconds()
        return {
            "address": f"{path}?q={payment.q}",
            "method": METHODS[payment.method],
            "mark": currencies.mark(payment.currency),
            "amount": currencies.decimals(payment.amount_minor, payment.currency),
            "refunded": currencies.decimals(payment.refunded_minor, payment.currency),
            "seconds_left": max(0, int(left)),
        }


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(lambda name: resources.text(f"simulator/{name}")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"icon": _icon, "style": _style(), "script": _script()}
    return made


@cache
def _icon(name: str) -> Markup:
    """Return one of the till's own icons; it means nothing to a screen reader."""
    drawn = _DRAWING.sub(r'<svg aria-hidden="true" \1', resources.text(f"icons/{name}.svg"))
    return Markup(drawn.strip())  # noqa: S704 - ships with the program


@cache
def _style() -> Markup:
    template = Environment(autoescape=True).from_string(resources.text("simulator/page.css"))
    return Markup(template.render(methods=METHODS))  # noqa: S704 - as above


@cache
def _script() -> Markup:
    return Markup(resources.text("simulator/countdown.js"))  # noqa: S704 - as above


@cache
def _policy() -> str:
    """Return what a page may do: nothing but look like this and count.

    Where its form leads is left open: Chromium holds that against the merchant's page as well, to
    which the answer sends the customer.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_digest(_style())}",
            f"script-src {_digest(_script())}",
            "img-src data:",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"
