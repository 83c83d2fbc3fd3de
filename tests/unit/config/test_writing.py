"""Changing single settings in a merchant's own file."""

import stat
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.config.load import load_settings
from pos_app.config.settings import Settings
from pos_app.config.writing import SettingsFile, changes_between
from pos_app.domain.errors import ConfigError, SettingsChangedError, SettingsFileError
from pos_app.domain.methods import PaymentMethod

OURS = """\
# Harbour Street Gifts, by the door
[store]
name = "Harbour Street Gifts"  # as on the sign

# what we take
[methods]
one_tap = false # not yet
enabled = [
    "alipay",  # most of them
    "dana",
]
currencies = { dana = "USD" }

[look]
theme = "dark"

[methods.code_lives]  # longer for cards
cc = 900
"""
LAYOUTS = (
    "",
    "# nothing yet",
    OURS,
    OURS.replace("\n", "\r\n"),
    "\ufeff" + OURS,
    '[methods.gateways]\ncc = "jpay"\n[sounds]\nvolume = 3',
    'methods.one_tap = true # quick\nmethods.enabled = ["cc"]\nmethods.default = "cc"',
    '[methods]\ncurrencies.cc = "EUR"  # euro\none_tap = true\n\n[citcon_chop]\n# the test one\n',
    "[methods]\nenabled = ['cc', 'dana'] # 'short'\ngateways = {}\n",
)
"""Ways in which people write TOML."""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "config.toml"


def write(file, words):
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(words.encode())


def change(file, environ=None, **methods):
    """Change settings of the section `methods`."""
    ours = SettingsFile(file, environ or {})
    before = ours.read()
    after = replace(before, methods=replace(before.methods, **methods))
    return ours.change(changes_between(before, after))


def test_one_key_changes_and_the_rest_of_the_file_does_not(file):
    write(file, OURS)
    change(file, one_tap=True)
    assert file.read_text() == OURS.replace(
        "one_tap = false # not yet", "one_tap = true # not yet"
    )


def test_a_file_is_made_for_this_user_alone(file):
    assert change(file, one_tap=True) is None
    assert file.read_text() == "[methods]\none_tap = true\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["config.toml"]


def test_comments_inside_a_list_that_changes_stay_in_it(file):
    write(file, OURS)
    change(file, enabled=(PaymentMethod.DANA, PaymentMethod.CC))
    assert "# most of them" in file.read_text()
    assert load_settings(file, {}).methods.enabled == (PaymentMethod.DANA, PaymentMethod.CC)


def test_what_was_can_be_put_back(file):
    write(file, OURS)
    was = change(file, one_tap=True)
    SettingsFile(file, {}).put_back(was)
    assert file.read_text() == OURS


def test_a_new_file_goes_again_when_it_is_put_back(file):
    SettingsFile(file, {}).put_back(change(file, one_tap=True))
    assert not file.exists()


def test_a_setting_that_somebody_else_has_changed_is_not_overwritten(file):
    write(file, OURS)
    ours = SettingsFile(file, {})
    before = ours.read()
    after = replace(before, methods=replace(before.methods, default=PaymentMethod.DANA))
    by_hand = OURS.replace("[methods]", '[methods]\ndefault = "cc"')
    write(file, by_hand)
    with pytest.raises(SettingsChangedError):
        ours.change(changes_between(before, after))
    assert file.read_text() == by_hand


def test_what_somebody_else_has_changed_elsewhere_stays(file):
    write(file, OURS)
    ours = SettingsFile(file, {})
    before = ours.read()
    after = replace(before, methods=replace(before.methods, one_tap=True))
    write(file, OURS.replace("dark", "light"))
    ours.change(changes_between(before, after))
    assert load_settings(file, {}).look.theme == "light"
    assert load_settings(file, {}).methods.one_tap


def test_what_the_environment_decides_is_not_written(file):
    environ = {"POS_APP_METHODS_ONE_TAP": "no"}
    assert SettingsFile(file, environ).fixed_by("methods.one_tap") == "POS_APP_METHODS_ONE_TAP"
    with pytest.raises(ConfigError):
        change(file, environ, one_tap=True)
    assert not file.exists()


def test_a_value_that_the_program_would_not_read_is_not_written(file):
    write(file, OURS)
    with pytest.raises(SettingsFileError):
        change(file, code_life_s=3)
    assert file.read_text() == OURS
    assert [one.name for one in file.parent.iterdir()] == ["config.toml"]


def test_a_full_disk_is_told_and_changes_nothing(file, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    write(file, OURS)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SettingsFileError, match="No space left"):
        change(file, one_tap=True)
    assert file.read_text() == OURS
    assert [one.name for one in file.parent.iterdir()] == ["config.toml"]


def test_a_link_goes_on_to_lead_to_the_file(file, tmp_path):
    write(file, OURS)
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    change(link, one_tap=True)
    assert link.is_symlink()
    assert load_settings(file, {}).methods.one_tap


def comments(words):
    """What is said after # in a file whose texts have none."""
    return sorted(line.partition("#")[2].strip() for line in words.splitlines() if "#" in line)


methods = st.sampled_from(PaymentMethod)
some_methods = st.lists(methods, min_size=1, unique=True).map(tuple)
one_change = st.one_of(
    st.fixed_dictionaries({"enabled": some_methods}),
    st.fixed_dictionaries({"default": methods}),
    st.fixed_dictionaries({"one_tap": st.booleans()}),
    st.fixed_dictionaries({"code_life_s": st.integers(30, 86_400)}),
    *(
        st.fixed_dictionaries({key: st.dictionaries(methods, values).map(MappingProxyType)})
        for key, values in (
            ("currencies", st.sampled_from(["USD", "EUR", "KRW"])),
            ("gateways", st.sampled_from(["citcon_chop", "jpay"])),
            ("code_lives", st.sampled_from([120, 300])),
        )
    ),
)


@given(st.sampled_from(LAYOUTS), st.lists(one_change, max_size=6))
def test_any_changes_keep_the_comments_and_load_to_what_was_meant(
    tmp_path_factory, layout, changes
):
    file = tmp_path_factory.mktemp("any") / "config.toml"
    write(file, layout)
    wanted = SettingsFile(file, {}).read()
    for one in changes:
        change(file, **one)
        wanted = replace(wanted, methods=replace(wanted.methods, **one))
        assert load_settings(file, {}) == wanted
    kept = comments(file.read_text())
    gone = [one for one in comments(layout) if one not in kept]
    assert gone in ([], ["euro"])  # spoke of the currency that was taken out


def test_nothing_is_different_between_the_same():
    assert changes_between(Settings(), Settings()) == ()
