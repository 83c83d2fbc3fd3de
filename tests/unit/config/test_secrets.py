import copy
import json
import logging
import pickle
import stat
import sys
import threading

import pytest

from pos_app import logs
from pos_app.config.secrets import Secret, SecretPlace, SecretStore, credentials_name
from pos_app.domain.errors import ConfigError
from tests.fakes.keyring import FakeKeyring

NAME = "citcon_chop.token"
VARIABLE = "POS_APP_CITCON_CHOP_TOKEN"
TOKEN = "9F3A81C2E0D5471B"


class FakeForgetfulKeyring(FakeKeyring):
    def set_password(self, service, account, secret):
        pass


class KeyringTrouble(Exception):  # noqa: N818
    pass


def no_keyring():
    raise KeyringTrouble("no backend")


@pytest.fixture(autouse=True)
def fresh_log_mask(monkeypatch):
    monkeypatch.setattr(logs, "_secrets", set())


@pytest.fixture
def file(tmp_path):
    return tmp_path / "till" / "secrets.json"


@pytest.fixture
def keyring():
    return FakeKeyring()


def test_a_secret_shows_dots_however_it_is_shown():
    secret = Secret(TOKEN)
    shown = [str(secret), repr(secret), f"{secret}", f"{secret!r}", f"{[secret]}", "%s" % secret]  # noqa: UP031
    assert not any(TOKEN in text for text in shown)
    assert secret.reveal() == TOKEN


def test_a_secret_is_kept_out_of_the_log():
    Secret(TOKEN)
    record = logging.LogRecord("x", logging.INFO, "x", 1, f"Bearer {TOKEN}", None, None)
    assert TOKEN not in logs.mask_secrets(record.getMessage())


@pytest.mark.parametrize("write", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_secret_is_not_copied_out(write):
    with pytest.raises(TypeError):
        write(Secret(TOKEN))


def test_secrets_are_equal_by_their_value():
    assert Secret(TOKEN) == Secret(TOKEN)
    assert Secret(TOKEN) != Secret("another")
    assert len({Secret(TOKEN), Secret(TOKEN)}) == 1
    assert Secret(TOKEN) != TOKEN


def test_an_empty_secret_does_not_exist():
    with pytest.raises(ValueError, match="never empty"):
        Secret("")


def test_the_name_of_credentials_stays_the_same_and_tells_nothing():
    name = credentials_name(Secret(TOKEN))
    assert name == credentials_name(Secret(TOKEN)) == "ffcbe7159338"
    assert credentials_name(Secret(TOKEN + "0")) != name


def test_a_secret_that_is_nowhere_is_not_found(file, keyring):
    store = SecretStore(file, {VARIABLE: "  "}, lambda: keyring)
    assert store.find(NAME) is None
    assert store.where(NAME) is None


def test_the_environment_wins_over_the_keyring_and_the_keyring_over_the_file(file, keyring):
    environ = {}
    SecretStore(file, environ, no_keyring).keep(NAME, Secret("from the file"))
    store = SecretStore(file, environ, lambda: keyring)
    assert store.find(NAME) == Secret("from the file")

    assert SecretStore(file, environ, lambda: keyring).keep(NAME, Secret("from the keyring"))
    assert store.find(NAME) == Secret("from the keyring")
    assert store.where(NAME) is SecretPlace.KEYRING

    environ[VARIABLE] = "from the environment\n"
    assert store.find(NAME) == Secret("from the environment")
    assert store.where(NAME) is SecretPlace.ENVIRONMENT


def test_what_the_keyring_keeps_is_no_longer_in_the_file(file, keyring):
    SecretStore(file, {}, no_keyring).keep(NAME, Secret(TOKEN))
    store = SecretStore(file, {}, lambda: keyring)
    assert store.keep(NAME, Secret("new")) is SecretPlace.KEYRING
    assert json.loads(file.read_text()) == {}


@pytest.mark.parametrize("open_keyring", [no_keyring, FakeForgetfulKeyring])
def test_without_a_keyring_that_keeps_the_file_does(file, open_keyring):
    store = SecretStore(file, {}, open_keyring)
    assert store.keep(NAME, Secret(TOKEN)) is SecretPlace.FILE
    assert store.where(NAME) is SecretPlace.FILE
    assert store.find(NAME) == Secret(TOKEN)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_only_the_owner_can_read_the_file(file):
    SecretStore(file, {}, no_keyring).keep(NAME, Secret(TOKEN))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_the_other_secrets_of_the_file_stay(file):
    store = SecretStore(file, {}, no_keyring)
    store.keep("jpay.key", Secret("other"))
    store.keep(NAME, Secret(TOKEN))
    assert store.find("jpay.key") == Secret("other")


def test_two_data_folders_do_not_share_what_the_keyring_keeps(tmp_path, keyring):
    SecretStore(tmp_path / "a" / "s.json", {}, lambda: keyring).keep(NAME, Secret(TOKEN))
    assert SecretStore(tmp_path / "b" / "s.json", {}, lambda: keyring).find(NAME) is None


def test_a_keyring_that_hangs_is_given_up_and_asked_again_when_it_wakes(file, keyring):
    go_on, awake = threading.Event(), threading.Event()

    class FakeHangingKeyring(FakeKeyring):
        def get_password(self, service, account):
            awake.clear()
            go_on.wait(30)
            awake.set()
            return TOKEN

    store = SecretStore(file, {}, FakeHangingKeyring, patience_s=0.05)
    assert store.find(NAME) is None
    assert store.find(NAME) is None  # does not pile up threads
    assert sum(thread.name == "keyring" for thread in threading.enumerate()) == 1
    go_on.set()
    assert awake.wait(5)
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(5)
    patient = SecretStore(file, {}, FakeHangingKeyring, patience_s=5)
    assert patient.find(NAME) == Secret(TOKEN)
    assert store.find(NAME) == Secret(TOKEN)


@pytest.mark.parametrize("content", ["{", "[]", '{"a": 1}', "\x80"])
def test_a_broken_file_is_named_and_not_overwritten(file, content):
    file.parent.mkdir()
    file.write_bytes(content.encode("latin-1"))
    store = SecretStore(file, {}, no_keyring)
    for act in (lambda: store.find(NAME), lambda: store.keep(NAME, Secret(TOKEN))):
        with pytest.raises(ConfigError) as caught:
            act()
        assert caught.value.place == str(file)
        assert TOKEN not in str(caught.value)
    assert file.read_bytes() == content.encode("latin-1")


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path):
    (tmp_path / "till").write_text("in the way")
    store = SecretStore(tmp_path / "till" / "secrets.json", {}, no_keyring)
    with pytest.raises(ConfigError):
        store.keep(NAME, Secret(TOKEN))


def test_a_moved_data_folder_keeps_its_secrets(file, keyring, tmp_path):
    SecretStore(file, {}, lambda: keyring).keep(NAME, Secret(TOKEN))
    moved = file.parent.rename(tmp_path / "elsewhere") / file.name
    assert SecretStore(moved, {}, lambda: keyring).find(NAME) == Secret(TOKEN)
    assert SecretStore(file, {}, lambda: keyring).find(NAME) is None  # a new till in its old place


def test_what_was_kept_for_a_place_is_found_and_moves_with_the_next_change(file, keyring):
    keyring.set_password("QR Till", f"{NAME} in {file.parent}", TOKEN)
    store = SecretStore(file, {}, lambda: keyring)
    assert store.find(NAME) == Secret(TOKEN)
    store.keep(NAME, Secret("another-token"))
    assert store.find(NAME) == Secret("another-token")
    assert list(keyring.kept.values()) == ["another-token"]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_forgotten_secret_is_nowhere(file, keyring, is_there):
    store = SecretStore(file, {}, (lambda: keyring) if is_there else no_keyring)
    store.keep(NAME, Secret(TOKEN))
    store.keep("jpay.token", Secret("another-token"))
    store.forget(NAME)
    store.forget(NAME)
    assert store.find(NAME) is None
    assert store.find("jpay.token") == Secret("another-token")


def test_a_keyring_that_does_not_let_go_is_told(file, keyring):
    store = SecretStore(file, {}, lambda: keyring)
    store.keep(NAME, Secret(TOKEN))
    keyring.delete_password = lambda *_: None
    with pytest.raises(ConfigError, match="keyring"):
        store.forget(NAME)


def test_the_environments_secret_is_not_forgotten(file, keyring):
    store = SecretStore(file, {VARIABLE: TOKEN}, lambda: keyring)
    store.forget(NAME)
    assert store.find(NAME) == Secret(TOKEN)


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ({}, True),
        ({"base_url": "https://citconpay.com/"}, False),
        ({"merchant": "10131"}, False),
        ({"base_url": "http://127.0.0.1:8400/"}, False),
    ],
)
def test_an_account_at_another_place_has_another_name(other, is_same):
    account = {"base_url": "https://uat.citconpay.com/", "merchant": "10130"}
    names = [credentials_name(Secret(TOKEN), **one) for one in (account, {**account, **other})]
    assert (names[0] == names[1]) is is_same


def test_a_simulator_may_listen_elsewhere_tomorrow():
    ports = ("http://127.0.0.1:8400/", "http://localhost:9/")
    assert len({credentials_name(Secret(TOKEN), one) for one in ports}) == 1
