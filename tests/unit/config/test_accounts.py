"""The accounts that charges were made with, under their own names."""

import pytest

from pos_app.config.accounts import Account, EarlierAccounts
from pos_app.config.secrets import Secret, SecretStore
from tests.fakes.keyring import FakeKeyring

TEST = Account(Secret("token-of-the-test"), "https://uat.citconpay.com/", "10130")
LIVE = Account(Secret("token-of-the-test"), "https://citconpay.com/", "10130")


@pytest.fixture
def secrets(tmp_path):
    keyring = FakeKeyring()
    return SecretStore(tmp_path / "secrets.json", {}, lambda: keyring)


@pytest.fixture
def earlier(secrets):
    return EarlierAccounts("jpay.token", secrets)


def test_an_account_comes_back_with_its_place(earlier):
    earlier.keep(TEST)
    earlier.keep(LIVE)
    assert earlier.find(TEST.name) == TEST
    assert earlier.find(LIVE.name) == LIVE
    earlier.forget(TEST.name)
    assert earlier.find(TEST.name) is None
    assert earlier.find(LIVE.name) == LIVE


@pytest.mark.parametrize("words", ["{", "[]", '{"token": ""}', '{"token": 1, "base_url": 2}'])
def test_what_cannot_be_read_is_no_account(earlier, secrets, words):
    secrets.keep(f"jpay.token/{TEST.name}", Secret(words))
    assert earlier.find(TEST.name) is None


def test_another_account_under_its_name_is_not_used(earlier, secrets):
    """A token must never be sent where it does not belong."""
    earlier.keep(TEST)
    kept = secrets.find(f"jpay.token/{TEST.name}")
    secrets.keep(f"jpay.token/{LIVE.name}", kept)
    assert earlier.find(LIVE.name) is None


def test_what_the_environment_decides_is_not_written_down(tmp_path):
    keyring = FakeKeyring()
    secrets = SecretStore(
        tmp_path / "secrets.json", {"POS_APP_JPAY_TOKEN": "x-token"}, lambda: keyring
    )
    EarlierAccounts("jpay.token", secrets).keep(TEST)
    assert keyring.kept == {}
    assert not (tmp_path / "secrets.json").exists()


def test_an_account_shows_nothing_of_its_token():
    assert "token-of" not in repr(TEST)
