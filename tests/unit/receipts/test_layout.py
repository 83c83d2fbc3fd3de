"""What stands on a customer's receipt."""

from dataclasses import replace

import pytest

from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import SaleLine
from pos_app.receipts.frame import PaperWords, Store
from pos_app.receipts.layout import NotPaidError, ReceiptFacts, receipt_of
from pos_app.receipts.rows import Code, Mark
from pos_app.receipts.text import plain_text
from tests.fakes.paper import HONG_KONG, PAID, STORE

LINES = (
    SaleLine("Jasmine tea tin", 2, Money(1200, "USD")),
    SaleLine("Ceramic cup", 1, Money(1450, "USD")),
    SaleLine("", 1, Money(400, "USD")),
)


def receipt(charge=PAID, lines=LINES, **changes):
    named = {"store": STORE, "cashier": "Mei Lin", "zone": HONG_KONG} | changes
    return receipt_of(ReceiptFacts.of(charge, lines, **named))


def marks(**changes):
    return [row.text for row in receipt(**changes).rows if isinstance(row, Mark)]


def test_receipt_reads_as_in_the_picture():
    assert plain_text(receipt()) == (
        "              Harbour Street Gifts\n"
        "               12 Harbour Street\n"
        "------------------------------------------------\n"
        "Receipt                                HSG1-0087\n"
        "12 Jul 2025                             14:33:02\n"
        "Cashier                                  Mei Lin\n"
        "------------------------------------------------\n"
        "2 Jasmine tea tin                          24.00\n"
        "1 Ceramic cup                              14.50\n"
        "1 Keyed amount                              4.00\n"
        "------------------------------------------------\n"
        "TOTAL US$                                  42.50\n"
        "Paid with                                 Alipay\n"
        "Trans. ID       P2507120001-3bfa9c0d1e2f34a3e045\n"
        "Reference                   HSG1-2507120087-K7QX\n"
        "           Thank you. See you again.\n"
    )


def test_a_tip_stands_between_what_the_sale_costs_and_the_total():
    tipped = replace(PAID, amount=Money(4675, "USD"), tip=Money(425, "USD"))
    assert (
        "Subtotal                                   42.50\n"
        "Tip                                         4.25\n"
        "TOTAL US$                                  46.75\n"
    ) in plain_text(receipt(tipped))


def test_narrow_paper_keeps_the_transaction_id_whole():
    text = plain_text(receipt(width_mm=58))
    assert "\nTrans. ID\nP2507120001-3bfa9c0d1e2f34a3e045\n" in text
    assert "\nReference   HSG1-2507120087-K7QX\n" in text


@pytest.mark.parametrize("status", [s for s in ChargeStatus if s is not ChargeStatus.PAID])
def test_no_receipt_of_a_charge_that_is_not_paid(status):
    with pytest.raises(NotPaidError, match=status.value):
        receipt(replace(PAID, status=status))


def test_training_is_marked_at_both_ends():
    rows = receipt(is_training=True).rows
    assert rows[0] == rows[-1] == Mark("TRAINING – NOT A RECEIPT")


def test_a_reprint_is_marked_as_copy():
    assert marks() == []
    assert marks(is_copy=True) == ["COPY"]


def test_late_money_is_marked_even_after_somebody_has_seen_it():
    late = replace(PAID, closed_at=PAID.created_at, attention=frozenset({Attention.PAID_LATE}))
    seen = replace(late, attention=frozenset())
    stopped = replace(PAID, stopped_at=PAID.created_at)
    assert [marks(charge=charge) for charge in (late, seen, stopped)] == [["PAID LATE"]] * 3


def test_the_code_says_the_whole_reference():
    assert Code("HSG1-2507120087-K7QX") in receipt().rows


def test_currencies_without_decimals_have_none():
    won = replace(PAID, amount=Money(42500, "KRW"), method=PaymentMethod.KAKAOPAY)
    text = plain_text(receipt(won, (SaleLine("", 1, won.amount),)))
    assert "TOTAL ₩                                   42,500\n" in text
    assert "Kakao Pay\n" in text


def test_the_words_can_be_another_language():
    words = PaperWords(total="合计", months=tuple(f"{month}月" for month in range(1, 13)))
    text = plain_text(receipt(words=words))
    assert "合计 US$                                   42.50\n" in text
    assert "12 7月 2025" in text


def test_what_a_store_does_not_have_takes_no_line():
    bare = receipt(replace(PAID, transaction_id=None), store=Store("Tea"))
    text = plain_text(bare)
    assert "Trans. ID" not in text
    assert text.endswith("HSG1-2507120087-K7QX\n")
    assert text.splitlines()[1].startswith("---")


def test_without_a_zone_times_are_this_computers():
    facts = ReceiptFacts.of(PAID, LINES, store=STORE, cashier="Mei Lin")
    assert facts.paid_at == PAID.paid_at
    assert facts.paid_at.utcoffset() == PAID.paid_at.astimezone().utcoffset()
