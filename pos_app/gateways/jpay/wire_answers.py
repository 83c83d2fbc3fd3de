"""How every answer of J-Pay is read, whatever it is about (see `wire`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pos_app.config.secrets import Secret
from pos_app.domain.charges import Charge
from pos_app.domain.errors import AmountError, OutcomeUnknown
from pos_app.domain.money import Money
from pos_app.domain.outcomes import RefusalKind, Refused
from pos_app.gateways.jpay.signing import is_signed
from pos_app.logs import mask_secrets

MAX_ID = 64
DONE = "00"
"""The return code of what worked."""
NOT_SIGNED = frozenset({"sign", "attach"})
_MAX_TEXT = 300


@dataclass(frozen=True, slots=True)
class Account:
    """Whose requests these are."""

    member: str
    key: Secret


def members_of(body: bytes) -> dict[str, str]:
    """Return the members of an answer as they were written, unwrapped where it came twice.

    Raises:
        OutcomeUnknown: it is empty, no JSON object, or has members in members.
    """
    try:
        answer: Any = _json(body.decode("utf-8-sig"))
        if isinstance(answer, str):
            answer = _json(answer)
    except (ValueError, RecursionError):
        raise OutcomeUnknown("J-Pay's answer can't be read.") from None
    if not isinstance(answer, dict):
        raise not_understood("the request")
    told = {name: "" if value is None else value for name, value in answer.items()}
    if not all(isinstance(value, str) for value in told.values()):
        raise not_understood("the request")
    return told


def _json(text: str) -> object:
    # Numbers as they were written: a signature is over their text.
    return json.loads(text.strip(), parse_int=str, parse_float=str)


def refusal_of(answer: Mapping[str, str]) -> Refused | None:
    """Return what J-Pay refused altogether; None where the answer is about the matter."""
    if answer.get("status") != "error":
        return None
    text = shown(answer.get("msg"))
    is_about_key = "signature" in text.lower()
    return Refused(RefusalKind.NOT_SET_UP if is_about_key else RefusalKind.OTHER, text)


def check_signature(answer: Mapping[str, str], account: Account) -> None:
    """Refuse an answer that anybody else may have written.

    Raises:
        OutcomeUnknown: it is not signed with this merchant's key.
    """
    is_ours = answer.get("memberid", account.member) == account.member
    if not is_ours or not is_signed(signed_of(answer), answer.get("sign", ""), account.key):
        raise OutcomeUnknown("J-Pay's answer isn't signed with this merchant's key.")


def signed_of(members: Mapping[str, str]) -> dict[str, str]:
    """Return the members that a signature of J-Pay's is over."""
    return {name: value for name, value in members.items() if name not in NOT_SIGNED}


def amount_of(text: str | None, charge: Charge) -> Money | None:
    """Return an amount in the charge's currency, for answers carry none; None: not readable."""
    try:
        return Money.parse(text or "", charge.amount.currency)
    except AmountError:
        return None


def identifier_of(text: str | None) -> str | None:
    """Return an id of J-Pay's; None where it is none."""
    said = (text or "").strip()
    is_one = 0 < len(said) <= MAX_ID and said.isascii() and said.isprintable()
    return said if is_one else None


def shown(text: str | None) -> str:
    """Return J-Pay's words as they may be shown and kept: one line, without secrets."""
    line = " ".join(mask_secrets(text or "").split())
    return "".join(letter for letter in line if letter.isprintable())[:_MAX_TEXT]


def not_understood(what: str) -> OutcomeUnknown:
    """Return the error of an answer that is not listed: the money may have moved."""
    return OutcomeUnknown(f"J-Pay's answer to {what} isn't one that is known.")
