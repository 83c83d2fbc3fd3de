"""What goes wrong on purpose: the fault script, and random faults that can be repeated."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Call(StrEnum):
    """What a rule waits for."""

    CHARGE = "charge"
    INQUIRE = "inquire"
    CANCEL = "cancel"
    REFUND = "refund"
    TRANSACTIONS = "transactions"
    IPN = "ipn"
    INITIALIZE = "initialize"
    SIGN_IN = "sign_in"
    PAY = "pay"
    """The merchant sends the code that it scanned."""
    ANY = "any"
    """Any of the merchant's calls (not a notice)."""


class Spoils(StrEnum):
    """What a fault touches. A call meets at most one fault of each kind."""

    ANSWER = "answer"
    CONTENT = "content"


_REQUESTS = frozenset(Call) - {Call.IPN}
_TOLD = frozenset({Call.INQUIRE, Call.TRANSACTIONS, Call.IPN})
FAULTS: dict[str, tuple[Spoils, frozenset[Call]]] = {
    # The connection breaks before anything happened / after it happened.
    "lose_request": (Spoils.ANSWER, _REQUESTS),
    "lose_answer": (Spoils.ANSWER, _REQUESTS),
    # It happened; the answer comes late, or cannot be read.
    "delay": (Spoils.ANSWER, _REQUESTS),
    "status_500": (Spoils.ANSWER, _REQUESTS),
    "garbage": (Spoils.ANSWER, _REQUESTS),
    "truncated": (Spoils.ANSWER, _REQUESTS),
    # It happened; the answer is empty, or wrapped once more as a JSON string.
    "empty": (Spoils.ANSWER, _REQUESTS),
    "wrapped": (Spoils.ANSWER, _REQUESTS),
    # Nothing happened; somebody else's sign-in page answered.
    "captive_portal": (Spoils.ANSWER, _REQUESTS),
    "refused": (Spoils.CONTENT, frozenset({Call.CHARGE, Call.REFUND, Call.PAY})),
    # The customer has to confirm on the phone first / the wallet says no / the code is too old.
    "needs_confirming": (Spoils.CONTENT, frozenset({Call.PAY})),
    "wallet_declines": (Spoils.CONTENT, frozenset({Call.PAY})),
    "code_too_old": (Spoils.CONTENT, frozenset({Call.PAY})),
    # A picture (of the Online API) in which no machine finds a code.
    "unreadable_picture": (Spoils.CONTENT, frozenset({Call.CHARGE})),
    "wrong_amount": (Spoils.CONTENT, _TOLD),
    "wrong_tip": (Spoils.CONTENT, frozenset({Call.PAY})),
    "wrong_currency": (Spoils.CONTENT, _TOLD),
    "wrong_reference": (Spoils.CONTENT, _TOLD),
    # A payment and its refunds are left out of the list, as if it were not up to date.
    "missing_payment": (Spoils.CONTENT, frozenset({Call.TRANSACTIONS})),
    # The open balance is empty, whatever is in it.
    "no_balance": (Spoils.CONTENT, frozenset({Call.REFUND})),
    # The refund is only requested for some time; then it is done, or has failed.
    "requested_refund": (Spoils.CONTENT, frozenset({Call.REFUND})),
    "failed_refund": (Spoils.CONTENT, frozenset({Call.REFUND})),
    "cancel_outside_window": (Spoils.CONTENT, frozenset({Call.CANCEL})),
    "cancel_failed": (Spoils.CONTENT, frozenset({Call.CANCEL})),
    # The money comes between the merchant's last question and its cancel / after the cancel.
    "pay_before_cancel": (Spoils.CONTENT, frozenset({Call.CANCEL})),
    "pay_after_cancel": (Spoils.CONTENT, frozenset({Call.CANCEL})),
    "duplicate_notification": (Spoils.CONTENT, frozenset({Call.IPN})),
    "late_notification": (Spoils.CONTENT, frozenset({Call.IPN})),
    # A notice signed with a token that is not the merchant's, instead of the real one.
    "forged_notification": (Spoils.CONTENT, frozenset({Call.IPN})),
    "missing_notification": (Spoils.CONTENT, frozenset({Call.IPN})),
}
_DEFAULT_SECONDS = {
    "delay": 1.0,
    "late_notification": 30.0,
    "requested_refund": 30.0,
    "failed_refund": 30.0,
}
_MOST_SECONDS = 3600.0


class BadFaultError(ValueError):
    """A fault that cannot be: says in one sentence which and why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the fault script.

    Attributes:
        times: how often it still strikes; None until cleared.
        seconds: how long, for the faults that take time.
        reference: only the payment with this reference, or None for all.
    """

    call: Call
    fault: str
    times: int | None = 1
    seconds: float | None = None
    reference: str | None = None

    @property
    def spoils(self) -> Spoils:
        """What this fault touches."""
        return FAULTS[self.fault][0]

    @property
    def duration_s(self) -> float:
        """How long it takes, in seconds."""
        return self.seconds if self.seconds is not None else _DEFAULT_SECONDS.get(self.fault, 0)

    def fits(self, call: Call, reference: str | None) -> bool:
        """Say whether it strikes at this call for this reference."""
        is_meant = self.call is call or (self.call is Call.ANY and call is not Call.IPN)
        return is_meant and self.reference in {None, reference}

    def as_json(self) -> dict[str, Any]:
        """Return it as the control interface shows it."""
        return {
            "call": self.call.value,
            "fault": self.fault,
            "times": self.times,
            "seconds": self.seconds,
            "reference": self.reference,
        }


def falsify(members: dict[str, Any], rule: Rule | None) -> None:
    """Make an answer or a notice say what is not so, if the fault is one of that sort."""
    match rule.fault if rule else None:
        case "wrong_amount":
            name = "total" if "total" in members else "amount"
            members[name] = type(members[name])(int(members[name]) + 1)
        case "wrong_tip":
            members["tip"] += 1
        case "wrong_currency" if "currency" in members:
            members["currency"] = "EUR" if members["currency"] != "EUR" else "USD"
        case "wrong_reference" if "reference" in members:
            members["reference"] = f"{members['reference']}-X"
        case _:
            pass


def read_rules(script: object) -> list[Rule]:
    """Return the rules of a script as JSON carries it (`pos_app.simulator`, "Control interface").

    Raises:
        BadFaultError: it is not a script, or a rule of it cannot be.
    """
    rules = script.get("rules") if isinstance(script, dict) else None
    if not isinstance(rules, list):
        raise BadFaultError('A fault script looks like {"rules": [{"call": …, "fault": …}]}.')
    return [_read_rule(rule) for rule in rules]


def _read_rule(rule: object) -> Rule:
    if not isinstance(rule, dict):
        raise BadFaultError("Each rule is an object with call and fault.")
    unknown = set(rule) - {"call", "fault", "times", "seconds", "reference"}
    if unknown:
        raise BadFaultError(f"A rule has no member {', '.join(sorted(unknown))}.")
    call = _checked_call(rule.get("call"), rule.get("fault"))
    times = rule.get("times", 1)
    if times is not None and (type(times) is not int or times < 1):
        raise BadFaultError("times is a whole number from 1, or null for until cleared.")
    reference = rule.get("reference")
    if reference is not None and not isinstance(reference, str):
        raise BadFaultError("reference is a text.")
    return Rule(call, rule["fault"], times, _checked_seconds(rule.get("seconds")), reference)


def _checked_call(call: object, fault: object) -> Call:
    if not isinstance(fault, str) or fault not in FAULTS:
        raise BadFaultError(f"There is no fault {fault!r}; there are {', '.join(FAULTS)}.")
    fitting = FAULTS[fault][1]
    if not isinstance(call, str) or call not in fitting:
        names = ", ".join(sorted(fitting))
        raise BadFaultError(f"{fault} fits the call {names}, not {call!r}.")
    return Call(call)


def _checked_seconds(seconds: object) -> float | None:
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise BadFaultError("seconds is a number.")
    if not 0 <= seconds <= _MOST_SECONDS:
        raise BadFaultError(f"seconds is between 0 and {_MOST_SECONDS:.0f}.")
    return float(seconds)


class Behaviour:
    """Decides which fault a call meets: the script first, then chance."""

    def __init__(self, chances: Iterable[tuple[Rule, float]] = (), seed: int = 0) -> None:
        """Take random faults as rules with their probabilities (0 to 1)."""
        self._rules: list[Rule] = []
        self._chances = tuple(chances)
        # One sequence per call and kind: how often the till inquires changes no charge's luck.
        self._luck = {
            (call, spoils): random.Random(f"{seed} {call} {spoils}")  # noqa: S311  # no secret
            for call in Call
            for spoils in Spoils
        }

    def replace_script(self, rules: Iterable[Rule]) -> None:
        """Forget the script so far and follow this one."""
        self._rules = list(rules)

    def left(self) -> list[Rule]:
        """Return what is left of the script."""
        return list(self._rules)

    def take(self, call: Call, spoils: Spoils, reference: str | None) -> Rule | None:
        """Return the fault of this kind that the call meets, and count it."""
        for index, rule in enumerate(self._rules):
            if rule.spoils is spoils and rule.fits(call, reference):
                if rule.times == 1:
                    del self._rules[index]
                elif rule.times is not None:
                    self._rules[index] = replace(rule, times=rule.times - 1)
                return rule
        return self._by_chance(call, spoils, reference)

    def _by_chance(self, call: Call, spoils: Spoils, reference: str | None) -> Rule | None:
        luck = self._luck[call, spoils]
        for rule, probability in self._chances:
            if (
                rule.spoils is spoils
                and rule.fits(call, reference)
                and luck.random() < probability
            ):
                return rule
        return None


def read_chances(text: str) -> list[tuple[Rule, float]]:
    """Return the random faults that `--faults` names.

    The text is a list with commas: `lose_answer=0.05,delay=0.1:2,cancel.pay_before_cancel=0.5`,
    each a fault, with its call before a point if not any, its probability, perhaps its seconds.

    Raises:
        BadFaultError: the text cannot be read; says which part.
    """
    return [_read_chance(part.strip()) for part in text.split(",") if part.strip()]


def _read_chance(part: str) -> tuple[Rule, float]:
    name, _, numbers = part.partition("=")
    call, point, fault = name.strip().rpartition(".")
    chance, colon, seconds = numbers.partition(":")
    try:
        probability = float(chance)
        duration = float(seconds) if colon else None
    except ValueError:
        raise BadFaultError(f"{part!r} isn't a fault like delay=0.1:2.") from None
    if not 0 <= probability <= 1:
        raise BadFaultError(f"The probability in {part!r} isn't between 0 and 1.")
    checked = _checked_call(call if point else "any", fault)
    return Rule(checked, fault, None, _checked_seconds(duration)), probability
