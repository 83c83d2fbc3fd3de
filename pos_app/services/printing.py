"""Receipts and slips: made from the ledger, printed and saved without ever touching money."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pos_app.domain.errors import PrinterError
from pos_app.receipts.frame import Store as PaperStore
from pos_app.receipts.layout import ReceiptFacts, receipt_of
from pos_app.receipts.printers import NoPrinterError
from pos_app.receipts.slips import SlipFacts, slip_of

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.receipts.rows import Receipt
    from pos_app.services.clock import Clock
    from pos_app.services.settings_book import SettingsBook
    from pos_app.storage.store import Store

_log = logging.getLogger(__name__)


class ReceiptPrinter(Protocol):
    """Puts a receipt on paper or into a file. Called on worker threads, one call at a time."""

    def print(self, receipt: Receipt, printer_name: str) -> None:
        """Print it.

        Args:
            receipt: what to print.
            printer_name: the operating system's name of it; "system" for its default.

        Raises:
            PrinterError: it did not come out. Money: the payment is safe.
        """

    def save_pdf(self, receipt: Receipt, file: Path) -> None:
        """Write it to `file`, whole or not at all.

        Raises:
            PrinterError: it could not be written. Money: the payment is safe.
        """


class PrintTrouble(StrEnum):
    """What went wrong with a receipt; the payment is untouched by all of it."""

    NONE = ""
    """Nothing."""
    NO_PRINTER = "no_printer"
    """No printer is chosen, or there is none of that name."""
    NOT_ANSWERING = "not_answering"
    """The printer does not take the job."""
    NOT_SAVED = "not_saved"
    """It was printed, or there is no printer, but the PDF could not be written."""


@dataclass(frozen=True, slots=True)
class PrintResult:
    """What came of printing a receipt.

    Attributes:
        is_printed: it went to the printer.
        saved_to: the PDF, when one was saved.
        trouble: what went wrong, if anything.
        text: the system's own words about the trouble, for Details.
    """

    is_printed: bool
    saved_to: Path | None
    trouble: PrintTrouble
    text: str = ""


class Receipts:
    """Makes, prints and saves receipts of paid charges and slips of refunds; one at a time.

    Nothing here changes a charge: a paid sale stays paid when the printer is on fire.
    """

    def __init__(
        self, store: Store, clock: Clock, book: SettingsBook, folder: Path, *, is_training: bool
    ) -> None:
        self._store = store
        self._clock = clock
        self._book = book
        self._folder = folder
        self._is_training = is_training
        self._printer: ReceiptPrinter | None = None
        self._one_at_a_time = threading.Lock()

    def use(self, printer: ReceiptPrinter) -> None:
        """Print with `printer` from now on."""
        self._printer = printer

    def receipt(self, charge_id: int, *, is_copy: bool = False) -> Receipt:
        """Return the receipt of a paid charge.

        Raises:
            NotPaidError: it is not paid: a bug, no paper ever says so.
        """
        with self._store.read() as work:
            charge = work.charges.get(charge_id)
            sale = work.sales.get(charge.sale_id)
            cashier = work.people.get(charge.cashier_id).name
        facts = ReceiptFacts.of(
            charge,
            sale.lines,
            store=self._paper_store(),
            cashier=cashier,
            is_copy=is_copy,
            is_training=self._is_training,
            width_mm=self._book.current.printer.width_mm,
            zone=self._clock.local(charge.created_at).tzinfo,
        )
        return receipt_of(facts)

    def slip(self, refund_id: int, *, is_copy: bool = False) -> Receipt:
        """Return the slip of a refund, or of the cancel of a paid charge.

        Raises:
            NotRefundedError: the gateway has not confirmed it (see `Refund.has_slip`): a bug, no
                paper ever says so.
        """
        with self._store.read() as work:
            refund = work.refunds.get(refund_id)
            charge = work.charges.get(refund.charge_id)
            refunds = work.refunds.of_charge(charge.id)
            approver = work.people.get(refund.approved_by)
        facts = SlipFacts.of(
            refund,
            charge,
            refunds,
            store=self._paper_store(),
            approved_by=approver.name,
            is_by_manager=approver.is_manager,
            is_copy=is_copy,
            is_training=self._is_training,
            width_mm=self._book.current.printer.width_mm,
            zone=self._clock.local(refund.requested_at).tzinfo,
        )
        return slip_of(facts)

    def is_printed(self, charge_id: int) -> bool:
        """Tell whether it has been printed or saved before, so that the next one is a copy."""
        with self._store.read() as work:
            return work.receipts.printed(charge_id) > 0

    def print(self, charge_id: int, person_id: int | None = None) -> PrintResult:
        """Print the receipt, and save it as PDF where the settings say so.

        A reprint is marked COPY; where there is no printer, the saved file is the original. What a
        printer did not take has never been handed out, so the next try is no copy. Blocks as long
        as the printer does.
        """
        with self._one_at_a_time:
            result = self._hand_out(self.receipt(charge_id, is_copy=self.is_printed(charge_id)))
            if self._is_handed_out(result):
                self._record(charge_id, person_id, is_printed=result.is_printed)
        return result

    def is_slip_printed(self, refund_id: int) -> bool:
        """Tell whether a slip has been printed or saved before, so that the next is a copy."""
        with self._store.read() as work:
            return work.receipts.slips_printed(refund_id) > 0

    def print_slip(self, refund_id: int, person_id: int | None = None) -> PrintResult:
        """Print the slip of a refund or of a paid charge's cancel, as `print` does receipts.

        Raises:
            NotRefundedError: the gateway has not confirmed it (see `Refund.has_slip`): a bug.
        """
        with self._one_at_a_time:
            slip = self.slip(refund_id, is_copy=self.is_slip_printed(refund_id))
            result = self._hand_out(slip)
            if self._is_handed_out(result):
                self._record_slip(refund_id, person_id, is_printed=result.is_printed)
        return result

    def last_paid(self) -> Charge | None:
        """Return the charge that was paid last at this till, for a reprint."""
        with self._store.read() as work:
            return work.charges.last_paid(self._book.current.store.till_code)

    def _paper_store(self) -> PaperStore:
        about = self._book.current.store
        return PaperStore(about.name, about.address, about.receipt_footer)

    def _hand_out(self, receipt: Receipt) -> PrintResult:
        saved_to, no_file = self._save(receipt)
        is_printed, no_paper = self._print(receipt)
        trouble = _trouble(no_paper, no_file)
        return PrintResult(is_printed, saved_to, trouble, str(no_paper or no_file or ""))

    def _is_handed_out(self, result: PrintResult) -> bool:
        is_all_there_is = result.saved_to is not None and not self._book.current.printer.name
        return result.is_printed or is_all_there_is

    def _save(self, receipt: Receipt) -> tuple[Path | None, PrinterError | None]:
        if self._printer is None or not self._book.current.printer.save_pdf:
            return None, None
        file = self._folder / f"{receipt.number}-{self._clock.now():%Y%m%d%H%M%S%f}.pdf"
        try:
            self._printer.save_pdf(receipt, file)
        except PrinterError as trouble:
            _log.warning("receipt %s not saved: %s", receipt.number, trouble)
            return None, trouble
        return file, None

    def _print(self, receipt: Receipt) -> tuple[bool, PrinterError | None]:
        name = self._book.current.printer.name
        if self._printer is None or not name:
            return False, NoPrinterError("No printer is chosen.")
        try:
            self._printer.print(receipt, name)
        except PrinterError as trouble:
            _log.warning("receipt %s not printed: %s", receipt.number, trouble)
            return False, trouble
        return True, None

    def _record(self, charge_id: int, person_id: int | None, *, is_printed: bool) -> None:
        now = self._clock.now()
        with self._store.write() as work:
            work.receipts.add_print(charge_id, now)
            work.journal.append(
                "receipt_printed",
                work.charges.get(charge_id).reference,
                now,
                person_id,
                {"on_paper": is_printed},
            )

    def _record_slip(self, refund_id: int, person_id: int | None, *, is_printed: bool) -> None:
        now = self._clock.now()
        with self._store.write() as work:
            work.receipts.add_slip_print(refund_id, now)
            refund = work.refunds.get(refund_id)
            work.journal.append(
                "slip_printed",
                work.charges.get(refund.charge_id).reference,
                now,
                person_id,
                {"refund": refund.reference, "on_paper": is_printed},
            )


def _trouble(no_paper: PrinterError | None, no_file: PrinterError | None) -> PrintTrouble:
    match no_paper:
        case NoPrinterError() if no_file:
            return PrintTrouble.NOT_SAVED
        case NoPrinterError():
            return PrintTrouble.NO_PRINTER
        case None:
            return PrintTrouble.NOT_SAVED if no_file else PrintTrouble.NONE
        case _:
            return PrintTrouble.NOT_ANSWERING
