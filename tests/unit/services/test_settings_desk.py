"""Settings changed while the till runs."""

import json
from dataclasses import replace
from types import MappingProxyType

import pytest

from pos_app.config.load import load_settings
from pos_app.domain.errors import (
    ConfigError,
    NotApprovedError,
    SettingsFileError,
    StorageError,
)
from pos_app.domain.events import SettingsChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.people import Approval
from pos_app.paths import DataPaths
from pos_app.storage.journal import Journal
from tests.fakes.till import TillOnTheDesk

MEI, PRIYA = 1, 3
APPROVAL = Approval(MEI, PRIYA)
DANA, CC = PaymentMethod.DANA, PaymentMethod.CC


def save(desk, approval=APPROVAL, **changes):
    before = desk.till.settings.methods
    return desk.till.settings_desk.save_methods(before, replace(before, **changes), approval)


def entries(desk):
    with desk.till.recovery._ledger.store.read() as work:
        return [one for one in work.journal.entries() if one.kind == "settings_changed"]


def test_what_is_saved_is_in_force_and_in_the_file(desk):
    save(desk, enabled=(CC, DANA), one_tap=True)
    assert [one.method for one in desk.till.catalogue.methods()] == [CC, DANA]
    assert desk.till.settings.methods.one_tap
    assert load_settings(desk.paths.config, {}).methods == desk.till.settings.methods
    assert SettingsChanged() in desk.events


def test_new_charges_are_made_by_what_is_saved(desk):
    save(desk, currencies=MappingProxyType({DANA: "USD"}), code_lives=MappingProxyType({DANA: 60}))
    charge = desk.waiting(method=DANA)
    assert charge.amount.currency == "USD"
    life = charge.code_expires_at - charge.created_at
    assert life.total_seconds() == pytest.approx(60, abs=5)


def test_the_journal_says_who_changed_what_and_who_approved_it(desk):
    save(desk, one_tap=True)
    (entry,) = entries(desk)
    assert (entry.who, entry.subject) == (MEI, "settings")
    assert json.loads(entry.body) == {
        "approved_by": PRIYA,
        "changes": {"methods.one_tap": [False, True]},
    }


def test_saving_what_is_there_writes_nothing(desk):
    save(desk)
    assert entries(desk) == []
    assert not desk.paths.config.exists()


def test_only_a_manager_approves(desk):
    with pytest.raises(NotApprovedError):
        save(desk, Approval(MEI, MEI), one_tap=True)
    assert not desk.till.settings.methods.one_tap
    assert not desk.paths.config.exists()


def test_a_file_that_cannot_be_written_leaves_no_entry_and_changes_nothing(desk, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pos_app.config.writing.os.fsync", full)
    with pytest.raises(SettingsFileError):
        save(desk, one_tap=True)
    assert entries(desk) == []
    assert not desk.till.settings.methods.one_tap


def test_what_cannot_be_journalled_is_not_written(desk, monkeypatch):
    def fails(*_):
        raise StorageError("The ledger can't be written.")

    monkeypatch.setattr(Journal, "append", fails)
    with pytest.raises(StorageError):
        save(desk, one_tap=True)
    assert not desk.paths.config.exists()


def test_a_file_is_put_back_when_its_entry_cannot_be_committed(desk, monkeypatch):
    class FailingCommit:
        def __init__(self, real):
            self._real = real

        def __enter__(self):
            return self._real.__enter__()

        def __exit__(self, *_):
            self._real.__exit__(StorageError, StorageError("rolled back"), None)
            raise StorageError("The ledger can't be written.")

    store = desk.till.recovery._ledger.store
    write = store.write
    monkeypatch.setattr(store, "write", lambda: FailingCommit(write()))
    with pytest.raises(StorageError):
        save(desk, one_tap=True)
    monkeypatch.undo()
    assert not desk.paths.config.exists()
    assert not desk.till.settings.methods.one_tap


def test_what_the_environment_decides_is_said_and_not_saved(tmp_path):
    desk = TillOnTheDesk(tmp_path, environ={"POS_APP_METHODS_ONE_TAP": "no"})
    assert desk.till.settings_desk.fixed_by("methods.one_tap") == "POS_APP_METHODS_ONE_TAP"
    with pytest.raises(ConfigError):
        save(desk, one_tap=True)
    desk.close()


def test_a_new_start_finds_what_was_saved_and_the_demos_store_beside_it(desk):
    save(desk, enabled=(CC,), default=CC)
    desk.restart()
    assert [one.method for one in desk.till.catalogue.methods()] == [CC]
    assert desk.till.settings.store.till_code == "HSG1"


def test_training_never_writes_the_stores_own_file(tmp_path):
    store = DataPaths(tmp_path)
    store.config.write_text("[methods]\none_tap = false\n", encoding="utf-8")
    desk = TillOnTheDesk(store.training.root)
    save(desk, one_tap=True)
    assert load_settings(store.training.config, {}).methods.one_tap
    assert store.config.read_text() == "[methods]\none_tap = false\n"
    desk.close()
