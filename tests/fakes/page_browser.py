"""A browser for customers' pages that shows nothing and remembers everything."""

from dataclasses import dataclass, field

from pos_app.services.browser import BrowserError


@dataclass
class FakePageBrowser:
    """`shown` is the page on the screen and where; None: none."""

    has_program: bool = True
    is_broken: bool = False
    shown: tuple | None = None
    opened: list = field(default_factory=list)

    def find(self):
        return self.has_program

    def open(self, address, place):
        if self.is_broken:
            raise BrowserError("It did not start.")
        self.shown = (address, place)
        self.opened.append(address)

    def is_open(self):
        return self.shown is not None

    def close(self):
        self.shown = None
