"""Why paper did not come out. Money: the payment is safe and stays paid in every case."""

from pos_app.domain.errors import PrinterError


class NoPrinterError(PrinterError):
    """No printer is chosen, or this computer has none of that name."""


class PrinterNotAnsweringError(PrinterError):
    """The printer is there, but it does not take the job."""


class PaperFileError(PrinterError):
    """The file that was to hold the paper could not be written."""
