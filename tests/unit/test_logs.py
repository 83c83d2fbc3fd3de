import json
import logging
import stat
import sys
import threading
from urllib.parse import quote

import pytest

from pos_app import logs

TOKEN = 'tok/en+"9F3A81C2'


@pytest.fixture
def log_file(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "_secrets", set())
    monkeypatch.setattr(logging.getLogger(), "level", logging.WARNING)
    yield logs.start_logging(tmp_path / "logs")
    logs.stop_logging()


def test_nothing_is_written_before_the_first_line(log_file):
    assert not log_file.parent.exists()


def test_a_line_says_when_how_bad_and_who(log_file):
    logging.getLogger("pos_app.somewhere").warning("the printer is %s", "slow")
    assert "WARNING pos_app.somewhere" in log_file.read_text("utf-8")
    assert "the printer is slow" in log_file.read_text("utf-8")


@pytest.mark.parametrize(
    "written", [TOKEN, quote(TOKEN, safe=""), json.dumps(TOKEN), f"Bearer {TOKEN}"]
)
def test_a_secret_never_reaches_the_log_however_it_is_written(log_file, written):
    logs.keep_secret(TOKEN)
    logging.getLogger("x").info("sent %s", written)
    line = log_file.read_text("utf-8")
    assert logs.MASK in line
    assert "9F3A81C2" not in line


def test_a_secret_in_a_traceback_is_masked_too(log_file):
    logs.keep_secret(TOKEN)
    try:
        raise ValueError(f"bad token {TOKEN}")
    except ValueError:
        logging.getLogger("x").exception("it failed")
    text = log_file.read_text("utf-8")
    assert "ValueError: bad token" in text
    assert "9F3A81C2" not in text


def test_values_too_short_to_be_tokens_blot_nothing_out(log_file):
    logs.keep_secret("42")
    logging.getLogger("x").info("42.50")
    assert "42.50" in log_file.read_text("utf-8")


def test_the_terminal_stays_quiet(log_file, capfd):
    logging.getLogger("x").error("trouble")
    assert capfd.readouterr() == ("", "")


def test_libraries_that_write_addresses_are_kept_down(log_file):
    logging.getLogger("httpx").info("HTTP Request: GET https://pay.example/chop")
    assert not log_file.exists()


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path, log_file, capfd):
    (tmp_path / "file").write_text("in the way")
    logs.start_logging(tmp_path / "file" / "logs")
    logging.getLogger("x").error("trouble")
    assert capfd.readouterr() == ("", "")


def test_the_log_rotates_and_keeps_a_few_files(log_file, monkeypatch):
    handler = next(h for h in logging.getLogger().handlers if isinstance(h, logs._LogFile))
    handler.maxBytes = 500
    for number in range(100):
        logging.getLogger("x").info("line %d", number)
    files = sorted(log_file.parent.iterdir())
    assert len(files) == logs.KEPT_FILES + 1
    assert all(file.stat().st_size <= 500 for file in files)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are Unix's")
def test_only_its_owner_can_read_the_log(log_file):
    logging.getLogger("x").error("trouble")
    assert stat.S_IMODE(log_file.stat().st_mode) == 0o600


def test_starting_again_moves_the_log(tmp_path, log_file):
    moved = logs.start_logging(tmp_path / "elsewhere", name="export")
    logging.getLogger("x").error("trouble")
    assert moved.name == "export.log"
    assert moved.exists()
    assert not log_file.exists()


@pytest.fixture
def hooks(monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)


def test_an_exception_nobody_caught_is_logged_and_told(log_file, hooks, capfd):
    told = []
    logs.catch_uncaught(lambda: told.append("told"))
    error = RuntimeError("a bug")
    sys.excepthook(RuntimeError, error, None)
    assert "RuntimeError: a bug" in log_file.read_text("utf-8")
    assert told == ["told"]
    assert capfd.readouterr() == ("", "")


def test_an_exception_on_another_thread_is_logged_too(log_file, hooks):
    logs.catch_uncaught()
    thread = threading.Thread(target=[].pop)
    thread.start()
    thread.join()
    assert "IndexError" in log_file.read_text("utf-8")


def test_the_log_ends_with_a_plain_ctrl_c(log_file, hooks, capfd):
    logs.catch_uncaught()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not log_file.exists()
