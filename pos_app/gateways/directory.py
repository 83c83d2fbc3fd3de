"""Which gateway takes a charge, and which one made an earlier charge."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from pos_app.domain.charges import Charge
from pos_app.domain.errors import ConfigError, GatewayNotSetUp
from pos_app.domain.gateways import GATEWAYS, Missing
from pos_app.domain.methods import PaymentMethod
from pos_app.gateways.base import Gateway, TakesCustomerCodes


def _no_earlier(credentials: str) -> Gateway:
    raise GatewayNotSetUp(f"No earlier token {credentials} is kept.", Missing.TOKEN)


@dataclass(frozen=True, slots=True)
class GatewayFactory:
    """How one gateway is made, before it is.

    Attributes:
        id: the id of the gateway it makes.
        name: its name for people.
        methods: the payment methods it takes.
        make: makes it ready to send; may block, raises GatewayNotSetUp without credentials.
        make_earlier: makes it with the credentials of this name, for the charges that were made
            with them; may block, raises GatewayNotSetUp where they are not kept.
    """

    id: str
    name: str
    methods: frozenset[PaymentMethod]
    make: Callable[[], Gateway]
    make_earlier: Callable[[str], Gateway] = _no_earlier


class GatewayDirectory:
    """All gateways of the program, each made when it is first needed and kept. Thread-safe.

    Making one may take some 100 ms, and seconds where the keyring hangs: not on the GUI thread.
    A service may have several: the one for new charges, and those of earlier credentials for as
    long as charges need them.
    """

    def __init__(self, factories: Sequence[GatewayFactory]) -> None:
        """Keep the factories; the first one that takes a method makes its new charges."""
        self._factories = {factory.id: factory for factory in factories}
        self._made: dict[str, Gateway] = {}
        self._earlier: dict[tuple[str, str], Gateway] = {}
        self._parted: list[Gateway] = []
        self._withdrawn: set[tuple[str, str]] = set()
        self._missing: dict[str, Missing] = {}
        self._lock = threading.Lock()

    def use(self, factories: Sequence[GatewayFactory], anew: Collection[str] = ()) -> None:
        """Go on with other `factories`; gateways that are made stay, except those of `anew`."""
        with self._lock:
            self._factories = {factory.id: factory for factory in factories}
        for gateway_id in anew:
            self.renew(gateway_id)

    def renew(self, gateway_id: str) -> None:
        """Make the gateway for new charges anew when it is next needed.

        Charges that were made with the present one go on with it, also what is under way.
        """
        with self._lock:
            self._missing.pop(gateway_id, None)
            gateway = self._made.pop(gateway_id, None)
            if gateway is not None:
                self._part(self._earlier.pop((gateway_id, gateway.credentials), None))
                self._earlier[gateway_id, gateway.credentials] = gateway

    def withdraw(self, gateway_id: str, credentials: str) -> None:
        """Use these credentials for nothing any more, whatever is still kept of them.

        Call it in a transaction that has seen that no charge needs them: an intent that is
        written down afterwards is refused when it is to be sent, before anything has left.
        """
        with self._lock:
            self._withdrawn.add((gateway_id, credentials))
            self._part(self._earlier.pop((gateway_id, credentials), None))
            gateway = self._made.get(gateway_id)
            if gateway is not None and gateway.credentials == credentials:
                self._part(self._made.pop(gateway_id))
                self._missing[gateway_id] = Missing.TOKEN

    def reinstate(self, gateway_id: str, credentials: str) -> None:
        """Allow again what `withdraw` has ended."""
        with self._lock:
            self._withdrawn.discard((gateway_id, credentials))
            self._missing.pop(gateway_id, None)

    def ready(self) -> tuple[Gateway, ...]:
        """Return every gateway that has its credentials, made where it isn't yet.

        Called early, it is a warm-up: `missing` knows then what is not set up.
        """
        found = []
        for gateway_id in tuple(self._factories):
            try:
                found.append(self._gateway(gateway_id))
            except GatewayNotSetUp:
                continue
        return tuple(found)

    def missing(self, gateway_id: str) -> Missing | None:
        """Return what the service lacks, as far as it has been tried; waits for nothing.

        None where it works, and as long as nobody has tried.
        """
        return self._missing.get(gateway_id)

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
        gateway_id = self.id_for(method)
        if not gateway_id:
            raise GatewayNotSetUp(f"No payment service of this register takes {method.value}.")
        return self._gateway(gateway_id)

    def for_codes(self) -> TakesCustomerCodes:
        """Return the gateway that takes customers' codes, whatever else it carries.

        Raises:
            GatewayNotSetUp: there is none, or it has no token.
        """
        for gateway_id in self._factories:
            if gateway_id in GATEWAYS and GATEWAYS[gateway_id].takes_codes:
                return taking_codes(self._gateway(gateway_id))
        raise GatewayNotSetUp("No payment service of this register takes customers' codes.")

    def for_charge(self, charge: Charge) -> Gateway:
        """Return the gateway that `charge` was made with: the same one, the same credentials.

        Raises:
            GatewayNotSetUp: it is not there any more. Money: nobody was asked.
        """
        try:
            gateway = self._gateway(charge.gateway)
        except GatewayNotSetUp:
            if not charge.credentials:  # there was no token when it was made, either
                raise
        else:
            if gateway.credentials == charge.credentials:
                return gateway
        return self.earlier(charge.gateway, charge.credentials)

    def earlier(self, gateway_id: str, credentials: str) -> Gateway:
        """Return a service with credentials that are not those for new charges any more.

        Raises:
            GatewayNotSetUp: they are not kept here. Money: nobody was asked.
        """
        factory = self._factories.get(gateway_id)
        if factory is None:
            raise GatewayNotSetUp(f"This register has no payment service {gateway_id}.")
        key = (gateway_id, credentials)
        gone = f"This was made with another token of {factory.name}, which isn't kept here."
        with self._lock:
            if key in self._withdrawn:
                raise GatewayNotSetUp(gone, Missing.TOKEN)
            if key not in self._earlier:
                try:
                    self._earlier[key] = factory.make_earlier(credentials)
                except (ConfigError, GatewayNotSetUp) as trouble:
                    raise GatewayNotSetUp(gone, Missing.TOKEN) from trouble
            return self._earlier[key]

    def named(self, gateway_id: str) -> Gateway:
        """Return the payment service with this id, with the credentials for new charges.

        Raises:
            GatewayNotSetUp: this version does not know it, or it has no token.
        """
        return self._gateway(gateway_id)

    def close(self) -> None:
        """Close every gateway that was made; whoever asks for one later gets a new one."""
        with self._lock:
            made = [*self._made.values(), *self._earlier.values(), *self._parted]
            self._made, self._earlier, self._parted = {}, {}, []
        for gateway in made:
            gateway.close()

    def _gateway(self, gateway_id: str) -> Gateway:
        with self._lock:
            if gateway_id not in self._made:
                try:
                    self._made[gateway_id] = self._new(gateway_id)
                except GatewayNotSetUp as trouble:
                    self._missing[gateway_id] = trouble.why
                    raise
                self._missing.pop(gateway_id, None)
            return self._made[gateway_id]

    def _new(self, gateway_id: str) -> Gateway:
        factory = self._factories.get(gateway_id)
        if factory is None:
            raise GatewayNotSetUp(f"This register has no payment service {gateway_id}.")
        try:
            gateway = factory.make()
        except ConfigError as trouble:  # the file of secrets cannot be read
            raise GatewayNotSetUp(str(trouble), Missing.SECRETS) from trouble
        if (gateway_id, gateway.credentials) in self._withdrawn:
            gateway.close()
            raise GatewayNotSetUp(f"The token of {factory.name} was removed.", Missing.TOKEN)
        return gateway

    def _part(self, gateway: Gateway | None) -> None:
        """Keep a gateway that nobody gets any more until the end: it may still be under way."""
        if gateway is not None:
            self._parted.append(gateway)


def taking_codes(gateway: Gateway) -> TakesCustomerCodes:
    """Return `gateway` as one that takes customers' codes.

    Raises:
        GatewayNotSetUp: it is none.
    """
    if not isinstance(gateway, TakesCustomerCodes):
        raise GatewayNotSetUp(f"{gateway.name} takes no customers' codes here.")
    return gateway
