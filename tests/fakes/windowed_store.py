"""A register in a real window, its customers, and the payment service in another process."""

from tests.fakes.counter import Counter
from tests.fakes.pdf import text_of
from tests.fakes.waiting import is_soon, until
from tests.fakes.windowed_till import WindowedTill


class Store:
    """A register on the screen, its customers and what the payment service knows in the end."""

    def __init__(self, folder, screen, gateway, carried_by="", **more):
        self._screen, self._gateway = screen, gateway
        self.till = WindowedTill(
            folder,
            screen,
            POS_APP_CITCON_CHOP_BASE_URL=f"{gateway.url}/",
            POS_APP_METHODS_GATEWAYS=carried_by,
            **more,
        )

    def open_scan_page(self):
        """Go from Sell to where the customer's code is scanned."""

        def is_there():
            self._screen.press("shift+Return")  # ignored until the service is known to be set up
            return is_soon(lambda: not self.till.is_on_sell(), 0.5)

        until(is_there, "the page that scans")

    def give_back(self):
        """Once it is paid and its receipt is saved, give 12.50 of it back.

        Returns the charge's row, its receipt and the slip of the refund.
        """
        paid = self.till.paid()
        until(self.till.ledger.prints, "the receipt to be saved")
        (receipt,) = self.till.paths.receipts.glob("*.pdf")
        counter = Counter(self.till, self._screen)
        counter.find("0", "0", "0", "1")
        counter.fill_in_refund("1", "2", "5", "0")
        (there,) = self._gateway.transactions()
        assert there["refunds"] == []
        counter.send()
        return paid, receipt, counter.print_slip()

    def check_to_the_end(self, service):
        """See it paid and given back; ledger, service and papers agree. Returns the row."""
        paid, receipt, slip = self.give_back()
        (there,) = self._gateway.transactions()
        assert (paid["gateway"], paid["amount_minor"]) == (service, 4250)
        assert (there["reference"], there["state"]) == (paid["reference"], "paid")
        assert (there["amount"], there["method"]) == (4250, paid["method"])
        says(receipt, "42.50", paid["reference"], there["transaction_id"])
        (refund,) = self.till.ledger.rows("SELECT * FROM refunds")
        (went_out,) = there["refunds"]
        assert (refund["status"], refund["amount_minor"]) == ("done", 1250)
        assert (went_out["kind"], went_out["amount"]) == ("refund", 1250)
        assert refund["gateway_id"] == went_out["id"]
        says(slip, "12.50", paid["reference"], went_out["id"])
        return paid

    def keeps(self, secret):
        """The files of the till that have `secret` in them."""
        files = [file for file in self.till.paths.root.parent.rglob("*") if file.is_file()]
        return [file.name for file in files if secret.encode() in file.read_bytes()]


def says(pdf, *wanted):
    """Check that all of it is on the paper."""
    text = text_of(str(pdf))
    for one in wanted:
        assert one in text
