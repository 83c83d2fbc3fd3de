import json
import os
import sys

import pytest

from pos_app.config.settings import PrinterSettings
from pos_app.services.doctor import desktop
from pos_app.services.doctor.desktop import Desktop, DesktopSilentError
from pos_app.services.doctor.verdicts import Level

QT = {"qt": "6.11.3", "pyside": "6.11.3", "missing_fonts": []}
DISPLAY = {**os.environ, "DISPLAY": ":0"}


def running(code, environ=DISPLAY):
    """A process that runs `code` instead of asking Qt."""
    return Desktop([sys.executable, "-c", code], environ)


def answering(answer):
    return running(f"print({json.dumps(answer)!r})")


def test_the_question_is_the_last_argument_and_needs_no_display():
    asked = running(
        "import json, os, sys; print(json.dumps([sys.argv[1], os.environ['QT_QPA_PLATFORM']]))"
    )
    assert asked.ask("printers", is_off_screen=True) == ["printers", "offscreen"]


def test_the_telling_line_of_a_process_that_died_is_the_reason():
    died = running(
        "import os, sys; sys.stderr.write('noise\\nxcb-cursor0 is needed\\nGood bye\\n');"
        " sys.stderr.flush(); os._exit(134)"
    )
    with pytest.raises(DesktopSilentError, match=r"^xcb-cursor0 is needed$"):
        died.ask("screens", is_off_screen=False)
    found = desktop.screens(died)
    assert found.level is Level.TROUBLE
    assert "xcb-cursor0 is needed" in found.text
    assert "make setup" in found.advice


def test_a_process_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(desktop, "PATIENCE_S", 0.2)
    hangs = running("import threading; threading.Event().wait()")
    found = desktop.printer(hangs, PrinterSettings())
    assert found.level is Level.TROUBLE
    assert "no answer in time" in found.text


def test_qt_and_its_fonts_are_told():
    assert desktop.qt(answering(QT)).level is Level.OK
    missing = desktop.qt(answering({**QT, "missing_fonts": ["Inter.otf"]}))
    assert missing.level is Level.TROUBLE
    assert "Inter.otf" in missing.text


@pytest.mark.parametrize(
    ("python", "pyside", "level"),
    [
        ((3, 11), "6.12.0", Level.TROUBLE),
        ((3, 11), "6.11.9", Level.OK),
        ((3, 12), "6.12.0", Level.OK),
    ],
)
def test_the_pyside_that_loses_references_is_named(python, pyside, level, monkeypatch):
    monkeypatch.setattr(desktop.sys, "version_info", python)
    assert desktop.qt(answering({**QT, "pyside": pyside})).level is level


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a display")
def test_without_a_display_nothing_is_even_started():
    found = desktop.screens(running("raise SystemExit('started')", environ={}))
    assert found.level is Level.TROUBLE
    assert "no display" in found.text


@pytest.mark.parametrize(
    ("sizes", "level"),
    [
        ([(1366, 768)], Level.OK),
        ([(800, 600), (1920, 1080)], Level.OK),
        ([(800, 600)], Level.WARNING),
        ([], Level.TROUBLE),
    ],
)
def test_one_screen_must_be_large_enough(sizes, level):
    found = [{"width": width, "height": height} for width, height in sizes]
    assert desktop.screens(answering({"screens": found})).level is level


@pytest.mark.parametrize(
    ("name", "names", "default", "level"),
    [
        ("", ["TM-T20"], "TM-T20", Level.WARNING),
        ("system", ["TM-T20"], "TM-T20", Level.OK),
        ("system", ["TM-T20"], "", Level.TROUBLE),
        ("TM-T20", ["TM-T20"], "", Level.OK),
        ("TM-T20", [], "", Level.TROUBLE),
    ],
)
def test_the_chosen_printer_must_be_there(name, names, default, level):
    there = answering({"names": names, "default": default})
    assert desktop.printer(there, PrinterSettings(name=name)).level is level
