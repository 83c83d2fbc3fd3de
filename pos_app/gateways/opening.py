"""Makes the payment services that the settings describe, with the tokens that are kept."""

from __future__ import annotations

import logging
from dataclasses import replace

from pos_app.config.accounts import Account, EarlierAccounts
from pos_app.config.jpay import JPaySettings
from pos_app.config.secrets import Secret, SecretStore
from pos_app.config.settings import (
    ChopSettings,
    InStoreSettings,
    OnlineSettings,
    ServiceSettings,
    Settings,
)
from pos_app.domain.errors import ConfigError, GatewayNotSetUp, NotSent, OutcomeUnknown
from pos_app.domain.gateways import GATEWAYS, Missing
from pos_app.gateways.base import Gateway
from pos_app.gateways.directory import GatewayFactory
from pos_app.gateways.tls import Tls

_log = logging.getLogger(__name__)


def store_gateways(settings: Settings, secrets: SecretStore) -> list[GatewayFactory]:
    """Return the factories of the gateways that the settings describe. Imports them lazily."""
    settings = _with_receiver(settings)
    tls = Tls()
    return [_factory(gateway_id, settings, secrets, tls) for gateway_id in GATEWAYS]


def account_of(section: ServiceSettings, token: Secret) -> Account:
    """Return what the service of `section` knows the shop by, with this token."""
    merchant = section.member_id if isinstance(section, JPaySettings) else ""
    return Account(token, section.base_url, merchant)


def open_gateway(section: ServiceSettings, token: Secret, tls: Tls | None = None) -> Gateway:
    """Make a payment service with this token, whatever is kept. Sends nothing.

    Args:
        section: its settings; which ones they are says which service.
        token: its token or key.
        tls: shared with other gateways; None for one of its own.

    Raises:
        GatewayNotSetUp: the token cannot be one, or a setting is missing.
    """
    tls = tls or Tls()
    match section:
        case ChopSettings():
            from pos_app.gateways.citcon_chop.gateway import CitconChop

            return CitconChop(section, token, tls)
        case OnlineSettings():
            from pos_app.gateways.citcon_online.gateway import CitconOnline

            return CitconOnline(section, token, tls)
        case InStoreSettings():
            from pos_app.gateways.citcon_instore.gateway import CitconInStore

            return CitconInStore(section, token, tls)
        case JPaySettings():
            from pos_app.gateways.jpay.gateway import JPay

            return JPay(section, token, tls)


def activate(section: InStoreSettings, store_code: str, tls: Tls | None = None) -> Secret:
    """Make this register a terminal; returns its token, which the caller keeps. Blocks.

    Raises:
        NotSent, OutcomeUnknown, GatewayNotSetUp: as `citcon_instore.gateway.activate`.
    """
    from pos_app.gateways.citcon_instore import gateway

    return gateway.activate(section, store_code, tls or Tls())


def _factory(
    gateway_id: str, settings: Settings, secrets: SecretStore, tls: Tls
) -> GatewayFactory:
    section, traits = settings.service(gateway_id), GATEWAYS[gateway_id]
    earlier = EarlierAccounts(section.token, secrets)

    def make() -> Gateway:
        token = secrets.find(section.token)
        if token is None:
            token = _activated(section, secrets, traits.name, tls)
        gateway = open_gateway(section, token, tls)
        gateway.warm_up()
        try:
            earlier.keep(account_of(section, token))
        except ConfigError as trouble:  # it is still kept as the token in use
            _log.warning("the account is not kept under its own name: %s", trouble)
        return gateway

    def make_earlier(credentials: str) -> Gateway:
        account = earlier.find(credentials)
        if account is None:
            raise GatewayNotSetUp(f"No token {credentials} of {traits.name} is kept.")
        return open_gateway(_as_it_was(section, account), account.token, tls)

    methods = frozenset(one for one in traits.methods if settings.gateway(one) == gateway_id)
    return GatewayFactory(gateway_id, traits.name, methods, make, make_earlier)


def _with_receiver(settings: Settings) -> Settings:
    """Have the services told of the store's receiver where nothing else is set for one.

    J-Pay must be told where its customers go next; at Citcon they stay on its own page, which
    tells them more than ours may.
    """
    chop, online, jpay = settings.citcon_chop, settings.citcon_online, settings.jpay
    told = settings.notify.address_for
    back = jpay.callback_url or settings.notify.way_back_for("jpay")
    return replace(
        settings,
        citcon_chop=replace(chop, ipn_url=chop.ipn_url or told("citcon_chop")),
        citcon_online=replace(online, ipn_url=online.ipn_url or told("citcon_online")),
        jpay=replace(jpay, notify_url=jpay.notify_url or told("jpay"), callback_url=back),
    )


def _as_it_was(section: ServiceSettings, account: Account) -> ServiceSettings:
    if isinstance(section, JPaySettings):
        return replace(section, base_url=account.base_url, member_id=account.merchant)
    return replace(section, base_url=account.base_url)


def _activated(section: ServiceSettings, secrets: SecretStore, name: str, tls: Tls) -> Secret:
    """Return the token that this register gets for its store code, once; it is kept.

    Raises:
        GatewayNotSetUp: there is no code, or no token came for it.
    """
    if not isinstance(section, InStoreSettings):
        raise GatewayNotSetUp(
            f"This register isn't signed in to {name}: there is no token.", Missing.TOKEN
        )
    if not section.store_code:
        raise GatewayNotSetUp(
            f"This register isn't activated at {name}: there is no token.", Missing.ACTIVATION
        )
    try:
        token = activate(section, section.store_code, tls)
    except (NotSent, OutcomeUnknown) as trouble:
        sentence = f"This register couldn't be activated: {trouble}"
        raise GatewayNotSetUp(sentence, Missing.ACTIVATION) from trouble
    secrets.keep(section.token, token)
    return token
