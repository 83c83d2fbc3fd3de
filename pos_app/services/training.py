"""What happens in training: the buttons of payment page and refund dialog, told to the simulator.

The simulator's control interface does the rest (design.md, section 7; ux.md 6.9).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from pos_app.domain.errors import NotSent, OutcomeUnknown, PosAppError
from pos_app.domain.gateways import bank_answers, names_codes
from pos_app.services.demo import unchanged_pins

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.services.ledger import Ledger
    from pos_app.services.payments import Payments

_log = logging.getLogger(__name__)


class SimulatorControl(Protocol):
    """The control interface of the pretend services (design.md, section 7)."""

    def act(self, gateway_id: str, action: str) -> None:
        """Let the customer of one charge "pay", "decline" or "expire".

        Raises:
            NotSent, OutcomeUnknown: the simulator did not answer.
        """

    def script(self, rules: list[Mapping[str, object]]) -> None:
        """Replace the script of faults.

        Raises:
            NotSent, OutcomeUnknown: the simulator did not answer.
        """

    def unlimited_balance(self) -> None:
        """From now on no refund fails for want of money.

        Raises:
            NotSent, OutcomeUnknown: the simulator did not answer.
        """


class TrainingError(PosAppError):
    """The simulator could not be told what the customer does. No real money is near."""


class NextCode(StrEnum):
    """What becomes of the next code of a customer that is scanned, in the simulator's words."""

    PAYS = ""
    NEEDS_CONFIRMING = "needs_confirming"
    DECLINED = "wallet_declines"
    TOO_OLD = "code_too_old"
    ANSWER_LOST = "lose_answer"
    """It is paid, and the answer is lost on the way."""
    REQUEST_LOST = "lose_request"
    """It is lost on the way to the service."""


DROPPED_CALLS = 40
"""Questions that a dropped network swallows: enough to become unknown."""


class TrainingDesk:
    """Plays customer and gateway. Every method blocks; none may be called on the GUI thread.

    What one of them does to calls replaces what another had planned.
    """

    def __init__(self, control: SimulatorControl, ledger: Ledger, payments: Payments) -> None:
        self._control = control
        self._ledger = ledger
        self._payments = payments

    def pay(self, charge_id: int) -> None:
        """The customer pays."""
        self._act(charge_id, "pay")

    def decline(self, charge_id: int) -> None:
        """The wallet says no. The same code still works, or it is over: then that is asked.

        The hint stands for the notice that tells of a no that is not final.
        """
        self._act(charge_id, "decline")
        charge = self._charge(charge_id)
        if charge.is_customer_presented or bank_answers(charge.gateway):
            self._payments.check_now(charge_id)
        else:
            self._payments.hint_declined(charge_id)

    def expire(self, charge_id: int) -> None:
        """The customer lets the code run out."""
        self._act(charge_id, "expire")

    def drop_network(self, charge_id: int) -> None:
        """From now on no question about this charge gets through, until it is unknown."""
        self._faults(charge_id, "lose_request", ("inquire", "cancel"), DROPPED_CALLS)

    def lose_answer(self, charge_id: int) -> None:
        """The customer pays, and the answers to the next questions are lost on the way."""
        self._faults(charge_id, "lose_answer", ("inquire",), 3)
        self._act(charge_id, "pay")

    def pay_after_cancel(self, charge_id: int) -> None:
        """The cashier cancels, and the customer's money comes all the same; it is returned."""
        self._faults(charge_id, "pay_before_cancel", ("cancel",), 1)
        self._payments.cancel(charge_id)

    def next_code(self, what: NextCode) -> None:
        """The next code that is scanned is paid at once, or goes another way."""
        rules: list[Mapping[str, object]] = [
            {"call": "pay", "fault": fault.value, "times": 1} for fault in (what,) if fault
        ]
        self._tell(lambda: self._control.script(rules))

    def refund_works(self, charge_id: int) -> None:
        """Every refund and cancel of a paid charge works, whatever is in the balance."""
        self._code_of(charge_id)
        self._tell(lambda: self._control.script([]))
        self._tell(self._control.unlimited_balance)

    def refund_no_balance(self, charge_id: int) -> None:
        """Today's balance does not cover the next refund. A cancel asks for none and works."""
        self._faults(charge_id, "no_balance", ("refund",), 1)

    def refund_lose_answer(self, charge_id: int) -> None:
        """The next refund or cancel is carried out, and its answer is lost on the way."""
        self._faults(charge_id, "lose_answer", ("refund", "cancel"), 1)

    def pins(self) -> tuple[tuple[str, str], ...]:
        """Return name and PIN of everybody in the demo's store whose PIN nobody has replaced."""
        return unchanged_pins(self._ledger.store)

    def page_address(self, charge_id: int) -> str | None:
        """Return the address of the customer's page, as the code says it."""
        charge = self._ledger.board.charge(charge_id)
        is_address = charge is not None and (charge.code or "").startswith("http")
        return charge.code if charge and is_address else None

    def _act(self, charge_id: int, action: str) -> None:
        gateway_id, _ = self._code_of(charge_id)
        self._tell(lambda: self._control.act(gateway_id, action))

    def _faults(self, charge_id: int, fault: str, calls: tuple[str, ...], times: int) -> None:
        _, reference = self._code_of(charge_id)
        rules: list[Mapping[str, object]] = [
            {"call": call, "fault": fault, "times": times, "reference": reference}
            for call in calls
        ]
        self._tell(lambda: self._control.script(rules))

    def _code_of(self, charge_id: int) -> tuple[str, str]:
        """Return the service's id of a charge, and the name by which its faults are planned.

        That is our reference; the service's id where it was not told that with the code it shows.
        """
        charge = self._charge(charge_id)
        if charge.gateway_id is None:
            raise TrainingError("There is no code yet that the customer could pay.")
        is_named = charge.is_customer_presented or names_codes(charge.gateway)
        return charge.gateway_id, charge.reference if is_named else charge.gateway_id

    def _charge(self, charge_id: int) -> Charge:
        """Return a charge of this run or an earlier one."""
        charge = self._ledger.board.charge(charge_id) or self._on_disk(charge_id)
        if charge is None:
            raise TrainingError("There is no code yet that the customer could pay.")
        return charge

    def _on_disk(self, charge_id: int) -> Charge | None:
        with self._ledger.store.read() as work, suppress(KeyError):
            return work.charges.get(charge_id)
        return None

    def _tell(self, call: Callable[[], None]) -> None:
        try:
            call()
        except (NotSent, OutcomeUnknown) as trouble:
            _log.warning("the simulator could not be told: %s", trouble)
            raise TrainingError("The simulator doesn't answer. Start training again.") from None
