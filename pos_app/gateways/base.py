"""What every gateway can do, in our words. Its answers are `domain.outcomes`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from pos_app.domain.charges import Charge
from pos_app.domain.customer_codes import CustomerCode
from pos_app.domain.customers import Purchase
from pos_app.domain.money import Money
from pos_app.domain.notices import Notice
from pos_app.domain.outcomes import (
    CancelAnswer,
    CodeCreated,
    ConnectionCheck,
    Inquiry,
    ListedPayment,
    RefundAnswer,
    Refused,
    Taken,
)


class Gateway(Protocol):
    """One payment service with one set of credentials. Thread-safe; one for the program's life.

    Every call blocks until the answer or the time-out, and raises:

        NotSent: the request surely never arrived. Money: nothing happened; safe to repeat.
        OutcomeUnknown: it may have been carried out. Money: find out first.
    """

    @property
    def id(self) -> str:
        """Stable id, e.g. "citcon_chop"; written into every charge."""

    @property
    def name(self) -> str:
        """Its own name for people: "Citcon"."""

    @property
    def credentials(self) -> str:
        """Name of the credentials, written into every charge; never the token itself."""

    def create(
        self, charge: Charge, purchase: Purchase | None = None
    ) -> CodeCreated | Taken | Refused:
        """Create the charge, or get the earlier one of the same reference.

        May be repeated with the same charge while no code of it has been shown, but only after
        `NotSent` where the service does not know a reference again (`GatewayTraits`). `Taken` is
        the answer to a keyed card alone, which may have paid with this very request.

        Args:
            charge: what is to be paid.
            purchase: who buys what; only for the services that need the customer, and for this
                one request: nothing of it is kept.
        """

    def inquire(self, charge: Charge) -> Inquiry | Refused:
        """Ask what became of the charge. Needs `charge.gateway_id`; may always be repeated."""

    def cancel(self, charge: Charge) -> CancelAnswer | Refused:
        """Give the charge up; a paid one is returned in full. May be repeated."""

    def refund(self, charge: Charge, amount: Money, reason: str) -> RefundAnswer | Refused:
        """Send `amount` of a paid charge back.

        Never repeated by the program unless it ended in `NotSent`: asked twice, it goes back
        twice.

        Args:
            charge: the paid charge; its transaction id or gateway id names the payment.
            amount: above zero, in the charge's currency. That it is no more than what is left is
                the caller's to know: it is not looked at here.
            reason: `Refund.told_reason`, on one line on the wire and never empty there; comes
                back as `ListedPayment.note` where there is a list.
        """

    def inquire_refund(self, charge: Charge, refund_id: str) -> RefundAnswer:
        """Ask what became of a refund that was only accepted (`RefundPending`).

        May always be repeated. Raises OutcomeUnknown also where every refund is answered at once.
        """

    def transactions(self) -> tuple[ListedPayment, ...]:
        """Return the gateway's own list of payments and refunds, in no promised order.

        May always be repeated. What is not in it proves nothing. Raises OutcomeUnknown also when
        the gateway has no list, refuses it, or answers with something else.
        """

    def read_notice(self, members: Mapping[str, str]) -> Notice:
        """Return what a notice of this service says, once its signature holds. Asks nobody.

        Raises:
            NoticeRefusedError: not genuine, or it says nothing that is known. Money: nothing.
        """

    def read_arrival(self, members: Mapping[str, str]) -> str:
        """Return the reference with which a customer's browser comes back from the page.

        Empty where there is none. It is not signed and proves nothing: a reason to ask, once.
        """

    def check_connection(self) -> ConnectionCheck:
        """Ask something harmless, to see network and token. Never creates anything."""

    def warm_up(self) -> None:
        """Make what the first request needs; may block. Sends nothing."""

    def close(self) -> None:
        """Drop the connections. The gateway cannot be used afterwards."""


@runtime_checkable
class TakesCustomerCodes(Protocol):
    """What a `Gateway` to which the till sends codes that it has scanned can do besides."""

    @property
    def id(self) -> str:
        """As `Gateway.id`."""

    @property
    def credentials(self) -> str:
        """As `Gateway.credentials`."""

    def take(self, charge: Charge, code: CustomerCode) -> Taken | Refused:
        """Charge the customer by `code`, on a fresh connection; waits up to a minute.

        Never repeated by the program unless it ended in `NotSent`: asked twice, the customer may
        pay twice. After OutcomeUnknown there is no id to ask with: look for the reference in
        `transactions`.
        """


@runtime_checkable
class TellsOfOne(Protocol):
    """What a `Gateway` without a list can do instead."""

    def transactions_of(self, charge: Charge) -> tuple[ListedPayment, ...]:
        """Return what the gateway tells of one charge, as entries of a list would.

        Its refunds need not be all of them: those that are told are its word, what is missing
        proves nothing. May always be repeated. Raises OutcomeUnknown also when it refuses.
        """
