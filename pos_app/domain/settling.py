"""What a manager has to settle about a charge and its refunds: what nobody has answered yet."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pos_app.domain.charges import Attention, Charge
from pos_app.domain.refunds import Refund, RefundKind, is_perhaps_returned


class Question(StrEnum):
    """What nobody knows yet about a charge or its refunds, or what nobody has seen yet."""

    CHARGE = "charge"
    """Did the customer pay? Settle it with `Settling.settle_charge`."""
    RETURN = "return"
    """Has our cancel returned the payment? Settle it with `Refunding.settle_return`."""
    REFUND = "refund"
    """Did this refund go out? Settle it with `Refunding.settle`."""
    CONTRADICTION = "contradiction"
    """The gateway says otherwise of a refund than a manager had decided: to be seen."""
    LIST = "list"
    """Reconciling found a difference that no answer explains: to be seen."""


def questions_of(
    charge: Charge, refunds: Iterable[Refund]
) -> tuple[tuple[Question, Refund | None], ...]:
    """Return what is to be settled, the gravest first, with the refund that it is about.

    Args:
        charge: as it is on disk.
        refunds: all of it.
    """
    refunds = tuple(refunds)
    found: list[tuple[Question, Refund | None]] = []
    if charge.can_settle:
        found.append((Question.CHARGE, None))
    is_in_doubt = is_perhaps_returned(charge, refunds)
    if is_in_doubt:
        found.append((Question.RETURN, None))
    for refund in refunds:
        question = _question_of(refund, charge, is_in_doubt=is_in_doubt)
        if question is not None:
            found.append((question, refund))
    if Attention.LIST_DISAGREES in charge.attention:
        found.append((Question.LIST, None))
    return tuple(found)


def _question_of(refund: Refund, charge: Charge, *, is_in_doubt: bool) -> Question | None:
    if refund.can_settle:
        is_record_of_doubt = is_in_doubt and refund.kind is RefundKind.CANCEL
        return None if is_record_of_doubt else Question.REFUND
    is_news = refund.is_contradicted and Attention.REFUND_UNKNOWN in charge.attention
    return Question.CONTRADICTION if is_news else None
