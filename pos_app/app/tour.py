"""`pos-app demo --tour`: a day at the till in training, with a picture of each step.

The real till with the real simulator beside it; what is pressed is what a person presses. Mei Lin
sells, Priya approves with her PIN what needs a manager. The tour takes about 30 s.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from pos_app.app import tour_money_back, tour_office, tour_sales
from pos_app.app.till import NoDisplayError, Session, TillOptions, check_display, run
from pos_app.app.tour_diary import Diary
from pos_app.app.tour_guide import Guide, TourStuckError, Until
from pos_app.app.tour_scene import Scene
from pos_app.domain.errors import PosAppError

if TYPE_CHECKING:
    from pos_app.paths import DataPaths
    from pos_app.services.till import Till

_SHORT_LIFE = ("POS_APP_METHODS_CODE_LIVES", "cc=30")
"""A code runs out while nobody answers; with the usual five minutes nobody would wait for it."""


def run_tour(options: TillOptions, out: Path) -> int:
    """Take the tour and return the exit code; off screen where there is no display.

    Args:
        options: the till, in training.
        out: folder of the pictures, the papers and `tour.json`; made if it is not there.

    Raises:
        TourStuckError: something unexpected happened; says what.
        JournalBrokenError: the journal that the tour has left is not whole.
        OSError: `out` cannot be written.
    """
    try:
        check_display(os.environ)
    except NoDisplayError:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault(*_SHORT_LIFE)
    out.mkdir(parents=True, exist_ok=True)
    diary = Diary(out)
    ended: list[PosAppError | None] = []

    def accompany(session: Session) -> Tour:
        tour = Tour(session, options, diary)
        tour.guide.over.connect(ended.append)
        return tour

    run(options, accompany)
    if not ended:
        raise TourStuckError("The window was closed before the tour was over.")
    if ended[0] is not None:
        raise ended[0]
    _verify_journal(options.paths, diary)
    diary.close()
    return 0


def _verify_journal(paths: DataPaths, diary: Diary) -> None:
    """Do what `pos-app journal verify --training` does, after the till has ended."""
    from pos_app.storage.store import open_store

    store = open_store(None, paths.database, "tour")  # which writes nothing itself
    try:
        with store.read() as work:
            diary.journal(work.journal.verify())
    finally:
        store.close()


class Tour(QObject):
    """The order of the tour's chapters.

    Attributes:
        guide: walks through the script once the till is there; says when it is over.
    """

    def __init__(self, session: Session, options: TillOptions, diary: Diary) -> None:
        super().__init__()
        self._scene = Scene(session.window, options.paths.receipts, diary)
        self.guide = Guide(self._script(), self)
        self.guide.over.connect(self._on_over)
        session.till_ready.connect(self._on_ready)
        session.till_failed.connect(self.guide.stop)
        session.failed.connect(self._on_unforeseen, Qt.ConnectionType.QueuedConnection)
        self.guide.start()

    @Slot(object)
    def _on_ready(self, till: Till) -> None:
        self._scene.till_is(till)

    @Slot()
    def _on_unforeseen(self) -> None:
        self.guide.stop(TourStuckError("Something went wrong in the program; see its log."))

    @Slot(object)
    def _on_over(self, trouble: PosAppError | None) -> None:
        QApplication.exit(0 if trouble is None else 1)

    def _script(self) -> Iterator[Until]:
        """Tell the tour, chapter by chapter."""
        scene = self._scene
        yield from tour_sales.sign_in(scene)
        unanswered = yield from tour_sales.sale_without_answer(scene)
        first = yield from tour_sales.paid_sale(scene, "4250")
        yield from tour_sales.cancelled_sale(scene)
        second = yield from tour_sales.paid_sale(scene, "2600")
        yield from tour_sales.stopped_sale(scene)
        yield from tour_money_back.refund_a_part(scene, first)
        yield from tour_money_back.cancel_whole(scene, second)
        yield from tour_office.compare_the_day(scene)
        yield from tour_office.look_at_settings(scene)
        yield from tour_office.settle_by_hand(scene, unanswered)
        yield from tour_office.lock(scene)
