"""Which of Citcon's notices are genuine, and what is kept of them."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.config.secrets import Secret
from pos_app.domain.errors import NoticeRefusedError
from pos_app.gateways.citcon_notices import read_notice

# The worked example of the gateway's description.
EXAMPLE = {
    "id": "0c4486d74a30e87adcbc569156a6084d",
    "amount": "1",
    "notify_status": "success",
    "currency": "USD",
    "time": "2016-11-09 07:49:53",
    "reference": "ABCD123457890",
    "notify_id": "78b6d63503e7a97cb6e8d09c23de5f5n0u",
    "fields": "id,amount,notify_status,currency,time,reference,notify_id",
    "sign": "7b1c527ea9388cd3711db7f168d0a67b",
}
TOKEN = "123456"
CARD = {
    "card_number": "4111xxxxxxxx1111",
    "exp_date": "1230",
    "card_token": "t0ken",
    "pan": "4111111111111111",  # a name that no document knows
}


def read(members, token=TOKEN, status_name="notify_status"):
    return read_notice(members, Secret(token), gateway="citcon_chop", status_name=status_name)


def signed(members, token=TOKEN):
    """Sign by the vendor's rule, written anew."""
    names = sorted({*(name.strip() for name in members["fields"].split(",")), "fields"})
    text = "&".join(f"{name}={members[name]}" for name in names) + f"&token={token}"
    return {**members, "sign": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()}


def test_the_worked_example_is_genuine():
    notice = read(EXAMPLE)
    assert (notice.reference, notice.is_paid) == ("ABCD123457890", True)
    assert notice.key == EXAMPLE["notify_id"]
    assert notice.members["amount"] == "1"
    assert notice.members["sign"] == "…"


def test_an_upper_case_signature_and_blanks_after_the_commas_are_genuine():
    spaced = signed({**EXAMPLE, "fields": EXAMPLE["fields"].replace(",", ", ")})
    assert read({**spaced, "sign": spaced["sign"].upper()}).is_paid


def test_a_fail_says_that_nothing_was_paid():
    assert not read(signed({**EXAMPLE, "notify_status": "fail"})).is_paid


def test_the_online_api_spells_the_status_its_own_way():
    members = {name: value for name, value in EXAMPLE.items() if name != "notify_status"}
    members |= {
        "status": "success",
        "fields": EXAMPLE["fields"].replace("notify_status", "status"),
    }
    assert read(signed(members), status_name="status").is_paid
    with pytest.raises(NoticeRefusedError):
        read(signed(members))


def test_what_it_says_of_a_card_is_not_kept():
    fields = ",".join([EXAMPLE["fields"], *CARD])
    kept = read(signed({**EXAMPLE, **CARD, "fields": fields})).members
    assert {kept[name] for name in CARD} == {"…"}


@pytest.mark.parametrize("name", ["id", "amount", "currency", "reference", "notify_status"])
def test_a_signature_that_does_not_cover_what_matters_is_refused(name):
    fields = ",".join(one for one in EXAMPLE["fields"].split(",") if one != name)
    with pytest.raises(NoticeRefusedError):
        read(signed({**EXAMPLE, "fields": fields}))


@pytest.mark.parametrize("name", [name for name in EXAMPLE if name != "sign"])
def test_whatever_was_changed_is_refused(name):
    with pytest.raises(NoticeRefusedError):
        read({**EXAMPLE, name: EXAMPLE[name] + "1"})


@pytest.mark.parametrize("sign", ["", "0" * 32, "é" * 32, EXAMPLE["sign"][:-1]])
def test_a_wrong_signature_is_refused(sign):
    with pytest.raises(NoticeRefusedError):
        read({**EXAMPLE, "sign": sign})


def test_another_merchants_token_is_refused():
    with pytest.raises(NoticeRefusedError):
        read(EXAMPLE, token="123457")


@pytest.mark.parametrize("status", ["", "refunded", "paid"])
def test_a_word_that_is_not_known_is_refused(status):
    with pytest.raises(NoticeRefusedError):
        read(signed({**EXAMPLE, "notify_status": status}))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
EXTRA_NAMES = st.from_regex(r"[a-z][a-z_]{0,12}", fullmatch=True).filter(
    lambda name: name not in {*EXAMPLE, *CARD}
)


@given(st.dictionaries(EXTRA_NAMES, TEXTS, max_size=6), st.randoms())
def test_any_order_and_any_text_that_was_signed_is_genuine(extra, random):
    names = [*EXAMPLE["fields"].split(","), *extra]
    random.shuffle(names)
    members = signed({**EXAMPLE, **extra, "fields": ",".join(names)})
    shuffled = list(members.items())
    random.shuffle(shuffled)
    assert read(dict(shuffled)).reference == EXAMPLE["reference"]


@given(st.dictionaries(st.text(max_size=10), TEXTS, max_size=8))
def test_noise_is_refused(members):
    with pytest.raises(NoticeRefusedError):
        read(members)
