"""The payment methods as a manager is changing them: one small value and its steps. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from pos_app.config.settings import MethodSettings, Settings
from pos_app.domain.gateways import GATEWAYS, USUAL, can_cancel
from pos_app.domain.methods import METHODS, MethodTraits, PaymentMethod
from pos_app.services.catalogue import F_KEYS

V = TypeVar("V")
_CURRENCIES = (
    "USD", "EUR", "GBP", "CNY", "HKD", "TWD", "JPY", "KRW", "SGD", "IDR", "PHP", "CAD", "AUD",
)  # fmt: skip
"""Offered beside the store's, the wallet's and the one that is set."""
_LIVES_S = (120, 300, 600, 900, 1800)


@dataclass(frozen=True, slots=True)
class MethodLine:
    """One method as the table shows it.

    Attributes:
        currency: ISO 4217 code of what it charges; one of `currencies`.
        gateway: id of the service that carries it; one of `gateways` unless none can.
        can_cancel: whether an unpaid charge by it can be cancelled.
        life_s: how long its codes are expected to be payable; one of `lives_s`.
        is_last: no other is offered, so it stays on.
        is_default: new sales begin with it.
        can_rise, can_sink: whether an offered method is before or after it.
    """

    method: PaymentMethod
    traits: MethodTraits
    f_key: int
    currency: str
    currencies: tuple[str, ...]
    gateway: str
    gateways: tuple[str, ...]
    can_cancel: bool
    life_s: int
    lives_s: tuple[int, ...]
    is_on: bool
    is_last: bool
    is_default: bool
    can_rise: bool
    can_sink: bool


@dataclass(frozen=True, slots=True)
class MethodsDraft:
    """What is in force, and what it is to be.

    Attributes:
        settings: all settings in force.
        now: the methods as they are being changed.
    """

    settings: Settings
    now: MethodSettings

    @classmethod
    def of(cls, settings: Settings) -> MethodsDraft:
        """Begin with what is in force."""
        return cls(settings, settings.methods)

    @property
    def before(self) -> MethodSettings:
        """The methods in force."""
        return self.settings.methods

    @property
    def changes(self) -> int:
        """How many things are not as they were; a new order is one."""
        before, now = self.before, self.now
        both = set(before.enabled) & set(now.enabled)
        orders = [[one for one in place.enabled if one in both] for place in (before, now)]
        wanted = replace(self.settings, methods=now)
        return sum((
            len(set(before.enabled) ^ set(now.enabled)),
            orders[0] != orders[1],
            before.one_tap != now.one_tap,
            before.default != now.default,
            *(self.settings.currency(one) != wanted.currency(one) for one in METHODS),
            *(self.settings.gateway(one) != wanted.gateway(one) for one in METHODS),
            *(self.settings.code_life(one) != wanted.code_life(one) for one in METHODS),
        ))  # fmt: skip

    @property
    def lines(self) -> tuple[MethodLine, ...]:
        """All methods, the offered ones in their order, each other after its neighbour."""
        order = list(self.now.enabled)
        for place, method in enumerate(METHODS):
            if method not in order:
                earlier = [one for one in list(METHODS)[:place] if one in order]
                order.insert(order.index(earlier[-1]) + 1 if earlier else 0, method)
        return tuple(map(self._line, order))

    def _line(self, method: PaymentMethod) -> MethodLine:
        wanted = replace(self.settings, methods=self.now)
        currency, gateway = wanted.currency(method), wanted.gateway(method)
        life_s = int(wanted.code_life(method).total_seconds())
        enabled = self.now.enabled
        usual = METHODS[method].currency(self.settings.store.currency)
        return MethodLine(
            method,
            METHODS[method],
            F_KEYS[method],
            currency,
            tuple(dict.fromkeys((usual, self.settings.store.currency, *_CURRENCIES, currency))),
            gateway,
            tuple(one for one, traits in GATEWAYS.items() if method in traits.methods),
            can_cancel(gateway, method),
            life_s,
            tuple(sorted({life_s, *_LIVES_S})),
            is_on=method in enabled,
            is_last=enabled == (method,),
            is_default=self.now.preferred is method,
            can_rise=method in enabled[1:],
            can_sink=method in enabled[:-1],
        )

    def with_switched(self, method: PaymentMethod, *, is_on: bool) -> MethodsDraft:
        """Offer `method`, where it stands in the table, or don't; the last one stays."""
        order = [one.method for one in self.lines]
        chosen = {*self.now.enabled, method} if is_on else {*self.now.enabled} - {method}
        if not chosen:
            return self
        return self._with(enabled=tuple(one for one in order if one in chosen))

    def with_moved(self, method: PaymentMethod, step: int) -> MethodsDraft:
        """Let an offered method change places with the offered one before (-1) or after (1)."""
        order = list(self.now.enabled)
        place = order.index(method) if method in order else -1
        if place < 0 or not 0 <= place + step < len(order):
            return self
        order[place], order[place + step] = order[place + step], order[place]
        return self._with(enabled=tuple(order))

    def with_currency(self, method: PaymentMethod, currency: str) -> MethodsDraft:
        """Charge `method` in `currency`."""
        usual = METHODS[method].currency(self.settings.store.currency)
        return self._with(currencies=_put(self.now.currencies, method, currency, usual))

    def with_gateway(self, method: PaymentMethod, gateway: str) -> MethodsDraft:
        """Have `method` carried by another service."""
        return self._with(gateways=_put(self.now.gateways, method, gateway, USUAL))

    def with_life(self, method: PaymentMethod, life_s: int) -> MethodsDraft:
        """Expect codes of `method` to be payable for so many seconds."""
        lives = _put(self.now.code_lives, method, life_s, self.now.code_life_s)
        return self._with(code_lives=lives)

    def with_default(self, method: PaymentMethod) -> MethodsDraft:
        """Begin sales with `method`."""
        return self._with(default=method)

    def with_one_tap(self, *, is_on: bool) -> MethodsDraft:
        """Charge as soon as a method is tapped, or don't."""
        return self._with(one_tap=is_on)

    def _with(self, **changes: object) -> MethodsDraft:
        return replace(self, now=replace(self.now, **changes))  # type: ignore[arg-type]


Edit: TypeAlias = Callable[[MethodsDraft], MethodsDraft]
"""One step of a manager's: what a widget asks for."""


def _put(
    table: Mapping[PaymentMethod, V], method: PaymentMethod, value: V, usual: V
) -> Mapping[PaymentMethod, V]:
    """Return `table` with another entry; what goes without saying is not said."""
    rest = {key: item for key, item in table.items() if key is not method}
    return MappingProxyType(rest if value == usual else {**rest, method: value})
