"""The till's process: one per data folder, a display, its simulator, troubles told on a page."""

import subprocess
import sys
import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalServer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from pos_app.app.instance import Bell, ring
from pos_app.app.loading import Loader
from pos_app.app.report import save_report
from pos_app.app.simulator import EmbeddedSimulator, SimulatorError
from pos_app.app.till import NoDisplayError, check_display, lock_folder
from pos_app.domain.errors import AlreadyRunningError, DatabaseReadOnlyError, StorageError
from pos_app.paths import DataPaths
from pos_app.ui.errors import explain
from pos_app.ui.widgets.trouble_page import TroublePage, is_covered
from pos_app.ui.window import running_notice
from pos_app.ui.window.running_notice import RunningNotice

SECOND_START = """
import pathlib, sys
from PySide6.QtCore import QCoreApplication
from pos_app.app.instance import ring
from pos_app.paths import DataPaths
app = QCoreApplication([])
sys.exit(not ring(DataPaths(pathlib.Path(sys.argv[1]))))
"""


@pytest.fixture
def paths(tmp_path):
    return DataPaths(tmp_path / "till")


def test_one_till_works_on_a_data_folder(paths):
    lock = lock_folder(paths)
    with pytest.raises(AlreadyRunningError, match="already running"):
        lock_folder(paths)
    lock.unlock()
    lock_folder(paths).unlock()


def test_a_second_start_brings_the_first_till_to_the_front(paths, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    bell = Bell(paths, window)
    bell.listen()
    with qtbot.waitSignal(bell.rung, timeout=20_000):
        second = subprocess.Popen([sys.executable, "-c", SECOND_START, paths.root])
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0


def test_a_till_of_another_folder_does_not_hear_it(paths, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    bell = Bell(DataPaths(paths.root / "other"), window)
    bell.listen()
    with qtbot.assertNotEmitted(bell.rung):
        assert not ring(paths, wait_ms=50)


def test_a_bell_left_by_a_killed_till_does_not_silence_the_next(paths, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    left = QLocalServer(window)
    left.listen(Bell(paths, window)._name)
    bell = Bell(paths, window)
    bell.listen()
    assert bell._server.isListening()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_till_that_does_not_come_forward_is_told_in_a_window(qtbot, key):
    notice = RunningNotice(explain(AlreadyRunningError("on this folder")))
    qtbot.addWidget(notice)
    notice.open()
    said = [label.text() for label in notice.findChildren(QLabel)]
    assert said[0] == "QR Till is already running."
    QTest.keyClick(notice, key)
    assert not notice.isVisible()


def test_nobody_has_to_close_that_window(qtbot, monkeypatch):
    monkeypatch.setattr(running_notice, "GOES_AFTER_MS", 10)
    notice = RunningNotice(explain(AlreadyRunningError("on this folder")))
    qtbot.addWidget(notice)
    notice.open()
    qtbot.waitUntil(lambda: not notice.isVisible())


def test_a_lock_left_by_a_killed_till_does_not_stop_the_next(paths):
    paths.root.mkdir(parents=True)
    paths.lock.write_text("999999999\npython\n\n\n\n", encoding="ascii")
    lock_folder(paths).unlock()


def test_a_folder_that_cannot_be_made_is_left_for_the_window_to_tell(tmp_path):
    file = tmp_path / "file"
    file.write_text("in the way", encoding="ascii")
    assert lock_folder(DataPaths(file / "till")) is None


def test_without_a_display_it_says_so(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(NoDisplayError, match="no display"):
        check_display({})
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        check_display({variable: "x"})


def test_the_simulator_keeps_its_port_over_restarts_and_ends_with_the_till(paths):
    simulator = EmbeddedSimulator(paths)
    first = simulator.start()
    process = simulator._companion._process
    simulator.stop()
    assert process.returncode is not None
    again = EmbeddedSimulator(paths)
    try:
        assert again.start() == first
        beside = EmbeddedSimulator(DataPaths(paths.root / "other"))
        beside._paths.root.mkdir()
        (beside._paths.root / "simulator.port").write_text(
            first.rpartition(":")[2].strip("/"), encoding="ascii"
        )
        try:
            assert beside.start() != first
        finally:
            beside.stop()
    finally:
        again.stop()


def test_a_simulator_that_does_not_start_is_a_plain_error(paths, monkeypatch):
    monkeypatch.setattr("pos_app.app.companion._ourselves", lambda: ["false"])
    with pytest.raises(SimulatorError):
        EmbeddedSimulator(paths).start()


def test_services_that_cannot_be_built_are_told_and_can_be_tried_again(paths, qtbot):
    paths.root.mkdir(parents=True)
    paths.config.write_text("[store]\ncurrency = 7\n", encoding="utf-8")
    loader = Loader(paths, is_training=False, environ={})
    with qtbot.waitSignal(loader.failed, timeout=20_000) as failed:
        loader.start()
    explained = explain(failed.args[0])
    assert "currency" in explained.to_do
    assert str(paths.config) in explained.to_do
    paths.config.unlink()
    with qtbot.waitSignal(loader.ready, timeout=20_000) as ready:
        loader.start()
    assert ready.args[0] is loader.till
    loader.close()


def test_a_ledger_that_cannot_be_opened_is_a_storage_trouble(paths, qtbot):
    paths.database.mkdir(parents=True)
    loader = Loader(paths, is_training=False, environ={})
    with qtbot.waitSignal(loader.failed, timeout=20_000) as failed:
        loader.start()
    assert isinstance(failed.args[0], StorageError)


def test_a_trouble_page_says_what_is_safe_and_tries_again(qapp, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 640)
    window.show()
    window.activateWindow()
    page = TroublePage(window, explain(DatabaseReadOnlyError("till.sqlite3 is read-only")))
    page.open()
    words = {label.text() for label in page.findChildren(QLabel)}
    assert "The register’s database can’t be written." in words
    assert "till.sqlite3 is read-only" in words
    assert is_covered(window)
    assert page.size() == window.size()
    with qtbot.waitSignal(page.close_wanted):
        page.findChild(QPushButton, "closeAppButton").click()
    with qtbot.waitSignal(page.retry_wanted):
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert not is_covered(window)


@pytest.mark.parametrize("is_training", [False, True])
def test_a_report_holds_logs_and_versions_and_no_ledger(paths, is_training):
    """In training, too: the program has one log, wherever its ledger is."""
    logs, paths = paths.logs, paths.training if is_training else paths
    logs.mkdir(parents=True)
    (logs / "till.log").write_text("a line", encoding="utf-8")
    paths.root.mkdir(exist_ok=True)
    paths.database.write_text("money", encoding="utf-8")
    paths.config.write_text("[citcon_chop]\ntoken = 'secret'", encoding="utf-8")
    with zipfile.ZipFile(save_report(paths)) as bundle:
        assert sorted(bundle.namelist()) == ["about.txt", "logs/till.log"]
        assert b"QR Till" in bundle.read("about.txt")
