"""The pages, each made when it is first needed or in a quiet moment after the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QStackedWidget

if TYPE_CHECKING:
    from pos_app.domain.people import Person
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge
    from pos_app.ui.pages.lock import LockPage
    from pos_app.ui.pages.page import Page
    from pos_app.ui.pages.payment import PaymentPage
    from pos_app.ui.pages.scan import ScanPage
    from pos_app.ui.pages.sell import SellPage
    from pos_app.ui.pages.settings.page import SettingsPage
    from pos_app.ui.pages.transactions import TransactionsPage

NAMES = ("lock", "sell", "payment", "scan", "transactions", "settings")


class Pages:
    """Makes pages, puts them into the stack and connects them to the till.

    Args:
        stack: the window's `pageStack`.
        wire: connects a new page's signals to the window.
        make: makes the page of a name of `NAMES`.
    """

    def __init__(
        self,
        stack: QStackedWidget,
        wire: Callable[[str, Page], None],
        make: Callable[[str], Page],
    ) -> None:
        self._stack = stack
        self._make = make
        self._wire = wire
        self._begun: dict[str, Page] = {}
        self._made: dict[str, Page] = {}
        self._steps = self._preparing()
        self._services: tuple[Till, Background, EventBridge] | None = None
        self._person: Person | None = None
        self.current_name = ""

    @property
    def current(self) -> Page:
        """The page on the screen."""
        return self._made[self.current_name]

    def get(self, name: str) -> Page:
        """Return the page `name`, made now if it was not there."""
        page = self._made.get(name)
        if page is None:
            page = self._begun.pop(name, None) or self._make(name)
            self._made[name] = page
            self._stack.addWidget(page)
            self._wire(name, page)
            if self._services is not None:
                page.connect_till(*self._services)
            if self._person is not None:
                page.set_person(self._person)
        return page

    def lock(self) -> LockPage:
        """Return the Lock page."""
        page: Any = self.get("lock")
        return cast("LockPage", page)

    def sell(self) -> SellPage:
        """Return the Sell page."""
        page: Any = self.get("sell")
        return cast("SellPage", page)

    def payment(self) -> PaymentPage:
        """Return the payment page."""
        page: Any = self.get("payment")
        return cast("PaymentPage", page)

    def scan(self) -> ScanPage:
        """Return the page on which the customer's code is scanned."""
        page: Any = self.get("scan")
        return cast("ScanPage", page)

    def transactions(self) -> TransactionsPage:
        """Return the page of all payments."""
        page: Any = self.get("transactions")
        return cast("TransactionsPage", page)

    def settings(self) -> SettingsPage:
        """Return the Settings page."""
        page: Any = self.get("settings")
        return cast("SettingsPage", page)

    def connect_till(self, till: Till, background: Background, events: EventBridge) -> None:
        """Give the services to the pages that are there, and later to those to come."""
        self._services = (till, background, events)
        for page in self._made.values():
            page.connect_till(till, background, events)

    def set_narrow(self, is_narrow: bool) -> None:
        """Have every page lay itself out for a narrow window, or for a regular one."""
        for page in self._made.values():
            page.set_narrow(is_narrow)

    def tell_person(self, person: Person) -> None:
        """Tell every page, also those to come, who is signed in."""
        self._person = person
        for page in self._made.values():
            page.set_person(person)

    def prepare_next(self) -> bool:
        """Go one step on in making the pages ready to be shown; False when all are.

        A step is short enough to be taken between two keys.
        """
        return next(self._steps, self) is None

    def _preparing(self) -> Iterator[None]:
        for name in NAMES:
            if name not in self._made:
                self._begun[name] = self._make(name)
                yield
            page = self.get(name)
            yield
            while page.make_next():
                yield

    def show(self, name: str) -> Page:
        """Bring the page `name` to the screen and return it."""
        page = self.get(name)
        before = self._made.get(self.current_name)
        self.current_name = name
        self._stack.setCurrentWidget(page)
        if before is not None and before is not page:
            before.hidden()
        page.shown()
        page.focus_first()
        return page


def make_page(name: str) -> Page:
    """Make the page `name` of `NAMES`; each is imported when it is made."""
    if name == "lock":
        from pos_app.ui.pages.lock import LockPage

        return LockPage()
    if name == "sell":
        from pos_app.ui.pages.sell import SellPage

        return SellPage()
    if name == "payment":
        from pos_app.ui.pages.payment import PaymentPage

        return PaymentPage()
    if name == "scan":
        from pos_app.ui.pages.scan import ScanPage

        return ScanPage()
    if name == "settings":
        from pos_app.ui.pages.settings.page import SettingsPage

        return SettingsPage()
    from pos_app.ui.pages.transactions import TransactionsPage

    return TransactionsPage()
