"""What the payment page has done for it, off the GUI thread, one payment at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from pos_app.domain.charges import Attention, Charge
from pos_app.domain.errors import PosAppError
from pos_app.services.payment_view import PaymentView, Screen
from pos_app.ui.widgets.training_strip import CustomerAct

if TYPE_CHECKING:
    from pos_app.domain.cards import KeyedCard
    from pos_app.domain.customers import Customer
    from pos_app.domain.refunds import Refund
    from pos_app.domain.sales import Sale
    from pos_app.receipts.rows import Receipt
    from pos_app.services.printing import PrintResult
    from pos_app.services.till import Till
    from pos_app.ui.background import Background


class PaymentCommands(QObject):
    """Runs the services' calls for the charge on the page; answers for another are dropped.

    Commands that talk to the gateway share the charge's lane, so that they go one at a time and
    a slow one delays no other payment.

    Signals:
        changed(): the charge may have changed; look again.
        failed(PosAppError): a command could not be carried out.
        sale_ready(Sale): the sale goes back to the Sell page.
        scan_ready(Sale): the sale is to be charged by another code of the customer.
        made(int): a new charge for the same sale is on disk; show it.
        left(): the payment goes on without its page.
        receipt_ready(Receipt): the paper of this payment.
        printing(): it is on its way to the printer.
        printed(PrintResult): what became of it.
        slip_printed(PrintResult): what became of the slip of a payment that was sent back.
        contact_ready(str): how to reach the customer.
    """

    changed = Signal()
    failed = Signal(object)
    sale_ready = Signal(object)
    scan_ready = Signal(object)
    made = Signal(int)
    left = Signal()
    receipt_ready = Signal(object)
    printing = Signal()
    printed = Signal(object)
    slip_printed = Signal(object)
    contact_ready = Signal(str)

    def __init__(self, till: Till, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._till = till
        self._background = background
        self._charge_id = 0
        self.person_id: int | None = None

    @property
    def charge_id(self) -> int:
        """The charge on the page; 0 for none."""
        return self._charge_id

    def begin(self, charge_id: int) -> None:
        """Take up a charge: send a fresh one, open any other."""
        self._charge_id = charge_id
        view = self.look()
        if view is not None and view.state is Screen.CREATING:
            self.send()
            return
        self._run(partial(self._till.payments.open, charge_id), self._on_changed)

    def end(self) -> None:
        """Let go of the charge: its page has been left."""
        if self._charge_id:
            self._till.payments.close(self._charge_id)
        self._charge_id = 0

    def look(self) -> PaymentView | None:
        """Return what to show now; memory only. None while the charge is not in hand."""
        try:
            return self._till.payments.view(self._charge_id)
        except LookupError:
            return None

    def send(self, card: KeyedCard | None = None) -> None:
        """Ask the gateway for the code; the same reference again after a lost answer.

        Args:
            card: keyed once more, where the one before surely never left.
        """
        charge_id = self._charge_id
        self._run(partial(_send, self._till, charge_id, card), self._on_changed, lane=charge_id)

    def check(self) -> None:
        """Ask the gateway what became of it, at once."""
        self._run(partial(self._till.payments.check_now, self._charge_id), self._on_changed)

    def cancel(self) -> None:
        """Give it up: inquire, cancel, inquire."""
        call = partial(self._till.payments.cancel, self._charge_id, self.person_id)
        self._run(call, self._on_changed, lane=self._charge_id)

    def stop(self) -> None:
        """Stop waiting; the code stays open and is watched."""
        call = partial(self._till.payments.stop, self._charge_id, self.person_id)
        self._run(call, self._on_changed)

    def keep_waiting(self) -> None:
        """Go on after a refused cancel or the end of the code's life."""
        self._run(partial(self._till.payments.keep_waiting, self._charge_id), self._on_changed)

    def put_aside(self) -> None:
        """Leave it to the watcher and serve the next customer."""
        call = partial(self._till.payments.put_aside, self._charge_id, self.person_id)
        self._run(call, self._on_left)

    def go_back_to_sale(self) -> None:
        """Fetch the sale; a charge without a code is left, and a code that comes is not shown."""
        self._run(partial(_back_to_sale, self._till, self._charge_id), self.sale_ready.emit)

    def scan_again(self) -> None:
        """Fetch the sale, to charge it by another code of the customer."""
        self._run(partial(_back_to_sale, self._till, self._charge_id), self.scan_ready.emit)

    def new_code(
        self, charge: Charge, customer: Customer | None = None, card: KeyedCard | None = None
    ) -> None:
        """Charge the same sale with the same method once more, under a new reference."""
        cashier_id = self.person_id or charge.cashier_id
        call = partial(_charge_again, self._till, charge, cashier_id, customer, card)
        self._run(call, self.made.emit)

    def mark_seen(self, attention: Attention, charge: Charge) -> None:
        """Record that a person has seen a late payment, then leave its page."""
        person_id = self.person_id or charge.cashier_id
        call = partial(self._till.answers.mark_seen, charge.id, attention, person_id)
        self._run(call, self._on_left)

    def show_receipt(
        self, letter_for: Callable[[Receipt], tuple[int, float]], *, may_print: bool
    ) -> None:
        """Lay the paper out, and print it when the settings say so and nobody has yet.

        Args:
            letter_for: tells, on the GUI thread, how large `receipt_picture` is wanted.
            may_print: False for late payments: nobody stands there to take the paper.
        """
        charge_id = self._charge_id

        def paint(receipt: Receipt) -> None:
            call = partial(_painted, receipt, *letter_for(receipt))
            self._run(call, self.receipt_ready.emit)

        # One after the other: writing a PDF keeps the GUI thread from painting Paid.
        lane = ("paper", charge_id)
        self._run(partial(self._till.receipts.receipt, charge_id), paint, lane=lane)
        if may_print and self._till.settings.printer.auto_print:
            call = partial(_print_once, self._till, charge_id, self.person_id)
            self._run(call, self._on_printed_once, lane=lane)

    def print_receipt(self) -> None:
        """Print the paper now; whatever came out before makes it a copy."""
        self.printing.emit()
        call = partial(self._till.receipts.print, self._charge_id, self.person_id)
        self._run(call, self.printed.emit)

    def print_slip(self, returned: Refund | None) -> None:
        """Print the slip of the cancel that sent the payment back."""
        if returned is not None:
            call = partial(self._till.receipts.print_slip, returned.id, self.person_id)
            self._run(call, self.slip_printed.emit)

    def fetch_contact(self) -> None:
        """Fetch how to reach the customer."""
        self._run(partial(self._till.payments.contact, self._charge_id), self.contact_ready.emit)

    def save_contact(self, words: str) -> None:
        """Keep how to reach the customer, apart from everything else."""
        self._run(partial(self._till.payments.save_contact, self._charge_id, words))

    @Slot(object)
    def act(self, act: CustomerAct) -> None:
        """Let the pretend customer do something (training only)."""
        desk = self._till.training
        if desk is None:
            return
        acts = {
            CustomerAct.PAY: desk.pay,
            CustomerAct.DECLINE: desk.decline,
            CustomerAct.EXPIRE: desk.expire,
            CustomerAct.NETWORK_DROP: desk.drop_network,
            CustomerAct.LOSE_ANSWER: desk.lose_answer,
            CustomerAct.PAY_AFTER_CANCEL: desk.pay_after_cancel,
        }
        self._run(partial(acts[act], self._charge_id), self._on_changed)

    @Slot()
    def open_page(self) -> None:
        """Show the customer's page in a browser (training only)."""
        desk = self._till.training
        address = desk.page_address(self._charge_id) if desk is not None else None
        if address:
            QDesktopServices.openUrl(QUrl(address))

    def _run(
        self,
        call: Callable[[], object],
        done: Callable[..., None] | None = None,
        *,
        lane: Hashable | None = None,
    ) -> None:
        charge_id = self._charge_id

        def deliver(result: object) -> None:
            if done is not None and charge_id == self._charge_id:
                done(result)

        def complain(error: PosAppError) -> None:
            if charge_id == self._charge_id:
                self.failed.emit(error)

        self._background.run(call, deliver, complain, owner=self, lane=lane)

    def _on_changed(self, _result: object) -> None:
        self.changed.emit()

    def _on_left(self, _result: object) -> None:
        self.left.emit()

    def _on_printed_once(self, result: PrintResult | None) -> None:
        if result is not None:
            self.printed.emit(result)


def _send(till: Till, charge_id: int, card: KeyedCard | None) -> Charge:
    charge = till.checkout.send(charge_id, card)
    if charge.code:
        from pos_app.receipts.codes import modules

        modules(charge.code)  # so that the GUI thread only has to paint it
    return charge


def _painted(receipt: Receipt, cell: int, ratio: float) -> Receipt:
    from pos_app.ui.printing.paper import receipt_picture

    receipt_picture(receipt, cell, ratio)  # so that the GUI thread only has to copy it
    return receipt


def _back_to_sale(till: Till, charge_id: int) -> Sale:
    if till.payments.view(charge_id).charge.can_send_again:
        till.checkout.leave(charge_id)
    return till.payments.sale_of(charge_id)


def _charge_again(
    till: Till,
    charge: Charge,
    cashier_id: int,
    customer: Customer | None,
    card: KeyedCard | None,
) -> int:
    try:
        sale = till.payments.sale_of(charge.id)
        again = partial(till.checkout.charge, sale, charge.method, cashier_id, tip=charge.tip)
        made = again(customer=customer, card=card)
    except PosAppError:
        if card is not None:
            card.wipe()
        raise
    return made.id


def _print_once(till: Till, charge_id: int, person_id: int | None) -> PrintResult | None:
    if till.receipts.is_printed(charge_id):
        return None
    return till.receipts.print(charge_id, person_id)
