"""The payment service's page on the store's second screen, for customers who type (ux.md 6.12)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pos_app.domain.gateways import customer_types
from pos_app.services.browser import Place
from pos_app.services.payment_view import CODE_ON_SCREEN, PaymentView, Screen

if TYPE_CHECKING:
    from pos_app.domain.errors import PosAppError
    from pos_app.services.browser import PageBrowser
    from pos_app.ui.background import Background
    from pos_app.ui.widgets.scan_card import ScanCard

_log = logging.getLogger(__name__)

_STAYS = CODE_ON_SCREEN | {Screen.LAST_CHECK}
"""Whoever is typing when the time is up is not interrupted by the last check."""
_LANE = "customer page"
"""One after the other: a page that was wanted last is not taken away by an earlier end."""


def second_screen(window: QWidget) -> Place | None:
    """Return the first screen that is not the one of `window`, nor a copy of it."""
    own = window.screen().geometry()
    for screen in QGuiApplication.screens():
        other = screen.geometry()
        if not other.intersects(own):
            return Place(other.x(), other.y(), other.width(), other.height())
    return None


class CustomerPage(QObject):
    """Offers to open the page while it can be paid, and takes it away afterwards.

    Signals:
        failed(str): it could not be opened; says what else can be done.
    """

    failed = Signal(str)

    def __init__(
        self,
        card: ScanCard,
        page: QWidget,
        find_screen: Callable[[QWidget], Place | None] = second_screen,
    ) -> None:
        super().__init__(page)
        self._find_screen = find_screen
        self._card = card
        self._page = page
        self._browser: PageBrowser | None = None
        self._background: Background | None = None
        self._has_browser = False
        self._is_wanted = False
        self._view: PaymentView | None = None
        card.page_requested.connect(self._open)

    def connect_till(self, browser: PageBrowser, background: Background) -> None:
        """Keep the services; look for a browser."""
        self._browser, self._background = browser, background
        background.run(browser.find, self._on_found, owner=self)

    def follow(self, view: PaymentView) -> None:
        """Stay in line with the payment."""
        self._view = view
        may_show = customer_types(view.charge.gateway) and view.state in _STAYS
        has_place = may_show and self._find_screen(self._page) is not None
        if not has_place:  # without its screen the system would put it over the till
            self._take_away()
        is_page = (view.code or "").startswith("http")
        self._card.offer_page(self._reason(), is_shown=has_place and is_page)

    def close(self) -> None:
        """Let go of the payment: nothing of it stays on the second screen."""
        self._view = None
        self._take_away()

    @Slot()
    def _open(self) -> None:
        place, view = self._find_screen(self._page), self._view
        if self._browser is None or self._background is None or place is None or view is None:
            return
        if view.code is None:
            return
        self._is_wanted = True
        self._card.offer_page(self.tr("It’s open there"), is_shown=True)
        call = partial(self._browser.open, view.code, place)
        self._background.run(call, None, self._on_failed, owner=self, lane=_LANE)

    def _take_away(self) -> None:
        if self._is_wanted and self._browser is not None and self._background is not None:
            self._is_wanted = False
            self._background.run(self._browser.close, lane=_LANE)

    def _reason(self) -> str:
        """Return why it can't be opened now; empty where it can."""
        if not self._has_browser:
            return self.tr("Needs Edge or Chrome")
        is_open = self._is_wanted and self._browser is not None and self._browser.is_open()
        return self.tr("It’s open there") if is_open else ""

    def _on_found(self, has_browser: bool) -> None:
        self._has_browser = has_browser

    def _on_failed(self, error: PosAppError) -> None:
        _log.warning("no page on the customer screen: %s", error)
        self._is_wanted = False
        self.failed.emit(
            self.tr(
                "The page couldn’t be opened on the customer screen. The customer can scan the"
                " code instead."
            )
        )
        if self._view is not None:
            self.follow(self._view)
