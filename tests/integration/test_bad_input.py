"""What the whole program makes of a computer that is not as it should be: one plain sentence."""

import os
import shutil
import socket
import sqlite3
import subprocess
from contextlib import closing, contextmanager

import pytest

from pos_app.paths import DataPaths
from tests.fakes.command import COMMAND, run, surroundings
from tests.fakes.waiting import until

UNREADABLE = "store = [[["
FAR = "http://pay.example/"
CONFIGS = {
    "not TOML": (UNREADABLE, ("config.toml", "TOML")),
    "unknown key": ("[store]\nnmae = 'x'\n", ("config.toml", "store.nmae")),
    "wrong type": ("[printer]\nwidth_mm = 'wide'\n", ("config.toml", "printer.width_mm", "58")),
    "no such method": ("[methods]\ndefault = 'cash'\n", ("config.toml", "methods.default")),
    "unencrypted": (
        f"[citcon_chop]\nbase_url = '{FAR}'\n",
        ("config.toml", "citcon_chop.base_url", "https"),
    ),
}


@pytest.fixture
def folder(tmp_path, sqlite_template):
    """A data folder with a ledger in it."""
    shutil.copy(sqlite_template, DataPaths(tmp_path).database)
    return tmp_path


def sentence(done, code=1):
    """What a command that failed as it should has to say: one line, no traceback."""
    assert (done.returncode, done.stdout) == (code, "")
    (line,) = done.stderr.splitlines()
    assert line.endswith(".")
    assert "Traceback" not in line
    return line


@contextmanager
def window(folder, *arguments, **variables):
    """Run the till itself, off screen, while the block runs; it must be silent."""
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        env=surroundings(folder, **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        said, _ = process.communicate(timeout=10)
    assert said == ""


def log_of(folder):
    file = DataPaths(folder).logs / "till.log"
    return file.read_text("utf-8") if file.exists() else ""


@pytest.mark.parametrize(("text", "words"), CONFIGS.values(), ids=CONFIGS)
@pytest.mark.parametrize("command", [("export", "charges"), ("journal", "verify")], ids=" ".join)
def test_a_config_that_cannot_be_used_names_file_key_and_what_was_expected(
    folder, command, text, words
):
    DataPaths(folder).config.write_text(text, "utf-8")
    told = sentence(run(folder, *command))
    assert [word for word in words if word not in told] == []


def test_a_variable_that_cannot_be_used_is_named(folder):
    told = sentence(run(folder, "export", "charges", POS_APP_CITCON_CHOP_BASE_URL=FAR))
    assert "POS_APP_CITCON_CHOP_BASE_URL" in told
    assert "https" in told


def test_the_till_stays_open_over_settings_that_cannot_be_used_and_loses_nothing(folder):
    DataPaths(folder).config.write_text(UNREADABLE, "utf-8")
    before = DataPaths(folder).database.read_bytes()
    with window(folder) as process:
        until(lambda: "The till did not start" in log_of(folder), "the till to notice")
        assert process.poll() is None
    assert DataPaths(folder).database.read_bytes() == before
    assert DataPaths(folder).config.read_text("utf-8") == UNREADABLE


def test_a_ledger_of_a_newer_program_is_refused_and_left_alone(folder):
    with closing(sqlite3.connect(DataPaths(folder).database)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    before = DataPaths(folder).database.read_bytes()
    assert "newer" in sentence(run(folder, "journal", "verify"))
    with window(folder):
        until(lambda: "newer" in log_of(folder), "the till to notice")
    assert DataPaths(folder).database.read_bytes() == before


def test_a_damaged_ledger_is_told(folder):
    DataPaths(folder).database.write_bytes(b"no database at all " * 300)
    assert str(DataPaths(folder).database) in sentence(run(folder, "journal", "verify"))


def test_a_full_disk_ends_an_export_with_a_sentence(folder):
    if not os.path.exists("/dev/full"):  # noqa: PTH110 - a device
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [*COMMAND, "export", "charges"],
            env=surroundings(folder),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    done.stdout = ""
    assert "No space left" in sentence(done)


def test_a_second_till_on_the_same_folder_is_refused(folder):
    with window(folder):
        until(DataPaths(folder).lock.exists, "the first till to take the folder")
        assert "already running" in sentence(run(folder, "till"))


@pytest.mark.parametrize("display", ["", ":987", "nowhere"], ids=["none", "dead", "nonsense"])
def test_without_a_display_it_says_so(tmp_path, monkeypatch, display):
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    told = sentence(run(tmp_path, "till", QT_QPA_PLATFORM="", DISPLAY=display))
    assert "display" in told


def test_a_taken_port_ends_the_simulator_with_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert port in sentence(run(tmp_path, "simulator", "--port", port))
