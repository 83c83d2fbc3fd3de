"""A screen for the whole program, a browser, and pretend payment services in another process."""

from tests.fakes.browser import chromium, tab
from tests.fakes.whole_program import gateway, screen

__all__ = ["chromium", "gateway", "screen", "tab"]
