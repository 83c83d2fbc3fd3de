"""The simulator over real HTTP: bytes, broken connections, control, notices."""

import asyncio
import threading
from contextlib import suppress
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Empty, Queue
from urllib.parse import parse_qs

import httpx
import pytest

from pos_app.simulator.application import Simulator
from pos_app.simulator.behaviour import Behaviour
from pos_app.simulator.clock import AdjustableClock
from pos_app.simulator.ledger import Ledger
from pos_app.simulator.settings import Settings
from tests.fakes.chop_shop import ORDER, Shop, shop, simulator
from tests.fakes.running_simulator import TOKEN, running_simulator

__all__ = ["shop", "simulator"]


def test_failures_of_business_are_answered_with_200(shop):
    answer = shop.http.post("/chop/chop", data=ORDER, headers={"Authorization": "Bearer no"})
    assert answer.status_code == 200
    assert answer.content == (
        b'{"result":"fail","error":"Authorization: this merchant token isn\'t known"}'
    )


def test_address_has_the_host_that_was_called(shop, simulator):
    answer = shop.http.post("/chop/chop", data=ORDER, headers={"Host": "uat.citconpay.com:8443"})
    assert answer.text.startswith(
        '{"result":"success","url":"http:\\/\\/uat.citconpay.com:8443\\/chop\\/landing?q='
    )
    odd = shop.http.post("/chop/chop", data=ORDER, headers={"Host": "a=b"}).json()["url"]
    assert odd.startswith(f"http://127.0.0.1:{simulator.port}/chop/landing?q=")


def test_only_forms_are_read(shop):
    answer = shop.http.post("/chop/chop", json=ORDER).json()
    assert answer == {"result": "fail", "error": "payment_method is missing"}


def test_looking_never_charges(shop):
    assert shop.http.get("/chop/chop", params=ORDER).status_code == 405
    assert shop.transactions() == []


def test_far_too_long_request_is_turned_away(shop):
    assert shop.http.post("/chop/chop", data={"reference": "x" * 70_000}).status_code == 413


@pytest.mark.parametrize(
    ("fault", "error", "happened"),
    [
        ("lose_request", httpx.ReadError, 0),
        ("lose_answer", httpx.ReadError, 1),
        ("truncated", httpx.RemoteProtocolError, 1),
    ],
)
def test_connection_breaks_and_the_same_charge_again_makes_one(shop, fault, error, happened):
    shop.transactions()  # the connection is warm: it is not a stale one that breaks
    shop.script({"call": "charge", "fault": fault})
    with pytest.raises(error):
        shop.charge()
    assert len(shop.transactions()) == happened
    assert shop.charge() == shop.charge()
    assert len(shop.transactions()) == 1


@pytest.mark.parametrize(
    ("fault", "status", "start", "happened"),
    [
        ("status_500", 500, b"Internal", 1),
        ("garbage", 200, b"\x1f\x8b", 1),
        ("captive_portal", 200, b"<!doctype html>", 0),
    ],
)
def test_answer_cannot_be_read(shop, fault, status, start, happened):
    shop.script({"call": "charge", "fault": fault})
    answer = shop.http.post("/chop/chop", data=ORDER)
    assert answer.status_code == status
    assert answer.content.startswith(start)
    assert len(shop.transactions()) == happened


def test_answer_can_come_after_the_shop_gave_up_waiting(shop):
    shop.script({"call": "charge", "fault": "delay", "seconds": 60})
    with pytest.raises(httpx.ReadTimeout):
        shop.http.post("/chop/chop", data=ORDER, timeout=0.2)
    assert len(shop.transactions()) == 1


def test_delay_holds_up_nobody_else(shop):
    q = shop.charge()
    shop.script({"call": "inquire", "fault": "delay", "seconds": 60, "reference": "HSG1-0087"})
    with pytest.raises(httpx.ReadTimeout):
        shop.http.post("/chop/inquire", data={"q": q}, timeout=0.1)
    assert shop.inquire(q).json()["notify_result"] is None


def test_lost_answer_of_a_cancel_has_cancelled(shop):
    q = shop.charge()
    shop.script({"call": "cancel", "fault": "lose_answer"})
    with pytest.raises(httpx.ReadError):
        shop.cancel(q)
    assert shop.state(q) == "cancelled"
    assert shop.cancel(q).json()["status"] == "Duplicate cancellation"


@pytest.mark.parametrize(
    ("fault", "error", "went_back"),
    [
        ("lose_request", httpx.ReadError, 0),
        ("lose_answer", httpx.ReadError, 1),
        ("truncated", httpx.RemoteProtocolError, 1),
    ],
)
def test_connection_breaks_and_the_same_refund_again_goes_back_again(
    shop, fault, error, went_back
):
    q = shop.charge()
    shop.act(q, "pay")
    shop.script({"call": "refund", "fault": fault})
    with pytest.raises(error):
        shop.refund(q, 1000)
    assert len(shop.transactions()[0]["refunds"]) == went_back
    assert shop.refund(q, 1000).json()["refunded"] is True
    assert [one["amount"] for one in shop.transactions()[0]["refunds"]] == [1000] * (went_back + 1)


@pytest.mark.parametrize(
    ("fault", "status", "went_back"),
    [("status_500", 500, 1), ("garbage", 200, 1), ("captive_portal", 200, 0)],
)
def test_answer_to_a_refund_cannot_be_read(shop, fault, status, went_back):
    q = shop.charge()
    shop.act(q, "pay")
    shop.script({"call": "refund", "fault": fault})
    answer = shop.refund(q)
    assert answer.status_code == status
    assert b"refunded" not in answer.content
    assert len(shop.transactions()[0]["refunds"]) == went_back


def test_refund_is_answered_with_200_whether_it_is_made_or_not(shop):
    q = shop.charge()
    answer = shop.refund(q)
    assert (answer.status_code, answer.content) == (
        200,
        b'{"code":"4071","refunded":false,"status":"Refund amount greater than allowed."}',
    )
    shop.act(q, "pay")
    answer = shop.refund(q)
    assert answer.status_code == 200
    assert answer.json()["status"] == "success"
    assert shop.state(q) == "refunded"


def test_control_lists_each_refund(shop):
    q = shop.charge()
    shop.act(q, "pay")
    ids = [shop.refund(q, amount, reason=f"{amount}").json()["id"] for amount in (1000, 250)]
    refunds = shop.transactions()[0]["refunds"]
    told = [(one["id"], one["amount"], one["reason"], one["kind"]) for one in refunds]
    assert told == [(ids[0], 1000, "1000", "refund"), (ids[1], 250, "250", "refund")]
    assert all(datetime.fromisoformat(one["at"]).tzinfo for one in refunds)


def test_list_of_transactions_is_only_read_and_needs_the_token(shop):
    q = shop.charge()
    shop.act(q, "pay")
    shop.refund(q, 1000)
    assert [one["type"] for one in shop.listed()] == ["payment", "refund"]
    assert shop.http.post("/chop/transactions").status_code == 405
    nobody = shop.http.get("/chop/transactions", headers={"Authorization": "Bearer no"})
    assert nobody.json()["result"] == "fail"
    assert shop.http.get("/chop/refund", params={"transaction_id": q}).status_code == 405


def test_control_sets_the_open_balance_and_lifts_it(shop):
    q = shop.charge()
    shop.act(q, "pay")
    assert shop.http.get("/simulator/open-balance").json()["balances"] == {"USD": 4250}
    assert shop.balance({"amount": 999, "currency": "USD"}).json()["balances"] == {"USD": 999}
    assert "balance" in shop.refund(q, 1000).json()["status"]
    assert shop.refund(q, 999).json()["refunded"] is True
    lifted = shop.balance({"unlimited": True}).json()
    assert (lifted["unlimited"], lifted["balances"]) == (True, {"USD": 0})
    assert shop.refund(q, 1000).json()["refunded"] is True
    shop.balance({"unlimited": False})
    assert shop.refund(q, 1000).json()["refunded"] is False


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"unlimited": 1},
        {"amount": 1},
        {"amount": True, "currency": "USD"},
        {"amount": -1, "currency": "USD"},
        {"amount": 1.5, "currency": "USD"},
        {"amount": 10**16, "currency": "USD"},
        {"amount": 1, "currency": "XXX"},
    ],
)
def test_control_refuses_what_is_no_open_balance(shop, body):
    answer = shop.balance(body)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("The open balance takes")
    assert shop.http.get("/simulator/open-balance").json()["balances"] == {}


def test_open_balance_is_told_for_the_merchant_of_the_token():
    with running_simulator(Settings(tokens=(TOKEN, "other"))) as running:
        shop = Shop(running.url)
        other = {"Authorization": "Bearer other"}
        shop.balance({"amount": 7, "currency": "EUR"})
        answer = shop.http.get("/simulator/open-balance", headers=other)
        assert answer.json()["balances"] == {}
        shop.http.headers.pop("Authorization")
        assert shop.http.get("/simulator/open-balance").json()["balances"] == {"EUR": 7}
        shop.http.close()


def test_control_settles_a_paid_charge(shop):
    q = shop.charge()
    refused = shop.act(q, "settle")
    assert (refused.status_code, refused.json()["error"]) == (
        409,
        "This payment hasn't been paid.",
    )
    shop.act(q, "pay")
    assert shop.act(q, "settle").json()["settles_at"]
    assert shop.cancel(q).json()["status"] == "Cancellation failed"


def test_control_tells_what_is_left_of_the_script_and_clears_it(shop):
    shop.script({"call": "charge", "fault": "delay", "seconds": 1, "times": 2})
    rule = {"call": "charge", "fault": "delay", "times": 2, "seconds": 1, "reference": None}
    assert shop.http.get("/simulator/behaviour").json() == {"rules": [rule]}
    assert shop.script().json() == {"rules": []}
    bad = shop.script({"call": "charge", "fault": "boom"})
    assert bad.status_code == 400
    assert bad.json()["error"].startswith("There is no fault 'boom'")
    assert shop.http.post("/simulator/behaviour", content=b"{").status_code == 400


def test_control_lists_what_the_gateway_knows(shop):
    q = shop.charge()
    shop.charge(reference="HSG1-0088")
    listed = shop.http.get("/simulator/transactions", params={"reference": "HSG1-0087"}).json()
    (one,) = listed["transactions"]
    expected = {
        "q": q,
        "reference": "HSG1-0087",
        "amount": 4250,
        "currency": "USD",
        "method": "alipay",
        "state": "open",
        "refunds": [],
        "paid_at": None,
    }
    assert {name: one[name] for name in expected} == expected
    assert shop.act(one["transaction_id"], "pay").json()["state"] == "paid"
    assert [each["state"] for each in shop.transactions()] == ["paid", "open"]


def test_control_pays_declines_and_expires(shop):
    q = shop.charge()
    assert shop.act(q, "decline").json()["state"] == "declined"
    assert shop.act(q, "expire").json()["state"] == "expired"
    assert shop.inquire(q).json()["notify_result"] == "expired"
    assert shop.act(q, "pay").json()["state"] == "paid"
    again = shop.act(q, "pay")
    assert (again.status_code, again.json()) == (
        409,
        {"error": "This payment has been paid already."},
    )
    assert shop.act(q, "dance").status_code == 404
    assert shop.act("0" * 25, "pay").status_code == 404


@pytest.mark.parametrize(("is_open", "status"), [(False, 403), (True, 200)])
def test_control_is_only_for_this_computer_unless_told_otherwise(is_open, status):
    settings = Settings(control_from_anywhere=is_open)
    ledger = Ledger()
    simulator = Simulator(ledger, AdjustableClock(), settings, Behaviour())
    from_afar = httpx.ASGITransport(simulator, client=("192.168.1.20", 50_000))

    async def call() -> list[int]:
        async with httpx.AsyncClient(transport=from_afar, base_url="http://sim") as http:
            control = await http.get("/simulator/transactions")
            script = await http.post("/simulator/behaviour", json={"rules": []})
            balance = await http.post("/simulator/open-balance", json={"unlimited": True})
            merchant = await http.post("/chop/chop", data=ORDER)
            answers = (control, script, balance, merchant)
            return [answer.status_code for answer in answers]

    assert asyncio.run(call()) == [status, status, status, 200]
    ledger.close()


def test_control_moves_the_clock(shop):
    q = shop.charge()
    assert shop.http.post("/simulator/clock", json={"advance_s": 301}).status_code == 200
    assert shop.state(q) == "expired"
    for wrong in ({"advance_s": -1}, {"advance_s": "1"}, {}, []):
        assert shop.http.post("/simulator/clock", json=wrong).status_code == 400


@pytest.fixture
def receiver():
    """A merchant's notification receiver: answers what `replies` says, keeps what it got."""
    replies: Queue[tuple[int, bytes]] = Queue()
    received: Queue[dict[str, list[str]]] = Queue()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = replies.get(timeout=5)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer)
            received.put({"path": [self.path], **parse_qs(body.decode())})

        def log_message(self, *args) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    server.replies, server.received = replies, received
    yield server
    server.shutdown()
    thread.join(5)
    server.server_close()


def ipn_url(receiver) -> str:
    return f"http://127.0.0.1:{receiver.server_port}/ipn?till=1"


def test_payment_is_told_to_the_merchant_in_a_signed_form(shop, receiver):
    receiver.replies.put((200, b"ok\n"))
    q = shop.charge(ipn_url=ipn_url(receiver))
    shop.act(q, "pay")
    notice = receiver.received.get(timeout=5)
    assert list(notice) == [
        *("path", "id", "amount", "notify_status", "currency", "time", "reference", "notify_id"),
        *("fields", "sign"),
    ]
    assert notice["path"] == ["/ipn?till=1"]
    assert (notice["id"], notice["notify_status"]) == ([q], ["success"])


@pytest.mark.parametrize("reply", [(500, b"ok"), (200, b"thanks"), (200, b"")])
def test_notice_that_is_not_answered_with_ok_comes_again(shop, simulator, receiver, reply):
    receiver.replies.put(reply)
    receiver.replies.put((200, b"ok"))
    shop.act(shop.charge(ipn_url=ipn_url(receiver)), "pay")
    first = receiver.received.get(timeout=5)
    for _ in range(100):  # it is put back some moments after it was answered
        shop.http.post("/simulator/clock", json={"advance_s": 5})
        with suppress(Empty):
            assert receiver.received.get(timeout=0.05) == first
            return
    pytest.fail("the notice did not come again")


def test_codes_that_pay_themselves_are_told_without_anybody_asking(receiver):
    receiver.replies.put((200, b"ok"))
    with running_simulator(Settings(auto_pay_s=0.05)) as running:
        shop = Shop(running.url)
        q = shop.charge(ipn_url=ipn_url(receiver))
        assert receiver.received.get(timeout=5)["id"] == [q]
        shop.http.close()


def test_merchant_that_cannot_be_reached_troubles_nobody(shop):
    q = shop.charge(ipn_url="http://127.0.0.1:1/ipn")
    shop.act(q, "pay")
    assert shop.inquire(q).json()["notify_result"] == "success"
