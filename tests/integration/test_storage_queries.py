"""No question about one charge reads the whole ledger: every table is entered by an index."""

import re

import pytest
from sqlalchemy import event

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.history import HistoryFilter
from tests.fakes.ledger import NOON, PRICE, SECOND, a_charge, a_refund

QUESTIONS = {
    "get": lambda unit: unit.charges.get(1),
    "by_reference": lambda unit: unit.charges.by_reference("T1"),
    "is_gateway_id_taken": lambda unit: unit.charges.is_gateway_id_taken("chop", "q", 1),
    "has_paid": lambda unit: unit.charges.has_paid(1),
    "recent_open": lambda unit: unit.charges.recent_open(PRICE, NOON),
    "living": lambda unit: unit.charges.living("T1"),
    "count_living": lambda unit: unit.charges.count_living(),
    "count_needing_answer": lambda unit: unit.charges.count_needing_answer(),
    "last_paid": lambda unit: unit.charges.last_paid("T1"),
    "lease_open": lambda unit: unit.charges.lease_open("a", NOON, NOON + SECOND),
    "lease": lambda unit: unit.charges.lease(1, "a", NOON),
    "note_asked": lambda unit: unit.charges.note_asked(1, NOON),
    "release": lambda unit: unit.charges.release("a"),
    "refunds of a charge": lambda unit: unit.refunds.of_charge(1),
    "refunds unanswered": lambda unit: unit.refunds.unanswered(),
    "refund sums": lambda unit: unit.refunds.sums(1),
    "refund": lambda unit: unit.refunds.lock(1),
    "add refund": lambda unit: a_refund(unit, unit.charges.lock(1)),
    "printed": lambda unit: unit.receipts.printed(1),
    "slips printed": lambda unit: unit.receipts.slips_printed(1),
    "contact": lambda unit: unit.contacts.get(1),
    "old contacts": lambda unit: unit.contacts.forget(NOON),
    "totals": lambda unit: unit.history.totals(HistoryFilter(since=NOON)),
    "takings": lambda unit: unit.takings.net_since(unit.charges.get(1), NOON),
    "open_at": lambda unit: unit.shifts.open_at("T1"),
    "journal of a charge": lambda unit: list(unit.journal.entries("charge:1")),
    "journal head": lambda unit: unit.journal.append("x", "x", NOON, None, {}),
    "add": a_charge,
}


@pytest.fixture
def store(sqlite_ledger):
    opened = sqlite_ledger.open()
    with opened.write() as unit:
        a_refund(unit, a_charge(unit, status=ChargeStatus.PAID, paid_at=NOON))
    yield opened
    opened.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_by_indices(store, question):
    asked = []
    with store.write() as unit:
        connection = unit.charges._connection

        @event.listens_for(connection, "before_cursor_execute")
        def note(_connection, _cursor, statement, parameters, _context, _many):
            asked.append((statement, parameters))

        QUESTIONS[question](unit)
        cursor = connection.connection.cursor()
        plans = [
            step
            for statement, parameters in asked
            for *_, step in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    assert plans
    scans = [
        step for step in plans if re.match(r"SCAN (charges|refunds|journal|attentions)", step)
    ]
    assert [step for step in scans if "INDEX" not in step] == []
    # An index may be read from end to end only where it holds few rows: the open ones.
    small = (
        "one_living_charge_per_sale|ix_charges_living|ix_charges_unknown|one_open_attention_of_a_kind"
        "|ix_refunds_open|ix_charges_called_paid"
    )
    assert [step for step in scans if not re.search(small, step)] == []
