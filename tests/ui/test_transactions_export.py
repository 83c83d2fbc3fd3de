"""Export: a manager's PIN, a file, and how far it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from pos_app.domain.errors import ExportError
from pos_app.domain.history import HistoryStatus
from pos_app.ui.widgets.dialog import open_dialog
from tests.fakes.payments import LaterBackground
from tests.fakes.till_for_sell import MEI_LIN, PRIYA
from tests.fakes.transactions import TransactionsDesk


class ExportingHistory:
    """Writes `steps` of progress, and ends as `History.export` does."""

    def __init__(self, steps=(1, 2)):
        self.steps, self.asked, self.trouble = steps, [], None

    def export(self, wanted, file, *, who, approved_by, progress):
        self.asked.append((wanted, file))
        self.people = (who, approved_by)
        if self.trouble is not None:
            raise self.trouble
        for done in self.steps:
            if not progress(done, self.steps[-1]):
                return None
        return self.steps[-1]


@pytest.fixture
def desk(qtbot):
    return with_history(TransactionsDesk(qtbot))


def with_history(desk):
    desk.exports = ExportingHistory()
    desk.history.export = desk.exports.export
    return desk


def chooser(desk):
    return desk.page.window().findChild(QFileDialog, "exportFileDialog")


def choose(desk, file):
    chooser(desk).selectFile(str(file))
    chooser(desk).accept()


def test_a_manager_chooses_a_file_and_is_told_what_was_saved(desk, tmp_path):
    desk.page.set_person(PRIYA)
    desk.click("statusFilterButton")
    desk.click("statusFilterChoice_paid")
    desk.press(Qt.Key.Key_Escape)
    desk.click("exportButton")
    assert chooser(desk).selectedFiles()[0].endswith("transactions-2025-07-12.csv")
    choose(desk, tmp_path / "july")
    ((wanted, file),) = desk.exports.asked
    assert wanted.statuses == {HistoryStatus.PAID}
    assert file == tmp_path / "july.csv"
    assert desk.toasts == ["2 transactions saved as july.csv."]
    assert desk.find("exportStrip") is None


def test_a_cashier_needs_a_manager_s_pin(desk, qtbot, tmp_path):
    desk.click("exportButton")
    dialog = open_dialog(desk.page.window())
    assert dialog.objectName() == "managerPinDialog"
    assert chooser(desk) is None
    for digit in "999999":
        qtbot.keyClick(QApplication.focusWidget(), digit)
    dialog.findChild(type(dialog._confirm), "confirmManagerPinButton").click()
    choose(desk, tmp_path / "july.csv")
    assert len(desk.exports.asked) == 1
    assert desk.exports.people == (MEI_LIN.id, PRIYA.id)


def test_giving_up_leaves_no_file_and_says_so(qtbot, tmp_path):
    background = LaterBackground()
    desk = with_history(TransactionsDesk(qtbot, background=background))
    background.run_all()
    desk.page.set_person(PRIYA)
    desk.click("exportButton")
    choose(desk, tmp_path / "july.csv")
    assert desk.find("exportStrip") is not None
    assert desk.find("transactionsTotals") is None
    desk.click("cancelExportButton")
    background.run_all()
    assert desk.toasts == ["Export cancelled. No file was saved."]
    assert desk.find("transactionsTotals") is not None


def test_the_question_for_a_file_goes_when_the_till_is_locked(desk, qtbot):
    desk.page.set_person(PRIYA)
    desk.click("exportButton")
    assert chooser(desk).isVisible()
    desk.page.hidden()
    qtbot.waitUntil(lambda: chooser(desk) is None or not chooser(desk).isVisible())
    assert desk.exports.asked == []


def test_a_second_export_waits_for_the_first(qtbot, tmp_path):
    background = LaterBackground()
    desk = with_history(TransactionsDesk(qtbot, background=background))
    background.run_all()
    desk.page.set_person(PRIYA)
    desk.click("exportButton")
    choose(desk, tmp_path / "july.csv")
    desk.click("exportButton")
    background.run_all()
    assert len(desk.exports.asked) == 1


def test_a_file_that_cannot_be_written_is_told(desk, tmp_path):
    desk.exports.trouble = ExportError("no room")
    desk.page.set_person(PRIYA)
    desk.click("exportButton")
    choose(desk, tmp_path / "july.csv")
    assert desk.toasts[0].startswith("The file couldn’t be written. Nothing was lost.")
    assert desk.find("exportStrip") is None


def test_the_program_s_end_gives_up(qapp, qtbot, tmp_path):
    background = LaterBackground()
    desk = with_history(TransactionsDesk(qtbot, background=background))
    background.run_all()
    desk.page.set_person(PRIYA)
    desk.click("exportButton")
    choose(desk, tmp_path / "july.csv")
    qapp.aboutToQuit.emit()
    background.run_all()
    assert desk.toasts == ["Export cancelled. No file was saved."]
