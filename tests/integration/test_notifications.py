"""Notices from the simulator or a forger, over real HTTP, until the till has asked."""

import json

import httpx
import pytest

from pos_app.compose import build_notice_desk
from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.customers import Customer
from pos_app.domain.errors import GatewayNotSetUp
from pos_app.domain.methods import PaymentMethod
from pos_app.paths import DataPaths
from pos_app.services.notices import ArrivalFate, NoticeFate
from pos_app.simulator.jpay.signing import sign
from pos_app.storage.arrivals import Arrivals
from tests.fakes.notices import notice, receiver
from tests.fakes.running_simulator import running_simulator
from tests.fakes.till_with_simulator import TillWithSimulator
from tests.fakes.waiting import until

S = ChargeStatus


class NotifiedTill(TillWithSimulator):
    """A till with a receiver beside it, to which the simulator sends its notices."""

    def listen(self):
        self.intake = build_notice_desk(self.paths, self.environ, is_training=True)
        self.desk = self.intake.__enter__()
        self.receiver = receiver(self.desk)
        self.address = self.receiver.__enter__()
        self.environ["POS_APP_CITCON_CHOP_IPN_URL"] = f"{self.address}/notify/citcon_chop"
        self.environ["POS_APP_JPAY_NOTIFY_URL"] = f"{self.address}/notify/jpay"
        self.restart()

    def send(self, members, gateway="citcon_chop", **more):
        return httpx.post(
            f"{self.address}/notify/{gateway}", data=members, trust_env=False, **more
        )

    def come_back(self, gateway, members, *, is_posted=False, **more):
        """A customer's browser, sent back here by a payment service or by a forger."""
        address = f"{self.address}/return/{gateway}"
        before = sum(self.desk.arrival_counts().values())
        if is_posted:
            page = httpx.post(address, data=members, trust_env=False, **more)
        else:
            page = httpx.get(address, params=members, trust_env=False, **more)
        until(lambda: sum(self.desk.arrival_counts().values()) > before, "it to be looked at")
        return page

    def arrivals(self, fate):
        return self.desk.arrival_counts()[fate]

    def journal_entries(self):
        with self.till.recovery._ledger.store.read() as work:
            return work.journal.verify().entries

    def count(self, fate):
        return self.desk.counts()[fate]

    def questions(self, charge):
        """How many questions the till has asked about it."""
        return len(self.till.recovery._ledger.board.progress(charge.id).checks)

    def close(self):
        self.receiver.__exit__(None, None, None)
        self.intake.__exit__(None, None, None)
        super().close()


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def desk(tmp_path, simulator):
    desk = NotifiedTill(tmp_path, simulator)
    desk.listen()
    yield desk
    desk.close()


def test_the_simulators_notice_makes_the_till_ask_at_once(desk):
    charge = desk.waiting()
    asked = desk.questions(charge)
    assert desk.act(charge, "pay")
    until(lambda: desk.count(NoticeFate.KEPT), "the notice")
    desk.till.notified.look()
    assert desk.now(charge).status is S.PAID
    assert desk.questions(charge) == asked + 1
    desk.till.notified.look()
    assert desk.questions(charge) == asked + 1
    assert desk.journal_holds()


def test_jpay_tells_of_a_card_and_hears_the_word_that_it_wants(tmp_path, simulator):
    desk = NotifiedTill(tmp_path, simulator, POS_APP_METHODS_GATEWAYS="cc=jpay")
    desk.listen()
    customer = Customer("Ana", "Lopez", "ana@example.com", "5550100", "US")
    made = desk.charge(method=PaymentMethod.CC, customer=customer)
    charge = desk.till.checkout.send(made.id)
    desk.let_pass(2)
    assert desk.act(charge, "pay")
    until(lambda: desk.count(NoticeFate.KEPT), "the notice")
    desk.till.notified.look()
    assert desk.now(charge).status is S.PAID
    told = {"memberid": "10130", "orderid": charge.reference, "returncode": "00"}
    assert desk.send(told, "jpay").status_code == 400
    assert desk.send({**told, "sign": sign(told, "training-token")}, "jpay").text == "success"
    desk.close()


@pytest.mark.parametrize(
    ("call", "status", "attention"),
    [("inquire", S.UNKNOWN, {Attention.MISMATCH}), ("ipn", S.PAID, set())],
)
def test_another_amount_counts_where_jpay_is_asked_and_not_in_its_notice(
    tmp_path, simulator, call, status, attention
):
    desk = NotifiedTill(tmp_path, simulator, POS_APP_METHODS_GATEWAYS="cc=jpay")
    desk.listen()
    customer = Customer("Ana", "Lopez", "ana@example.com", "5550100", "US")
    charge = desk.charge(method=PaymentMethod.CC, customer=customer)
    desk.till.checkout.send(charge.id)
    desk.let_pass(2)
    desk.faults((call, "wrong_amount", {"times": None}))
    assert desk.act(charge, "pay")
    until(lambda: desk.count(NoticeFate.KEPT), "the notice")
    desk.till.notified.look()
    now = desk.now(charge)
    assert (now.status, now.attention) == (status, attention)
    desk.close()


def test_a_genuine_notice_alone_makes_nothing_paid(desk):
    charge = desk.waiting()
    assert desk.send(notice(charge)).text == "ok"
    desk.till.notified.look()
    assert desk.now(charge).status is S.WAITING


def test_a_forged_notice_is_counted_and_changes_nothing(desk):
    charge = desk.waiting()
    asked = desk.questions(charge)
    answer = desk.send(notice(charge, token="guessed"))
    assert (answer.status_code, answer.text) == (400, "no")
    desk.till.notified.look()
    assert desk.questions(charge) == asked
    assert desk.count(NoticeFate.REFUSED) == 1


def test_a_fail_is_a_hint_and_the_same_code_still_works(desk):
    charge = desk.waiting()
    desk.send(notice(charge, notify_status="fail"))
    desk.till.notified.look()
    assert desk.screen(charge) == "declinedHint"
    assert desk.act(charge, "pay")
    desk.let_pass(4)
    assert desk.now(charge).status is S.PAID


def test_duplicates_and_fails_that_come_after_the_payment_are_harmless(desk):
    charge = desk.waiting()
    assert desk.act(charge, "pay")
    told = notice(charge)
    assert [desk.send(told).text for _ in range(3)] == ["ok"] * 3
    desk.send(notice(charge, "n2", notify_status="fail"))
    desk.till.notified.look()
    assert desk.screen(charge) == "paid"
    assert desk.count(NoticeFate.DUPLICATE) == 2


def test_a_notice_that_comes_before_the_code_is_harmless(desk):
    charge = desk.charge()
    desk.send(notice(charge, id="0" * 25))
    desk.till.notified.look()
    assert desk.now(charge).status is S.CREATED
    desk.till.checkout.send(charge.id)
    assert desk.screen(charge) == "waiting"


def test_a_notice_of_late_money_calls_for_a_person(desk):
    charge = desk.waiting()
    assert desk.act(charge, "expire")
    desk.let_pass(12)
    assert desk.now(charge).status is S.EXPIRED
    desk.faults(("ipn", "duplicate_notification"))
    assert desk.act(charge, "pay")
    until(lambda: desk.count(NoticeFate.DUPLICATE), "both notices")
    desk.till.notified.look()
    assert desk.now(charge).status is S.PAID
    assert Attention.PAID_LATE in desk.now(charge).attention


def test_an_unanswered_question_about_a_closed_charge_is_asked_again_later(desk):
    charge = desk.waiting()
    assert desk.act(charge, "expire")
    desk.let_pass(12)
    desk.faults(("ipn", "missing_notification"), ("inquire", "lose_answer"))
    assert desk.act(charge, "pay")
    desk.send(notice(charge))
    desk.till.notified.look()
    assert desk.now(charge).status is S.EXPIRED
    desk.till.notified.look()  # not at once: the gateway may be in trouble
    assert desk.now(charge).status is S.EXPIRED
    desk._nap(31)
    desk.till.notified.look()
    assert desk.now(charge).status is S.PAID


def test_nobody_is_told_whether_a_reference_is_known(desk):
    charge = desk.waiting()
    known = desk.send(notice(charge))
    unknown = desk.send(notice(charge, "n2", reference="ABC-1"))
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text) == (200, "ok")
    assert desk.count(NoticeFate.UNKNOWN) == 1


def test_json_is_read_as_well_with_its_numbers_as_they_were_written(desk):
    charge = desk.waiting()
    told = notice(charge)
    body = json.dumps({**told, "amount": int(told["amount"])})
    answer = httpx.post(
        f"{desk.address}/notify/citcon_chop",
        content=body,
        headers={"content-type": "application/json"},
        trust_env=False,
    )
    assert answer.text == "ok"
    assert desk.count(NoticeFate.KEPT) == 1


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("notify/citcon_chop", b"a" * 20_000, 413),
        ("notify/citcon_chop", b"\xff\xfe", 400),
        ("notify/citcon_chop", b"{[", 400),
        ("notify/citcon_chop", b"[1]", 400),
        ("notify/citcon_chop", b"&".join(b"a%d=1" % n for n in range(200)), 400),
        ("notify/jpay_of_old", b"a=1", 404),
        ("elsewhere", b"a=1", 404),
    ],
)
def test_what_is_no_notice_is_turned_away(desk, path, content, status):
    answer = httpx.post(f"{desk.address}/{path}", content=content, trust_env=False)
    assert answer.status_code == status


def test_a_sender_that_sends_too_much_is_asked_to_come_later(desk):
    with receiver(desk.desk, per_s=2) as address:
        codes = [httpx.post(f"{address}/notify/citcon_chop").status_code for _ in range(4)]
    assert codes[:2] == [400, 400]
    assert 429 in codes


@pytest.mark.parametrize("is_posted", [False, True])
def test_a_customer_who_comes_back_makes_the_till_ask_at_once(tmp_path, simulator, is_posted):
    desk = NotifiedTill(tmp_path, simulator, POS_APP_METHODS_GATEWAYS="cc=jpay")
    desk.listen()
    customer = Customer("Ana", "Lopez", "ana@example.com", "5550100", "US")
    charge = desk.till.checkout.send(desk.charge(method=PaymentMethod.CC, customer=customer).id)
    desk.let_pass(2)
    desk.faults(("ipn", "missing_notification"))
    assert desk.act(charge, "pay")
    word = {"paymentStatus": "success", "orderID": charge.reference}
    desk.come_back("jpay", word, is_posted=is_posted)
    assert desk.arrivals(ArrivalFate.KEPT) == 1
    desk.till.notified.look()
    assert desk.now(charge).status is S.PAID
    desk.close()


def test_who_says_to_have_paid_is_only_asked_about_and_only_once(desk):
    charge = desk.waiting()
    asked, entries = desk.questions(charge), desk.journal_entries()
    word = {"merchant_reference": charge.reference, "ssl_result": "0", "ssl_amount": "4250"}
    for _ in range(5):
        desk.come_back("citcon_chop", word)
    assert desk.arrivals(ArrivalFate.REPEATED) == 4
    for _ in range(3):
        desk.till.notified.look()
    assert desk.questions(charge) == asked + 1
    assert (desk.now(charge).status, desk.screen(charge)) == (S.WAITING, "waiting")
    assert desk.journal_entries() == entries
    assert desk.till.receiving.view().last_notice_at is None


def test_two_who_come_at_the_same_moment_are_one(desk, monkeypatch):
    charge = desk.waiting()
    # Both have looked before either has written.
    monkeypatch.setattr(Arrivals, "charge_of", lambda *_: (charge.id, False))
    word = {"merchant_reference": charge.reference}
    fates = [desk.desk.welcome("citcon_chop", word) for _ in range(2)]
    assert fates == [ArrivalFate.KEPT, ArrivalFate.REPEATED]


def test_who_says_to_have_failed_changes_nothing_either(desk):
    charge = desk.waiting()
    desk.come_back("citcon_chop", {"merchant_reference": charge.reference, "ssl_result": "05"})
    assert desk.arrivals(ArrivalFate.KEPT) == 1
    desk.till.notified.look()
    assert desk.screen(charge) == "waiting"


def test_who_comes_back_to_a_paid_charge_makes_nobody_ask(desk):
    charge = desk.waiting()
    assert desk.act(charge, "pay")
    desk.let_pass(4)
    asked = desk.questions(charge)
    desk.come_back("citcon_chop", {"merchant_reference": charge.reference})
    assert desk.arrivals(ArrivalFate.KEPT) == 1
    desk.till.notified.look()
    assert desk.questions(charge) == asked


def test_the_way_back_looks_the_same_for_everybody(desk):
    charge = desk.waiting()
    words = [
        ("citcon_chop", {"merchant_reference": charge.reference}),
        ("citcon_chop", {"merchant_reference": "HSG1-2607120087-AAAA"}),
        ("citcon_chop", {"merchant_reference": "\0' --"}),
        ("jpay", {"orderID": charge.reference}),
        ("citcon_instore", {"reference": charge.reference}),
        ("nobody", {"orderID": charge.reference}),
        ("citcon_chop", {}),
    ]
    pages = [
        desk.come_back(gateway, word, is_posted=is_posted)
        for gateway, word in words
        for is_posted in (False, True)
    ]
    assert {(page.status_code, page.text) for page in pages} == {(200, pages[0].text)}
    assert "Thank you." in pages[0].text
    assert "aid" not in pages[0].text
    assert charge.reference not in pages[0].text
    assert desk.arrivals(ArrivalFate.UNKNOWN) == 12
    assert desk.arrivals(ArrivalFate.KEPT) == desk.arrivals(ArrivalFate.REPEATED) == 1


@pytest.mark.parametrize("content", [b"a" * 20_000, b"\xff\xfe", b"{[", b"[1]"])
def test_a_way_back_that_can_not_be_read_is_thanked_as_well(desk, content):
    answer = httpx.post(f"{desk.address}/return/jpay", content=content, trust_env=False)
    assert answer.status_code == 200
    assert "Thank you." in answer.text


def test_ways_back_are_limited_as_notices_are(desk):
    with receiver(desk.desk, per_s=2) as address:
        answers = [httpx.get(f"{address}/return/jpay", trust_env=False) for _ in range(4)]
    codes = [answer.status_code for answer in answers]
    assert codes[:2] == [200, 200]
    assert 429 in codes
    assert {answer.text for answer in answers} == {answers[0].text}


@pytest.mark.parametrize(
    ("accepted", "lang", "words"),
    [
        ("", "en", "The shop’s till shows the result."),
        ("de, en;q=0.5, zh;q=0.4", "en", "The shop’s till shows the result."),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans", "付款结果请看商店的收银台。"),
        ("zh-Hant-TW", "zh-Hant", "付款結果請看商店的收銀台。"),
        ("zh-HK", "zh-Hant", "付款結果請看商店的收銀台。"),
    ],
)
def test_the_customer_is_thanked_in_a_language_of_theirs(desk, accepted, lang, words):
    page = desk.come_back("jpay", {}, headers={"Accept-Language": accepted})
    assert page.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert page.headers["cache-control"] == "no-store"
    assert f'<html lang="{lang}">' in page.text
    assert words in page.text


def test_operators_see_how_it_is(desk):
    desk.send(notice(desk.waiting()))
    assert httpx.get(f"{desk.address}/healthz").json() == {"status": "ok"}
    metrics = httpx.get(f"{desk.address}/metrics").text
    assert 'qr_till_notices_total{fate="kept"} 1' in metrics
    assert 'qr_till_arrivals_total{fate="kept"} 0' in metrics


def test_what_a_stranger_sends_makes_no_terminal_of_this_computer(tmp_path, simulator):
    environ = {
        "POS_APP_CITCON_INSTORE_BASE_URL": simulator.url,
        "POS_APP_CITCON_INSTORE_STORE_CODE": "training-store",
    }
    paths = DataPaths(tmp_path)
    with (
        build_notice_desk(paths, environ, is_training=False) as desk,
        pytest.raises(GatewayNotSetUp),
    ):
        desk.read("citcon_instore", {})
    assert not paths.secrets.exists()
