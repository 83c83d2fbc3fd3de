"""Paper that leaves the program: as a PDF file, or through a printer of the system.

Everything here waits for disks and printers: call it on a worker thread.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRect, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from pos_app.receipts.printers import (
    NoPrinterError,
    PaperFileError,
    PrinterNotAnsweringError,
)
from pos_app.receipts.rows import Receipt, Row
from pos_app.ui.printing.paper import Grid, paint_rows

SYSTEM_PRINTER = "system"
"""The printer's name in the settings that means: whatever is this computer's default."""

_CELL_MM = 1.5
"""48 cells are the 72 mm that an 80 mm printer prints on, 32 the 48 mm of a 58 mm one."""
_MM_PER_INCH = 25.4
_CREATOR = "QR Till"
_NO_ANSWER = "The printer “{}” isn't answering."
_PDF_DPI = 508
"""20 units per millimetre: a cell is 30 units, a module of the code 12."""
_FEED_MM = 5
"""White above and below, so that nothing is torn off."""
_FAILED = (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error)
_LONGEST_MM = 5_000
"""A PDF page may be 200 inches long; longer paper goes on on another page."""


def _pages(receipt: Receipt, grid: Grid, height: int) -> Iterator[tuple[Row, ...]]:
    """Deal the rows out to pages of `height`; a row is never torn."""
    page: list[Row] = []
    left = height
    for row in receipt.rows:
        needed = grid.height(row)
        if page and needed > left:
            yield tuple(page)
            page, left = [], height
        page.append(row)
        left -= needed
    yield tuple(page)


def _least_margins(device: QPdfWriter | QPrinter) -> QMarginsF:
    """Return what `device` cannot print on at the edges of its page, in mm."""
    layout = device.pageLayout()
    layout.setUnits(QPageLayout.Unit.Millimeter)
    return layout.minimumMargins()


def _normal_grid(device: QPdfWriter | QPrinter, receipt: Receipt) -> Grid:
    return Grid(round(_CELL_MM * device.resolution() / _MM_PER_INCH), receipt.columns)


def _paper_size(device: QPdfWriter | QPrinter, receipt: Receipt) -> QPageSize:
    """Return paper as long as `receipt` needs on `device`, with white above and below."""
    least = _least_margins(device)
    height = _normal_grid(device, receipt).paper_height(receipt)
    rows = height * _MM_PER_INCH / device.resolution()
    white = max(_FEED_MM, least.top()) + max(_FEED_MM, least.bottom())
    # Page sizes are rounded to points, a third of a millimetre.
    size = QSizeF(receipt.width_mm, min(rows + white + 1, _LONGEST_MM))
    return QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)


def _place(device: QPdfWriter | QPrinter, receipt: Receipt) -> tuple[Grid, QRect]:
    """Return the grid, and where on every page of `device` its rows go.

    Receipt paper is filled in its middle. On a larger sheet the receipt stands in the top left
    corner, as far in as the printer needs. Letters shrink where it prints less than paper of
    that width should offer.
    """
    unit = device.resolution() / _MM_PER_INCH
    least = _least_margins(device) * unit
    room = int(device.width() - least.left() - least.right())
    normal = _normal_grid(device, receipt)
    grid = Grid(min(normal.cell, room // receipt.columns), receipt.columns)
    paper = min(receipt.width_mm * unit, device.width())
    left = max((paper - grid.width) / 2, least.left())
    top = max(_FEED_MM * unit, least.top())
    bottom = max(_FEED_MM * unit, least.bottom())
    return grid, QRect(round(left), round(top), grid.width, int(device.height() - top - bottom))


def _paint_on(device: QPdfWriter | QPrinter, receipt: Receipt) -> bool:
    """Paint `receipt` on as many pages as it takes; False when `device` takes no painting."""
    grid, area = _place(device, receipt)
    painter = QPainter()
    if not painter.begin(device):
        return False
    try:
        painter.translate(area.left(), area.top())
        for number, rows in enumerate(_pages(receipt, grid, area.height())):
            if number:
                device.newPage()
            paint_rows(painter, grid, rows)
    finally:
        is_done = painter.end()
    return is_done


def pdf_of(receipt: Receipt) -> bytes:
    """Return `receipt` as a PDF: one page as long as the paper, its text searchable."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(receipt.number)
    writer.setCreator(_CREATOR)
    writer.setResolution(_PDF_DPI)
    writer.setPageMargins(QMarginsF())
    writer.setPageSize(_paper_size(writer, receipt))
    _paint_on(writer, receipt)
    return bytes(buffer.data().data())


class PdfReceipts:
    """Keeps receipts as PDF files."""

    def save_pdf(self, receipt: Receipt, file: Path) -> None:
        """Write `receipt` to `file`, which appears whole or not at all.

        Folders on the way are made. Not for the GUI thread.

        Raises:
            PaperFileError: the file cannot be written; an earlier one is unharmed.
        """
        content = pdf_of(receipt)
        try:
            _write_whole(file, content)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise PaperFileError(f"The receipt can't be saved as {file}: {why}.") from error


def _write_whole(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def printer_names() -> tuple[str, ...]:
    """Return the printers of this computer. May take seconds: not for the GUI thread."""
    return tuple(QPrinterInfo.availablePrinterNames())


class SystemPrinter(PdfReceipts):
    """Prints by the operating system's own printing: any printer that is installed there."""

    def print(self, receipt: Receipt, printer_name: str) -> None:
        """Hand `receipt` to the printer's queue. Not for the GUI thread.

        `printer_name` is one of `printer_names()`, "system" for this computer's default, or
        empty when none has been chosen. May be repeated, which prints again. Money: printing
        never changes a payment.

        Raises:
            NoPrinterError: none is chosen, or there is none of that name.
            PrinterNotAnsweringError: the printer, or the system's queue, does not take it.
        """
        found = _find(printer_name)
        if found.state() is QPrinter.PrinterState.Error:
            raise PrinterNotAnsweringError(_NO_ANSWER.format(found.printerName()))
        printer = QPrinter(found, QPrinter.PrinterMode.HighResolution)
        ask_for_paper(printer, receipt)
        print_on(printer, receipt)


def ask_for_paper(printer: QPrinter, receipt: Receipt) -> None:
    """Set `printer` up for one page as long as `receipt` needs; the driver may know better."""
    printer.setFullPage(True)
    printer.setPageSize(_paper_size(printer, receipt))
    # Only now the driver tells which edges of such paper it leaves white.
    printer.setPageSize(_paper_size(printer, receipt))


def print_on(printer: QPrinter, receipt: Receipt) -> None:
    """Print `receipt` with `printer` as it is set up, on as many pages as that takes.

    Raises:
        PrinterNotAnsweringError: it does not take the job.
    """
    printer.setDocName(receipt.number)
    printer.setCreator(_CREATOR)
    if not _paint_on(printer, receipt) or printer.printerState() in _FAILED:
        raise PrinterNotAnsweringError(_NO_ANSWER.format(printer.printerName()))


def _find(printer_name: str) -> QPrinterInfo:
    if not printer_name:
        raise NoPrinterError("No printer has been chosen.")
    if printer_name == SYSTEM_PRINTER:
        default = QPrinterInfo.defaultPrinter()
        if default.isNull():
            raise NoPrinterError("This computer has no default printer.")
        return default
    found = QPrinterInfo.printerInfo(printer_name)
    if found.isNull():
        raise NoPrinterError(f"This computer has no printer called “{printer_name}”.")
    return found
