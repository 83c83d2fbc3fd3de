"""Money that comes after a payment was given up, in the real window: it rings and is listed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pos_app.compose import Parts
from pos_app.domain.charges import Attention, ChargeDecision
from pos_app.domain.events import ChangedElsewhere
from pos_app.domain.history import HistoryFilter
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CancelResult,
    RefundDone,
    RefundRefusalKind,
    RefundRefused,
)
from pos_app.domain.sales import Sale, SaleLine
from pos_app.ui.widgets.dialog import Dialog, open_dialog
from pos_app.ui.window.attention import AttentionWatch
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import FakeGateway
from tests.fakes.till import CHEAP
from tests.fakes.whole_window import PIN, whole_window

MEI_LIN, PRIYA = 1, 3
A_MINUTE = 60


class Store:
    """The window with a payment that is not on the screen, and the customer who has the code."""

    def __init__(self, desk, gateway, clock):
        self.desk, self.till, self.gateway, self.clock = desk, desk.till, gateway, clock
        self.sounds = []
        watch = desk.window.findChild(AttentionWatch)
        watch.sound_wanted.connect(self.sounds.append)
        desk.press(*[Qt.Key(ord(digit)) for digit in PIN])
        desk.wait(lambda: desk.page == "sellPage")

    def waiting(self, method=PaymentMethod.ALIPAY, plain="42.50"):
        """A payment whose code the customer has seen a while ago."""
        currency = self.till.catalogue.choice(method).currency
        sale = Sale((SaleLine("", 1, Money.parse(plain, currency)),))
        charge = self.till.checkout.charge(sale, method, MEI_LIN)
        self.till.checkout.send(charge.id)
        self.clock.pass_time(5)
        self.desk.wait(lambda: self.now(charge).asked_at or self.progress(charge).answered_at)
        return self.now(charge)

    def now(self, charge):
        with self.till.recovery._ledger.store.read() as work:
            return work.charges.get(charge.id)

    def progress(self, charge):
        return self.till.recovery._ledger.board.progress(charge.id)

    def time_goes_by(self, until, seconds=A_MINUTE):
        """Let the watcher ask on until `until()` is true."""

        def is_so():
            self.clock.pass_time(seconds)
            self.till.watcher.wake()
            return until()

        self.desk.wait(is_so)

    def badge(self):
        badge = self.desk.window.findChild(QLabel, "attentionBadge")
        return badge.text() if badge.isVisible() else ""

    def bar(self):
        return self.desk.window._frame.bars.attention.text


@pytest.fixture
def store(qtbot, tmp_path):
    gateway, clock = FakeGateway(), FakeClock()
    parts = Parts(factories=[gateway.factory()], clock=clock, nap=clock.pass_time, hasher=CHEAP)
    with whole_window(
        qtbot, tmp_path, parts=parts, POS_APP_CITCON_CHOP_BASE_URL="http://127.0.0.1:9/"
    ) as desk:
        yield Store(desk, gateway, clock)


def expire(store):
    charge = store.waiting()
    store.gateway.expire(charge.reference)
    store.time_goes_by(lambda: store.now(charge).closed_at is not None, 1)
    return charge


def stop(store):
    charge = store.waiting(PaymentMethod.GCASH)
    store.till.payments.stop(charge.id, MEI_LIN)
    return charge


def cancel(store):
    charge = store.waiting()
    store.till.payments.cancel(charge.id, MEI_LIN)
    assert store.now(charge).closed_at is not None
    return charge


def settled(store, decision):
    """Nobody knows whether it was paid, until a manager says so."""
    charge = store.waiting()
    store.gateway.fail(*["lost_request"] * 200)
    store.time_goes_by(lambda: store.now(charge).can_settle, 10)
    store.desk.wait(lambda: store.sounds == ["attention"])
    store.gateway.faults.clear()
    store.till.settling.settle_charge(charge.id, decision, "seen in the app", MEI_LIN, PRIYA)
    return charge


def settle_as_not_paid(store):
    return settled(store, ChargeDecision.NOT_PAID)


@pytest.mark.parametrize(
    ("give_up", "attention", "words"),
    [
        (expire, Attention.PAID_LATE, "was paid late"),
        (stop, Attention.PAID_LATE, "was paid late"),
        (cancel, Attention.MAYBE_RETURNED, "was paid late"),
        (settle_as_not_paid, Attention.PAID_LATE, "is not what a manager had decided"),
    ],
)
def test_late_money_rings_and_is_listed(store, give_up, attention, words):
    charge = give_up(store)
    store.desk.wait(lambda: store.desk.window.background.is_idle)
    store.sounds.clear()
    store.gateway.pay(charge.reference)
    store.time_goes_by(lambda: store.now(charge).is_paid)
    assert store.now(charge).attention == {attention}
    store.desk.wait(lambda: words in store.bar())
    assert charge.short_reference in store.bar()
    assert store.sounds == ["attention"]
    store.desk.wait(lambda: store.badge() == "1")
    (row,) = store.till.history.page(HistoryFilter(needs_answer=True))
    assert row.charge_id == charge.id


def test_a_payment_that_a_manager_called_paid_and_was_not_rings_and_is_listed(store):
    charge = settled(store, ChargeDecision.PAID)
    store.desk.wait(lambda: store.badge() == "")
    store.sounds.clear()
    store.gateway.expire(charge.reference)
    store.time_goes_by(lambda: store.now(charge).is_contradicted)
    store.desk.wait(lambda: "is not what a manager had decided" in store.bar())
    assert store.sounds == ["attention"]
    store.desk.wait(lambda: store.badge() == "1")


class TestRefunds:
    """An answer that comes after the dialog is gone."""

    def unknown(self, store):
        charge = store.waiting()
        store.gateway.pay(charge.reference)
        store.time_goes_by(lambda: store.now(charge).is_paid, 1)
        store.gateway.fail("lost_request")
        refund = store.till.refunding.refund(
            charge.id, Money(1250, "USD"), "Goods returned", MEI_LIN, PRIYA
        )
        store.desk.wait(lambda: store.badge() == "1")
        store.sounds.clear()
        return refund

    def test_a_refund_that_went_out_after_all_is_told(self, store):
        refund = self.unknown(store)
        store.till.refunding.learn(refund.id, RefundDone("R1"))
        words = f"The refund {refund.short_reference} has gone out · US$ 12.50"
        store.desk.wait(lambda: store.bar() == words)
        store.desk.wait(lambda: store.badge() == "")
        assert store.sounds == []
        store.desk.wait(lambda: not store.desk.window._frame.bars.attention._guard.is_holding)
        store.desk.click("attentionViewButton")
        store.desk.wait(lambda: store.desk.page == "transactionsPage")
        store.desk.wait(lambda: store.desk.find("detailAmount") is not None)
        assert store.desk.window.page._view.table.selected_id == refund.charge_id
        assert store.bar() == ""

    def test_it_is_not_shown_over_a_payment_that_is_to_be_decided(self, store):
        refund = self.unknown(store)
        open_one = store.waiting(PaymentMethod.WECHATPAY, "9.00")
        store.desk.window._navigator.show_payment(open_one.id)
        store.desk.wait(lambda: store.desk.page == "paymentPage")
        store.till.refunding.learn(refund.id, RefundDone("R1"))
        store.desk.wait(store.bar)
        store.desk.wait(lambda: not store.desk.window._frame.bars.attention._guard.is_holding)
        store.desk.click("attentionViewButton")
        store.desk.wait(lambda: store.desk.find("toast") is not None)
        assert store.desk.page == "paymentPage"
        assert refund.short_reference in store.bar()

    def test_one_that_a_manager_had_called_off_rings_and_is_listed(self, store):
        refund = self.unknown(store)
        store.till.refunding.settle(refund.id, False, "not in the app", PRIYA)
        store.desk.wait(lambda: store.badge() == "")
        store.till.refunding.learn(refund.id, RefundDone("R1"))
        store.desk.wait(lambda: "Citcon says otherwise of the refund" in store.bar())
        assert store.sounds == ["attention"]
        store.desk.wait(lambda: store.badge() == "1")

    def test_it_is_told_beneath_a_dialog_about_something_else(self, store):
        refund = self.unknown(store)
        Dialog(store.desk.window, "anotherDialog", "Something else").open()
        why = RefundRefused(RefundRefusalKind.OTHER, "the bank said no")
        store.till.refunding.learn(refund.id, why)
        words = f"The refund {refund.short_reference} has not gone out · US$ 12.50"
        store.desk.wait(lambda: store.bar() == words)


def test_the_badge_counts_again_when_another_till_has_changed_something(store):
    charge = store.waiting()
    with store.till.recovery._ledger.store.write() as work:  # as another program does
        seen = work.charges.lock(charge.id)
        work.charges.save(replace(seen, attention=frozenset({Attention.WATCH_ENDED})))
    assert store.badge() == ""
    store.till.events.publish(ChangedElsewhere(frozenset({charge.id})))
    store.desk.wait(lambda: store.badge() == "1")


def view(store):
    """Press View in the bar, and wait until the page takes keys and taps."""
    store.desk.click("attentionViewButton")
    store.desk.wait(lambda: store.desk.page == "paymentPage")
    store.desk.wait_until_keys_count()


def test_a_late_payment_can_be_refunded_from_its_page(store):
    charge = stop(store)
    store.gateway.pay(charge.reference)
    store.time_goes_by(lambda: store.now(charge).is_paid)
    store.desk.wait(store.bar)
    store.desk.wait(lambda: not store.desk.window._frame.bars.attention._guard.is_holding)
    view(store)
    assert store.desk.state == "paidLate"
    store.desk.click("refundLateButton")
    store.desk.wait(lambda: store.desk.find("refundDialog") is not None)
    store.desk.press(Qt.Key.Key_Escape)
    store.desk.wait(lambda: store.desk.find("refundDialog") is None)
    assert store.desk.find("refundLateButton").isEnabled()


def test_what_was_returned_around_our_cancel_has_a_slip(store, tmp_path):
    charge = store.waiting()
    store.gateway.before_cancel = lambda payment: store.gateway.pay(payment.reference)
    store.desk.window._navigator.show_payment(charge.id)
    store.till.payments.cancel(charge.id, MEI_LIN)
    store.time_goes_by(lambda: store.progress(charge).returned is not None, 5)
    store.desk.wait(lambda: store.desk.state == "cancelledPaid")
    store.desk.wait_until_keys_count()
    before = set(tmp_path.glob("receipts/*.pdf"))
    store.desk.click("printSlipButton")
    store.desk.wait(lambda: set(tmp_path.glob("receipts/*.pdf")) - before)
    store.desk.wait(lambda: store.desk.find("printSlipButton").isEnabled())


def test_a_manager_settles_what_the_gateways_list_does_not_tell(store):
    charge = store.waiting()

    def pay_around(payment):
        store.gateway.pay(payment.reference)
        store.gateway.cancel_result = CancelResult.CANCELLED  # and nothing shows it went back

    store.gateway.before_cancel = pay_around
    store.desk.window._navigator.show_payment(charge.id)
    store.till.payments.cancel(charge.id, MEI_LIN)
    store.desk.wait(lambda: store.desk.state == "cancelledPaid")
    store.desk.wait_until_keys_count()
    store.desk.click("settleButton")
    store.desk.wait(lambda: store.desk.find("managerPinDialog") is not None)
    store.desk.wait(lambda: not open_dialog(store.desk.window)._guard.is_holding)
    store.desk.wait(lambda: store.desk.find("managerPinEdit") is not None)
    store.desk.press(*[Qt.Key.Key_9] * 6, Qt.Key.Key_Return)
    store.desk.wait(lambda: store.desk.find("settleDialog") is not None)
    store.desk.wait(lambda: not open_dialog(store.desk.window)._guard.is_holding)
    store.desk.click("settleNotPaidRadio")
    store.desk.click("settleNote_1")
    store.desk.click("confirmSettleButton")
    store.desk.wait(lambda: store.desk.state == "paid")
    assert store.till.refunding.standing(charge.id).refundable == charge.amount
