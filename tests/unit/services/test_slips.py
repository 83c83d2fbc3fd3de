"""Slips of refunds and cancels: originals, copies, never for what is not known to have gone."""

import json

import pytest

from pos_app.domain.refunds import RefundStatus
from pos_app.receipts.printers import PrinterNotAnsweringError
from pos_app.receipts.rows import Mark, Pair
from pos_app.receipts.slips import NotRefundedError
from tests.fakes.printer import FakePrinter
from tests.fakes.refunding_gateway import RefundingGateway
from tests.fakes.refunds import RefundDesk


@pytest.fixture
def desk(tmp_path):
    environ = {"POS_APP_PRINTER_NAME": "system"}
    desk = RefundDesk(tmp_path, gateway=RefundingGateway(), environ=environ)
    yield desk
    desk.close()


def printed(desk, refund, **trouble):
    printer = FakePrinter(**trouble)
    desk.till.receipts.use(printer)
    return printer, desk.till.receipts.print_slip(refund.id, desk.cashier.id)


def is_copy(receipt):
    return Mark("COPY") in receipt.rows


def pairs(receipt):
    return {row.left: row.right for row in receipt.rows if isinstance(row, Pair)}


def test_the_first_slip_is_the_original_and_every_other_a_copy(desk):
    refund = desk.refund(desk.paid(), "12.50")
    first, _ = printed(desk, refund)
    desk.restart()
    second, _ = printed(desk, refund)
    assert [is_copy(printer.paper[0][0]) for printer in (first, second)] == [False, True]


def test_a_slip_and_the_receipt_are_counted_apart(desk):
    charge = desk.paid()
    desk.till.receipts.print(charge.id)
    refund = desk.refund(charge, "12.50")
    other = desk.refund(charge, "10.00")
    printed(desk, other)
    printer, _ = printed(desk, refund)
    assert not is_copy(printer.paper[0][0])
    assert not desk.till.receipts.is_printed(desk.paid().id)


def test_paper_and_pdf_are_the_same_slip_under_its_own_name(desk):
    printer, result = printed(desk, desk.refund(desk.paid(), "12.50"))
    assert printer.paper == [(printer.files[result.saved_to], "system")]
    assert result.saved_to.name.startswith("HSG1-0001-R1-2026")


def test_a_slip_says_who_approved_it_and_what_is_refunded_so_far(desk):
    charge = desk.paid()
    desk.refund(charge, "10.00")
    slip = pairs(desk.till.receipts.slip(desk.refund(charge, "12.50").id))
    assert slip["Manager"] == desk.manager.name
    assert slip["Refunded so far"] == "22.50"
    assert slip["Receipt"] == charge.short_reference


def test_a_cancelled_payment_has_a_slip_over_the_whole(desk):
    slip = desk.till.receipts.slip(desk.cancel(desk.paid()).id)
    assert pairs(slip)["RETURNED US$"] == "42.50"


def test_an_unknown_refund_has_no_slip_whatever_a_manager_decides(desk):
    charge = desk.paid()
    desk.gateway.fail("lost_answer")
    refund = desk.refund(charge, "12.50")
    assert refund.status is RefundStatus.UNKNOWN
    with pytest.raises(NotRefundedError):
        desk.till.receipts.print_slip(refund.id, desk.manager.id)
    desk.settle(refund, went_out=True)
    with pytest.raises(NotRefundedError):
        desk.till.receipts.slip(refund.id)


def test_prints_of_slips_are_journalled_with_their_refund(desk):
    charge = desk.paid()
    refund = desk.refund(charge, "12.50")
    printed(desk, refund)
    (entry,) = desk.entries(charge, "slip_printed")
    assert entry.who == desk.cashier.id
    assert json.loads(entry.body) == {"on_paper": True, "refund": refund.reference}


def test_what_no_printer_took_is_no_copy_next_time(desk):
    charge = desk.paid()
    refund = desk.refund(charge, "12.50")
    _, result = printed(desk, refund, on_paper=PrinterNotAnsweringError("jam"))
    assert result.trouble == "not_answering"
    printer, _ = printed(desk, refund)
    assert not is_copy(printer.paper[0][0])
    assert len(desk.entries(charge, "slip_printed")) == 1
