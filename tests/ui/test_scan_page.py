"""Charging by the customer's code, against the simulator and by keys as a scanner types them."""

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.domain.money import Money
from pos_app.ui.pages.scan import ScanPage
from pos_app.ui.widgets.late_key_guard import is_held
from pos_app.ui.widgets.scan_guard import END_GAP_MS
from tests.fakes.at_the_till import come_to_rest, sign_in
from tests.fakes.running_simulator import running_simulator
from tests.fakes.scanner import ENTER, PERSON_MS, send
from tests.fakes.whole_window import whole_window

K = Qt.Key
CODE = "134650098712345678"
UNIONPAY = "hQVDUFYxMjM0NTY3ODkwMTIz"


class Counter:
    """The whole till with a pretended customer who shows codes."""

    def __init__(self, desk, url):
        self.desk, self._url = desk, url

    def script(self, *faults):
        rules = [{"call": "pay", "fault": fault} for fault in faults]
        answer = httpx.post(
            f"{self._url}/simulator/behaviour", json={"rules": rules}, trust_env=False
        )
        answer.raise_for_status()

    def begin(self):
        sign_in(self.desk)
        self.desk.press(K.Key_4, K.Key_2, K.Key_5, K.Key_0)
        self.desk.wait(lambda: self.desk.find("scanCodeButton"))
        self.desk.click("scanCodeButton")
        self.desk.wait(lambda: self.desk.page == "scanPage")

    def scan(self, code=CODE):
        window = self.desk.window.windowHandle()
        send(lambda event: QApplication.sendEvent(window, event), code + ENTER)

    def made(self):
        answer = httpx.get(f"{self._url}/simulator/transactions", trust_env=False)
        return answer.json()["transactions"]

    def wait_for(self, state):
        self.desk.wait(lambda: self.desk.page == "paymentPage" and self.desk.state == state)


@pytest.fixture
def counter(qtbot, tmp_path):
    with (
        running_simulator() as simulator,
        whole_window(qtbot, tmp_path, POS_APP_CITCON_CHOP_BASE_URL=f"{simulator.url}/") as desk,
    ):
        yield Counter(desk, simulator.url)


def test_a_scanned_code_is_paid(counter):
    counter.begin()
    counter.scan()
    counter.wait_for("paid")
    (made,) = counter.made()
    assert (made["amount"], made["method"], made["state"]) == (4250, "wechatpay", "paid")


def test_the_customer_confirms_on_the_phone(counter):
    counter.script("needs_confirming")
    counter.begin()
    counter.scan()
    counter.wait_for("customerConfirming")
    counter.desk.wait(lambda: len(counter.made()) == 1)
    counter.desk.wait(lambda: counter.desk.find("simPay"))
    counter.desk.wait_until_keys_count()
    counter.desk.click("simPay")
    counter.wait_for("paid")


def test_a_code_that_is_too_old_is_scanned_afresh_for_the_same_sale(counter):
    counter.script("code_too_old")
    counter.begin()
    counter.scan()
    counter.wait_for("codeExpired")
    counter.desk.wait_until_keys_count()
    counter.desk.click("scanAgainButton")
    counter.desk.wait(lambda: counter.desk.page == "scanPage")
    counter.scan("2812345678901234")
    counter.wait_for("paid")
    (made,) = counter.made()
    assert made["method"] == "alipay"


def test_what_is_no_code_charges_nothing_and_says_what_to_do(counter):
    counter.begin()
    counter.scan("4006381333931")
    status = counter.desk.find("scanStatus")
    assert status.property("state") == "notACode"
    come_to_rest(counter.desk)
    assert counter.made() == []
    assert counter.desk.page == "scanPage"


@pytest.mark.parametrize(
    ("button", "state"),
    [
        ("simScanPays", "paid"),
        ("simScanConfirms", "customerConfirming"),
        ("simScanTooOld", "codeExpired"),
        ("simScanDeclined", "declined"),
        ("simScanNetworkDrop", "unknown"),
    ],
)
def test_in_training_a_press_shows_a_code(counter, button, state):
    counter.begin()
    counter.desk.click(button)
    counter.wait_for(state)


def test_a_second_scan_while_the_first_is_on_its_way_does_nothing(counter):
    counter.begin()
    counter.scan()
    counter.scan()
    counter.wait_for("paid")
    counter.desk.wait_until_keys_count()
    counter.scan()  # would be New sale
    come_to_rest(counter.desk)
    assert counter.desk.state == "paid"
    assert counter.desk.page == "paymentPage"
    assert len(counter.made()) == 1


def test_going_back_keeps_the_sale_and_no_code(counter):
    counter.begin()
    edit = counter.desk.find("customerCodeEdit")
    QTest.keyClicks(edit, CODE)
    counter.desk.press(K.Key_Escape)
    counter.desk.wait(lambda: counter.desk.page == "sellPage")
    assert edit.text() == ""
    assert counter.desk.find("scanCodeButton").isEnabled()
    counter.desk.wait(lambda: not is_held(counter.desk.window))  # a late key charges nothing
    QTest.keyClick(
        counter.desk.window.windowHandle(), K.Key_Return, Qt.KeyboardModifier.ShiftModifier
    )
    counter.desk.wait(lambda: counter.desk.page == "scanPage")


@pytest.fixture
def page(qtbot):
    page = ScanPage()
    qtbot.addWidget(page)
    page.begin(Money(4250, "USD"))
    page.show()
    return page


def into(page):
    """Offer a key to the page, and to its field what the page leaves to it."""
    return lambda event: page.handle_key(event) or QApplication.sendEvent(page._edit, event)


@pytest.fixture
def read(page):
    read = []
    page.code_read.connect(lambda code: read.append(code.reveal()))
    return read


def state(page):
    return page._banner.property("state")


def test_the_wallet_is_named_at_once_and_the_code_never_shown(page):
    send(into(page), CODE, PERSON_MS)
    assert page._method.text() == "WeChat Pay ···5678"
    assert CODE not in page._edit.displayText()


def test_a_scanned_code_goes_at_once(page, read):
    send(into(page), CODE + ENTER)
    assert read == [CODE]


def test_a_scanner_without_enter_needs_none(page, qtbot, read):
    send(into(page), CODE)
    assert read == []  # an Enter may still come
    qtbot.waitUntil(lambda: read == [CODE])


def test_a_typed_code_waits_for_enter(page, qtbot, read):
    send(into(page), CODE, PERSON_MS)
    qtbot.wait(END_GAP_MS + 100)
    assert read == []
    send(into(page), ENTER)
    assert read == [CODE]


def test_a_scan_replaces_what_was_typed_before(page, read):
    send(into(page), "134", PERSON_MS)
    send(into(page), CODE + ENTER)
    assert read == [CODE]


def test_a_code_is_charged_once(page, read):
    send(into(page), CODE, PERSON_MS)
    page._charge.click()
    page._charge.click()
    send(into(page), ENTER)
    assert read == [CODE]


def test_until_there_is_a_code_nothing_can_be_charged(page):
    assert not page._charge.isEnabled()
    send(into(page), CODE[:-1], PERSON_MS)
    assert not page._charge.isEnabled()


@pytest.mark.parametrize(
    ("scanned", "told"),
    [
        ("4006381333931", "notACode"),
        (UNIONPAY.swapcase(), "capsLock"),
        (UNIONPAY.replace("Y", "Z"), "wrongKeyboard"),
        ("&\"'(-é_èçà&\"'(-é_è", "wrongKeyboard"),
    ],
)
def test_a_scan_that_is_no_code_says_what_is_the_matter(page, read, scanned, told):
    send(into(page), scanned + ENTER)
    assert (state(page), read) == (told, [])
    assert page._edit.text() == ""


def test_outside_training_nobody_shows_anything(page):
    assert not page._strip.isVisible()


def test_leaving_the_page_ends_a_scan(page, qtbot, read):
    send(into(page), CODE)
    page.hidden()
    qtbot.wait(END_GAP_MS + 100)
    assert read == []
