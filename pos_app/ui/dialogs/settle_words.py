"""What is asked when a manager settles something, and what each answer means (ux.md 6.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from pos_app.domain.charges import ChargeDecision
from pos_app.domain.methods import METHODS
from pos_app.domain.refunds import Decision, RefundKind
from pos_app.domain.settling import Question
from pos_app.services.settling import Matter
from pos_app.ui.format import amount_text, clock_text, date_text


@dataclass(frozen=True, slots=True)
class SettleWords:
    """What the dialog says about one matter.

    Attributes:
        question: what nobody knows.
        facts: which payment or refund it is.
        answers: yes, no and still not known; empty when there is nothing left to answer.
        effects: what each of them means for the money, in the same order.
        notes: what may be written with one press.
        earlier: what was decided before, and what speaks against it; empty for nothing.
        is_contradicted: `earlier` tells that the gateway says otherwise.
        promise: what recording it does not do.
    """

    question: str
    facts: str
    answers: tuple[str, ...]
    effects: tuple[str, ...]
    notes: tuple[str, ...]
    earlier: str
    is_contradicted: bool
    promise: str


_NOT_KNOWN = QT_TRANSLATE_NOOP("Settle", "Still not known")
_CHARGE = (
    QT_TRANSLATE_NOOP("Settle", "Did the customer pay?"),
    (
        QT_TRANSLATE_NOOP("Settle", "The customer paid (I have seen proof)"),
        QT_TRANSLATE_NOOP("Settle", "The customer did not pay"),
        _NOT_KNOWN,
    ),
    (
        QT_TRANSLATE_NOOP("Settle", "You can hand over the goods. The sale isn’t charged again, "
                                    "and no receipt is printed until {gateway} confirms it."),
        QT_TRANSLATE_NOOP("Settle", "The sale can be charged again with a new code. If the old "
                                    "one is paid after all, we’ll tell you."),
        QT_TRANSLATE_NOOP("Settle", "It stays on the list, and we keep checking. Don’t charge "
                                    "this customer again."),
    ),
)  # fmt: skip
_REFUND = (
    QT_TRANSLATE_NOOP("Settle", "Did the refund go out?"),
    (
        QT_TRANSLATE_NOOP("Settle", "It went out"),
        QT_TRANSLATE_NOOP("Settle", "It did not"),
        _NOT_KNOWN,
    ),
    (
        QT_TRANSLATE_NOOP("Settle", "{amount} counts as refunded. Don’t send it again."),
        QT_TRANSLATE_NOOP("Settle", "{amount} can be refunded again. Not being in {gateway}’s "
                                    "list is no evidence: be sure."),
        QT_TRANSLATE_NOOP("Settle", "{amount} stays held back, and it stays on the list."),
    ),
)  # fmt: skip
_RETURN = (
    QT_TRANSLATE_NOOP("Settle", "Is the payment being returned?"),
    (
        QT_TRANSLATE_NOOP("Settle", "It is being returned"),
        QT_TRANSLATE_NOOP("Settle", "It is not returned"),
        _NOT_KNOWN,
    ),
    (
        QT_TRANSLATE_NOOP("Settle", "{amount} counts as refunded. Don’t hand over the goods on "
                                    "this payment."),
        QT_TRANSLATE_NOOP("Settle", "The payment stands, and it can be refunded."),
        QT_TRANSLATE_NOOP("Settle", "{amount} stays held back, and it stays on the list."),
    ),
)  # fmt: skip
_SEEN = (QT_TRANSLATE_NOOP("Settle", "{gateway} says otherwise"), (), ())
_QUESTIONS: Mapping[Question, tuple[object, tuple[object, ...], tuple[object, ...]]] = (
    MappingProxyType({
        Question.CHARGE: _CHARGE,
        Question.REFUND: _REFUND,
        Question.RETURN: _RETURN,
        Question.CONTRADICTION: _SEEN,
        Question.LIST: _SEEN,
    })
)  # fmt: skip
_NOTES = (
    QT_TRANSLATE_NOOP("Settle", "Seen in the customer’s app"),
    QT_TRANSLATE_NOOP("Settle", "{gateway} told us"),
    QT_TRANSLATE_NOOP("Settle", "Nobody could tell"),
)


def words_of(matter: Matter, gateway: str) -> SettleWords:
    """Return what to say about `matter`; `gateway` is the gateway's own name."""
    question, answers, effects = _QUESTIONS[matter.question]
    facts = _facts(matter, gateway)
    earlier, is_contradicted = _earlier(matter, facts)
    is_cancel = matter.refund is not None and matter.refund.kind is RefundKind.CANCEL
    if matter.question is Question.REFUND and is_cancel:
        question = QT_TRANSLATE_NOOP("Settle", "Was the whole payment returned?")
    return SettleWords(
        question=_said(question, facts),
        facts=facts["which"],
        answers=tuple(_said(one, facts) for one in answers),
        effects=tuple(_said(one, facts) for one in effects),
        notes=tuple(_said(one, facts) for one in _NOTES) if answers else (),
        earlier=earlier,
        is_contradicted=is_contradicted,
        promise=_promise(matter, facts),
    )


def purpose_of(matter: Matter) -> str:
    """Return what a manager's PIN is wanted for."""
    which = _facts(matter, "")["which"]
    source = QT_TRANSLATE_NOOP(
        "Settle", "Settles this by hand: {which}. No money moves, and the decision is recorded."
    )
    return _said(source, {"which": which})


def _facts(matter: Matter, gateway: str) -> dict[str, str]:
    charge, refund = matter.charge, matter.refund
    at = refund.requested_at if refund else charge.created_at
    amount = amount_text(refund.amount if refund else charge.amount)
    reference = refund.short_reference if refund else charge.short_reference
    when = f"{date_text(at)}, {clock_text(at)}"
    parts = (METHODS[charge.method].name, reference, amount, when)
    return {
        "gateway": gateway,
        "amount": amount,
        "name": matter.decided_by,
        "which": " · ".join(parts),
    }


def _earlier(matter: Matter, facts: dict[str, str]) -> tuple[str, bool]:
    refund = matter.refund
    if refund is not None and refund.is_contradicted:
        if refund.decision is Decision.WENT_OUT:
            source = QT_TRANSLATE_NOOP(
                "Settle",
                "{name} had decided that it went out. {gateway} says that no money moved: "
                "{amount} can be refunded again.",
            )
        else:
            source = QT_TRANSLATE_NOOP(
                "Settle",
                "{name} had decided that it did not go out. {gateway} says that it did: "
                "{amount} counts as refunded.",
            )
        return _said(source, facts), True
    if matter.question is Question.LIST:
        source = QT_TRANSLATE_NOOP(
            "Settle",
            "{gateway}’s list says something else of this payment, or of what went back of it. "
            "Compare it with {gateway}’s portal first.",
        )
        return _said(source, facts), True
    if matter.charge.is_contradicted:
        source = QT_TRANSLATE_NOOP(
            "Settle",
            "{name} had decided that the customer paid. {gateway} says that it wasn’t paid, and "
            "that no money was taken.",
        )
        return _said(source, facts), True
    return _looked_at(matter, facts), False


def _looked_at(matter: Matter, facts: dict[str, str]) -> str:
    """Tell who looked at it before without finding out."""
    kept = matter.refund or matter.charge
    is_open = kept.decision in {ChargeDecision.STILL_NOT_KNOWN, Decision.STILL_NOT_KNOWN}
    if not is_open or kept.decided_at is None:
        return ""
    note = (matter.refund.note if matter.refund else matter.charge.decision_note) or ""
    source = QT_TRANSLATE_NOOP(
        "Settle", "{name} looked at it on {date} at {time}, and it was still not known: {note}"
    )
    when = {"date": date_text(kept.decided_at), "time": clock_text(kept.decided_at)}
    return _said(source, {**facts, **when, "note": note})


def _promise(matter: Matter, facts: dict[str, str]) -> str:
    if matter.question in {Question.CONTRADICTION, Question.LIST}:
        source = QT_TRANSLATE_NOOP(
            "Settle", "This records that you have seen it. It doesn’t move money."
        )
    else:
        source = QT_TRANSLATE_NOOP(
            "Settle",
            "This records your decision. It doesn’t move money. If {gateway} later says "
            "otherwise, we’ll tell you.",
        )
    return _said(source, facts)


def _said(source: object, facts: dict[str, str]) -> str:
    text = QCoreApplication.translate("Settle", str(source))
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", value)
    return text
