"""`pos-app notify` as a process of its own."""

import signal
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest

from tests.fakes.till import TillOnTheDesk


@pytest.fixture
def folder(tmp_path):
    desk = TillOnTheDesk(tmp_path / "training")
    desk.close()
    return tmp_path


@contextmanager
def started(folder, *arguments):
    process = subprocess.Popen(
        [sys.executable, "-m", "pos_app", "notify", "--data-dir", str(folder), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        process.url = process.stdout.readline().removeprefix("listening on ").strip()
        yield process
    finally:
        process.kill()
        process.communicate(timeout=10)


def test_it_says_where_it_listens_and_ends_when_told(folder):
    with started(folder, "--training", "--port", "0") as process:
        assert httpx.get(f"{process.url}/healthz", trust_env=False).json() == {"status": "ok"}
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_taken_port_is_one_plain_sentence(folder):
    with started(folder, "--training", "--port", "0") as first:
        port = first.url.rpartition(":")[2]
        with started(folder, "--training", "--port", port) as second:
            assert second.wait(10) == 1
            assert f"Can't listen on 127.0.0.1 port {port}" in second.stderr.read()
