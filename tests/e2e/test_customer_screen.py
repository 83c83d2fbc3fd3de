"""A card typed by the customer: the page on the second monitor, in the system's own browser."""

import os

import pytest

from tests.fakes.browser import program
from tests.fakes.customer_details import fill_in_customer
from tests.fakes.screen import is_possible
from tests.fakes.two_monitors import two_monitors
from tests.fakes.waiting import is_soon, until
from tests.fakes.windowed_till import WindowedTill

FLAGS = ("--no-proxy-server", "--no-sandbox")
"""Chromium does not start as root with its sandbox, as it would on a till."""


@pytest.fixture
def screen():
    if not is_possible() or program() is None:
        pytest.skip("needs Xvfb, xdotool and Chromium")
    with two_monitors() as started:
        yield started


@pytest.fixture
def till(tmp_path, screen, gateway):
    own = tmp_path / "bin" / "chromium"
    own.parent.mkdir()
    own.write_text(f'#!/bin/sh\nexec {program()} {" ".join(FLAGS)} "$@"\n', encoding="ascii")
    own.chmod(0o755)
    return WindowedTill(
        tmp_path,
        screen,
        POS_APP_CITCON_CHOP_BASE_URL=f"{gateway.url}/",
        POS_APP_METHODS_GATEWAYS="cc=jpay",
        PATH=f"{own.parent}:{os.environ['PATH']}",
    )


def opens(screen):
    """Press the button that has the focus; keys are ignored for the first 700 ms."""
    screen.press("space")
    return is_soon(lambda: not screen.is_dark(), 5)


def open_page(till, screen):
    """Sell something by card and have its page opened; returns the page's address."""
    till.sign_in()
    till.key("4", "2", "5", "0", by="F5")
    screen.press("Return")
    fill_in_customer(screen)
    till.confirm()
    address = till.code()
    assert screen.is_dark()
    screen.press(*["shift+Tab"] * 4)
    until(lambda: opens(screen), "the page on the customer's monitor", 40)
    return address


@pytest.mark.usefixtures("qapp")
def test_the_page_is_on_the_customers_monitor_while_it_can_be_paid(till, screen, gateway):
    kept = till.paths.root / "browser"
    with till.running():
        address = open_page(till, screen)
        (there,) = gateway.transactions()
        gateway.act(there["q"], "pay")
        till.paid()
        until(screen.is_dark, "the page to go")
        until(lambda: not kept.exists(), "the browser's files to go")
    for log in (till.paths.root.parent / "logs").iterdir():
        assert address not in log.read_text(encoding="utf-8")
    assert till.said() == ""


@pytest.mark.usefixtures("qapp")
def test_the_page_and_its_files_go_with_a_till_that_is_killed(till, screen):
    with till.running():
        open_page(till, screen)
    until(screen.is_dark, "the page to go")
    until(lambda: not any((till.paths.root / "browser").iterdir()), "the browser's files to go")
