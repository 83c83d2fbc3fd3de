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
_PDF_DPI = 508
_PDF_CELL = 30
"""20 units per millimetre."""
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


def _paper_size(receipt: Receipt) -> QPageSize:
    grid = Grid(_PDF_CELL, receipt.columns)
    height = grid.paper_height(receipt) * _CELL_MM / grid.cell + 2 * _FEED_MM + 1
    size = QSizeF(receipt.width_mm, min(height, _LONGEST_MM))
    return QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)


def _area(device: QPdfWriter | QPrinter, receipt: Receipt, cell: int) -> QRect:
    """Return where on every page of `device` the rows go.

    Receipt paper is filled in its middle. On a larger sheet the receipt stands in the top left
    corner, as far in as the printer needs.
    """
    layout = device.pageLayout()
    layout.setUnits(QPageLayout.Unit.Millimeter)
    least = layout.minimumMargins()
    unit = cell / _CELL_MM
    width = cell * receipt.columns
    margin = (min(receipt.width_mm * unit, device.width()) - width) / 2
    left = min(max(margin, least.left() * unit), device.width() - width)
    top = max(_FEED_MM, least.top()) * unit
    bottom = max(_FEED_MM, least.bottom()) * unit
    return QRect(round(left), round(top), width, round(device.height() - top - bottom))


def _paint_on(device: QPdfWriter | QPrinter, receipt: Receipt) -> bool:
    """Paint `receipt` on as many pages as it takes; False when `device` takes no painting."""
    cell = round(_CELL_MM * device.resolution() / _MM_PER_INCH)
    grid = Grid(min(cell, device.width() // receipt.columns), receipt.columns)
    area = _area(device, receipt, grid.cell)
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
    writer.setPageSize(_paper_size(receipt))
    writer.setPageMargins(QMarginsF())
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
        trouble = f"The printer “{found.printerName()}” isn't answering."
        if found.state() is QPrinter.PrinterState.Error:
            raise PrinterNotAnsweringError(trouble)
        printer = QPrinter(found, QPrinter.PrinterMode.HighResolution)
        printer.setDocName(receipt.number)
        printer.setCreator(_CREATOR)
        printer.setFullPage(True)
        printer.setPageSize(_paper_size(receipt))
        if not _paint_on(printer, receipt) or printer.printerState() in _FAILED:
            raise PrinterNotAnsweringError(trouble)


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
