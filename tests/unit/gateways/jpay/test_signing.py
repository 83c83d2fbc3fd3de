"""J-Pay's signature: the worked examples of its document, and what must not matter."""

from hypothesis import given
from hypothesis import strategies as st

from pos_app.config.secrets import Secret
from pos_app.gateways.jpay.signing import is_signed, signature
from pos_app.simulator.jpay import signing as simulated

KEY = "hdt1yur0rcxbu6g7wlkyw3e55shfr2fr"
"""Of the vendor's public test merchant."""
ORDER = {
    "pay_memberid": "10130",
    "pay_orderid": "T1-20261120-0001",
    "pay_applydate": "2026-11-20 09:00:00",
    "pay_bankcode": "901",
    "pay_notifyurl": "https://example.com/notify",
    "pay_callbackurl": "https://example.com/callback",
    "pay_amount": "85.95",
}
NOTICE = {
    "memberid": "10130",
    "orderid": "T1-20261120-0001",
    "amount": "85.95",
    "true_amount": "85.95",
    "currency": "USD",
    "transaction_id": "20261120090512499957",
    "datetime": "20261120090530",
    "returncode": "00",
}
NAMES = st.text("abcdefgh_ABC123", min_size=1, max_size=12)
FIELDS = st.dictionaries(NAMES, st.text(max_size=20), max_size=8)
SAID = st.dictionaries(NAMES, st.text(min_size=1, max_size=20), min_size=1, max_size=8)


def test_the_worked_example_of_a_sale():
    assert signature(ORDER, Secret(KEY)) == "DAF5C669D6C26623692A60084CA1FECE"


def test_the_worked_example_of_a_notice():
    assert signature(NOTICE, Secret(KEY)) == "46310132DB7B7C57105EAEDD2B2741B0"


@given(FIELDS, st.randoms())
def test_the_order_of_the_fields_does_not_matter(fields, luck):
    shuffled = list(fields.items())
    luck.shuffle(shuffled)
    assert signature(dict(shuffled), Secret(KEY)) == signature(fields, Secret(KEY))


@given(SAID, st.sets(NAMES))
def test_fields_that_say_nothing_do_not_matter(fields, names):
    silent = dict.fromkeys(names, "")
    assert signature({**silent, **fields}, Secret(KEY)) == signature(fields, Secret(KEY))


@given(FIELDS)
def test_client_and_pretended_service_agree_about_unicode_and_signs(fields):
    """Whatever is in a value, `&` and `=` among it: they share no code."""
    assert signature(fields, Secret(KEY)) == simulated.sign(fields, KEY)


@given(SAID, st.text(min_size=1))
def test_another_key_and_a_changed_field_are_noticed(fields, more):
    sign = signature(fields, Secret(KEY))
    assert is_signed(fields, sign.lower(), Secret(KEY))
    assert not is_signed(fields, sign, Secret(KEY + more))
    name = next(iter(fields))
    assert not is_signed({**fields, name: fields[name] + more}, sign, Secret(KEY))
    assert not is_signed(fields, "", Secret(KEY))
    assert not is_signed(fields, "é" + sign, Secret(KEY))
