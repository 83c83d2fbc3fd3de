"""What stands on the slip for money that went back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.refunds import Decision, RefundKind, RefundStatus, Refusal
from pos_app.receipts.frame import PaperWords
from pos_app.receipts.rows import Code, Mark
from pos_app.receipts.slips import NotRefundedError, SlipFacts, slip_of
from pos_app.receipts.text import lines, plain_text, width
from tests.fakes.paper import HONG_KONG, PAID, STORE
from tests.fakes.refunds import a_refund

DONE = a_refund(
    RefundStatus.DONE,
    id=2,
    reference="HSG1-2507120087-K7QX-R2",
    answered_at=datetime(2025, 7, 12, 8, 10, 5, tzinfo=UTC),
    gateway_id="U0000000002-2222",
)
BEFORE = replace(DONE, id=1, amount=Money(1000, "USD"))
LATER = replace(DONE, id=3, amount=Money(500, "USD"))
CANCEL = replace(DONE, kind=RefundKind.CANCEL, amount=PAID.amount, reason="Sold twice")


def slip(refund=DONE, charge=PAID, refunds=None, **changes):
    named = {"store": STORE, "approved_by": "Priya", "zone": HONG_KONG} | changes
    return slip_of(SlipFacts.of(refund, charge, refunds or (refund,), **named))


def marks(**changes):
    return [row.text for row in slip(**changes).rows if isinstance(row, Mark)]


def test_slip_of_a_refund_says_what_went_back_and_who_approved_it():
    assert plain_text(slip(refunds=(BEFORE, DONE))) == (
        "              Harbour Street Gifts\n"
        "               12 Harbour Street\n"
        "                     REFUND\n"
        "------------------------------------------------\n"
        "Slip                                HSG1-0087-R2\n"
        "12 Jul 2025                             16:10:05\n"
        "Receipt                                HSG1-0087\n"
        "Manager                                    Priya\n"
        "------------------------------------------------\n"
        "REFUNDED US$                               12.50\n"
        "Goes back to                              Alipay\n"
        "Paid                                       42.50\n"
        "Refunded so far                            22.50\n"
        "------------------------------------------------\n"
        "Reason                            Goods returned\n"
        "Trans. ID       P2507120001-3bfa9c0d1e2f34a3e045\n"
        "Refund ID                       U0000000002-2222\n"
        "Reference                HSG1-2507120087-K7QX-R2\n"
        "           Thank you. See you again.\n"
    )


def test_slip_of_a_cancel_is_titled_so_and_returns_the_whole():
    text = plain_text(slip(CANCEL))
    assert "                   CANCELLED\n" in text
    assert "RETURNED US$                               42.50\n" in text
    assert "REFUND\n" not in text


@pytest.mark.parametrize("status", [s for s in RefundStatus if s is not RefundStatus.DONE])
def test_no_slip_of_a_refund_that_the_gateway_has_not_confirmed(status):
    refusal = Refusal.OTHER if status is RefundStatus.REFUSED else None
    with pytest.raises(NotRefundedError, match=status.value):
        slip(replace(DONE, status=status, refusal=refusal))


def test_no_slip_by_a_managers_decision_alone():
    with pytest.raises(NotRefundedError):
        slip(a_refund(RefundStatus.UNKNOWN, decision=Decision.WENT_OUT))


def test_a_copy_of_an_earlier_slip_does_not_count_later_refunds():
    text = plain_text(slip(refunds=(BEFORE, DONE, LATER)))
    assert "Refunded so far                            22.50\n" in text


def test_training_is_marked_at_both_ends_and_a_reprint_as_copy():
    assert marks() == []
    assert marks(is_copy=True) == ["COPY"]
    assert marks(is_training=True) == ["TRAINING – NOT A RECEIPT"] * 2


def test_the_code_finds_the_payment_again():
    assert Code("HSG1-2507120087-K7QX") in slip().rows


@pytest.mark.parametrize("width_mm", [80, 58])
def test_chinese_reasons_and_names_stay_on_the_paper(width_mm):
    reason = "顾客退货，包装完好，由店长核对后全额退回支付宝账户，请顾客稍后查看"
    paper = slip(replace(DONE, reason=reason), approved_by="陈店长", width_mm=width_mm)
    fitted = lines(paper)
    assert all(width(line.text) <= line.columns for line in fitted)
    assert reason in "".join(line.left + line.right for line in fitted)


def test_who_cancelled_an_unpaid_payment_is_named_as_cashier():
    text = plain_text(slip(CANCEL, approved_by="Mei Lin", is_by_manager=False))
    assert "Cashier                                  Mei Lin\n" in text


def test_currencies_without_decimals_have_none():
    won = replace(PAID, amount=Money(42500, "KRW"), method=PaymentMethod.KAKAOPAY)
    text = plain_text(slip(replace(DONE, amount=won.amount), won))
    assert "REFUNDED ₩                                42,500\n" in text


def test_the_words_can_be_another_language():
    text = plain_text(slip(words=PaperWords(refund="退款", manager="店长")))
    assert "退款\n" in text
    assert "店长                                       Priya\n" in text


def test_what_the_gateway_did_not_name_takes_no_line():
    text = plain_text(slip(replace(DONE, gateway_id=None), replace(PAID, transaction_id=None)))
    assert "Refund ID" not in text
    assert "Trans. ID" not in text
