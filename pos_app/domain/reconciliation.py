"""Our ledger against the gateway's list: what is told of a charge, and where the two differ.

The list is Citcon's `GET /chop/transactions` (citcon.md). What is in it is the gateway's word;
what is missing in it proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_app.domain.charges import Charge
from pos_app.domain.money import Money
from pos_app.domain.outcomes import ListedKind, ListedPayment, PaymentState
from pos_app.domain.references import reference_day
from pos_app.domain.refunds import Refund, RefundKind, RefundStatus


class DifferenceKind(StrEnum):
    """How ledger and gateway differ about a payment or a refund."""

    PAID_THERE = "paid_there"
    """The gateway has the money; here it isn't paid."""
    PAID_ONLY_HERE = "paid_only_here"
    """Paid here; the gateway says that it isn't, or gives no answer."""
    DISAGREES = "disagrees"
    """Paid at both, with another amount, currency, method or reference there, or twice."""
    UNKNOWN_HERE = "unknown_here"
    """Nobody knew here what became of the payment."""
    UNKNOWN_REFERENCE = "unknown_reference"
    """The gateway took money with a reference that this ledger doesn't have."""
    REFUND_DONE_THERE = "refund_done_there"
    """The refund had no answer here; the gateway has carried it out."""
    REFUND_UNKNOWN = "refund_unknown"
    """The refund has no answer here, and isn't in the list: it may still have been carried out."""
    REFUND_NOT_HERE = "refund_not_here"
    """The gateway gave money back by a refund that this ledger doesn't have, or has as refused."""
    MORE_REFUNDED_THERE = "more_refunded_there"
    """More of the payment went back than this ledger knows of."""
    LESS_REFUNDED_THERE = "less_refunded_there"
    """Less of the payment went back than this ledger knows of; perhaps the list is behind."""
    MAYBE_RETURNED = "maybe_returned"
    """Paid and cancelled at the same moment, and nobody knows if the money went back."""


class DifferenceOutcome(StrEnum):
    """What has been made of a difference."""

    REPAIRED = "repaired"
    """The ledger has learned it, as if the answer had come in its time."""
    NEEDS_PERSON = "needs_person"
    """A person has to look: the charge is on the "needs an answer" list."""
    OPEN = "open"
    """Nothing is proven and nothing was changed: reconcile again later."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing about which ledger and gateway differed.

    Attributes:
        reference: of the charge, or the unknown one; may be the gateway's own text.
        charge_id: None when the ledger has no such charge.
        refund: the refund's reference, or the gateway's id of one that the ledger doesn't have;
            empty when it isn't about one.
        here: the amount in the ledger (of the charge or refund, or what went back in all).
        there: the same at the gateway; None when it does not say.
    """

    kind: DifferenceKind
    outcome: DifferenceOutcome
    reference: str
    charge_id: int | None = None
    refund: str = ""
    here: Money | None = None
    there: Money | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """How a day's ledger and the gateway's compare.

    Attributes:
        day: local to the store.
        charges: how many were compared.
        not_compared: how many could not be: no token, no answer, or given up half-way.
        has_list: the gateway gave its list; without it every charge was asked about, and refunds
            were left as they are.
        differences: in the order of the charges, unknown references last.
    """

    day: date
    charges: int
    not_compared: int
    has_list: bool
    differences: tuple[Difference, ...]

    @property
    def remaining(self) -> tuple[Difference, ...]:
        """The differences that are still there."""
        return tuple(one for one in self.differences if not _is_repaired(one))

    @property
    def repaired(self) -> int:
        """How many differences there were that are none any more."""
        return len(self.differences) - len(self.remaining)

    @property
    def is_clean(self) -> bool:
        """Whether everything was compared and agrees now, refunds among it."""
        return self.has_list and not (self.not_compared or self.remaining)


def _is_repaired(difference: Difference) -> bool:
    return difference.outcome is DifferenceOutcome.REPAIRED


@dataclass(frozen=True, slots=True)
class Listing:
    """What the gateway's list has of one charge; nothing where it has none of it.

    Attributes:
        payments: entries of the payment itself; more than one is a trouble.
        refunds: entries of money that went back, carried out.
        tells_all: whether more refunds would be in it, if there were more.
    """

    payments: tuple[ListedPayment, ...] = ()
    refunds: tuple[ListedPayment, ...] = ()
    tells_all: bool = True

    @classmethod
    def of(cls, entries: Iterable[ListedPayment], *, tells_all: bool = True) -> Listing:
        """Sort the entries of one charge; what is no payment or refund proves nothing."""
        entries = tuple(entries)
        paid_back = (one for one in entries if one.state is PaymentState.PAID)
        return cls(
            tuple(one for one in entries if one.kind is ListedKind.CHARGE),
            tuple(one for one in paid_back if one.kind is ListedKind.REFUND),
            tells_all,
        )

    @property
    def paid(self) -> tuple[ListedPayment, ...]:
        """The payments that the customer has made; one if all is well."""
        return tuple(one for one in self.payments if one.state is PaymentState.PAID)

    def taken(self, currency: str) -> Money | None:
        """Return what the gateway took in all; None when it does not say, or not in `currency`."""
        return _sum(currency, (one.amount for one in self.paid))

    def gone(self, currency: str) -> Money | None:
        """Return what went back in all, by its refunds or by the payment's own count.

        The higher one, for the refund went out when in doubt. None when nothing is told.
        """
        counts = (
            _sum(currency, (one.refunded for one in self.payments)),
            _sum(currency, (one.amount for one in self.refunds)),
        )
        return max((one for one in counts if one is not None), default=None)

    def disagrees_with(self, charge: Charge) -> bool:
        """Tell whether a payment in it isn't what the paid charge is; silence is no contradiction.

        Also when the customer has paid it twice.
        """
        return len(self.paid) > 1 or any(
            one.amount not in {None, charge.amount}
            or one.reference not in {None, charge.reference}
            or one.method not in {None, charge.method.value}
            for one in self.paid
        )


@dataclass(frozen=True, slots=True)
class Matching:
    """A charge's refunds beside the gateway's.

    Attributes:
        found: refunds without an answer that the gateway has carried out, each with the gateway's
            id of it where it is known.
        strangers: refunds of the gateway that are none of ours.
    """

    found: tuple[tuple[Refund, str | None], ...]
    strangers: tuple[ListedPayment, ...]


def match_refunds(charge: Charge, refunds: Iterable[Refund], listing: Listing) -> Matching:
    """Find our refunds in the list, each entry for one refund and each refund once.

    The gateway's id names a refund, else its note, which is the reason that was sent. A cancel
    has no note of ours: the entry over the whole amount is it. Where a gateway gives no notes,
    the amounts must leave no choice; where it lists no refunds, the payment's count must.

    Args:
        charge: paid.
        refunds: all of it. A refused one cannot have an entry: that would be a stranger.
        listing: what the list has of it.
    """
    unclaimed = [one for one in refunds if one.status is not RefundStatus.REFUSED]
    entries = list(listing.refunds)
    pairs: list[tuple[Refund, ListedPayment]] = []
    for is_same in (_has_its_id, _is_named, _is_the_cancel):
        for entry in tuple(entries):
            refund = next((one for one in unclaimed if is_same(one, entry)), None)
            if refund is not None:
                pairs.append((refund, entry))
                unclaimed.remove(refund)
                entries.remove(entry)
    pairs += _by_amount(unclaimed, entries)
    claimed = [entry for _, entry in pairs]
    found = [(one, entry.gateway_id) for one, entry in pairs if one.is_unanswered]
    if not listing.refunds:
        found += [(one, None) for one in _by_count(charge, unclaimed, listing)]
    return Matching(tuple(found), tuple(one for one in entries if one not in claimed))


def _has_its_id(refund: Refund, entry: ListedPayment) -> bool:
    return refund.gateway_id is not None and refund.gateway_id == entry.gateway_id


def _is_named(refund: Refund, entry: ListedPayment) -> bool:
    is_it = refund.gateway_id is None and entry.amount in {None, refund.amount}
    return is_it and refund.is_named_in(entry.note)


def _is_the_cancel(refund: Refund, entry: ListedPayment) -> bool:
    is_it = refund.kind is RefundKind.CANCEL and refund.gateway_id is None
    return is_it and entry.amount == refund.amount and not _is_on_its_way(refund)


def _by_amount(
    refunds: list[Refund], entries: list[ListedPayment]
) -> list[tuple[Refund, ListedPayment]]:
    """Pair refunds and entries without notes of an amount, if there are as many of both."""
    nameless = [one for one in entries if not one.note]
    wanted = [one for one in refunds if one.gateway_id is None and not _is_on_its_way(one)]
    pairs: list[tuple[Refund, ListedPayment]] = []
    for amount in {one.amount for one in wanted}:
        ours = [one for one in wanted if one.amount == amount]
        theirs = [one for one in nameless if one.amount == amount]
        if len(ours) == len(theirs):
            pairs += zip(ours, theirs, strict=True)
    return pairs


def _by_count(charge: Charge, refunds: list[Refund], listing: Listing) -> list[Refund]:
    """Return the refunds without an answer if the payment's count says that all went out."""
    gone = listing.gone(charge.amount.currency)
    no_answer = [one for one in refunds if one.is_unanswered]
    everything = sum((one.amount for one in refunds), Money.zero(charge.amount.currency))
    return no_answer if gone == everything and not any(map(_is_on_its_way, no_answer)) else []


def _is_on_its_way(refund: Refund) -> bool:
    return refund.status is RefundStatus.REQUESTED


def _sum(currency: str, amounts: Iterable[Money | None]) -> Money | None:
    known = [one for one in amounts if one is not None and one.currency == currency]
    return sum(known, Money.zero(currency)) if known else None


def is_about(charge: Charge, entry: ListedPayment) -> bool:
    """Tell whether an entry is about this charge, by its reference or else its transaction id."""
    if entry.reference == charge.reference:
        return True
    return entry.transaction_id is not None and entry.transaction_id == charge.transaction_id


def is_of_day(entry: ListedPayment, day: date, is_till: Callable[[str], bool]) -> bool:
    """Tell whether an entry that the ledger doesn't have belongs to this store's `day`.

    A reference of ours carries till and day; one of a till that this ledger doesn't know is
    another store's. Of any other reference there is only the gateway's time: its zone is not
    known, so this only decides in which day's report the entry is shown.
    """
    known = reference_day(entry.reference or "")
    if known is not None:
        till_code, made_on = known
        return made_on == day and is_till(till_code)
    return not entry.time_text or entry.time_text.startswith(day.isoformat())
