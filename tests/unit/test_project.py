"""The project's own files keep their promises."""

import re
import tomllib
from pathlib import Path

import pytest

from pos_app import cli
from pos_app.domain.gateways import GATEWAYS

ROOT = Path(__file__).parent.parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PINNED = {
    re.split(r"==", block)[0]: block for block in re.split(r"\n(?=\w)", LOCK) if "==" in block
}


def plain(requirement):
    """ "psycopg[binary]>=3" → "psycopg"."""
    return re.match(r"[\w-]+", requirement)[0].lower()


@pytest.mark.parametrize("name", PINNED)
def test_every_package_is_pinned_with_hashes(name):
    assert re.match(rf"{name}==[\w.]+( ; [^\\]+)? \\\n", PINNED[name])
    assert re.search(r"--hash=sha256:[0-9a-f]{64}", PINNED[name])


def test_the_lock_names_no_host_and_no_place_on_a_machine():
    assert (
        re.findall(r"https?:|file:|--\w*index|--find-links|@ |^/|\s/\w", LOCK, re.MULTILINE) == []
    )


@pytest.mark.parametrize(
    "requirement",
    PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
)
def test_every_requirement_is_in_the_lock(requirement):
    assert plain(requirement) in PINNED


def test_pyside_stays_below_the_version_that_loses_references():
    for name in ("pyside6-essentials", "pyside6-addons", "shiboken6"):
        assert re.match(rf"{name}==6\.11\.", PINNED[name])


def test_the_readme_is_short_and_starts_with_the_two_commands():
    lines = README.splitlines()
    assert len(lines) <= 150
    top = "\n".join(lines[:5])
    assert "make demo" in top
    assert "make test" in top


def test_the_readme_shows_every_command():
    assert [name for name in cli.COMMANDS if f"`pos-app {name}" not in README] == []


def test_every_picture_of_the_readme_is_there():
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert pictures
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []


@pytest.mark.parametrize(
    "target", ["demo", "test", "lint", "bench", "package", "screenshots", "setup", "clean"]
)
def test_make_knows_the_promised_targets(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_continuous_integration_runs_lint_and_test():
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert script.splitlines()[-2:] == ["make lint", "make test"]
    assert "set -euo pipefail" in script


def test_no_screen_knows_a_payment_service_by_its_id():
    """Another service needs no change of the screens: they ask the table and the settings."""
    screens = {file: file.read_text("utf-8") for file in (ROOT / "pos_app/ui").rglob("*.py")}
    told = [(file.name, one) for file, text in screens.items() for one in GATEWAYS if one in text]
    assert told == []
