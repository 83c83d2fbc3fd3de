"""Fixtures for the whole program: a screen, and a pretend payment service in another process."""

import pytest

from tests.fakes.screen import is_possible, new_screen
from tests.fakes.simulator_process import simulator_process


@pytest.fixture(scope="session")
def screen():
    if not is_possible():
        pytest.skip("whole windows are tested on Linux, with Xvfb and xdotool")
    with new_screen() as started:
        yield started


@pytest.fixture
def gateway(tmp_path):
    with simulator_process("--state", str(tmp_path / "gateway")) as started:
        yield started
