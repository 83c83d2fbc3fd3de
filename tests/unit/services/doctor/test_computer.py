import os
import socket
import sys
from pathlib import Path

import pytest

from pos_app.services.doctor import computer
from pos_app.services.doctor.verdicts import Level

posix = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")


def test_versions_are_told():
    assert computer.program().level is Level.OK
    assert "Python 3." in computer.program().text


@posix
def test_a_private_folder_is_fine_and_nothing_is_left_in_it(tmp_path):
    tmp_path.chmod(0o700)
    assert computer.data_folder(tmp_path).level is Level.OK
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_folder_that_others_can_read_is_told_with_its_mode(tmp_path):
    tmp_path.chmod(0o755)
    found = computer.data_folder(tmp_path)
    assert found.level is Level.WARNING
    assert "0755" in found.text
    assert "chmod 700" in found.advice


def test_a_folder_that_is_not_there_yet_is_fine_and_is_not_made(tmp_path):
    folder = tmp_path / "a" / "b"
    assert computer.data_folder(folder).level is Level.OK
    assert not folder.parent.exists()


def test_a_file_in_the_folders_place_is_trouble(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    assert computer.data_folder(file).level is Level.TROUBLE


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_a_folder_that_takes_no_files_is_trouble():
    found = computer.data_folder(Path("/proc/self"))  # not even root writes there
    assert found.level is Level.TROUBLE
    assert "can't be written" in found.text


@pytest.mark.parametrize(
    ("free", "level"),
    [
        (99_000_000, Level.TROUBLE),
        (999_000_000, Level.WARNING),
        (1_000_000_000, Level.OK),
    ],
)
def test_too_little_space_is_told(free, level, tmp_path, monkeypatch):
    usage = computer.shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(computer.shutil, "disk_usage", lambda folder: usage)
    assert computer.disk_space(tmp_path / "not there yet").level is level


def test_a_taken_port_is_told_and_a_free_one_is_fine():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert computer.simulator_port(port).level is Level.WARNING
    assert computer.simulator_port(port).level is Level.OK
