"""The words of comparing a day with the payment service: differences, and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from pos_app.domain.reconciliation import (
    Difference,
    DifferenceKind,
    DifferenceOutcome,
    Report,
)
from pos_app.domain.references import short_reference
from pos_app.ui.format import amount_text

_K, _O = DifferenceKind, DifferenceOutcome
_SENTENCES: Mapping[DifferenceKind, object] = MappingProxyType({
    _K.PAID_THERE: QT_TRANSLATE_NOOP("Reconcile", "Paid at {gateway}, but not here."),
    _K.PAID_ONLY_HERE: QT_TRANSLATE_NOOP(
        "Reconcile", "Paid here, but {gateway} doesn’t say so."
    ),
    _K.DISAGREES: QT_TRANSLATE_NOOP(
        "Reconcile", "{gateway} has another amount, method or reference, or has it twice."
    ),
    _K.UNKNOWN_HERE: QT_TRANSLATE_NOOP("Reconcile", "Nobody knew here if it was paid."),
    _K.UNKNOWN_REFERENCE: QT_TRANSLATE_NOOP(
        "Reconcile", "{gateway} took money for a payment that isn’t in our records."
    ),
    _K.REFUND_DONE_THERE: QT_TRANSLATE_NOOP(
        "Reconcile", "The refund went through. Its answer had been lost."
    ),
    _K.REFUND_UNKNOWN: QT_TRANSLATE_NOOP(
        "Reconcile", "We still don’t know if this refund went through. Don’t send it again."
    ),
    _K.REFUND_NOT_HERE: QT_TRANSLATE_NOOP(
        "Reconcile", "{gateway} has a refund that isn’t in our records."
    ),
    _K.MORE_REFUNDED_THERE: QT_TRANSLATE_NOOP(
        "Reconcile", "More was refunded at {gateway} than here."
    ),
    _K.LESS_REFUNDED_THERE: QT_TRANSLATE_NOOP(
        "Reconcile", "Less was refunded at {gateway} than here. Its list may be behind."
    ),
    _K.MAYBE_RETURNED: QT_TRANSLATE_NOOP(
        "Reconcile", "It was paid and cancelled at the same moment."
    ),
})  # fmt: skip

_PILLS: Mapping[DifferenceOutcome, tuple[str, str, object]] = MappingProxyType({
    _O.REPAIRED: ("ok", "check", QT_TRANSLATE_NOOP("Reconcile", "Repaired")),
    _O.NEEDS_PERSON: ("warn", "person", QT_TRANSLATE_NOOP("Reconcile", "Needs a person")),
    _O.OPEN: ("info", "clock", QT_TRANSLATE_NOOP("Reconcile", "Compare again later")),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a banner says: tone, icon, title and text."""

    tone: str
    icon: str
    title: str
    text: str = ""


def sentence_of(difference: Difference, gateway: str) -> str:
    """Return what differs, in a sentence or two."""
    return _said(_SENTENCES[difference.kind]).replace("{gateway}", gateway)


def name_of(difference: Difference) -> str:
    """Return what it is about: "HSG1-0087-R1", or a reference as the gateway writes it."""
    is_ours = difference.refund.startswith(difference.reference)
    return short_reference(difference.refund if is_ours else difference.reference)


def amounts_of(difference: Difference, gateway: str) -> str:
    """Return the amounts on both sides: "Here US$ 12.50 · Citcon US$ 15.00"."""
    parts = []
    if difference.here is not None:
        parts.append(f"{_said('Here')} {amount_text(difference.here)}")
    if difference.there is not None:
        parts.append(f"{gateway} {amount_text(difference.there)}")
    return " · ".join(parts)


def pill_of(difference: Difference) -> tuple[str, str, str]:
    """Return tone, icon and word of what was made of it."""
    tone, icon, word = _PILLS[difference.outcome]
    return tone, icon, _said(word)


def comparing(gateway: str, done: int, total: int) -> Told:
    """Return what is said while it compares."""
    if not total:
        title = _said("Asking {gateway} for its list…")
    else:
        title = _said("Comparing… {done} of {total}")
    title = title.replace("{gateway}", gateway)
    title = title.replace("{done}", str(done)).replace("{total}", str(total))
    return Told("info", "clock", title, _said("It only asks. Closing stops it."))


def result_of(report: Report, gateway: str) -> Told:
    """Return how the whole comparison ended."""
    text = _said("Payments compared: {count}.").replace("{count}", str(report.charges))
    if not report.has_list:
        text += " " + _said(
            "{gateway} didn’t give its list, so refunds couldn’t be compared. Compare again later."
        )
    if report.not_compared:
        missing = _said("Not compared: {count}.").replace("{count}", str(report.not_compared))
        text += f" {missing}"
    text = text.replace("{gateway}", gateway)
    if report.remaining:
        title = _said("Not everything agrees.")
        return Told("warn", "warning", title, text)
    if not report.is_clean:
        return Told("warn", "question", _said("Not everything could be compared."), text)
    if report.repaired:
        title = _said("Everything agrees now. Repaired: {count}.")
        return Told("ok", "check", title.replace("{count}", str(report.repaired)), text)
    return Told("ok", "check", _said("Everything agrees."), text)


def _said(source: object) -> str:
    return QCoreApplication.translate("Reconcile", str(source))
