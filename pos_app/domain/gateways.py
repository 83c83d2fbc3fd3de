"""The payment services and what is true of each, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pos_app.domain.currencies import minor_digits
from pos_app.domain.methods import PaymentMethod

_P = PaymentMethod


class Missing(StrEnum):
    """What a payment service lacks at this register before anything can be charged with it."""

    TOKEN = "token"  # noqa: S105 - what is missing, not what it is
    """No token or key is kept here."""
    ACTIVATION = "activation"
    """It has to be activated: its token comes from the service itself."""
    SECRETS = "secrets"
    """Whether there is a token can't be read: the file of secrets is broken or not ours."""
    DETAILS = "details"
    """Settings beside the token: J-Pay's merchant ID, the shop's website."""
    USABLE_TOKEN = "usable_token"  # noqa: S105 - as above
    """What is kept as its token has characters that no token has."""
    ELSE = "else"
    """Something that only the sentence of the error tells."""


@dataclass(frozen=True, slots=True)
class GatewayTraits:
    """What the till knows of a payment service.

    Attributes:
        name: its own name for people.
        title: what tells it from others of that name, for whoever sets the till up.
        methods: the payment methods that it can carry, by its documents.
        cancellable: those of them whose charges can be cancelled.
        names_codes: a code that it shows is made under our reference; where not, only its own id
            of the payment names it.
        takes_tips: whether a tip can be told to it, beside the amount.
        takes_codes: whether customers' own codes can be sent to it.
        repeats_create: the same create sent again gets the same payment. Where it does not, a
            payment is named by our reference alone, and one whose create has no answer is asked
            about: it is never sent again.
        needs_customer: who buys must be told (`customers.Customer`).
        has_open_balance: refunds are paid out of the day's payments, by its documents.
        bank_answers: the customer's bank answers on its page, not a wallet.
        customer_types: the customer types on its page, so that it can be shown on a screen of the
            store's.
        takes_keyed_cards: a card that is keyed at the till can be sent to it.
        notice_answer: what it wants to hear once its notice has been taken.
        test_address, live_address: where it is, by its documents.
        decimals: of the currencies that it takes; None for any.
        support: where it answers questions of a store, as its documents say; empty for nowhere.
    """

    name: str
    title: str
    methods: frozenset[PaymentMethod]
    cancellable: frozenset[PaymentMethod] = frozenset()
    takes_codes: bool = False
    names_codes: bool = True
    takes_tips: bool = False
    repeats_create: bool = True
    needs_customer: bool = False
    bank_answers: bool = False
    customer_types: bool = False
    takes_keyed_cards: bool = False
    notice_answer: str = "ok"
    has_open_balance: bool = False
    test_address: str = ""
    live_address: str = ""
    decimals: int | None = None
    support: str = ""


_CITCON_SUPPORT = "support@citcon-inc.com"
_CITCON_TEST, _CITCON_LIVE = "https://uat.citconpay.com/", "https://citconpay.com/"
GATEWAYS: Mapping[str, GatewayTraits] = MappingProxyType({
    # Alipay HK has been seen to be cancelled, but nobody promises it (citcon.md, cancel).
    "citcon_chop": GatewayTraits(
        "Citcon",
        "Citcon hosted page",
        frozenset(_P),
        cancellable=frozenset({_P.ALIPAY, _P.WECHATPAY}),
        has_open_balance=True,
        support=_CITCON_SUPPORT,
        test_address=_CITCON_TEST,
        live_address=_CITCON_LIVE,
    ),
    "citcon_online": GatewayTraits(
        "Citcon",
        "Citcon Online",
        frozenset({_P.ALIPAY, _P.WECHATPAY, _P.ALIPAY_HK, _P.KAKAOPAY, _P.UPOP}),
        has_open_balance=True,
        support=_CITCON_SUPPORT,
        test_address=_CITCON_TEST,
        live_address=_CITCON_LIVE,
    ),
    "citcon_instore": GatewayTraits(
        "Citcon",
        "Citcon In-Store",
        frozenset({_P.ALIPAY, _P.WECHATPAY, _P.UPOP}),
        cancellable=frozenset({_P.ALIPAY, _P.WECHATPAY}),
        takes_codes=True,
        names_codes=False,
        takes_tips=True,
        support=_CITCON_SUPPORT,
        test_address=_CITCON_TEST,
        live_address=_CITCON_LIVE,
    ),
    "jpay": GatewayTraits(
        "J-Pay",
        "J-Pay",
        frozenset({_P.CC}),
        repeats_create=False,
        needs_customer=True,
        bank_answers=True,
        customer_types=True,
        takes_keyed_cards=True,
        notice_answer="success",
        test_address="https://sandbox.j-pay.net/",
        live_address="https://api.j-pay.net/",
        decimals=2,
    ),
})  # fmt: skip
"""By the id that is written into every charge; the first one carries what nobody else is to."""
USUAL = "citcon_chop"


def gateway_name(gateway_id: str) -> str:
    """Return a service's own name for people; empty for an unknown one."""
    traits = GATEWAYS.get(gateway_id)
    return traits.name if traits else ""


def gateway_support(gateway_id: str) -> str:
    """Return where a service answers a store's questions; empty where that isn't known."""
    traits = GATEWAYS.get(gateway_id)
    return traits.support if traits else ""


def has_open_balance(gateway_id: str) -> bool:
    """Tell whether this service is known to pay refunds out of the day's payments."""
    traits = GATEWAYS.get(gateway_id)
    return traits is not None and traits.has_open_balance


def takes_currency(gateway_id: str, currency: str) -> bool:
    """Tell whether this service can write amounts of a currency."""
    traits = GATEWAYS.get(gateway_id)
    return traits is None or traits.decimals in {None, minor_digits(currency)}


def needs_customer(gateway_id: str) -> bool:
    """Tell whether this service must be told who buys."""
    traits = GATEWAYS.get(gateway_id)
    return traits is not None and traits.needs_customer


def bank_answers(gateway_id: str) -> bool:
    """Tell whether it is the customer's bank that answers at this service."""
    traits = GATEWAYS.get(gateway_id)
    return traits is not None and traits.bank_answers


def takes_keyed_cards(gateway_id: str) -> bool:
    """Tell whether a card that is keyed at the till can be sent to this service."""
    traits = GATEWAYS.get(gateway_id)
    return traits is not None and traits.takes_keyed_cards


def names_codes(gateway_id: str) -> bool:
    """Tell whether this service knows the codes that it shows by our references."""
    traits = GATEWAYS.get(gateway_id)
    return traits is None or traits.names_codes


def customer_types(gateway_id: str) -> bool:
    """Tell whether the customer types on this service's page."""
    traits = GATEWAYS.get(gateway_id)
    return traits is not None and traits.customer_types


def takes_tips(gateway_id: str) -> bool:
    """Tell whether a tip can be told to this service."""
    traits = GATEWAYS.get(gateway_id)
    return traits is not None and traits.takes_tips


def tips_with_codes() -> bool:
    """Tell whether a tip can be told together with a customer's code."""
    return any(traits.takes_codes and traits.takes_tips for traits in GATEWAYS.values())


def can_cancel(gateway_id: str, method: PaymentMethod) -> bool:
    """Tell whether a charge of `method` can be cancelled at this service; not at unknown ones."""
    traits = GATEWAYS.get(gateway_id)
    return traits is not None and method in traits.cancellable


def repeats_create(gateway_id: str) -> bool:
    """Tell whether the same create may be sent again to this service, as to unknown ones."""
    traits = GATEWAYS.get(gateway_id)
    return traits is None or traits.repeats_create
