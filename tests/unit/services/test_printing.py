"""Receipts: originals, copies, and printers on fire that never touch money."""

import json
from pathlib import Path

import pytest

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.receipts.layout import NotPaidError
from pos_app.receipts.printers import NoPrinterError, PaperFileError, PrinterNotAnsweringError
from pos_app.receipts.rows import Mark, Pair
from tests.fakes.printer import FakePrinter
from tests.fakes.till import TillOnTheDesk


def till(folder, **environ):
    return TillOnTheDesk(folder, environ={"POS_APP_PRINTER_NAME": "system", **environ})


@pytest.fixture
def desk(tmp_path):
    desk = till(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def paid(desk):
    return sell(desk)


def sell(desk, plain="42.50"):
    charge = desk.waiting(plain)
    desk.gateway.pay(charge.reference)
    desk.let_pass(2)
    return desk.now(charge)


def marks(receipt):
    return [row.text for row in receipt.rows if isinstance(row, Mark)]


def printed(desk, charge):
    """Print once on a new printer; the printer and what came of it."""
    printer = FakePrinter()
    desk.till.receipts.use(printer)
    return printer, desk.till.receipts.print(charge.id, desk.cashier.id)


def entries(desk, charge):
    with desk.till.recovery._ledger.store.read() as work:
        return [one for one in work.journal.entries(charge.reference) if "receipt" in one.kind]


def test_the_first_print_is_the_original_and_every_other_a_copy(desk, paid):
    printer = FakePrinter()
    desk.till.receipts.use(printer)
    for _ in range(3):
        assert desk.till.receipts.print(paid.id).is_printed
        desk.clock.pass_time(1)
    assert ["COPY" in marks(receipt) for receipt, _ in printer.paper] == [False, True, True]
    assert ["COPY" in marks(receipt) for receipt in printer.files.values()] == [False, True, True]


def test_copies_are_marked_after_a_restart_too(desk, paid):
    printed(desk, paid)
    desk.restart()
    printer, _ = printed(desk, paid)
    assert "COPY" in marks(printer.paper[0][0])


def test_each_receipt_has_an_original_of_its_own(desk, paid):
    printed(desk, paid)
    other = sell(desk, "9.00")
    printer, _ = printed(desk, other)
    assert "COPY" not in marks(printer.paper[0][0])


def test_paper_and_pdf_are_the_same_receipt(desk, paid):
    printer, result = printed(desk, paid)
    assert [result.saved_to] == list(printer.files)
    assert printer.paper == [(printer.files[result.saved_to], "system")]
    assert result.is_printed
    assert result.trouble == ""
    assert result.saved_to.parent == desk.paths.receipts
    assert result.saved_to.name.startswith("HSG1-0001-20260712")


def test_every_print_is_saved_in_a_file_of_its_own(desk, paid):
    printer = FakePrinter()
    desk.till.receipts.use(printer)
    for _ in range(2):
        desk.till.receipts.print(paid.id)
        desk.clock.pass_time(0.001)
    assert len(printer.files) == 2


def test_a_receipt_says_what_was_paid(desk, paid):
    receipt = desk.till.receipts.receipt(paid.id)
    pairs = {row.left: row.right for row in receipt.rows if isinstance(row, Pair)}
    assert pairs["TOTAL US$"] == "42.50"
    assert pairs["Paid with"] == "Alipay"
    assert pairs["Trans. ID"] == paid.transaction_id
    assert pairs["Reference"] == paid.reference
    assert pairs["Cashier"] == "Mei Lin"
    assert "12 Jul 2026" in pairs
    assert receipt.number == "HSG1-0001"
    assert marks(receipt) == ["TRAINING – NOT A RECEIPT"] * 2


def test_a_receipt_of_late_money_says_so(desk):
    charge = desk.waiting()
    desk.gateway.expire(charge.reference)
    desk.let_pass(2)
    desk.gateway.pay(charge.reference)
    desk.let_pass(10)
    assert "PAID LATE" in marks(desk.till.receipts.receipt(charge.id))


@pytest.mark.parametrize(
    ("trouble", "word"),
    [
        (PrinterNotAnsweringError("The printer isn't answering."), "not_answering"),
        (NoPrinterError("There is no printer of that name."), "no_printer"),
    ],
)
def test_a_printer_on_fire_changes_no_money(desk, paid, trouble, word):
    desk.till.receipts.use(FakePrinter(on_paper=trouble))
    result = desk.till.receipts.print(paid.id)
    assert not result.is_printed
    assert (result.trouble, result.text) == (word, str(trouble))
    assert result.saved_to is not None
    assert desk.now(paid) == paid
    assert desk.now(paid).status is ChargeStatus.PAID


def test_without_paper_and_file_nothing_was_printed(desk, paid):
    fire = PrinterNotAnsweringError("smoke")
    desk.till.receipts.use(FakePrinter(on_paper=fire, on_file=PaperFileError("full")))
    result = desk.till.receipts.print(paid.id)
    assert (result.is_printed, result.saved_to, result.trouble) == (False, None, "not_answering")
    assert result.text == "smoke"
    assert entries(desk, paid) == []
    printer, _ = printed(desk, paid)
    assert "COPY" not in marks(printer.paper[0][0])


def test_a_file_that_cannot_be_written_is_told_and_the_paper_came_out(desk, paid):
    printer = FakePrinter(on_file=PaperFileError("The disk is full."))
    desk.till.receipts.use(printer)
    result = desk.till.receipts.print(paid.id)
    assert result.is_printed
    assert len(printer.paper) == 1
    assert (result.saved_to, result.text) == (None, "The disk is full.")
    assert result.trouble
    assert desk.now(paid) == paid


def test_without_a_chosen_printer_only_the_file_is_made(tmp_path):
    desk = till(tmp_path, POS_APP_PRINTER_NAME="")
    printer, result = printed(desk, sell(desk))
    assert printer.paper == []
    assert result.saved_to in printer.files
    assert (result.is_printed, result.trouble) == (False, "no_printer")
    desk.close()


def test_without_anything_to_print_with_there_is_no_printer(desk, paid):
    result = desk.till.receipts.print(paid.id)
    assert (result.is_printed, result.saved_to, result.trouble) == (False, None, "no_printer")
    assert not desk.till.receipts.is_printed(paid.id)


def test_the_settings_can_do_without_files(tmp_path):
    desk = till(tmp_path, POS_APP_PRINTER_SAVE_PDF="false", POS_APP_PRINTER_WIDTH_MM="58")
    printer, result = printed(desk, sell(desk))
    assert printer.files == {}
    assert result == type(result)(is_printed=True, saved_to=None, trouble="")
    assert printer.paper[0][0].width_mm == 58
    desk.close()


def test_prints_are_in_the_journal_with_who_wanted_them(desk, paid):
    printed(desk, paid)
    desk.till.receipts.print(paid.id)
    first, second = entries(desk, paid)
    assert (first.kind, first.who) == ("receipt_printed", desk.cashier.id)
    assert json.loads(first.body) == {"on_paper": True}
    assert second.who is None


def test_what_a_printer_did_not_take_is_no_original(desk, paid):
    """Nobody got paper, so the next try is no copy; the file of the first try is kept."""
    desk.till.receipts.use(FakePrinter(on_paper=PrinterNotAnsweringError("smoke")))
    assert desk.till.receipts.print(paid.id).saved_to is not None
    assert entries(desk, paid) == []
    printer, _ = printed(desk, paid)
    assert "COPY" not in marks(printer.paper[0][0])


def test_without_a_printer_the_file_is_the_original(tmp_path):
    desk = till(tmp_path, POS_APP_PRINTER_NAME="")
    charge = sell(desk)
    printer, _ = printed(desk, charge)
    desk.clock.pass_time(1)
    desk.till.receipts.print(charge.id)
    assert ["COPY" in marks(receipt) for receipt in printer.files.values()] == [False, True]
    first, _ = entries(desk, charge)
    assert json.loads(first.body) == {"on_paper": False}
    desk.close()


@pytest.mark.parametrize("how", ["waiting", "expired", "unknown", "cancelled"])
def test_nothing_is_ever_printed_of_what_is_not_paid(desk, how):
    charge = desk.waiting()
    match how:
        case "expired":
            desk.gateway.expire(charge.reference)
            desk.let_pass(2)
        case "unknown":
            desk.gateway.fail(*["lost_request"] * 100)
            desk.let_pass(70)
        case "cancelled":
            desk.till.payments.cancel(charge.id)
    assert desk.screen(charge) == how
    printer = FakePrinter()
    desk.till.receipts.use(printer)
    with pytest.raises(NotPaidError):
        desk.till.receipts.print(charge.id)
    with pytest.raises(NotPaidError):
        desk.till.receipts.receipt(charge.id)
    assert (printer.paper, printer.files) == ([], {})
    assert entries(desk, charge) == []


def test_the_last_paid_one_is_offered_for_a_reprint(desk):
    assert desk.till.receipts.last_paid() is None
    first = sell(desk)
    assert desk.till.receipts.last_paid() == first
    second = sell(desk, "9.00")
    desk.waiting("3.00", PaymentMethod.WECHATPAY)
    assert desk.till.receipts.last_paid() == second


def test_the_names_of_the_files_are_safe_on_every_system(desk, paid):
    _, result = printed(desk, paid)
    assert isinstance(result.saved_to, Path)
    assert not set(result.saved_to.name) & set('<>:"/\\|?* ')
