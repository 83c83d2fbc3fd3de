"""The one way in which charges change: one transaction, one journal entry, then the news."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from pos_app.domain import transitions
from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.errors import TransitionError
from pos_app.domain.events import ChargeChanged
from pos_app.services.ledger import difference
from tests.fakes.charges import SHOWN, of_status


@pytest.fixture
def ledger(desk):
    return desk.till.recovery._ledger


def entries(ledger, charge):
    with ledger.store.read() as work:
        return list(work.journal.entries(charge.reference))


def test_a_change_is_on_disk_in_hand_and_in_the_journal(desk, ledger):
    charge = desk.waiting()
    at = desk.clock.now()
    after = ledger.change(charge.id, "charge_stopped", lambda c: transitions.stopped(c, at), 3)
    assert desk.now(charge) == after
    assert ledger.board.charge(charge.id) == after
    last = entries(ledger, charge)[-1]
    assert (last.kind, last.who, last.at) == ("charge_stopped", 3, at)
    assert json.loads(last.body) == {
        "stopped_at": at.isoformat(timespec="milliseconds"),
        "attention": ["stopped"],
    }


def test_no_change_writes_and_tells_nothing(desk, ledger):
    charge = desk.waiting()
    before, told = entries(ledger, charge), len(desk.events)
    ledger.change(charge.id, "nothing", lambda c: c)
    ledger.change(charge.id, "nothing", replace)
    assert entries(ledger, charge) == before
    assert len(desk.events) == told


def test_a_change_sees_the_charge_as_it_is_on_disk(desk, ledger):
    """What is in hand may be old: another till may have learned more."""
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    desk.let_pass(2)
    ledger.board.put(charge)
    after = ledger.change(charge.id, "late", transitions.cancel_lost)
    assert after.is_paid
    assert ledger.board.charge(charge.id).is_paid


def test_an_impossible_change_changes_nothing(desk, ledger):
    charge = desk.waiting()
    before, told = entries(ledger, charge), len(desk.events)
    with pytest.raises(TransitionError):
        ledger.change(charge.id, "bug", lambda c: transitions.moved(c, ChargeStatus.CREATED))
    assert desk.now(charge) == charge
    assert entries(ledger, charge) == before
    assert len(desk.events) == told


def test_listeners_hear_after_the_commit(desk, ledger):
    charge = desk.waiting()
    seen = []
    desk.till.events.subscribe(lambda event: seen.append((event, desk.now(charge))))
    at = desk.clock.now()
    ledger.change(charge.id, "charge_put_aside", lambda c: transitions.put_aside(c, at))
    ((event, on_disk),) = seen
    assert event == ChargeChanged(charge, on_disk)
    assert on_disk.put_aside_at == at


def test_when_it_was_last_asked_is_kept_without_an_entry(desk, ledger):
    charge = desk.waiting()
    before = entries(ledger, charge)
    ledger.note_asked(charge.id, desk.clock.now())
    assert desk.now(charge).asked_at == desk.clock.now()
    assert entries(ledger, charge) == before


def test_a_difference_names_what_changed_and_nothing_else():
    before = of_status(ChargeStatus.WAITING)
    after = replace(
        before,
        status=ChargeStatus.PAID,
        paid_at=SHOWN + timedelta(seconds=14.5),
        attention=frozenset({Attention.PAID_LATE, Attention.MAYBE_RETURNED}),
        asked_at=SHOWN,
    )
    assert difference(before, after) == {
        "status": "paid",
        "paid_at": "2026-07-12T06:32:23.500+00:00",
        "attention": ["maybe_returned", "paid_late"],
    }
    assert difference(before, before) == {}


def test_a_new_charge_is_journalled_whole():
    body = difference(None, of_status(ChargeStatus.CREATED))
    assert body["amount"] == "4250 USD"
    assert body["method"] == "alipay"
    assert "id" not in body
    assert json.loads(json.dumps(body)) == body


def test_what_has_no_place_in_the_journal_is_refused():
    charge = of_status(ChargeStatus.WAITING)
    with pytest.raises(TypeError, match="float"):
        difference(charge, replace(charge, refusal=1.5))
