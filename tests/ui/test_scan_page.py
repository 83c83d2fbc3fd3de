"""Charging by the customer's code, against the simulator and by keys as a scanner types them."""

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.money import Money
from pos_app.ui.pages.scan import ScanPage
from pos_app.ui.widgets.late_key_guard import is_held
from tests.fakes.at_the_till import come_to_rest, sign_in
from tests.fakes.running_simulator import running_simulator
from tests.fakes.whole_window import whole_window

K = Qt.Key
CODE = "134650098712345678"


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
        QTest.keyClicks(self.desk.find("customerCodeEdit"), code)
        self.desk.press(K.Key_Return)

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


def test_the_wallet_is_named_at_once_and_the_code_never_shown(page, qtbot):
    qtbot.keyClicks(page._edit, CODE)
    assert page._method.text() == "WeChat Pay ···5678"
    assert CODE not in page._edit.displayText()


def test_a_code_is_charged_once(page, qtbot):
    read = []
    page.code_read.connect(read.append)
    qtbot.keyClicks(page._edit, CODE)
    page._charge.click()
    page._charge.click()
    assert [code.reveal() for code in read] == [CODE]


def test_until_there_is_a_code_nothing_can_be_charged(page, qtbot):
    assert not page._charge.isEnabled()
    qtbot.keyClicks(page._edit, CODE[:-1])
    assert not page._charge.isEnabled()
