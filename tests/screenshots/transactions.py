"""The states of the Transactions page."""

from PySide6.QtCore import Qt

from pos_app.domain.charges import ChargeDecision
from pos_app.domain.errors import StorageError
from pos_app.domain.history import HistoryStatus
from pos_app.domain.refunds import RefundStatus
from tests.fakes.history import FakeHistory, detail_of, payment
from tests.fakes.payments import settled
from tests.screenshots.state import State

_DOWN = Qt.Key.Key_Down


def page(stage):
    """The day of the mock, nothing selected."""
    stage.till.answers.waiting = 1
    stage.sign_in()
    stage.keys((Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier))


def selected(row):
    """Return the way to the row `row` selected, counted from 0."""

    def show(stage):
        page(stage)
        stage.keys(*[_DOWN] * (row + 1))

    return show


def only(*payments):
    """Return the way to a list of these, the first selected."""

    def show(stage):
        stage.till.history = FakeHistory(*payments)
        page(stage)
        stage.keys(_DOWN)

    return show


def empty(stage):
    stage.till.history = FakeHistory()
    page(stage)


def no_match(stage):
    page(stage)
    stage.keys("zz")
    stage.keys(Qt.Key.Key_Return)


def read_error(stage):
    stage.till.history.trouble = StorageError("disk I/O error")
    page(stage)


def loading(stage):
    page(stage)
    stage.window.page._model.show_loading(6)


def dates(stage):
    page(stage)
    stage.click("dateFilterButton")


def calendar(stage):
    dates(stage)
    stage.click("dateChoice_chosen")


def methods(stage):
    page(stage)
    stage.click("methodFilterButton")
    stage.click("methodFilterChoice_alipay")


def statuses(stage):
    page(stage)
    stage.click("statusFilterButton")


def needs_answer(stage):
    page(stage)
    stage.click("needsAnswerFilter")
    stage.keys(_DOWN)


def all_dates(stage):
    page(stage)
    stage.click("dateFilterButton")
    stage.click("dateChoice_all")
    stage.keys(_DOWN, _DOWN, _DOWN)


def exporting(stage):
    page(stage)
    card = stage.window.page._view.card
    card.show_exporting(is_on=True)
    card.export.show_progress(34_000, 128_000)


def sheet(stage):
    """The panel as a sheet, where the window is narrow."""
    selected(2)(stage)
    if stage.window.page._view.is_sheet_closed:
        stage.keys(Qt.Key.Key_Return)


_BY_HAND = settled(payment(HistoryStatus.UNKNOWN).charge, ChargeDecision.PAID)
_SETTLED = detail_of(_BY_HAND)
_NOT_PAID = detail_of(settled(payment(HistoryStatus.UNKNOWN).charge, ChargeDecision.NOT_PAID))
_HELD = payment(
    HistoryStatus.REFUND_UNKNOWN,
    85,
    "126.00",
    refunds=(("30.00", RefundStatus.DONE), ("12.50", RefundStatus.UNKNOWN)),
)


def _whole(show):
    """Return the way there, and on until sums and count are in."""

    def show_whole(stage):
        show(stage)
        reader = stage.window.page._reader
        stage.settle(lambda: not reader._later.isActive())

    return show_whole


_STATES = (
    State("transactions", "idle", page),
    State("transactions", "unknown", selected(0)),
    State("transactions", "paid", selected(1)),
    State("transactions", "part-refunded", selected(2)),
    State("transactions", "declined", selected(3)),
    State("transactions", "refunded", selected(6)),
    State("transactions", "refund-unknown", only(_HELD)),
    State("transactions", "waiting", only(payment(HistoryStatus.WAITING))),
    State("transactions", "stopped", only(payment(HistoryStatus.STOPPED))),
    State("transactions", "mismatch", only(payment(HistoryStatus.MISMATCH))),
    State("transactions", "settled", only(payment(number=86), _SETTLED)),
    State("transactions", "settled-unpaid", only(payment(number=86), _NOT_PAID)),
    State("transactions", "returning", only(payment(HistoryStatus.RETURNING))),
    State("transactions", "empty", empty),
    State("transactions", "no-match", no_match),
    State("transactions", "read-error", read_error),
    State("transactions", "loading", loading),
    State("transactions", "dates", dates),
    State("transactions", "calendar", calendar),
    State("transactions", "methods", methods),
    State("transactions", "statuses", statuses),
    State("transactions", "needs-answer", needs_answer),
    State("transactions", "all-dates", all_dates),
    State("transactions", "sheet", sheet),
    State("transactions", "exporting", exporting),
)
TRANSACTIONS = tuple(State(one.page, one.name, _whole(one.show)) for one in _STATES)
