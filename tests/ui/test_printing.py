"""Paper: what is in the PDF, on a printer, and what is said when it does not come out."""

import threading
from datetime import UTC, datetime

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QRawFont
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from pos_app.domain.errors import PrinterError
from pos_app.domain.money import Money
from pos_app.domain.sales import SaleLine
from pos_app.receipts.frame import Store
from pos_app.receipts.layout import ReceiptFacts, receipt_of
from pos_app.receipts.printers import NoPrinterError, PaperFileError
from pos_app.receipts.rows import Centered, Code, Pair, Receipt
from pos_app.ui.printing.paper import Grid, load_paper_fonts, paint_receipt, paper_font
from pos_app.ui.printing.printers import (
    PdfReceipts,
    SystemPrinter,
    ask_for_paper,
    pdf_of,
    print_on,
    printer_names,
)

REFERENCE = "HSG1-2507120087-K7QX"
TRANSACTION = "P2507120001-3bfa9c0d1e2f34a3e045"
CHINESE = "港街礼品店茉莉花茶罐"

pytestmark = pytest.mark.usefixtures("qapp")


def receipt(width_mm=80, *names, **marks):
    lines = tuple(SaleLine(name, 1, Money(425, "USD")) for name in names or [CHINESE])
    return receipt_of(
        ReceiptFacts(
            store=Store("港街礼品店", "繁體中文街12号", "Thank you."),
            number="HSG1-0087",
            reference=REFERENCE,
            paid_at=datetime(2025, 7, 12, 14, 33, 2, tzinfo=UTC),
            cashier="Mei Lin",
            lines=lines,
            total=Money(128_460, "USD"),
            method_name="Alipay",
            transaction_id=TRANSACTION,
            width_mm=width_mm,
            **marks,
        )
    )


def read(content):
    """Open a PDF with Qt's reader (PDFium), which shares no code with Qt's writer."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    pages = [document.getAllText(page).text() for page in range(document.pageCount())]
    size = document.pagePointSize(0)
    picture = QImage((size * 4).toSize(), QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.drawImage(0, 0, document.render(0, picture.size()))
    painter.end()
    document.close()
    return pages, size, picture


def painted(paper, cell=12):
    """Paint on white, `cell` px to a letter."""
    grid = Grid(cell, paper.columns)
    picture = QImage(grid.width, grid.paper_height(paper), QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    paint_receipt(painter, paper, cell)
    painter.end()
    return picture


def grey(picture):
    """Return the picture for Pillow, 0 is black."""
    plain = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    size = (plain.width(), plain.height())
    return Image.frombytes("L", size, bytes(plain.constBits()), "raw", "L", plain.bytesPerLine())


def codes_in(picture):
    return [found.text for found in zxingcpp.read_barcodes(grey(picture))]


def ink_right_of(picture, x):
    """Tell whether anything dark lies in column `x` or right of it."""
    box = grey(picture).point(lambda value: 255 * (value < 128)).getbbox()
    return box is not None and box[2] > x


@pytest.mark.parametrize("width_mm", [80, 58])
def test_amount_reference_and_transaction_id_are_whole_in_the_pdf(width_mm):
    (text,), size, _ = read(pdf_of(receipt(width_mm, "Jasmine tea tin")))
    for wanted in (REFERENCE, TRANSACTION, "1,284.60", "TOTAL US$", "4.25", "HSG1-0087"):
        assert wanted in text
    assert abs(size.width() / 72 * 25.4 - width_mm) < 0.5


def test_chinese_can_be_found_in_the_pdf():
    (text,), _, _ = read(pdf_of(receipt()))
    assert CHINESE in text
    assert "繁體中文街12号" in text


def test_marks_are_in_the_pdf():
    (text,), _, _ = read(pdf_of(receipt(is_training=True, is_copy=True)))
    assert text.count("NOT A RECEIPT") == 2
    assert "COPY" in text


@pytest.mark.parametrize("width_mm", [80, 58])
def test_the_code_in_the_pdf_can_be_scanned(width_mm):
    _, _, picture = read(pdf_of(receipt(width_mm)))
    assert codes_in(picture) == [REFERENCE]


def test_the_page_is_as_long_as_the_paper_needs():
    _, short, _ = read(pdf_of(receipt()))
    pages, long, _ = read(pdf_of(receipt(80, *(f"Item {n}" for n in range(200)))))
    assert len(pages) == 1
    assert "Item 199" in pages[0]
    assert long.height() - short.height() == pytest.approx(199 * 4 / 25.4 * 72, rel=0.01)


def test_paper_longer_than_a_pdf_page_goes_on():
    names = [f"Item {n}." for n in range(1_500)]
    pages, _, _ = read(pdf_of(receipt(80, *names)))
    assert len(pages) == 2
    assert all(name in "".join(pages) for name in names)


@pytest.mark.parametrize("is_bold", [False, True])
def test_the_bundled_font_draws_every_sign_that_receipts_need(is_bold):
    load_paper_fonts()
    font = QRawFont.fromFont(paper_font(100, is_bold=is_bold))
    assert font.familyName() == "Noto Sans Mono CJK SC"
    for letter in f"{CHINESE}繁體訂單號碼₩₱€£¥–…’ÀéñÅß£“”，。（）：":
        assert font.supportsCharacter(ord(letter)), letter
        (advance,) = font.advancesForGlyphIndexes(font.glyphIndexesForString(letter))
        assert round(advance.x()) in {100, 200}, letter


@pytest.mark.parametrize(
    "name", [CHINESE * 3, "Ж" * 40, "가" * 20, "👍🏽" * 10, "W" * 70, "שלום" * 9]
)
def test_no_name_runs_into_the_amount(name):
    amount = "9,999.99"
    picture = painted(Receipt("", 58, (Pair(name, amount),)))
    first_column = 32 - len(amount)
    painter = QPainter(picture)
    painter.fillRect(first_column * 12, 0, len(amount) * 12, 32, QColor("white"))
    painter.end()
    # Only the gap of one column and the amount's own room are left, and they are white.
    assert not ink_right_of(picture, (first_column - 1) * 12 + 4)


@pytest.mark.parametrize("cell", [4, 6, 7, 8, 9, 12, 30])
def test_the_code_is_sharp_at_every_size(cell):
    picture = painted(Receipt("", 80, (Code(REFERENCE),)), cell)
    assert {value for _, value in grey(picture).getcolors()} == {0, 255}
    # Readers want more than a pixel per module; a screen has no more to give at small sizes.
    big = picture.scaled(picture.size() * 3)
    assert codes_in(big) == [REFERENCE]


def test_a_file_that_cannot_be_written_is_told_in_plain_words(tmp_path):
    (tmp_path / "receipts").write_text("not a folder")
    with pytest.raises(PaperFileError, match=r"The receipt can't be saved as .*HSG1-0087\.pdf: "):
        PdfReceipts().save_pdf(receipt(), tmp_path / "receipts" / "HSG1-0087.pdf")


def test_a_saved_receipt_replaces_the_earlier_one_and_leaves_nothing_beside_it(tmp_path):
    file = tmp_path / "2025-07" / "HSG1-0087.pdf"
    PdfReceipts().save_pdf(receipt(), file)
    PdfReceipts().save_pdf(receipt(is_copy=True), file)
    (text,), _, _ = read(file.read_bytes())
    assert "COPY" in text
    assert list(file.parent.iterdir()) == [file]


def test_an_earlier_file_is_never_half_overwritten(tmp_path):
    file, earlier = tmp_path / "HSG1-0087.pdf", tmp_path / "earlier"
    PdfReceipts().save_pdf(receipt(), file)
    earlier.hardlink_to(file)
    PdfReceipts().save_pdf(receipt(is_copy=True), file)
    assert "COPY" not in read(earlier.read_bytes())[0][0]


def test_a_failed_save_leaves_nothing_behind(tmp_path):
    (tmp_path / "HSG1-0087.pdf").mkdir()
    with pytest.raises(PaperFileError):
        PdfReceipts().save_pdf(receipt(), tmp_path / "HSG1-0087.pdf")
    assert [file.name for file in tmp_path.iterdir()] == ["HSG1-0087.pdf"]


def test_receipts_are_saved_on_several_threads_at_once(tmp_path):
    files = [tmp_path / f"{number}.pdf" for number in range(8)]
    threads = [
        threading.Thread(target=PdfReceipts().save_pdf, args=(receipt(), file)) for file in files
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert all(REFERENCE in read(file.read_bytes())[0][0] for file in files)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "No printer has been chosen."),
        ("No such printer", "This computer has no printer called “No such printer”."),
    ],
)
def test_a_printer_that_is_not_there_is_told_in_plain_words(name, said):
    with pytest.raises(NoPrinterError) as caught:
        SystemPrinter().print(receipt(), name)
    assert str(caught.value) == said
    assert isinstance(caught.value, PrinterError)


def test_a_missing_default_printer_is_told_in_plain_words():
    if printer_names():
        pytest.skip("this computer has printers")
    with pytest.raises(NoPrinterError, match="no default printer"):
        SystemPrinter().print(receipt(), "system")


def pdf_printer(file, resolution=1200):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(file))
    printer.setResolution(resolution)
    return printer


@pytest.mark.parametrize("width_mm", [80, 58])
@pytest.mark.parametrize("resolution", [180, 203, 300, 600, 1200])
def test_a_printer_with_paper_from_a_roll_needs_one_page(tmp_path, width_mm, resolution):
    printer = pdf_printer(tmp_path / "roll.pdf", resolution)
    paper = receipt(width_mm, *(f"Item {n}." for n in range(40)), is_training=True)
    ask_for_paper(printer, paper)
    print_on(printer, paper)
    pages, size, picture = read((tmp_path / "roll.pdf").read_bytes())
    assert len(pages) == 1
    assert pages[0].count("NOT A RECEIPT") == 2
    assert abs(size.width() / 72 * 25.4 - width_mm) < 0.5
    assert not ink_right_of(picture, picture.width() - round(2 / 25.4 * 72 * 4))
    assert codes_in(picture) == [REFERENCE]


@pytest.mark.parametrize("width_mm", [80, 58])
def test_a_printer_with_large_sheets_gets_the_receipt_in_its_corner(tmp_path, width_mm):
    file = tmp_path / "a4.pdf"
    printer = pdf_printer(file)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    print_on(printer, receipt(width_mm, *(f"Item {n}." for n in range(80))))
    pages, size, picture = read(file.read_bytes())
    assert len(pages) == 2
    assert all(f"Item {n}." in pages[0] + pages[1] for n in range(80))
    assert REFERENCE in pages[1]
    assert not ink_right_of(picture, round(width_mm / 210 * picture.width()))
    assert size.toSize() == QSize(595, 842)


def test_words_are_black_and_in_the_middle():
    picture = painted(Receipt("", 80, (Centered("||||"),)))
    left, _, right, _ = grey(picture).point(lambda value: 255 - value).getbbox()
    assert abs((left + right) / 2 - picture.width() / 2) <= 2
