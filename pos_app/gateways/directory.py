"""Which gateway takes a charge, and which one made an earlier charge."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from pos_app.config.secrets import SecretStore
from pos_app.config.settings import Settings
from pos_app.domain.charges import Charge
from pos_app.domain.errors import ConfigError, GatewayNotSetUp
from pos_app.domain.gateways import GATEWAYS
from pos_app.domain.methods import PaymentMethod
from pos_app.gateways.base import Gateway, TakesCustomerCodes
from pos_app.gateways.tls import Tls


@dataclass(frozen=True, slots=True)
class GatewayFactory:
    """How one gateway is made, before it is.

    Attributes:
        id: the id of the gateway it makes.
        name: its name for people.
        methods: the payment methods it takes.
        make: makes it ready to send; may block, raises GatewayNotSetUp without credentials.
    """

    id: str
    name: str
    methods: frozenset[PaymentMethod]
    make: Callable[[], Gateway]


class GatewayDirectory:
    """All gateways of the program, each made when it is first needed and kept. Thread-safe.

    Making one may take some 100 ms, and seconds where the keyring hangs: not on the GUI thread.
    """

    def __init__(self, factories: Sequence[GatewayFactory]) -> None:
        """Keep the factories; the first one that takes a method makes its new charges."""
        self._factories = {factory.id: factory for factory in factories}
        self._made: dict[str, Gateway] = {}
        self._earlier: list[Gateway] = []
        self._lock = threading.Lock()

    def use(self, factories: Sequence[GatewayFactory], anew: Collection[str] = ()) -> None:
        """Go on with other `factories`; gateways that are made stay, except those of `anew`.

        What is under way with one of those ends with it: it is closed with the directory.
        """
        with self._lock:
            self._factories = {factory.id: factory for factory in factories}
            self._earlier += [self._made.pop(one) for one in anew if one in self._made]

    def ready(self) -> tuple[Gateway, ...]:
        """Return every gateway that has its credentials, made where it isn't yet. Sends nothing.

        Called early, it is a warm-up: what is not set up is told to whoever charges with it.
        """
        found = []
        for factory in self._factories.values():
            try:
                found.append(self._gateway(factory))
            except GatewayNotSetUp:
                continue
        return tuple(found)

    def takes(self, method: PaymentMethod) -> bool:
        """Tell whether any gateway takes `method`, set up or not."""
        return any(method in factory.methods for factory in self._factories.values())

    def name(self, gateway_id: str) -> str:
        """Return a gateway's name for people; its id when this version does not know it."""
        factory = self._factories.get(gateway_id)
        return factory.name if factory else gateway_id

    def id_for(self, method: PaymentMethod) -> str:
        """Return the id of the gateway that takes `method`, set up or not; empty for none."""
        taking = (one.id for one in self._factories.values() if method in one.methods)
        return next(taking, "")

    def for_new(self, method: PaymentMethod) -> Gateway:
        """Return the gateway for new charges by `method`.

        Raises:
            GatewayNotSetUp: none takes it, or the one that does has no token.
        """
        for factory in self._factories.values():
            if method in factory.methods:
                return self._gateway(factory)
        raise GatewayNotSetUp(f"No payment service of this register takes {method.value}.")

    def for_codes(self) -> TakesCustomerCodes:
        """Return the gateway that takes customers' codes, whatever else it carries.

        Raises:
            GatewayNotSetUp: there is none, or it has no token.
        """
        for factory in self._factories.values():
            if factory.id in GATEWAYS and GATEWAYS[factory.id].takes_codes:
                return taking_codes(self._gateway(factory))
        raise GatewayNotSetUp("No payment service of this register takes customers' codes.")

    def for_charge(self, charge: Charge) -> Gateway:
        """Return the gateway that `charge` was made with: the same one, the same credentials.

        Raises:
            GatewayNotSetUp: it is not there any more. Money: nobody was asked.
        """
        factory = self._factories.get(charge.gateway)
        if factory is None:
            raise GatewayNotSetUp(f"This register has no payment service {charge.gateway}.")
        gateway = self._gateway(factory)
        if gateway.credentials != charge.credentials:
            raise GatewayNotSetUp(
                f"The payment {charge.reference} was made with another token of {factory.name}."
            )
        return gateway

    def named(self, gateway_id: str) -> Gateway:
        """Return the payment service with this id.

        Raises:
            GatewayNotSetUp: this version does not know it, or it has no token.
        """
        factory = self._factories.get(gateway_id)
        if factory is None:
            raise GatewayNotSetUp(f"This program has no payment service {gateway_id}.")
        return self._gateway(factory)

    def close(self) -> None:
        """Close every gateway that was made; whoever asks for one later gets a new one."""
        with self._lock:
            made, self._made = [*self._made.values(), *self._earlier], {}
            self._earlier = []
        for gateway in made:
            gateway.close()

    def _gateway(self, factory: GatewayFactory) -> Gateway:
        with self._lock:
            if factory.id not in self._made:
                try:
                    self._made[factory.id] = factory.make()
                except ConfigError as trouble:  # the file of secrets cannot be read
                    raise GatewayNotSetUp(str(trouble)) from trouble
            return self._made[factory.id]


def taking_codes(gateway: Gateway) -> TakesCustomerCodes:
    """Return `gateway` as one that takes customers' codes.

    Raises:
        GatewayNotSetUp: it is none.
    """
    if not isinstance(gateway, TakesCustomerCodes):
        raise GatewayNotSetUp(f"{gateway.name} takes no customers' codes here.")
    return gateway


def store_gateways(settings: Settings, secrets: SecretStore) -> list[GatewayFactory]:
    """Return the factories of the gateways that the settings describe. Imports them lazily."""
    settings = _with_receiver(settings)
    tls = Tls()

    def citcon_chop() -> Gateway:
        from pos_app.gateways.citcon_chop.gateway import open_citcon_chop

        return open_citcon_chop(settings.citcon_chop, secrets, tls)

    def citcon_online() -> Gateway:
        from pos_app.gateways.citcon_online.gateway import open_citcon_online

        return open_citcon_online(settings.citcon_online, secrets, tls)

    def jpay() -> Gateway:
        from pos_app.gateways.jpay.gateway import open_jpay

        return open_jpay(settings.jpay, secrets, tls)

    def citcon_instore() -> Gateway:
        from pos_app.gateways.citcon_instore.gateway import open_citcon_instore

        return open_citcon_instore(settings.citcon_instore, secrets, tls)

    makers = {
        "citcon_chop": citcon_chop,
        "citcon_online": citcon_online,
        "citcon_instore": citcon_instore,
        "jpay": jpay,
    }
    return [
        GatewayFactory(
            name,
            GATEWAYS[name].name,
            frozenset(one for one in GATEWAYS[name].methods if settings.gateway(one) == name),
            make,
        )
        for name, make in makers.items()
    ]


def _with_receiver(settings: Settings) -> Settings:
    """Have the services told of the store's receiver where nothing else is set for one."""
    chop, online, jpay = settings.citcon_chop, settings.citcon_online, settings.jpay
    told = settings.notify.address_for
    return replace(
        settings,
        citcon_chop=replace(chop, ipn_url=chop.ipn_url or told("citcon_chop")),
        citcon_online=replace(online, ipn_url=online.ipn_url or told("citcon_online")),
        jpay=replace(jpay, notify_url=jpay.notify_url or told("jpay")),
    )
