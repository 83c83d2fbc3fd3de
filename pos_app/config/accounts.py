"""With which token, and where, charges are made: the account in use and the earlier ones.

A charge goes on being asked about, cancelled and refunded with the account that it was made with
(design.md, section 3), so every account is kept under its own name before its first charge:
"citcon_chop.token/9f3a81c2e0d5.b7c7d3". A token from the environment is the administrator's: it
is never written down, and keeps its charges only as long as it stands there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from pos_app.config.secrets import Secret, SecretPlace, SecretStore, credentials_name


@dataclass(frozen=True, slots=True)
class Account:
    """What a payment service knows the shop by.

    Attributes:
        token: the token, or the key.
        base_url: where that service is: the test service knows other tokens than the live one.
        merchant: the number that it gave the shop, where it did.
    """

    token: Secret
    base_url: str
    merchant: str = ""

    @property
    def name(self) -> str:
        """The name of the credentials, as charges remember it."""
        return credentials_name(self.token, self.base_url, self.merchant)


class EarlierAccounts:
    """The accounts of one service under their own names, the one in use among them.

    Args:
        token_name: where the token in use is kept: "citcon_chop.token".

    Every method waits for the keyring, and raises ConfigError where secrets can be neither read
    nor written: nothing has changed.
    """

    def __init__(self, token_name: str, secrets: SecretStore) -> None:
        self._token_name = token_name
        self._secrets = secrets

    def keep(self, account: Account) -> None:
        """Keep an account for its charges, unless it is kept or comes from the environment."""
        if self._secrets.where(self._token_name) is not SecretPlace.ENVIRONMENT:
            self.keep_always(account)

    def keep_always(self, account: Account) -> None:
        """Keep an account for its charges, whatever decides the token in use."""
        if self.find(account.name) != account:
            words = {
                "token": account.token.reveal(),
                "base_url": account.base_url,
                "merchant": account.merchant,
            }
            self._secrets.keep(self._place(account.name), Secret(json.dumps(words)))

    def find(self, name: str) -> Account | None:
        """Return the account of this name; None where it is not kept, or not as it was."""
        kept = self._secrets.find(self._place(name))
        if kept is None:
            return None
        try:
            words = json.loads(kept.reveal())
            token, base_url, merchant = words["token"], words["base_url"], words["merchant"]
            account = Account(Secret(token), base_url, merchant)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        return account if account.name == name else None

    def forget(self, name: str) -> None:
        """Let an account go that no charge needs. May be repeated."""
        self._secrets.forget(self._place(name))

    def _place(self, name: str) -> str:
        return f"{self._token_name}/{name}"
