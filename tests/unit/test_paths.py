import stat
import sys
from pathlib import Path

import pytest

from pos_app.paths import DataPaths, default_data_dir, private_folder


def test_everything_the_program_writes_is_under_the_data_folder(tmp_path):
    paths = DataPaths(tmp_path)
    names = [
        paths.database,
        paths.config,
        paths.secrets,
        paths.lock,
        paths.simulator_state,
        paths.logs,
        paths.receipts,
        paths.training.root,
    ]
    assert all(tmp_path in name.parents for name in names)
    assert len(set(names)) == len(names)


def test_training_shares_no_file_with_the_real_till(tmp_path):
    real, training = DataPaths(tmp_path), DataPaths(tmp_path).training
    assert training.database != real.database
    assert training.lock != real.lock
    assert training.secrets != real.secrets


def test_naming_the_paths_writes_nothing(tmp_path):
    paths = DataPaths(tmp_path / "new")
    assert paths.training.database.name
    assert not paths.root.exists()


def test_the_environment_moves_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("POS_APP_DATA_DIR", str(tmp_path / "moved"))
    assert default_data_dir() == tmp_path / "moved"


def test_a_relative_data_folder_is_made_absolute(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POS_APP_DATA_DIR", "here")
    assert default_data_dir() == tmp_path / "here"


def test_without_a_choice_the_data_folder_is_the_users_own(monkeypatch):
    monkeypatch.delenv("POS_APP_DATA_DIR", raising=False)
    folder = default_data_dir()
    assert folder.is_absolute()
    assert folder.name == "qr-till"
    assert Path.home() in folder.parents or sys.platform == "win32"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps folders apart by user already")
def test_new_folders_are_for_this_user_alone(tmp_path):
    folder = private_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps folders apart by user already")
def test_a_folder_that_is_there_keeps_its_mode(tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    assert private_folder(shared) == shared
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755


def test_a_file_in_the_folders_place_is_told(tmp_path):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(OSError, match="taken"):
        private_folder(tmp_path / "taken")
