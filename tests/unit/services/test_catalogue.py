"""What is sold, and how it can be paid."""

import pytest

from pos_app.domain.errors import MethodNotAvailableError
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.domain.money import Money
from tests.fakes.till import TillOnTheDesk


@pytest.fixture
def small(tmp_path):
    """A till that takes two methods only, one of them in a currency of its contract."""
    (tmp_path / "config.toml").write_text(
        '[methods]\nenabled = ["wechatpay", "alipay"]\n[methods.currencies]\nwechatpay = "CNY"\n',
        encoding="utf-8",
    )
    desk = TillOnTheDesk(tmp_path)
    yield desk
    desk.close()


def test_the_nine_methods_are_on_f1_to_f9(desk):
    choices = desk.till.catalogue.methods()
    assert [choice.method for choice in choices] == list(PaymentMethod)
    assert [choice.f_key for choice in choices] == list(range(1, 10))
    assert all(choice.is_on and not choice.off_reason for choice in choices)
    assert all(choice.traits is METHODS[choice.method] for choice in choices)


def test_each_method_has_its_currency(desk):
    currencies = {one.method: one.currency for one in desk.till.catalogue.methods()}
    assert currencies[PaymentMethod.ALIPAY] == "USD"
    assert currencies[PaymentMethod.KAKAOPAY] == "KRW"
    assert currencies[PaymentMethod.ALIPAY_HK] == "HKD"


def test_the_settings_choose_methods_order_and_currency(small):
    choices = small.till.catalogue.methods()
    assert [(one.method.value, one.currency) for one in choices] == [
        ("wechatpay", "CNY"),
        ("alipay", "USD"),
    ]


def test_a_methods_key_never_shifts(small):
    """ux.md 5: a cashier's fingers know F2 for WeChat Pay, whatever else is switched off."""
    keys = {one.method.value: one.f_key for one in small.till.catalogue.methods()}
    assert keys == {"alipay": 1, "wechatpay": 2}


def test_a_method_that_is_off_is_refused_by_name_before_anything_is_written(small):
    with pytest.raises(MethodNotAvailableError, match="UnionPay"):
        small.till.catalogue.choice(PaymentMethod.UPOP)
    with pytest.raises(MethodNotAvailableError):
        small.charge(method=PaymentMethod.UPOP)
    assert small.gateway.calls == []


def test_the_items_are_in_the_order_of_the_tiles(desk):
    items = desk.till.catalogue.items()
    assert items[0].name == "Jasmine tea tin"
    assert items[0].price == Money(1200, "USD")
    assert [item.id for item in items] == sorted(item.id for item in items)
