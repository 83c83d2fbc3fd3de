"""How this register is signed in to each payment service, without any token in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pos_app.config.accounts import EarlierAccounts
from pos_app.config.declaring import variable_of
from pos_app.config.secrets import SecretPlace
from pos_app.config.settings import InStoreSettings
from pos_app.domain.credentials import CredentialsUse
from pos_app.domain.errors import ConfigError, GatewayNotSetUp
from pos_app.domain.gateways import GATEWAYS, Missing
from pos_app.gateways.opening import account_of

if TYPE_CHECKING:
    from pos_app.config.accounts import Account
    from pos_app.config.secrets import SecretStore
    from pos_app.config.settings import ServiceSettings
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.ledger import Ledger
    from pos_app.services.settings_book import SettingsBook
    from pos_app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class EarlierToken:
    """A token that is not used for new charges any more.

    Attributes:
        credentials: its name, as charges remember it; nothing of the token.
        address: where the service was; empty where that is not known here.
        is_kept: whether it is here; when not, the charges that need it cannot be asked about.
        use: the charges of all registers that were made with it.
    """

    credentials: str
    address: str
    is_kept: bool
    use: CredentialsUse


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """A payment service as this register is signed in to it; nothing of its token.

    Attributes:
        id, name: of the service; the name is for people.
        address: where it is.
        place: where the token is kept; None where there is none, or that can't be read.
        variable: the variable of the environment that decides the token; empty for none.
        credentials: the token's name, as charges remember it; empty without a token.
        set_at: when the token was set here, where that is known.
        missing: what keeps it from working here; None where nothing does.
        use: the charges of all registers that were made with the token.
        earlier: tokens that are still kept or still needed, newest first.
    """

    id: str
    name: str
    address: str
    place: SecretPlace | None
    variable: str
    credentials: str
    set_at: datetime | None
    missing: Missing | None
    use: CredentialsUse
    earlier: tuple[EarlierToken, ...]

    @property
    def is_working(self) -> bool:
        """Whether it can be charged with, as far as this register knows without asking it."""
        return self.missing is None


@dataclass(frozen=True, slots=True)
class _Known:
    """What the ledger tells of one service's tokens.

    Attributes:
        uses: those that charges need, newest charge first.
        set_at: when each was set by this program or another till's, by name.
    """

    uses: tuple[CredentialsUse, ...]
    set_at: Mapping[str, datetime]

    def use_of(self, name: str) -> CredentialsUse:
        return next((use for use in self.uses if use.name == name), CredentialsUse(name))


class Accounts:
    """Looks at what is kept and needed. Thread-safe; waits for keyring and disk."""

    def __init__(
        self, ledger: Ledger, book: SettingsBook, secrets: SecretStore, gateways: GatewayDirectory
    ) -> None:
        self._ledger = ledger
        self._book = book
        self._secrets = secrets
        self._gateways = gateways

    def all(self) -> tuple[ServiceAccount, ...]:
        """Return how each service stands, in the order of `domain.gateways.GATEWAYS`."""
        now = self._ledger.clock.now()
        with self._ledger.store.read() as work:
            known = {
                one: _Known(work.credentials.needed(one, now), _set_at(work, one))
                for one in GATEWAYS
            }
        return tuple(self._one(service_id, known[service_id]) for service_id in GATEWAYS)

    def current(self, section: ServiceSettings) -> Account | None:
        """Return the account for new charges.

        Raises:
            ConfigError: the secrets cannot be read.
        """
        token = self._secrets.find(section.token)
        return account_of(section, token) if token else None

    def _one(self, service_id: str, known: _Known) -> ServiceAccount:
        section = self._book.current.service(service_id)
        try:
            place, account = self._secrets.where(section.token), self.current(section)
            missing = self._lacks(service_id) if account else without_token(section)
            earlier = self._earlier(section, known, account.name if account else "")
        except ConfigError:
            place, account, missing, earlier = None, None, Missing.SECRETS, ()
        name = account.name if account else ""
        return ServiceAccount(
            service_id,
            GATEWAYS[service_id].name,
            section.base_url,
            place,
            variable_of(section.token) if place is SecretPlace.ENVIRONMENT else "",
            name,
            known.set_at.get(name),
            missing,
            known.use_of(name),
            earlier,
        )

    def _lacks(self, service_id: str) -> Missing | None:
        try:
            self._gateways.named(service_id)
        except GatewayNotSetUp as trouble:
            return trouble.why
        return None

    def _earlier(
        self, section: ServiceSettings, known: _Known, current: str
    ) -> tuple[EarlierToken, ...]:
        accounts = EarlierAccounts(section.token, self._secrets)
        names = dict.fromkeys([*(use.name for use in known.uses), *known.set_at])
        found = []
        for name in names:
            kept, use = accounts.find(name), known.use_of(name)
            if name != current and (kept or use.needed_count):
                address = kept.base_url if kept else ""
                found.append(EarlierToken(name, address, kept is not None, use))
        return tuple(found)


def without_token(section: ServiceSettings) -> Missing:
    """Return what is missing where no token is kept."""
    return Missing.ACTIVATION if isinstance(section, InStoreSettings) else Missing.TOKEN


def _set_at(work: UnitOfWork, service_id: str) -> dict[str, datetime]:
    """Return when each token was set last, as the journal tells, by its name."""
    entries = work.journal.entries(f"service {service_id}")
    return {json.loads(one.body)["after"]: one.at for one in entries if one.kind == "token_set"}
