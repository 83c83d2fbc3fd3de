"""The register's tokens without a keyring: accounts that a test or picture makes up."""

from dataclasses import replace
from datetime import UTC, datetime

from pos_app.config.secrets import SecretPlace
from pos_app.config.settings import Settings
from pos_app.domain.credentials import CredentialsUse
from pos_app.domain.gateways import GATEWAYS, Missing
from pos_app.services.accounts import EarlierToken, ServiceAccount
from pos_app.services.reaching import ConnectionTest, Reached

SET_AT = datetime(2026, 7, 12, 9, 30, tzinfo=UTC)
CONNECTED = ConnectionTest(Reached.CONNECTED, 412)


def account(service_id, **changes):
    """A service with a token in the keyring that one payment needs."""
    usual = ServiceAccount(
        service_id,
        GATEWAYS[service_id].name,
        Settings().service(service_id).base_url,
        SecretPlace.KEYRING,
        "",
        "9f3a81c2e0d5.b7c7d3",
        SET_AT,
        None,
        CredentialsUse("9f3a81c2e0d5.b7c7d3", 1, 2, "HSG1-261121-0087"),
        (),
    )
    return replace(usual, **changes)


def without_token(service_id, missing=Missing.TOKEN):
    """A service that nobody has signed in to."""
    return account(
        service_id,
        place=None,
        credentials="",
        set_at=None,
        missing=missing,
        use=CredentialsUse(""),
    )


def earlier(count, name="1c2d3e4f5a6b.d0d0d0"):
    """A token of before that so many payments need."""
    return EarlierToken(name, "", True, CredentialsUse(name, 0, count, "HSG1-261120-0012"))


class FakeCredentials:
    """Answers with `answer`; `refusal` is raised instead of a change. `done` is what was done."""

    def __init__(self):
        self.known = {
            "citcon_chop": account("citcon_chop", earlier=(earlier(3), earlier(0, "77aa"))),
            "citcon_online": without_token("citcon_online"),
            "citcon_instore": without_token("citcon_instore", Missing.ACTIVATION),
            "jpay": without_token("jpay"),
        }
        self.answer = CONNECTED
        self.refusal = None
        self.done = []

    def accounts(self):
        return tuple(self.known.values())

    def test(self, service_id, token=None, section=None):
        self.done.append(("test", service_id, token, section.base_url))
        return self.answer

    def replace(self, service_id, token, approval):
        self._do("replace", service_id, token.reveal(), approval)
        self.known[service_id] = account(service_id, use=CredentialsUse("new"))

    def remove(self, service_id, credentials, approval):
        self._do("remove", service_id, credentials, approval)
        self.known[service_id] = without_token(service_id)

    def activate(self, service_id, store_code, approval):
        self._do("activate", service_id, store_code, approval)
        self.known[service_id] = account(service_id)

    def _do(self, *deed):
        if self.refusal:
            raise self.refusal
        self.done.append(deed)
