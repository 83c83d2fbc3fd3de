"""What a retired person leaves behind: a name on what they did, and no say in what comes."""

import pytest

from pos_app.domain.errors import NotApprovedError, RetiredError
from pos_app.domain.history import HistoryFilter
from pos_app.domain.people import Approval, Role
from tests.fakes.gateway import FakeGateway
from tests.fakes.refunds import RefundDesk


@pytest.fixture
def desk(tmp_path):
    desk = RefundDesk(tmp_path, gateway=FakeGateway())
    yield desk
    desk.close()


def retire(desk, person, by=None):
    approver = by or desk.manager
    return desk.till.people.retire(person.id, Approval(approver.id, approver.id))


def test_past_sales_and_receipts_keep_the_name(desk):
    charge = desk.paid("42.50")
    retire(desk, desk.cashier)
    (row,) = desk.till.history.page(HistoryFilter())
    assert row.cashier == desk.cashier.name == "Mei Lin"
    assert desk.till.history.detail(charge.id).cashier == "Mei Lin"
    assert "Mei Lin" in repr(desk.till.receipts.receipt(charge.id))


def test_a_refund_keeps_the_name_of_who_approved_it_and_is_the_last_one(desk):
    charge = desk.paid("42.50")
    desk.refund(charge, "10.00")
    ravi = desk.till.people.add("Ravi", "864209", Role.MANAGER)
    retire(desk, desk.manager, by=ravi)
    entries = desk.till.history.detail(charge.id).entries
    assert "Priya" in {entry.approved_by for entry in entries}
    with pytest.raises(RetiredError):
        desk.till.people.approve(desk.manager.id, "999999")
    with pytest.raises(NotApprovedError):
        desk.refund(charge, "1.00")
    with pytest.raises(NotApprovedError):
        desk.cancel(desk.paid("9.80"))
    assert desk.left(charge) == "32.50"


def test_nobody_forgets_it_over_a_restart(desk):
    retire(desk, desk.cashier)
    mei = desk.cashier
    desk.restart()
    assert mei.name not in {person.name for person in desk.till.people.everyone()}
    with pytest.raises(RetiredError):
        desk.till.people.sign_in(mei.id, "1111")
