"""What every pretend payment service is made of: its calls, the customer's pages, its notices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from starlette.routing import Route

from pos_app.simulator.behaviour import Behaviour, Call, Rule, Spoils
from pos_app.simulator.payments import Notice, Payments
from pos_app.simulator.refunds import Refunds
from pos_app.simulator.settings import Settings
from pos_app.simulator.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a merchant finds a call, and by which HTTP methods."""

    path: str
    call: Call
    methods: tuple[str, ...] = ("POST",)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a merchant sent.

    Attributes:
        call: which of the service's calls it is.
        fields: the posted form, or the query of a GET.
        authorization: the header, empty where there is none.
        site: scheme and host as the merchant called them, for addresses in the answer.
    """

    call: Call
    fields: Mapping[str, str]
    authorization: str
    site: str


class Service(Protocol):
    """One payment service in its own words; what becomes of a payment is `payments`."""

    @property
    def endpoints(self) -> Sequence[Endpoint]:
        """Where its calls are found."""

    def answer(self, asked: Asked) -> bytes:
        """Do what a merchant asks and return the body of the answer, business failures too."""

    def reference_of(self, asked: Asked) -> str | None:
        """Return the reference of the payment that a call is about, for the fault script."""

    def pages(self) -> list[Route]:
        """Return the pages that its customers open."""


@dataclass(frozen=True, slots=True)
class Backstage:
    """What all services of one simulator work with."""

    payments: Payments
    refunds: Refunds
    behaviour: Behaviour
    settings: Settings


class PretendService:
    """What the services have in common behind their own words."""

    def __init__(self, backstage: Backstage) -> None:
        self._payments = backstage.payments
        self._refunds = backstage.refunds
        self._behaviour = backstage.behaviour
        self._settings = backstage.settings

    def _fault(self, call: Call, reference: str | None) -> Rule | None:
        """Return what the script lets a call about this payment say wrongly, and count it."""
        return self._behaviour.take(call, Spoils.CONTENT, reference or None)


class NoticeWriter(Protocol):
    """How one service tells a merchant of a payment."""

    def write(
        self, transaction: Transaction, status: Notice, at: datetime, rule: Rule | None
    ) -> Mapping[str, str] | None:
        """Return the signed members of a notice, spoilt as `rule` says; None: nobody is told."""

    def is_taken(self, body: bytes) -> bool:
        """Say whether a merchant's answer ends the retries."""
