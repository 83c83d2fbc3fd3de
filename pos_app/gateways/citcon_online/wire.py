"""Citcon's words for the Online API: its forms and its answers. They stay in this file.

Source: gateways/citcon.md, "Online API". What is not listed there is no answer: `OutcomeUnknown`,
for the money may have moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pos_app.config.kinds import is_loopback
from pos_app.domain.charges import Charge
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.outcomes import (
    Inquiry,
    ListedKind,
    ListedPayment,
    PaymentState,
    RefusalKind,
    Refused,
)
from pos_app.gateways import citcon_members as members
from pos_app.gateways import citcon_words as words

CREATE_PATH = "payment/pay_qr"
INQUIRE_PATH = "payment/inquire"
REFUND_PATH = "payment/refund"
LIST_PATH = "payment/list"
NOTICE_STATUS = "status"
"""The member of a notice that says what happened."""
MADE_UP_ID = "U0000000000-00000000000000000000"
"""Looks like a transaction id and is none."""
MAX_ADDRESS = 2_000
_NO_PAYMENT = "0"
"""What a failing answer has instead of a transaction id."""
_STATES = {None: PaymentState.OPEN, "success": PaymentState.PAID}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A charge was accepted; `picture_url` is where its code is to be seen."""

    transaction_id: str
    picture_url: str


def create_form(charge: Charge, extras: Mapping[str, str]) -> dict[str, str]:
    """Return the form that creates `charge`.

    `allow_duplicates` is never in it: the same reference must get the same payment again.

    Args:
        charge: gives method, amount, currency and reference.
        extras: optional fields by their names at Citcon; empty ones are left out.
    """
    return {
        "vendor": charge.method.value,
        **words.money_fields(charge, charge.amount),
        "reference": charge.reference,
        **{name: value for name, value in extras.items() if value},
    }


def inquire_form(transaction_id: str) -> dict[str, str]:
    """Return the form that asks about a payment."""
    return {"transaction_id": transaction_id, "inquire_method": "real"}


def read_created(body: bytes) -> Accepted | Refused:
    """Read the answer to a create: the address of a picture, as plain text.

    Raises:
        OutcomeUnknown: it is no such address, or one that must not be followed: plain http leads
            no further than this computer. Money: send the same create again.
    """
    text = _plain_text(body)
    if text.startswith("{"):
        refusal = words.refusal_of(members.json_object(body))
        if refusal:
            return refusal
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        raise members.not_understood("the charge") from None
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    is_plain = text.isprintable() and " " not in text and len(text) <= MAX_ADDRESS
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    if not (is_plain and is_safe and host and pairs and pairs[0][0] == "q"):
        raise members.not_understood("the charge")
    if pairs[0][1] == _NO_PAYMENT:
        told = " ".join(members.shown(value) for name, value in pairs[1:] if name != "q")
        return _refused(told.strip())
    transaction_id = members.identifier(pairs[0][1])
    if transaction_id is None:
        raise members.not_understood("the charge")
    return Accepted(transaction_id, text)


def _plain_text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig").strip().strip('"').replace("\\/", "/")
    except UnicodeDecodeError:
        raise members.not_understood("the charge") from None


def _refused(text: str) -> Refused:
    like_an_error = words.refusal_of({"result": "fail", "error": text})
    return like_an_error or Refused(RefusalKind.OTHER, text)


def read_inquiry(body: bytes) -> Inquiry | Refused:
    """Read the answer to an inquire. Whether it agrees with the charge is not looked at here.

    Raises:
        OutcomeUnknown: it is not an answer that citcon.md lists. Money: ask again.
    """
    answer = members.json_value(body)
    if answer in ({}, []):  # an unpaid one, SEEN
        return Inquiry(PaymentState.OPEN)
    if not isinstance(answer, dict):
        raise members.not_understood("the question")
    refusal = words.refusal_of(answer)
    if refusal:
        return refusal
    state = _state(answer)
    if state is None or not {"type", "reference"} & answer.keys():
        raise members.not_understood("the question")
    return Inquiry(
        state=state,
        is_charge=words.kind_of(answer.get("type")) is ListedKind.CHARGE,
        reference=members.reference(answer.get("reference")),
        amount=members.money(answer.get("amount"), answer.get("currency")),
        transaction_id=members.identifier(answer.get("id")),
        time_text=members.shown(answer.get("time"))[:40],
    )


def read_transactions(body: bytes) -> tuple[ListedPayment, ...]:
    """Read the list of transactions, in the order it has. Nothing is left out.

    Raises:
        OutcomeUnknown: it is not such a list, a refusal included. It says nothing.
    """
    answer = members.json_object(body)
    refusal = words.refusal_of(answer)
    if refusal:
        raise OutcomeUnknown(f"Citcon doesn't give its list: {refusal.text or 'it says no'}.")
    entries = answer.get("transactions")
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise members.not_understood("the question for its list")
    return tuple(_listed(entry) for entry in entries)


def _listed(entry: Mapping[str, Any]) -> ListedPayment:
    listed = words.listed(entry, _state(entry))
    if listed.kind is ListedKind.CHARGE:  # here the payment's id is its only one
        return replace(listed, transaction_id=listed.gateway_id)
    return listed


def read_check(body: bytes) -> Refused | None:
    """Read the answer to an inquire with a made-up id: a refusal of the token, or None.

    Raises:
        OutcomeUnknown: it is not JSON, so it is not Citcon that answers.
    """
    answer = members.json_value(body)
    refusal = words.refusal_of(answer) if isinstance(answer, dict) else None
    return refusal if refusal and refusal.kind is RefusalKind.NOT_SET_UP else None


def _state(answer: Mapping[str, Any]) -> PaymentState | None:
    """Return what `status` says; None when it is a word that is not known."""
    said = answer.get("status")
    word = members.word(said)
    is_known = word in _STATES and (word is not None or said is None)
    return _STATES[word] if is_known else None
