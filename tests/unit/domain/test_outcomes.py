"""The gateway's answers as values."""

from dataclasses import FrozenInstanceError

import pytest

from pos_app.domain.outcomes import (
    CancelAnswer,
    CancelResult,
    CodeCreated,
    Inquiry,
    PaymentState,
    RefundDone,
    RefundRefusal,
    RefundRefused,
    RefusalKind,
    Refused,
)


@pytest.mark.parametrize(
    "answer",
    [
        Refused(RefusalKind.OTHER, "no"),
        CodeCreated("q1", "https://pay.example/?q=q1"),
        Inquiry(PaymentState.OPEN),
        CancelAnswer(CancelResult.CANCELLED),
        RefundDone("r1"),
        RefundRefused(RefundRefusal.OTHER, "no"),
    ],
)
def test_an_answer_cannot_be_changed_after_it_came(answer):
    name = next(iter(answer.__dataclass_fields__))
    with pytest.raises(FrozenInstanceError):
        setattr(answer, name, None)


def test_members_that_were_not_sent_are_none():
    answer = Inquiry(PaymentState.PAID)
    assert (answer.reference, answer.amount, answer.method, answer.transaction_id) == (None,) * 4
