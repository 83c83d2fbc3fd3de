"""The payment services' tokens: looked at, tried, replaced and removed while the till runs."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from pos_app.config.accounts import EarlierAccounts
from pos_app.config.declaring import variable_of
from pos_app.config.secrets import SecretPlace
from pos_app.config.settings import InStoreSettings
from pos_app.domain.errors import (
    ActivationLostError,
    ActivationRefusedError,
    ConfigError,
    GatewayNotSetUp,
    NoTokenError,
    OutcomeUnknown,
    StorageError,
    TokenFixedError,
    TokenInUseError,
)
from pos_app.domain.events import ServicesChanged
from pos_app.domain.gateways import GATEWAYS
from pos_app.gateways.opening import account_of, activate
from pos_app.services.accounts import Accounts
from pos_app.services.approval import require_manager
from pos_app.services.reaching import check_token, reach

if TYPE_CHECKING:
    from pos_app.config.accounts import Account
    from pos_app.config.secrets import Secret, SecretStore
    from pos_app.config.settings import ServiceSettings
    from pos_app.domain.people import Approval
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.accounts import ServiceAccount
    from pos_app.services.ledger import JournalValue, Ledger
    from pos_app.services.reaching import ConnectionTest
    from pos_app.services.settings_book import SettingsBook
    from pos_app.storage.unit_of_work import UnitOfWork


class Credentials:
    """Keeps, tries and changes tokens. Thread-safe; everything waits for keyring or disk.

    A charge goes on with the token that it was made with: replacing keeps the earlier one under a
    name of its own, and what a charge needs cannot be removed. Every change is journalled before
    it is made, with who wanted and approved it, by the tokens' names. Whatever is raised, the
    tokens are as they were:
        TokenError: see its kinds.
        NotApprovedError: who approved it is no manager.
        ConfigError: the secrets can be neither read nor written.
        StorageError: it could not be journalled.
    """

    def __init__(
        self,
        ledger: Ledger,
        book: SettingsBook,
        secrets: SecretStore,
        gateways: GatewayDirectory,
    ) -> None:
        self._ledger = ledger
        self._book = book
        self._secrets = secrets
        self._gateways = gateways
        self._accounts = Accounts(ledger, book, secrets, gateways)
        self._one_at_a_time = threading.Lock()

    def accounts(self) -> tuple[ServiceAccount, ...]:
        """Return how this register is signed in to each payment service."""
        return self._accounts.all()

    def replace(self, service_id: str, token: Secret, approval: Approval | None = None) -> None:
        """Charge with `token` from now on.

        Args:
            service_id: of `domain.gateways.GATEWAYS`.
            token: the new one.
            approval: who wants it; None only for the PC's administrator.

        Raises:
            TokenFixedError: the environment decides it.
            TokenFormatError: it can't be a token.
        """
        check_token(token)
        with self._one_at_a_time:
            self._replace(service_id, token, approval)
        self._ledger.events.publish(ServicesChanged())

    def return_earlier(
        self, service_id: str, token: Secret, approval: Approval | None = None
    ) -> None:
        """Keep a token again that earlier charges need and that is not here any more.

        The token for new charges stays as it is. It is taken to belong where the service is now.

        Raises:
            NoTokenError: no charge was made with it there.
            TokenFormatError: it can't be a token.
        """
        check_token(token)
        section = self._book.current.service(service_id)
        account = account_of(section, token)
        with self._one_at_a_time:
            with self._ledger.store.write() as work:
                now = self._ledger.clock.now()
                if not work.credentials.use_of(service_id, account.name, now).reference:
                    raise NoTokenError("No payment that needs a token was made with this one.")
                self._note(work, "token_returned", service_id, approval, token=account.name)
            EarlierAccounts(section.token, self._secrets).keep_always(account)
            self._gateways.reinstate(service_id, account.name)

    def remove(
        self, service_id: str, credentials: str = "", approval: Approval | None = None
    ) -> None:
        """Let a token go that no charge needs; without one nothing can be charged there.

        The check, and the end of every use of the token, are one transaction: a charge whose
        intent is written down before it keeps the token, and one that is written down after it
        finds no gateway when it is to be sent, and is refused with nothing sent.

        Args:
            service_id: of `domain.gateways.GATEWAYS`.
            credentials: name of an earlier token; empty for the one that is in use.
            approval: who wants it; None only for the PC's administrator.

        Raises:
            NoTokenError: there is no such token here.
            TokenFixedError: the environment decides it.
            TokenInUseError: charges need it.
        """
        section = self._book.current.service(service_id)
        with self._one_at_a_time:
            account = self._accounts.current(section)
            if account is not None and credentials in {"", account.name}:
                self._refuse_fixed(section)
                self._remove(service_id, account.name, approval, is_current=True)
            elif credentials and EarlierAccounts(section.token, self._secrets).find(credentials):
                self._remove(service_id, credentials, approval, is_current=False)
            else:
                raise NoTokenError("There is no such token here.")
        self._ledger.events.publish(ServicesChanged())

    def test(
        self, service_id: str, token: Secret | None = None, section: ServiceSettings | None = None
    ) -> ConnectionTest:
        """Ask the service something harmless. Never creates anything, changes nothing here.

        Args:
            service_id: of `domain.gateways.GATEWAYS`.
            token: to try before it is kept; None for the one in use.
            section: settings to try before they are saved; None for those in force.
        """
        section = section or self._book.current.service(service_id)
        return reach(section, token, self._secrets)

    def activate(self, service_id: str, store_code: str, approval: Approval | None = None) -> None:
        """Make this register a terminal of the service, once per code; its token is kept.

        Raises:
            ActivationRefusedError: the service says no, as of a code that is used ("C-I0").
            ActivationLostError: the code may be used up, and no token has come.
            NotSent: the service could not be reached: the code has not been used.
            TokenFixedError: the environment decides the token.
        """
        section, name = self._book.current.service(service_id), GATEWAYS[service_id].name
        if not isinstance(section, InStoreSettings):
            raise ActivationRefusedError(f"{name} has no store codes here.", "")
        with self._one_at_a_time:
            self._refuse_fixed(section)
            before = self._accounts.current(section)
            with self._ledger.store.write() as work:
                self._note(work, "activation_begun", service_id, approval)
            try:
                after = account_of(section, activate(section, store_code))
            except OutcomeUnknown as trouble:
                sentence = f"{name} gave no answer: the store code may be used up."
                raise ActivationLostError(sentence) from trouble
            except GatewayNotSetUp as trouble:
                raise ActivationRefusedError(str(trouble), str(trouble)) from trouble
            self._put(section, before, after)  # first of all: it will not come again
            with self._ledger.store.write() as work:
                self._note(work, "token_set", service_id, approval, after=after.name)
            self._take_over(service_id, before, after, approval)
        self._ledger.events.publish(ServicesChanged())

    def _replace(self, service_id: str, token: Secret, approval: Approval | None) -> None:
        section = self._book.current.service(service_id)
        self._refuse_fixed(section)
        before, after = self._accounts.current(section), account_of(section, token)
        names = {"before": before.name if before else "", "after": after.name}
        with self._ledger.store.write() as work:
            self._note(work, "token_set", service_id, approval, **names)
        try:
            self._put(section, before, after)
        except ConfigError:
            with self._ledger.store.write() as work:
                self._note(work, "token_not_set", service_id, approval, **names)
            raise
        self._take_over(service_id, before, after, approval)

    def _put(self, section: ServiceSettings, before: Account | None, after: Account) -> None:
        accounts = EarlierAccounts(section.token, self._secrets)
        if before is not None:
            accounts.keep(before)
        accounts.keep(after)
        self._secrets.keep(section.token, after.token)

    def _take_over(
        self, service_id: str, before: Account | None, after: Account, approval: Approval | None
    ) -> None:
        """Have new charges made with `after`, and let `before` go where no charge needs it."""
        self._gateways.reinstate(service_id, after.name)
        self._gateways.renew(service_id)
        with suppress(GatewayNotSetUp):  # a setting is missing, too: `missing` tells
            self._gateways.named(service_id)
        if before is not None and before != after:
            with suppress(TokenInUseError, ConfigError, StorageError):  # then it stays kept
                self._remove(service_id, before.name, approval, is_current=False)

    def _remove(
        self, service_id: str, name: str, approval: Approval | None, *, is_current: bool
    ) -> None:
        section = self._book.current.service(service_id)
        try:
            with self._ledger.store.write() as work:
                use = work.credentials.use_of(service_id, name, self._ledger.clock.now())
                if use.needed_count:
                    raise TokenInUseError(use.needed_count, use.reference)
                self._note(work, "token_removed", service_id, approval, token=name)
                self._gateways.withdraw(service_id, name)
        except StorageError:
            self._gateways.reinstate(service_id, name)
            raise
        try:
            if is_current:
                self._secrets.forget(section.token)
            EarlierAccounts(section.token, self._secrets).forget(name)
        except ConfigError:
            with self._ledger.store.write() as work:
                self._note(work, "token_not_removed", service_id, approval, token=name)
            self._gateways.reinstate(service_id, name)
            raise

    def _refuse_fixed(self, section: ServiceSettings) -> None:
        if self._secrets.where(section.token) is SecretPlace.ENVIRONMENT:
            raise TokenFixedError(variable_of(section.token))

    def _note(
        self,
        work: UnitOfWork,
        kind: str,
        service_id: str,
        approval: Approval | None,
        **body: JournalValue,
    ) -> None:
        """Journal a change; an entry without approval is the program's or the administrator's."""
        if approval is not None:
            require_manager(work, approval.approved_by)
            body["approved_by"] = approval.approved_by
        who = approval.asked_by if approval else None
        work.journal.append(kind, f"service {service_id}", self._ledger.clock.now(), who, body)
