"""Saves the payments of a list as a file: who may, where to, how far it is."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from pos_app.ui.errors import explain

if TYPE_CHECKING:
    from pos_app.domain.errors import PosAppError
    from pos_app.domain.history import HistoryFilter
    from pos_app.domain.people import Person
    from pos_app.services.till import Till
    from pos_app.ui.background import Background


class Exporting(QObject):
    """One export at a time; it goes on while other pages are up and ends with the program.

    Args:
        page: over whose window the PIN and the file are asked for.

    Signals:
        begun(): rows are being written.
        progressed(int, int): so many of so many are.
        ended(): it is over, whatever came of it.
        toast_wanted(str): what came of it.
        sound_wanted(str): "limit", for a wrong PIN.
    """

    begun = Signal()
    progressed = Signal(int, int)
    ended = Signal()
    toast_wanted = Signal(str)
    sound_wanted = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._till: Till | None = None
        self._background: Background | None = None
        self._person: Person | None = None
        self._chooser: QFileDialog | None = None
        self._is_running = self._is_given_up = False

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services."""
        self._till, self._background = till, background
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.give_up)

    def tell_person(self, person: Person) -> None:
        """Know who is signed in: a manager exports without being asked for a PIN."""
        self._person = person

    def begin(self, wanted: HistoryFilter, today: date) -> None:
        """Export what meets a filter, once a manager approves and a file is chosen."""
        if self._till is None or self._background is None or self._is_running:
            return
        if self._person is not None and self._person.is_manager:
            self._ask_for_file(wanted, today, self._person)
            return
        from pos_app.ui.dialogs.manager_pin_dialog import ManagerPinDialog

        dialog = ManagerPinDialog(
            self._page,
            self._till.people,
            self._background,
            purpose=self.tr("Saves the payments of this list as a file."),
        )
        dialog.sound_wanted.connect(self.sound_wanted)
        dialog.approved.connect(lambda manager: self._ask_for_file(wanted, today, manager))
        dialog.open()

    def withdraw(self) -> None:
        """Ask for no file any more: the page has gone, or the till is locked."""
        if self._chooser is not None:
            self._chooser.reject()

    @Slot()
    def give_up(self) -> None:
        """Stop soon; no file is left behind."""
        self._is_given_up = True

    def _ask_for_file(self, wanted: HistoryFilter, today: date, manager: Person) -> None:
        chooser = QFileDialog(self._page.window(), self.tr("Export transactions"))
        chooser.setObjectName("exportFileDialog")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilter(self.tr("Table (*.csv)"))
        chooser.setDefaultSuffix("csv")
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        chooser.setDirectory(QStandardPaths.writableLocation(documents))
        chooser.selectFile(f"transactions-{today.isoformat()}.csv")
        chooser.finished.connect(self._on_chooser_closed)
        chooser.fileSelected.connect(lambda name: self.write(wanted, Path(name), manager))
        self._chooser = chooser
        chooser.open()

    def write(self, wanted: HistoryFilter, file: Path, manager: Person) -> None:
        """Write what meets a filter to `file`, off the GUI thread, as `manager` has approved."""
        if self._till is None or self._background is None or self._is_running:
            return
        self._is_running, self._is_given_up = True, False
        who = self._person or manager
        export = partial(
            self._till.history.export, wanted, file, who=who.id, approved_by=manager.id
        )
        self.begun.emit()
        self._background.run(
            partial(export, progress=self._tell),
            partial(self._on_written, file),
            self._on_failed,
            owner=self,
        )

    @Slot()
    def _on_chooser_closed(self) -> None:
        self._chooser = None

    def _tell(self, done: int, total: int) -> bool:
        """Hand progress over to the GUI thread; called on the thread that writes."""
        self.progressed.emit(done, total)
        return not self._is_given_up

    def _on_written(self, file: Path, count: int | None) -> None:
        if count is None:
            words = self.tr("Export cancelled. No file was saved.")
        elif count == 1:
            words = self.tr("1 transaction saved as {file}.").format(file=file.name)
        else:
            words = self.tr("{count} transactions saved as {file}.")
            words = words.format(count=f"{count:,}", file=file.name)
        self._end(words)

    def _on_failed(self, error: PosAppError) -> None:
        words = explain(error)
        self._end(f"{words.happened} {words.text}".strip())

    def _end(self, words: str) -> None:
        self._is_running = False
        self.toast_wanted.emit(words)
        self.ended.emit()
