"""What inquire says of a charge in each of its states."""

import pytest

from pos_app.simulator.behaviour import Call
from pos_app.simulator.chop.calls import encode


def test_members_stand_in_the_vendors_order(gateway):
    made = gateway.new()
    assert encode(gateway.call(Call.INQUIRE, q=made.q)) == (
        b'{"amount":4250,"reference":"HSG1-0087","type":"payment","currency":"USD",'
        b'"payment_method":"alipay","notify_result":null}'
    )


@pytest.mark.parametrize("spelling", ["inquire_method", "inquire_methods"])
def test_real_adds_both_ids_and_the_time_also_while_unpaid(gateway, spelling):
    made = gateway.new()
    answer = encode(gateway.call(Call.INQUIRE, q=made.q, **{spelling: "real"})).decode()
    expected = '"notify_result":null,"id":"ID","transaction_id":"ID","time":"2026-07-12 06:32:08"}'
    assert answer.endswith(expected.replace("ID", made.transaction_id))


def test_paid_charge_is_success_with_the_time_it_was_paid(gateway):
    made = gateway.new()
    gateway.clock.advance(60)
    gateway.payments.pay(made)
    answer = gateway.call(Call.INQUIRE, q=made.q, inquire_method="real")
    assert (answer["notify_result"], answer["time"]) == ("success", "2026-07-12 06:33:08")


def test_code_expires_by_itself(gateway):
    made = gateway.new()
    gateway.clock.advance(299)
    assert gateway.result(made) is None
    gateway.clock.advance(1)
    assert gateway.result(made) == "expired"


def test_declined_charge_stays_open(gateway):
    made = gateway.new()
    gateway.payments.decline(made)
    assert gateway.result(made) is None


def test_slashes_and_foreign_letters_of_a_reference_are_escaped_as_php_does(gateway):
    made = gateway.new(reference="店/1")
    answer = encode(gateway.call(Call.INQUIRE, q=made.q))
    assert b'"reference":"\\u5e97\\/1"' in answer


@pytest.mark.parametrize(
    ("fields", "words"), [({}, "q is missing"), ({"q": "123"}, "q: there is no such payment")]
)
def test_unknown_charge_is_an_ordinary_failure(gateway, fields, words):
    assert gateway.call(Call.INQUIRE, **fields) == {"result": "fail", "error": words}


@pytest.mark.parametrize(
    ("fault", "member", "value"),
    [
        ("wrong_amount", "amount", 4251),
        ("wrong_currency", "currency", "EUR"),
        ("wrong_reference", "reference", "HSG1-0087-X"),
    ],
)
def test_wrong_faults_change_one_member_of_one_answer(gateway, fault, member, value):
    made = gateway.new()
    right = gateway.call(Call.INQUIRE, q=made.q)
    gateway.script({"call": "inquire", "fault": fault})
    assert gateway.call(Call.INQUIRE, q=made.q) == {**right, member: value}
    assert gateway.call(Call.INQUIRE, q=made.q) == right
