"""Settle with manager, in every state of its dialog."""

from dataclasses import replace
from datetime import timedelta

from pos_app.domain.charges import Attention, ChargeDecision, ChargeStatus
from pos_app.domain.errors import DiskFullError
from pos_app.domain.money import Money
from pos_app.domain.refunds import Decision, RefundKind, RefundStatus
from pos_app.domain.settling import Question
from pos_app.services.payment_view import Progress, Screen, screen_of
from pos_app.services.settling import Matter
from pos_app.ui.pages.settling import Settling
from tests.fakes.payments import NOW, charge, settled
from tests.fakes.refunds import a_refund
from tests.fakes.settling import FakeSettling
from tests.fakes.till_for_sell import PRIYA

BEFORE = NOW - timedelta(minutes=12)
REFUND = a_refund(
    RefundStatus.UNKNOWN,
    reference="HSG1-2507120087-K7QX-R1",
    requested_at=BEFORE,
    amount=Money(1250, "USD"),
)
UNKNOWN = charge(Screen.UNKNOWN)
LOOKED_AT = replace(
    UNKNOWN,
    decision=ChargeDecision.STILL_NOT_KNOWN,
    decision_note="Citcon calls back in the afternoon",
    decided_at=BEFORE,
    decided_by=PRIYA.id,
)
CONTRADICTED = replace(
    UNKNOWN,
    status=ChargeStatus.EXPIRED,
    unknown_reason=None,
    decided_at=BEFORE,
    decision=ChargeDecision.PAID,
    attention=frozenset({Attention.MISMATCH}),
)
NOT_PAID = settled(UNKNOWN, ChargeDecision.NOT_PAID)
PAID_AFTER_ALL = settled(charge(Screen.PAID_LATE), ChargeDecision.NOT_PAID)
PAID = charge(Screen.PAID)
MATTERS = {
    "charge": Matter(Question.CHARGE, UNKNOWN),
    "looked-at": Matter(Question.CHARGE, LOOKED_AT, None, "Priya"),
    "contradicted": Matter(Question.CHARGE, CONTRADICTED, None, "Priya"),
    "refund": Matter(Question.REFUND, PAID, REFUND),
    "cancel": Matter(
        Question.REFUND, PAID, replace(REFUND, kind=RefundKind.CANCEL, amount=PAID.amount)
    ),
    "return": Matter(Question.RETURN, charge(Screen.CANCELLED_PAID)),
    "refund-contradicted": Matter(
        Question.CONTRADICTION,
        PAID,
        replace(REFUND, status=RefundStatus.DONE, decision=Decision.DID_NOT_GO_OUT),
        "Priya",
    ),
    "list": Matter(Question.LIST, PAID),
}


def pin(stage, matter):
    """Come as far as the manager's PIN."""
    stage.till.settling = FakeSettling(matter)
    stage.sign_in()
    settling = Settling(stage.window.page)
    settling.connect_till(stage.till, stage.window.background)
    settling.settle(87)
    stage.settle()


def settling(name, answer="", note="", *, trouble=None):
    """Return the way to the dialog about `MATTERS[name]`."""

    def show(stage):
        pin(stage, MATTERS[name])
        stage.till.settling.trouble = trouble
        stage.keys("999999")
        stage.click("confirmManagerPinButton")
        if answer:
            stage.click(answer)
        if note:
            stage.click(note)
        if trouble is not None:
            stage.click("confirmSettleButton")

    return show


def decided(after):
    """Return the way to the payment page of a charge that a manager has settled."""

    def show(stage):
        stage.pay(screen_of(after, Progress(), NOW), charge=after)

    return show


def only_pin(stage):
    """The first step alone."""
    pin(stage, MATTERS["charge"])


FULL_DISK = DiskFullError("The disk is full.")
