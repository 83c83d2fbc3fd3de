"""Cards keyed at the till with the real program: paid, on paper, given back, and gone.

The log tells everything that any library has to tell, in its file and on the terminal; the
service is in another process, over HTTP.
"""

import sys
from pathlib import Path

import httpx
import pytest

from pos_app.app.report import save_report
from pos_app.paths import DataPaths
from pos_app.ui.theme.tokens import LIGHT
from tests.fakes import talkative
from tests.fakes.card_leaks import blobs, tells
from tests.fakes.command import run
from tests.fakes.customer_details import DETAILS, fill_in_customer
from tests.fakes.jpay import PAYING
from tests.fakes.pdf import text_of
from tests.fakes.waiting import is_soon, until
from tests.fakes.windowed_store import Store

PAID_AT_ONCE, SECURE = "4242424242424242", "4000002500003155"
MONTH, YEAR, CVV = "12", "31", "987"
TALKATIVE = (sys.executable, talkative.__file__)


@pytest.fixture
def store(tmp_path, screen, gateway):
    return Store(
        tmp_path,
        screen,
        gateway,
        "cc=jpay",
        command=TALKATIVE,
        PYTHONPATH=str(Path(__file__).parents[2]),
        POS_APP_JPAY_ALLOW_KEYED_CARDS="yes",
    )


def key_card(store, screen, number):
    """From Sell to the payment page; returns the charge's row."""
    store.till.key("4", "2", "5", "0", by="F5")
    screen.press("Return")
    fill_in_customer(screen)
    screen.press("Tab", "Tab", "Tab", "Tab")

    def is_asked():
        screen.press("Return")  # ignored for the first 700 ms
        return is_soon(lambda: screen.count(LIGHT.key) > 50_000, 0.5)

    until(is_asked, "the dialog with its pad")
    screen.press(*number, "Tab", *MONTH, *YEAR, "Tab", *CVV)

    def is_sent():
        screen.press("Return")
        return is_soon(store.till.ledger.charges, 0.5)

    until(is_sent, "the charge in the ledger")
    return store.till.ledger.charges()[0]


def exports(folder):
    """What other programs are told, by name."""
    for what in ("charges", "refunds", "journal", "shifts"):
        for form in ("csv", "jsonl"):
            done = run(folder, "export", what, "--format", form, "--training")
            assert (done.returncode, done.stderr) == (0, "")
            yield f"{what}.{form}", done.stdout.encode()


def leaks(store, folder, number):
    """Where anything of the card is, by name: files, papers, exports, the report, the output."""
    save_report(DataPaths(folder))
    found = [*blobs(folder), *exports(folder)]
    papers = store.till.paths.receipts.glob("*.pdf")
    found += [(paper.name, text_of(str(paper)).encode()) for paper in papers]
    names = {name for name, _ in found}
    assert {"errors.txt", "charges.csv", "journal.jsonl"} <= names
    assert any(name.endswith("-wal") for name in names)
    assert any(name.endswith("/logs/demo.log") for name in names)
    card = (number, MONTH, f"20{YEAR}", CVV)
    return {name: what for name, blob in found if (what := tells(blob, *card))}


@pytest.mark.usefixtures("qapp")
def test_paid_at_once_and_nothing_of_the_card_is_anywhere(store, tmp_path, screen):
    with store.till.running():
        store.till.sign_in()
        charge = key_card(store, screen, PAID_AT_ONCE)
        assert (charge["is_card_keyed"], charge["gateway"]) == (1, "jpay")
        paid = store.check_to_the_end("jpay")
        assert leaks(store, tmp_path, PAID_AT_ONCE) == {}
    assert leaks(store, tmp_path, PAID_AT_ONCE) == {}
    assert paid["code"] is None
    assert "pay_index" in store.till.said()
    assert "INSERT INTO charges" in store.till.said()
    assert [found for told in DETAILS for found in store.keeps(told)] == []


@pytest.mark.usefixtures("qapp")
def test_the_bank_asks_first_on_the_page_that_the_code_opens(store, tmp_path, screen):
    with store.till.running():
        store.till.sign_in()
        key_card(store, screen, SECURE)
        address = store.till.code()
        assert "/pay/secure" in address
        httpx.post(address, data=PAYING, trust_env=False)
        store.check_to_the_end("jpay")
    assert leaks(store, tmp_path, SECURE) == {}


@pytest.mark.usefixtures("qapp")
def test_killed_before_the_answer_it_is_asked_about_and_never_sent_again(
    store, tmp_path, screen, gateway
):
    gateway.faults({"call": "charge", "fault": "delay", "seconds": 3})
    with store.till.running():
        store.till.sign_in()
        key_card(store, screen, PAID_AT_ONCE)
        until(lambda: gateway.faults_left() == [], "the card to be on its way")
        store.till.kill()
    with store.till.running():
        store.till.sign_in()
        paid = store.till.paid()
    (there,) = gateway.transactions()
    assert (there["reference"], there["state"]) == (paid["reference"], "paid")
    assert leaks(store, tmp_path, PAID_AT_ONCE) == {}


def test_the_search_finds_a_card_however_it_is_written():
    card = (PAID_AT_ONCE, MONTH, "2031", CVV)
    for said in (
        b"number 4242424242424242",
        b"4242 4242 4242 4242",
        b"4242-4242-4242-4242",
        b"4242%204242%204242%204242",
        "4242\u00a04242\u00a04242\u00a04242".encode(),
        "4242424242424242".encode("utf-16-le"),
        b"eCA0MjQyNDI0MjQyNDI0MjQyIHg=",
        b"34323432343234323432343234323432",
        b"pay_cardcvv=1",
        b"CVV: 987",
        b"good until 12/31",
        b"12 / 2031",
    ):
        assert tells(said, *card), said
    assert tells(b"order 987 of 2026-11-21, 42.50, 4242", *card) == []
