"""What every pretend payment service is made of: its calls, the customer's pages, its notices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from starlette.routing import Route

from pos_app.simulator.behaviour import Call, Rule
from pos_app.simulator.payments import Notice
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


class NoticeWriter(Protocol):
    """How one service tells a merchant of a payment."""

    def write(
        self, transaction: Transaction, status: Notice, at: datetime, rule: Rule | None
    ) -> Mapping[str, str] | None:
        """Return the signed members of a notice, spoilt as `rule` says; None: nobody is told."""

    def is_taken(self, body: bytes) -> bool:
        """Say whether a merchant's answer ends the retries."""
