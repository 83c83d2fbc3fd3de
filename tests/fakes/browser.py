"""A real browser without a window: the system's Chromium, with a customer at it."""

import os
import shutil
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 15_000
"""How long a page may take on a busy computer before it counts as broken."""
_HERE_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def program():
    """Where Chromium is on this system; None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def browser():
    """Run Chromium while the block runs; it reaches nothing but this computer."""
    arguments = ["--no-proxy-server", _HERE_ONLY]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to start as root with it
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program(), args=arguments)
        try:
            yield started
        finally:
            started.close()


@contextmanager
def customer(running, **preferences):
    """A customer with a phone and a browser that nobody used before; yields an empty tab."""
    context = running.new_context(**{"viewport": PHONE, "locale": "en", **preferences})
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.fixture(scope="module")
def chromium():
    if program() is None:
        pytest.skip("Chromium isn't installed here: apt-get install chromium")
    with browser() as started:
        yield started


@pytest.fixture
def tab(chromium):
    """A tab whose pages ask for nothing that their own policy forbids."""
    complaints = []
    with customer(chromium) as page:
        page.on("console", lambda message: complaints.append(message.text))
        yield page
    assert [text for text in complaints if "Content Security Policy" in text] == []
