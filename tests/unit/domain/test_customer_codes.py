"""Which wallet a scanned code belongs to, and that it is nowhere to be seen."""

import pickle
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.customer_codes import read_code
from pos_app.domain.methods import PaymentMethod

WECHAT = "134650098712345678"


@pytest.mark.parametrize(
    ("text", "method"),
    [
        (WECHAT, PaymentMethod.WECHATPAY),
        ("100000000000000000", PaymentMethod.WECHATPAY),
        ("159999999999999999", PaymentMethod.WECHATPAY),
        (f"  {WECHAT}\n", PaymentMethod.WECHATPAY),
        ("2500000000000000", PaymentMethod.ALIPAY),
        ("309999999999999999999999", PaymentMethod.ALIPAY),
        ("hQVDUFYxMjM0NTY3ODkwMTIz", PaymentMethod.UPOP),
    ],
)
def test_prefix_and_length_tell_the_wallet(text, method):
    assert read_code(text).method is method


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4006381333931",  # an item's
        WECHAT[:-1],
        WECHAT + "0",
        "164650098712345678",
        "250000000000000",
        "2500000000000000000000000",
        "310000000000000000",
        "1346 5009 8712 3456",
        "hQVDUFY!malformed!malformed",
        "hQVDUFY",
        "１３４６５００９８７１２３４５６７８",
    ],
)
def test_anything_else_is_no_code(text):
    assert read_code(text) is None


@given(st.text(max_size=40))
def test_no_text_is_too_strange_to_be_looked_at(text):
    code = read_code(text)
    assert code is None or code.reveal() == text.strip()


def test_only_its_last_four_are_shown():
    code = read_code(WECHAT)
    assert code.last_four == "5678"
    assert WECHAT not in f"{code} {code!r} {[code]}"
    assert WECHAT not in "".join(traceback.format_exception(ValueError(code)))
    with pytest.raises(TypeError):
        pickle.dumps(code)
