"""Everything that can be told of a payment has its words."""

import pytest

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.history import HistoryEntry, HistoryKind
from pos_app.ui.widgets.transaction_words import look_of
from tests.fakes.charges import MADE, of_status


@pytest.mark.parametrize("kind", HistoryKind)
def test_every_kind_of_entry_has_a_look(qapp, kind):
    look = look_of(HistoryEntry(MADE, kind), of_status(ChargeStatus.PAID), "Citcon")
    assert look.title
    assert look.icon
