"""The list of past payments on a whole till: what a line says, and what happened to one."""

import csv
import json
from datetime import timedelta

import pytest

from pos_app.domain.charges import Attention, ChargeDecision
from pos_app.domain.errors import DiskFullError, ExportError
from pos_app.domain.history import HistoryFilter, HistoryKind, HistoryStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.refunds import Decision, Refusal
from pos_app.domain.sales import Sale, SaleLine
from pos_app.storage.exports import CHARGE_COLUMNS
from tests.fakes.printer import FakePrinter
from tests.fakes.refunding_gateway import RefundingGateway
from tests.fakes.refunds import RefundDesk

ALL = HistoryFilter()
BY = {"who": 1, "approved_by": 3}
S, K = HistoryStatus, HistoryKind


@pytest.fixture
def desk(tmp_path):
    desk = RefundDesk(tmp_path, gateway=RefundingGateway())
    yield desk
    desk.close()


@pytest.fixture
def history(desk):
    return desk.till.history


def status_of(desk, charge):
    return desk.till.history.row(charge.id, ALL).status


def kinds(desk, charge):
    """What happened, oldest first."""
    return [entry.kind for entry in reversed(desk.till.history.detail(charge.id).entries)]


def ids(history, **wanted):
    return [row.charge_id for row in history.page(HistoryFilter(**wanted))]


def test_a_line_says_what_was_charged_and_by_whom(desk, history):
    sale = Sale((SaleLine("", 1, Money(4250, "USD")),), note="blue umbrella")
    charge = desk.charge(sale=sale)
    row = history.row(charge.id, ALL)
    assert (row.charge_id, row.created_at, row.reference, row.short_reference) == (
        charge.id, charge.created_at, charge.reference, charge.short_reference
    )  # fmt: skip
    assert (row.method, row.amount, row.refunded) == (
        PaymentMethod.ALIPAY, Money(4250, "USD"), Money(0, "USD")
    )  # fmt: skip
    assert (row.cashier, row.note) == (desk.cashier.name, "blue umbrella")
    assert (row.status, row.needs_answer) == (S.WAITING, False)


def test_the_newest_payment_comes_first_and_pages_follow_each_other(desk, history):
    charges = [desk.charge(f"{n}.00", is_other_customer=True) for n in range(1, 6)]
    newest_first = [charge.id for charge in reversed(charges)]
    first = [row.charge_id for row in history.page(ALL, limit=2)]
    second = [row.charge_id for row in history.page(ALL, before=first[-1], limit=2)]
    assert first + second == newest_first[:4]
    assert ids(history) == newest_first
    assert [row.charge_id for row in history.page(ALL, skip=3)] == newest_first[3:]


def test_an_anchor_is_where_a_jump_goes_on(desk, history):
    for n in range(1, 8):
        desk.charge(f"{n}.00", is_other_customer=True)
    everything = ids(history)
    anchors = history.anchors(ALL, every=3)
    assert len(anchors) == history.count(ALL) // 3
    assert anchors == (everything[2], everything[5])
    assert [row.charge_id for row in history.page(ALL, before=anchors[1])] == everything[6:]


def test_the_status_follows_refunds(desk, history):
    charge = desk.paid("42.50")
    assert status_of(desk, charge) is S.PAID
    desk.refund(charge, "10.00")
    row = history.row(charge.id, ALL)
    assert (row.status, row.refunded) == (S.PART_REFUNDED, Money(1000, "USD"))
    desk.refund(charge, "32.50")
    assert status_of(desk, charge) is S.REFUNDED


def test_a_lost_refund_is_unknown_and_needs_an_answer_until_it_is_settled(desk, history):
    charge = desk.paid("42.50")
    desk.gateway.fail("lost_answer")
    refund = desk.refund(charge, "42.50")
    row = history.row(charge.id, HistoryFilter(needs_answer=True))
    assert (row.status, row.refunded.minor) == (S.REFUND_UNKNOWN, 0)
    detail = history.detail(charge.id)
    assert detail.open_refund == refund
    assert detail.can_settle
    assert not detail.can_refund
    desk.settle(refund, went_out=True)
    assert status_of(desk, charge) is S.REFUNDED
    assert history.row(charge.id, HistoryFilter(needs_answer=True)) is None


def test_a_refused_refund_changes_no_status(desk, history):
    charge = desk.paid("42.50")
    desk.gateway.fail("not_sent")
    desk.refund(charge, "42.50")
    assert status_of(desk, charge) is S.PAID
    assert history.detail(charge.id).can_refund


def test_a_payment_that_was_stopped_says_so_while_it_can_be_paid(desk, history):
    charge = desk.waiting()
    desk.till.payments.stop(charge.id, desk.cashier.id)
    assert status_of(desk, charge) is S.STOPPED
    desk.gateway.expire(charge.reference)
    desk.let_pass(900)
    assert status_of(desk, charge) is S.EXPIRED


def test_totals_are_per_currency_and_over_what_was_received(desk, history):
    desk.refund(desk.paid("42.50"), "10.00")
    desk.paid("7.50")
    desk.paid("100", PaymentMethod.KAKAOPAY)
    desk.charge("99.00", is_other_customer=True)
    totals = history.totals(ALL)
    assert totals.count == 4
    assert totals.paid == (Money(100, "KRW"), Money(5000, "USD"))
    assert totals.refunded == (Money(1000, "USD"),)


def test_filters_are_combined(desk, history):
    alipay = desk.paid("42.50")
    wechat = desk.paid("42.50", PaymentMethod.WECHATPAY)
    open_one = desk.charge("42.50", is_other_customer=True)
    assert ids(history, statuses=frozenset({S.PAID})) == [wechat.id, alipay.id]
    methods = frozenset({PaymentMethod.ALIPAY})
    assert ids(history, methods=methods) == [open_one.id, alipay.id]
    assert ids(history, methods=methods, statuses=frozenset({S.PAID, S.REFUNDED})) == [alipay.id]
    assert ids(history, since=wechat.created_at) == [open_one.id, wechat.id]
    assert ids(history, until=wechat.created_at) == [alipay.id]
    just_after = wechat.created_at + timedelta(microseconds=1)
    assert ids(history, since=wechat.created_at, until=just_after) == [wechat.id]


@pytest.mark.parametrize("text", ["42.5", "42.50", " 42.50 ", "{number}", "{short}", "{start}"])
def test_amount_receipt_and_the_begin_of_the_reference_are_found(desk, history, text):
    charge = desk.charge("42.50")
    desk.charge("7.00", is_other_customer=True)
    text = text.format(
        number=charge.short_reference[-4:],
        short=charge.short_reference.lower(),
        start=charge.reference[:-3].lower(),
    )
    assert ids(history, text=text) == [charge.id]


def test_words_of_the_note_are_found_by_their_begin(desk, history):
    sale = Sale((SaleLine("", 1, Money(4250, "USD")),), note="Blue umbrella")
    charge = desk.charge(sale=sale)
    desk.charge("7.00", is_other_customer=True)
    assert ids(history, text="umbr") == [charge.id]
    assert ids(history, text="brella") == []


def test_the_history_of_a_sale(desk):
    charge = desk.paid("42.50")
    assert kinds(desk, charge) == [K.CREATED, K.CODE_SHOWN, K.PAID]


def test_the_history_names_who_wanted_a_refund_and_who_approved_it(desk, history):
    charge = desk.paid("42.50")
    refund = desk.refund(charge, "10.00", "Wrong size")
    done, asked = history.detail(charge.id).entries[:2]
    assert (asked.kind, done.kind) == (K.REFUND_ASKED, K.REFUND_DONE)
    assert (asked.who, asked.approved_by) == (desk.cashier.name, desk.manager.name)
    assert (done.amount, done.words, done.refund) == (Money(1000, "USD"), "Wrong size", refund)


def test_the_history_tells_why_no_money_moved(desk, history):
    charge = desk.paid("42.50")
    desk.gateway.fail("not_sent")
    desk.refund(charge, "10.00")
    entry = history.detail(charge.id).entries[0]
    assert (entry.kind, entry.code) == (K.REFUND_REFUSED, Refusal.NOT_SENT)


def test_the_history_tells_what_a_manager_decided(desk, history):
    charge = desk.paid("42.50")
    desk.gateway.fail("lost_answer")
    desk.settle(desk.refund(charge, "10.00"), went_out=False, note="asked Citcon")
    entry = next(e for e in history.detail(charge.id).entries if e.kind is K.REFUND_SETTLED)
    assert (entry.code, entry.words) == (Decision.DID_NOT_GO_OUT, "asked Citcon")
    assert entry.who == desk.manager.name


def test_the_history_tells_of_late_money_and_who_looked_at_it(desk):
    charge = desk.waiting()
    desk.till.payments.stop(charge.id, desk.cashier.id)
    desk.gateway.pay(charge.reference)
    desk.let_pass(900)
    desk.till.answers.mark_seen(charge.id, Attention.PAID_LATE, desk.cashier.id)
    assert kinds(desk, charge)[2:] == [K.STOPPED, K.PAID_LATE, K.SEEN]


def test_the_history_counts_printed_receipts(desk, history):
    charge = desk.paid("42.50")
    assert history.detail(charge.id).printed == 0
    assert history.detail(charge.id).can_print


def test_a_printed_receipt_and_slip_are_part_of_the_history(desk, history):
    charge = desk.paid("42.50")
    refund = desk.refund(charge, "10.00")
    desk.till.receipts.use(FakePrinter())
    desk.till.receipts.print(charge.id, desk.cashier.id)
    desk.till.receipts.print_slip(refund.id, desk.manager.id)
    slip, receipt = history.detail(charge.id).entries[:2]
    assert (receipt.kind, receipt.who) == (K.PRINTED, desk.cashier.name)
    assert (slip.kind, slip.refund, slip.who) == (K.SLIP_PRINTED, refund, desk.manager.name)
    assert (slip.amount, slip.words, slip.approved_by) == (None, "", "")


def test_the_history_tells_what_a_manager_decided_about_a_payment(desk, history):
    charge = desk.waiting()
    desk.till.payments.stop(charge.id, desk.cashier.id)
    who = desk.cashier.id, desk.manager.id
    desk.till.settling.settle_charge(charge.id, ChargeDecision.STILL_NOT_KNOWN, "asked", *who)
    desk.clock.pass_time(1)
    desk.till.settling.settle_charge(charge.id, ChargeDecision.NOT_PAID, "saw the app", *who)
    last, first = history.detail(charge.id).entries[:2]
    assert (first.kind, last.kind) == (K.SETTLED, K.SETTLED)
    assert (first.code, first.words) == (ChargeDecision.STILL_NOT_KNOWN, "")
    assert (last.code, last.words) == (ChargeDecision.NOT_PAID, "saw the app")
    assert (last.who, last.approved_by) == (desk.cashier.name, desk.manager.name)


def test_a_wrong_amount_is_told_with_what_the_gateway_said(desk, history):
    charge = desk.waiting()
    payment = desk.gateway.payments[charge.reference]
    payment.amount = Money(1, "USD")
    desk.gateway.pay(charge.reference)
    desk.let_pass(5)
    entry = history.detail(charge.id).entries[0]
    assert (entry.kind, entry.amount) == (K.MISMATCH, Money(1, "USD"))
    assert status_of(desk, charge) is S.MISMATCH


def test_what_an_earlier_answer_raised_is_told_once(desk):
    charge = desk.waiting()
    desk.till.payments.stop(charge.id, desk.cashier.id)
    desk.gateway.pay(charge.reference)
    desk.let_pass(900)
    desk.gateway.fail("lost_answer")
    desk.refund(desk.now(charge), "10.00")
    told = kinds(desk, charge)
    assert told[2:] == [K.STOPPED, K.PAID_LATE, K.REFUND_ASKED, K.REFUND_UNKNOWN]


def test_an_export_has_what_the_filter_shows_oldest_first(desk, history, tmp_path):
    first, second = desk.paid("42.50"), desk.paid("42.50")
    desk.paid("7.00")
    file = tmp_path / "out.csv"
    assert history.export(HistoryFilter(text="42.5"), file, **BY) == 2
    header, *rows = csv.reader(file.read_text("utf-8").splitlines())
    assert tuple(header) == CHARGE_COLUMNS
    assert [row[0] for row in rows] == [str(first.id), str(second.id)]


def test_an_export_tells_how_far_it_is(desk, history, tmp_path):
    desk.paid("42.50")
    desk.paid("7.00")
    told = []
    file = tmp_path / "out.csv"
    history.export(ALL, file, **BY, progress=lambda *so_far: told.append(so_far) or True)
    assert told == [(0, 2), (2, 2)]


def test_an_export_that_is_given_up_leaves_the_earlier_file(desk, history, tmp_path):
    desk.paid("42.50")
    folder = tmp_path / "exports"
    folder.mkdir()
    file = folder / "out.csv"
    file.write_text("earlier", "utf-8")
    assert history.export(ALL, file, **BY, progress=lambda _done, _total: False) is None
    assert [one.name for one in folder.iterdir()] == ["out.csv"]
    assert file.read_text("utf-8") == "earlier"


def test_an_export_to_nowhere_is_told_in_a_sentence(history, tmp_path):
    with pytest.raises(ExportError, match="can't be written"):
        history.export(ALL, tmp_path / "nowhere" / "out.csv", **BY)


def exports_of(desk):
    with desk.till.recovery._ledger.store.read() as work:
        return list(work.journal.entries("export:charges"))


def test_who_exported_how_much_is_journalled_and_nothing_of_what(desk, history, tmp_path):
    desk.paid("42.50")
    history.export(HistoryFilter(text="umbrella of Ana"), tmp_path / "out.csv", **BY)
    (entry,) = exports_of(desk)
    assert (entry.kind, entry.who) == ("exported", BY["who"])
    assert json.loads(entry.body) == {
        "format": "csv", "count": 0, "approved_by": BY["approved_by"], "since": None,
        "until": None,
    }  # fmt: skip


def test_an_export_of_which_nothing_came_is_not_journalled(desk, history, tmp_path):
    desk.paid("42.50")
    history.export(ALL, tmp_path / "out.csv", **BY, progress=lambda _done, _total: False)
    assert exports_of(desk) == []


def test_an_export_that_cannot_be_journalled_leaves_no_file(desk, history, tmp_path, monkeypatch):
    def full():
        raise DiskFullError("no room")

    monkeypatch.setattr(history._store, "write", full)
    with pytest.raises(DiskFullError):
        history.export(ALL, tmp_path / "out.csv", **BY)
    assert not (tmp_path / "out.csv").exists()
