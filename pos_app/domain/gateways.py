"""The payment services and what is true of each, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pos_app.domain.methods import PaymentMethod

_P = PaymentMethod


@dataclass(frozen=True, slots=True)
class GatewayTraits:
    """What the till knows of a payment service.

    Attributes:
        name: its own name for people.
        methods: the payment methods that it can carry, by its documents.
        cancellable: those of them whose charges can be cancelled.
        takes_codes: whether customers' own codes can be sent to it.
    """

    name: str
    methods: frozenset[PaymentMethod]
    cancellable: frozenset[PaymentMethod] = frozenset()
    takes_codes: bool = False


GATEWAYS: Mapping[str, GatewayTraits] = MappingProxyType({
    # Alipay HK has been seen to be cancelled, but nobody promises it (citcon.md, cancel).
    "citcon_chop": GatewayTraits(
        "Citcon", frozenset(_P), cancellable=frozenset({_P.ALIPAY, _P.WECHATPAY})
    ),
    "citcon_online": GatewayTraits(
        "Citcon",
        frozenset({_P.ALIPAY, _P.WECHATPAY, _P.ALIPAY_HK, _P.KAKAOPAY, _P.UPOP}),
    ),
    "citcon_instore": GatewayTraits(
        "Citcon",
        frozenset({_P.ALIPAY, _P.WECHATPAY, _P.UPOP}),
        cancellable=frozenset({_P.ALIPAY, _P.WECHATPAY}),
        takes_codes=True,
    ),
})  # fmt: skip
"""By the id that is written into every charge; the first one carries what nobody else is to."""
USUAL = "citcon_chop"


def can_cancel(gateway_id: str, method: PaymentMethod) -> bool:
    """Tell whether a charge of `method` can be cancelled at this service; not at unknown ones."""
    traits = GATEWAYS.get(gateway_id)
    return traits is not None and method in traits.cancellable
