"""The In-Store API's calls: a terminal, its codes, and the codes of customers."""

import pytest

from pos_app.simulator.behaviour import Call
from pos_app.simulator.chop.landing import Landing
from pos_app.simulator.instore.calls import InStore
from pos_app.simulator.service import Asked
from pos_app.simulator.transactions import State

WECHAT = "134650098712345678"
SITE = "https://uat.citconpay.com"


class Terminal:
    """Short ways to call the service as a terminal does."""

    def __init__(self, gateway):
        self.gateway = gateway
        page = Landing(gateway.payments, gateway.clock, gateway.settings, "/posp/landing")
        self.service = InStore(gateway.backstage, page.routes())

    def call(self, call, **fields):
        fields = {"token": "training-token", **fields}
        return self.service.members(Asked(call, fields, "", SITE))

    def shown(self):
        answer = self.call(Call.CHARGE, total="4250", tip="0")
        return answer["qr_code"].partition("=")[2]

    def pay(self, **fields):
        order = {
            "barcode": WECHAT,
            "total": "4250",
            "tip": "0",
            "currency": "USD",
            "reference": "HSG1-0087",
        }
        return self.call(Call.PAY, **{**order, **fields})

    def code(self, payment_id):
        return self.call(Call.INQUIRE, transaction_id=payment_id)["code"]

    def there(self, payment_id):
        return self.gateway.payments.find(payment_id)


@pytest.fixture
def terminal(gateway):
    return Terminal(gateway)


def test_a_store_code_activates_one_terminal(terminal):
    first = terminal.call(Call.INITIALIZE, store_code="training-store")
    assert first["result"] == "success"
    assert first["name_eng"] == first["name_english"] == "Harbour Street Gifts"
    assert terminal.call(Call.SIGN_IN, token=first["token"]) == {"result": "success"}
    second = terminal.call(Call.INITIALIZE, store_code="training-store")
    assert second["error_message"] == "Token was occupied (C-I0)\nContact service provider"
    assert "token" not in second


def test_terminals_of_a_store_share_its_payments(terminal):
    paid = terminal.pay()
    other = terminal.call(Call.INITIALIZE, store_code="training-store")["token"]
    (entry,) = terminal.call(Call.TRANSACTIONS, token=other)
    assert entry["transaction_id"] == paid["transaction_id"]


@pytest.mark.parametrize("call", [Call.SIGN_IN, Call.CHARGE, Call.PAY, Call.TRANSACTIONS])
def test_a_wrong_token_is_refused(terminal, call):
    answer = terminal.call(call, token="nobody's", total="100")
    assert answer == {"result": "fail", "code": "", "error_message": "token isn't known"}


def test_a_shown_code_waits_until_it_is_paid(terminal):
    payment_id = terminal.shown()
    assert terminal.code(payment_id) == "09"
    terminal.gateway.payments.pay(terminal.there(payment_id))
    assert terminal.code(payment_id) == "00"


def test_asking_for_a_code_again_makes_another_payment(terminal):
    assert terminal.shown() != terminal.shown()


def test_the_code_is_whatever_comes_after_the_equals_sign(terminal):
    qr_code = terminal.call(Call.CHARGE, total="4250", tip="0")["qr_code"]
    assert qr_code.count("=") == 1
    assert qr_code.startswith(f"{SITE}/posp/landing?q=")


@pytest.mark.parametrize(
    ("code", "method"),
    [
        (WECHAT, "WeChat"),
        ("2812345678901234", "Alipay"),
        ("301234567890123456789012", "Alipay"),
        ("hQVDUFYxMjM0NTY3ODkwMTIz", "UnionPay"),
        ("12345678901", "PayPal"),
    ],
)
def test_a_scanned_code_is_paid_at_once_by_its_wallet(terminal, code, method):
    answer = terminal.pay(barcode=code)
    assert (answer["result"], answer["code"], answer["method"]) == ("success", "00", method)
    assert terminal.there(answer["transaction_id"]).state is State.PAID
    assert code not in str(answer)


@pytest.mark.parametrize("code", ["123456789012345678901234567", "164650098712345678", "abc"])
def test_what_is_no_code_takes_nothing(terminal, code):
    answer = terminal.pay(barcode=code)
    assert answer["result"] == "fail"
    assert code not in answer["error_message"]
    assert terminal.gateway.payments.all() == []


def test_a_malformed_unionpay_code_has_a_text_of_its_own(terminal):
    assert terminal.pay(barcode="hQVDUFY!")["error_message"] == "[scanCodeId]DATA_FORMAT_ERROR"


def test_a_repeated_pay_pays_twice(terminal):
    assert terminal.pay()["transaction_id"] != terminal.pay()["transaction_id"]


@pytest.mark.parametrize(("deed", "code"), [("pay", "00"), ("decline", "P1"), ("expire", "P2")])
def test_the_customer_confirms_on_the_phone_or_not(terminal, deed, code):
    terminal.gateway.script({"call": "pay", "fault": "needs_confirming"})
    answer = terminal.pay()
    payment_id = answer["transaction_id"]
    assert (answer["code"], terminal.code(payment_id)) == ("09", "09")
    getattr(terminal.gateway.payments, deed)(terminal.there(payment_id))
    assert terminal.code(payment_id) == code


def test_a_wallet_that_says_no_ends_a_scanned_payment(terminal):
    terminal.gateway.script({"call": "pay", "fault": "wallet_declines"})
    answer = terminal.pay()
    assert (answer["result"], answer["code"]) == ("fail", "P1")
    assert not terminal.there(answer["transaction_id"]).is_payable


def test_an_old_code_takes_nothing(terminal):
    terminal.gateway.script({"call": "pay", "fault": "code_too_old"})
    assert terminal.pay()["error_message"] == "Barcode expired"
    assert terminal.gateway.payments.all() == []


def refund(terminal, payment_id, minor):
    fields = {"transaction_id": payment_id, "refund_amount": str(minor), "note": "Returned"}
    return terminal.call(Call.REFUND, reference="R1", **fields)


def test_refunds_go_back_up_to_what_was_paid(terminal):
    payment_id = terminal.pay()["transaction_id"]
    answer = refund(terminal, payment_id, 4000)
    assert (answer["result"], answer["original_transaction_id"]) == ("success", payment_id)
    assert (answer["reference"], answer["original_reference"]) == ("R1", "HSG1-0087")
    refused = refund(terminal, payment_id, 300)
    assert refused["error_message"] == "Order Status Error (C-A2)\nCheck Order Status"
    (entry,) = terminal.call(Call.TRANSACTIONS)
    (back,) = entry["refunds"]
    assert (back["refund_amount"], back["note"]) == (4000, "Returned")


def test_unionpay_says_it_in_other_words(terminal):
    payment_id = terminal.pay(barcode="hQVDUFYxMjM0NTY3ODkwMTIz")["transaction_id"]
    refund(terminal, payment_id, 4250)
    refused = refund(terminal, payment_id, 1)
    assert refused["error_message"] == "Original transaction not found or already refunded"


def test_unknown_payments_have_their_codes(terminal):
    assert refund(terminal, "U0", 1)["code"] == "D1"
    assert terminal.call(Call.CANCEL, transaction_id="U0")["code"] == "E4"


def test_an_unpaid_payment_is_cancelled_once(terminal):
    payment_id = terminal.shown()
    assert terminal.call(Call.CANCEL, transaction_id=payment_id)["result"] == "success"
    assert terminal.there(payment_id).state is State.CANCELLED
    again = terminal.call(Call.CANCEL, transaction_id=payment_id)
    assert again["error_message"] == "Order Status Error (C-A2)\nCheck Order Status"


def test_a_cancelled_paid_payment_goes_back_in_full(terminal):
    payment_id = terminal.pay()["transaction_id"]
    assert terminal.call(Call.CANCEL, transaction_id=payment_id)["code"] == "00"
    assert terminal.there(payment_id).state is State.REFUNDED
