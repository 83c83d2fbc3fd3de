"""A browser for one page: started where it shall be, ended with all its processes and files."""

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pos_app.services.browser import BrowserError, InstalledBrowser, Place, programs
from tests.fakes.waiting import until

PLACE = Place(1366, 0, 1920, 1080)
ADDRESS = "https://bank.example/pay?order=7"
SCRIPT = """#!/bin/sh
for one; do case "$one" in --user-data-dir=*) profile="${one#*=}";; esac; done
sleep 60 &
echo $! > "$profile/child"
echo $$ > "$profile/browser"
printf '%s\\n' "$@" > "$profile/said"
env > "$profile/environment"
touch "$profile/ready"
wait
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the fake browser is a shell script")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "browser"


@pytest.fixture
def made(tmp_path, folder):
    """A browser whose program is a script."""
    program = script(tmp_path)
    browser = InstalledBrowser(folder, lambda: iter([program]), settles_s=0.05)
    yield browser
    browser.close()


def script(folder):
    """Write the program down; returns where it is."""
    program = folder / "chromium"
    program.write_text(SCRIPT, encoding="ascii")
    program.chmod(0o755)
    return str(program)


def profile_in(folder):
    """Wait for the program to be on its way; returns its profile."""
    (profile,) = until(lambda: [one.parent for one in folder.glob("*/ready")], "the browser")
    return profile


def test_the_page_fills_the_screen_and_nothing_of_it_is_kept(made, folder):
    made.open(ADDRESS, PLACE)
    profile = profile_in(folder)
    said = (profile / "said").read_text().splitlines()
    wanted = {
        f"--app={ADDRESS}",
        "--window-position=1366,0",
        "--window-size=1920,1080",
        "--kiosk",
        "--incognito",
        f"--user-data-dir={profile}",
    }
    assert wanted <= set(said)
    assert made.is_open()


def test_it_ends_with_all_its_processes_and_its_profile(made, folder):
    made.open(ADDRESS, PLACE)
    child = int((profile_in(folder) / "child").read_text())
    made.close()
    assert not made.is_open()
    assert not folder.exists()
    until(lambda: not is_alive(child), "the browser's own processes to end")


def test_a_till_that_is_killed_leaves_nothing_on_the_screen_nor_on_the_disk(tmp_path, folder):
    program = script(tmp_path)
    code = f"""
from pathlib import Path
from pos_app.services.browser import InstalledBrowser, Place
browser = InstalledBrowser(Path({str(folder)!r}), lambda: iter([{program!r}]), settles_s=0.05)
browser.open({ADDRESS!r}, Place(0, 0, 100, 100))
input()
"""
    till = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    profile = profile_in(folder)
    child = int((profile / "child").read_text())
    till.kill()
    till.communicate()
    until(lambda: not is_alive(child), "the browser's own processes to end")
    until(lambda: not profile.exists(), "the profile to go")


def test_a_page_that_the_customer_closes_is_not_there_any_more(made, folder):
    made.open(ADDRESS, PLACE)
    profile = profile_in(folder)
    os.kill(int((profile / "browser").read_text()), signal.SIGTERM)
    until(lambda: not made.is_open(), "the till to see it")
    assert not profile.exists()


def test_another_page_takes_the_place_of_the_first(made, folder):
    made.open(ADDRESS, PLACE)
    first = profile_in(folder)
    made.open(f"{ADDRESS}&next", PLACE)
    assert profile_in(folder) != first


def test_the_browser_does_not_get_to_know_the_tills_secrets(made, folder, monkeypatch):
    monkeypatch.setenv("POS_APP_JPAY_TOKEN", "very-secret")
    made.open(ADDRESS, PLACE)
    assert "very-secret" not in (profile_in(folder) / "environment").read_text()


def test_the_address_is_in_no_log(made, folder, caplog):
    caplog.set_level(logging.DEBUG)
    made.open(ADDRESS, PLACE)
    profile_in(folder)
    made.close()
    assert ADDRESS not in caplog.text


def test_what_a_killed_till_has_left_is_thrown_away(made, folder):
    (folder / "old").mkdir(parents=True)
    (folder / "old" / "History").write_text("bank.example", encoding="ascii")
    made.close()
    assert not folder.exists()


def test_a_browser_that_ends_at_once_is_told_and_leaves_nothing(tmp_path, folder):
    browser = InstalledBrowser(folder, lambda: iter([sys.executable]), settles_s=20)
    with pytest.raises(BrowserError, match="ended at once") as caught:
        browser.open(ADDRESS, PLACE)  # an option that Python does not know
    assert ADDRESS not in str(caught.value)
    assert not folder.exists()


def test_without_a_browser_nothing_is_begun(folder):
    browser = InstalledBrowser(folder, lambda: iter(["/nowhere/chromium"]))
    assert not browser.find()
    with pytest.raises(BrowserError, match="no Edge, Chrome or Chromium"):
        browser.open(ADDRESS, PLACE)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("platform", "ending"),
    [("win32", "msedge.exe"), ("darwin", "MacOS/Microsoft Edge"), ("linux", "chromium")],
)
def test_each_system_has_its_own_places_to_look(monkeypatch, tmp_path, platform, ending):
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv("PROGRAMFILES", "C:/Program Files")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" * (name == "chromium"))
    assert next(programs()).endswith(ending)


def is_alive(pid):
    """Whether a process is there, and no zombie."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return told.rsplit(")", 1)[1].split()[0] != "Z"
