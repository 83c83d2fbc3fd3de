"""The training strip's buttons, as what the simulator is told."""

import pytest

from pos_app.domain.errors import NotSent, OutcomeUnknown
from pos_app.services.training import TrainingDesk, TrainingError


class FakeControl:
    """Remembers what it was told; raises `trouble` instead when there is one."""

    def __init__(self):
        self.acts, self.scripts, self.trouble = [], [], None
        self.is_balance_unlimited = False

    def act(self, gateway_id, action):
        if self.trouble:
            raise self.trouble
        self.acts.append((gateway_id, action))

    def script(self, rules):
        if self.trouble:
            raise self.trouble
        self.scripts.append(rules)

    def unlimited_balance(self):
        if self.trouble:
            raise self.trouble
        self.is_balance_unlimited = True


@pytest.fixture
def control():
    return FakeControl()


@pytest.fixture
def training(desk, control):
    return TrainingDesk(control, desk.till.recovery._ledger, desk.till.payments)


@pytest.mark.parametrize("action", ["pay", "decline", "expire"])
def test_what_the_customer_does_names_the_payment(desk, control, training, action):
    charge = desk.waiting()
    getattr(training, action)(charge.id)
    assert control.acts == [(charge.gateway_id, action)]
    assert control.scripts == []


def test_a_decline_is_hinted_as_a_notice_would(desk, training):
    charge = desk.waiting()
    training.decline(charge.id)
    assert desk.screen(charge) == "declinedHint"


def test_a_dropped_network_swallows_questions_about_this_payment_only(desk, control, training):
    charge = desk.waiting()
    training.drop_network(charge.id)
    (rules,) = control.scripts
    assert {(rule["call"], rule["fault"]) for rule in rules} == {
        ("inquire", "lose_request"),
        ("cancel", "lose_request"),
    }
    assert {rule["reference"] for rule in rules} == {charge.reference}
    assert all(rule["times"] > 10 for rule in rules)


def test_a_lost_answer_is_lost_before_the_customer_pays(desk, control, training):
    charge = desk.waiting()
    told = []
    control.act = lambda *act: told.append(("act", act, len(control.scripts)))
    training.lose_answer(charge.id)
    assert told == [("act", (charge.gateway_id, "pay"), 1)]
    assert control.scripts[0][0]["fault"] == "lose_answer"


def test_paying_after_the_cancel_cancels_too(desk, control, training):
    charge = desk.waiting()
    training.pay_after_cancel(charge.id)
    assert control.scripts[0][0]["fault"] == "pay_before_cancel"
    assert desk.gateway.count("cancel") == 1


def test_a_refund_that_works_needs_no_balance_and_meets_no_fault(desk, control, training):
    charge = desk.waiting()
    training.refund_works(charge.id)
    assert control.scripts == [[]]
    assert control.is_balance_unlimited


@pytest.mark.parametrize(
    ("button", "faults"),
    [
        ("refund_no_balance", [("refund", "no_balance")]),
        ("refund_lose_answer", [("refund", "lose_answer"), ("cancel", "lose_answer")]),
    ],
)
def test_a_spoilt_refund_is_that_of_this_payment_once(desk, control, training, button, faults):
    charge = desk.waiting()
    getattr(training, button)(charge.id)
    (rules,) = control.scripts
    assert [(rule["call"], rule["fault"]) for rule in rules] == faults
    assert {(rule["reference"], rule["times"]) for rule in rules} == {(charge.reference, 1)}


def test_a_payment_of_an_earlier_run_can_be_refunded_in_training(desk, control):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    desk.let_pass(2)
    desk.restart()
    training = TrainingDesk(control, desk.till.recovery._ledger, desk.till.payments)
    training.refund_no_balance(charge.id)
    assert control.scripts[0][0]["reference"] == charge.reference


def test_the_page_is_where_the_code_leads(desk, training):
    charge = desk.waiting()
    assert training.page_address(charge.id) == charge.code
    assert training.page_address(99) is None


@pytest.mark.parametrize(
    "button",
    [
        "pay",
        "decline",
        "expire",
        "drop_network",
        "lose_answer",
        "pay_after_cancel",
        "refund_works",
        "refund_no_balance",
        "refund_lose_answer",
    ],
)
class TestTrouble:
    def test_without_a_code_nobody_can_pay(self, desk, control, training, button):
        charge = desk.charge()
        with pytest.raises(TrainingError, match="no code"):
            getattr(training, button)(charge.id)
        with pytest.raises(TrainingError):
            getattr(training, button)(99)
        assert (control.acts, control.scripts) == ([], [])

    @pytest.mark.parametrize("trouble", [NotSent("refused"), OutcomeUnknown("reset")])
    def test_a_simulator_that_is_gone_is_told_in_a_sentence(
        self, desk, control, training, button, trouble
    ):
        charge = desk.waiting()
        control.trouble = trouble
        with pytest.raises(TrainingError, match="doesn't answer"):
            getattr(training, button)(charge.id)
        assert desk.now(charge) == charge
        assert desk.gateway.count("cancel") == 0
