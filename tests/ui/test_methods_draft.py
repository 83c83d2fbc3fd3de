"""The payment methods while a manager changes them."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.config.settings import MethodSettings, Settings
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.ui.models.methods_draft import MethodsDraft

M = PaymentMethod
THREE = (M.ALIPAY, M.UPOP, M.CC)


def draft(**methods):
    return MethodsDraft.of(Settings(methods=MethodSettings(**methods)))


def line(of, method):
    return next(one for one in of.lines if one.method is method)


def test_methods_that_are_off_stand_after_their_neighbours():
    assert [one.method for one in draft(enabled=THREE).lines] == list(METHODS)
    moved = draft(enabled=(M.CC, M.ALIPAY))
    assert [one.method for one in moved.lines][:4] == [M.CC, M.DANA, M.GCASH, M.JKOPAY]


def test_what_goes_without_saying_is_not_said():
    first = draft(currencies=MappingProxyType({M.DANA: "USD"}))
    assert first.with_currency(M.DANA, "IDR").now.currencies == {}
    assert first.with_currency(M.ALIPAY, "EUR").now.currencies == {M.DANA: "USD", M.ALIPAY: "EUR"}
    assert draft().with_gateway(M.CC, "jpay").with_gateway(M.CC, "citcon_chop").now.gateways == {}
    assert draft().with_life(M.CC, 900).with_life(M.CC, 300).now.code_lives == {}


def test_the_last_method_stays():
    only = draft(enabled=(M.CC,))
    assert only.with_switched(M.CC, is_on=False) == only
    assert line(only, M.CC).is_last


def test_a_method_that_is_switched_on_keeps_its_place_in_the_table():
    assert draft(enabled=THREE).with_switched(M.WECHATPAY, is_on=True).now.enabled == (
        M.ALIPAY, M.WECHATPAY, M.UPOP, M.CC,
    )  # fmt: skip


def test_moving_goes_past_what_is_off_and_stops_at_the_ends():
    first = draft(enabled=THREE)
    assert first.with_moved(M.CC, -1).now.enabled == (M.ALIPAY, M.CC, M.UPOP)
    assert first.with_moved(M.ALIPAY, -1) == first
    assert first.with_moved(M.CC, 1) == first
    assert first.with_moved(M.DANA, 1) == first


def test_only_services_that_can_carry_a_method_are_offered():
    assert line(draft(), M.CC).gateways == ("citcon_chop", "jpay")
    assert line(draft(), M.DANA).gateways == ("citcon_chop",)


def test_whether_it_can_be_cancelled_is_a_matter_of_who_carries_it():
    assert line(draft(), M.ALIPAY).can_cancel
    assert not line(draft().with_gateway(M.ALIPAY, "citcon_online"), M.ALIPAY).can_cancel


@pytest.mark.parametrize(
    ("edit", "count"),
    [
        (lambda one: one, 0),
        (lambda one: one.with_switched(M.DANA, is_on=True), 1),
        (lambda one: one.with_switched(M.DANA, is_on=True).with_switched(M.DANA, is_on=False), 0),
        (lambda one: one.with_moved(M.CC, -1), 1),
        (lambda one: one.with_moved(M.CC, -1).with_moved(M.CC, -1), 1),
        (lambda one: one.with_one_tap(is_on=True).with_currency(M.CC, "EUR"), 2),
        (lambda one: one.with_default(M.CC).with_life(M.CC, 900).with_gateway(M.CC, "jpay"), 3),
    ],
)
def test_changes_are_counted_as_people_count(edit, count):
    assert edit(draft(enabled=THREE)).changes == count


methods = st.sampled_from(M)
edits = st.one_of(
    st.tuples(st.just("with_switched"), methods, st.booleans()),
    st.tuples(st.just("with_moved"), methods, st.sampled_from([-1, 1])),
    st.tuples(st.just("with_default"), methods, st.none()),
)


@given(st.lists(edits, max_size=20))
def test_whatever_is_pressed_each_method_has_one_line_and_one_is_offered(steps):
    now = draft()
    for name, method, value in steps:
        if name == "with_switched":
            now = now.with_switched(method, is_on=value)
        else:
            now = getattr(now, name)(*((method,) if value is None else (method, value)))
        assert sorted(one.method for one in now.lines) == sorted(METHODS)
        assert tuple(one.method for one in now.lines if one.is_on) == now.now.enabled
        assert now.now.enabled
        assert sum(one.is_default for one in now.lines) == 1
    assert replace(now, now=now.before).changes == 0
