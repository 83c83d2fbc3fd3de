"""What a customer sees who comes back from a payment service's page.

The same for everybody: whether something was paid is told by the till, and only there.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup
from starlette.responses import HTMLResponse

from pos_app import resources


class _Words(NamedTuple):
    thanks: str
    result: str
    close: str


_WORDS = {
    "en": _Words("Thank you.", "The shop’s till shows the result.", "You can close this page."),
    "zh-Hans": _Words("谢谢。", "付款结果请看商店的收银台。", "您可以关闭此页面。"),
    "zh-Hant": _Words("謝謝。", "付款結果請看商店的收銀台。", "您可以關閉此頁面。"),
}
_LIKED = re.compile(r"\s*(en|zh)\b([\w-]*)", re.IGNORECASE)
_TRADITIONAL = re.compile("-(hant|tw|hk|mo)", re.IGNORECASE)


def page(accepted: str, status: int = 200) -> HTMLResponse:
    """Return the page in the first language of an Accept-Language header that it has."""
    text, policy = _rendered(_language_of(accepted))
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(text, status, headers)


def _language_of(accepted: str) -> str:
    # Browsers send what their user likes best first.
    liked = next(filter(None, map(_LIKED.match, accepted.split(","))), None)
    if liked is None or liked[1].lower() == "en":
        return "en"
    return "zh-Hant" if _TRADITIONAL.match(liked[2]) else "zh-Hans"


@cache
def _rendered(language: str) -> tuple[str, str]:
    """Return the page, and the policy under which nothing but its own style is loaded."""
    style = resources.text("notify/thanks.css")
    text = (
        Environment(autoescape=True)
        .from_string(resources.text("notify/thanks.html"))
        .render(
            language=language,
            style=Markup(style),  # noqa: S704 - ships with the program
            **_WORDS[language]._asdict(),
        )
    )
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    return text, (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
