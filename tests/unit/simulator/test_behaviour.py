"""The fault script and the random faults."""

import pytest

from pos_app.simulator.behaviour import (
    BadFaultError,
    Behaviour,
    Call,
    Spoils,
    read_chances,
    read_rules,
)


def scripted(*rules: dict) -> Behaviour:
    behaviour = Behaviour()
    behaviour.replace_script(read_rules({"rules": list(rules)}))
    return behaviour


def faults(behaviour: Behaviour, call: Call, count: int, reference: str = "A") -> list:
    taken = [behaviour.take(call, Spoils.ANSWER, reference) for _ in range(count)]
    return [rule and rule.fault for rule in taken]


def test_rules_strike_one_after_the_other_and_are_used_up():
    behaviour = scripted(
        {"call": "charge", "fault": "lose_answer", "times": 2},
        {"call": "charge", "fault": "status_500"},
    )
    assert faults(behaviour, Call.INQUIRE, 1) == [None]
    expected = ["lose_answer", "lose_answer", "status_500", None]
    assert faults(behaviour, Call.CHARGE, 4) == expected
    assert behaviour.left() == []


def test_rule_without_end_strikes_until_the_script_is_replaced():
    behaviour = scripted({"call": "any", "fault": "lose_request", "times": None})
    assert faults(behaviour, Call.INQUIRE, 5) == ["lose_request"] * 5
    behaviour.replace_script([])
    assert faults(behaviour, Call.INQUIRE, 1) == [None]


def test_rule_for_a_reference_waits_for_it():
    behaviour = scripted({"call": "any", "fault": "garbage", "reference": "B"})
    assert faults(behaviour, Call.CANCEL, 1, reference="A") == [None]
    assert faults(behaviour, Call.CANCEL, 1, reference="B") == ["garbage"]


def test_one_call_can_meet_a_fault_of_each_kind():
    behaviour = scripted(
        {"call": "cancel", "fault": "lose_answer"},
        {"call": "cancel", "fault": "pay_before_cancel"},
    )
    answer = behaviour.take(Call.CANCEL, Spoils.ANSWER, "A")
    content = behaviour.take(Call.CANCEL, Spoils.CONTENT, "A")
    assert (answer.fault, content.fault) == ("lose_answer", "pay_before_cancel")


def test_script_reads_back_as_it_was_written():
    rule = {
        "call": "inquire",
        "fault": "delay",
        "times": 3,
        "seconds": 5.0,
        "reference": "A",
    }
    assert [left.as_json() for left in scripted(rule).left()] == [rule]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ([], "looks like"),
        ({}, "looks like"),
        ({"rules": ["delay"]}, "object"),
        ({"rules": [{"call": "charge", "fault": "explode"}]}, "no fault 'explode'"),
        ({"rules": [{"call": "payout", "fault": "delay"}]}, "not 'payout'"),
        ({"rules": [{"call": "ipn", "fault": "delay"}]}, "not 'ipn'"),
        ({"rules": [{"call": "cancel", "fault": "no_balance"}]}, "fits the call refund"),
        ({"rules": [{"call": "charge", "fault": "pay_before_cancel"}]}, "fits the call cancel"),
        ({"rules": [{"call": "any", "fault": "delay", "times": 0}]}, "times"),
        ({"rules": [{"call": "any", "fault": "delay", "times": True}]}, "times"),
        ({"rules": [{"call": "any", "fault": "delay", "seconds": -1}]}, "seconds"),
        ({"rules": [{"call": "any", "fault": "delay", "seconds": "1"}]}, "seconds"),
        ({"rules": [{"call": "any", "fault": "delay", "reference": 1}]}, "reference"),
        ({"rules": [{"call": "any", "fault": "delay", "count": 1}]}, "count"),
    ],
)
def test_bad_script_is_refused_in_words(script, words):
    with pytest.raises(BadFaultError, match=words):
        read_rules(script)


def test_random_faults_repeat_with_their_seed():
    def run(seed: int) -> list:
        behaviour = Behaviour(read_chances("lose_answer=0.2,delay=0.3:2"), seed)
        return faults(behaviour, Call.INQUIRE, 200)

    assert run(1) == run(1)
    assert run(1) != run(2)
    assert 20 <= run(1).count("lose_answer") <= 60


def test_luck_of_one_call_does_not_hang_on_how_often_another_comes():
    quiet = Behaviour(read_chances("lose_answer=0.5"), 7)
    busy = Behaviour(read_chances("lose_answer=0.5"), 7)
    faults(busy, Call.INQUIRE, 33)
    assert faults(quiet, Call.CHARGE, 50) == faults(busy, Call.CHARGE, 50)


def test_chances_name_call_probability_and_seconds():
    ((rule, probability),) = read_chances(" inquire.delay = 0.1:2.5 ")
    assert (rule.call, rule.fault, rule.seconds, probability) == ("inquire", "delay", 2.5, 0.1)
    assert read_chances("") == []


@pytest.mark.parametrize(
    "text", ["delay", "delay=", "delay=x", "delay=2", "delay=nan", "delay=0.1:x", "boom=0.1",
             "ipn.delay=0.1", "wrong_amount=0.1"]
)  # fmt: skip
def test_bad_chances_are_refused(text):
    with pytest.raises(BadFaultError):
        read_chances(text)
