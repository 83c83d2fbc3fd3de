"""No PIN, right or wrong, is left anywhere: on the screens, in files, logs, rows or exports."""

import io
import logging
import zipfile
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from pos_app.app.report import save_report
from pos_app.compose import Parts
from pos_app.domain.people import Role
from pos_app.logs import start_logging, stop_logging
from pos_app.paths import DataPaths
from pos_app.services.exporting import FORMATS, TABLES
from pos_app.storage.store import open_store
from pos_app.ui import theme
from pos_app.ui.pages.money_back import MoneyBack
from pos_app.ui.widgets.manager_pin import ManagerPinField
from pos_app.ui.widgets.new_pin import NewPin
from tests.fakes.at_the_till import (
    RETURN,
    charge,
    come_to_rest,
    control,
    dialog_of,
    go_into_settings,
    let_pay,
    open_people,
    sign_in,
    type_pin,
)
from tests.fakes.command import NOWHERE
from tests.fakes.gateway import FakeGateway
from tests.fakes.pin_leaks import places_that_tell
from tests.fakes.till import CHEAP
from tests.fakes.till_for_sell import PRIYA
from tests.fakes.whole_window import whole_window

TAB = Qt.Key.Key_Tab
PRIYAS, MEIS, MEIS_NEW = "86429137", "753918", "946827"
WRONG, WRONG_MANAGERS = "683579", "97538642"
ALL = (PRIYAS, MEIS, MEIS_NEW, WRONG, WRONG_MANAGERS)


@pytest.fixture
def folder(tmp_path):
    """A data folder that keeps even the most talkative log."""
    start_logging(DataPaths(tmp_path).logs, level=logging.DEBUG)
    yield tmp_path
    stop_logging()


def look(shown):
    """Nothing that a widget tells of itself holds a PIN, keyed in part or whole."""
    assert {pin: places_that_tell(pin, shown.window) for pin in ALL} == {pin: [] for pin in ALL}


def key_new_pin(shown, pin):
    """Into both fields of a new PIN, and look while it stands there."""
    shown.press(*pin)
    look(shown)
    shown.press(TAB, *pin)
    look(shown)
    shown.press(RETURN)


def add_first_manager(shown):
    dialog = dialog_of(shown, "firstManagerDialog")
    dialog.findChild(QLineEdit, "wizardManagerNameEdit").setText("Priya")
    shown.press(TAB)
    key_new_pin(shown, PRIYAS)
    shown.wait(lambda: shown.page == "sellPage")
    come_to_rest(shown)
    shown.till.shifts.open(shown.till.people.named("Priya").id)


def add_mei_lin(shown):
    """By Priya, who is signed in."""
    control(shown, Qt.Key.Key_Comma)
    open_people(shown)
    shown.click("addPersonButton")
    dialog_of(shown, "newPersonDialog")
    QTest.keyClicks(QApplication.focusWidget(), "Mei Lin")
    shown.press(TAB, TAB)
    key_new_pin(shown, MEIS)
    shown.wait(lambda: shown.find("personRow_2"))


def sign_in_after_a_wrong_pin(shown):
    control(shown, Qt.Key.Key_L)
    shown.click("personItem_2")
    type_pin(shown, WRONG[:5])
    look(shown)
    type_pin(shown, WRONG[5:])
    shown.wait(lambda: shown.find("pinMessage"))
    look(shown)
    sign_in(shown, 2, MEIS)


def approve_after_a_wrong_pin(shown):
    """And give Mei Lin another PIN."""
    control(shown, Qt.Key.Key_Comma)
    dialog = dialog_of(shown, "managerPinDialog")
    shown.press(*WRONG_MANAGERS)
    look(shown)
    shown.press(RETURN)
    shown.wait(lambda: shown.find("managerPinError") and not dialog.is_busy)
    look(shown)
    shown.press(Qt.Key.Key_Escape)
    go_into_settings(shown, PRIYAS)
    open_people(shown)
    shown.click("personRow_2")
    shown.click("resetPinButton")
    dialog_of(shown, "newPinDialog")
    key_new_pin(shown, MEIS_NEW)
    shown.wait(lambda: shown.find("newPinEdit") is None)
    come_to_rest(shown)
    control(shown, Qt.Key.Key_1)


def refund_with_approval(shown, gateway):
    sell, mei = shown.window.page, shown.till.people.named("Mei Lin")
    charge_id = charge(shown)
    let_pay(shown, gateway, charge_id)
    money_back = MoneyBack(sell)
    money_back.connect_till(shown.till, shown.window.background)
    money_back.tell_person(mei)
    money_back.refund(charge_id)
    dialog_of(shown, "refundDialog")
    shown.press(*"1250", RETURN, RETURN, RETURN, *PRIYAS)
    look(shown)
    shown.press(RETURN, RETURN)
    shown.wait(lambda: shown.till.refunding.standing(charge_id).refunded.plain == "12.50")
    come_to_rest(shown)
    look(shown)


def written(folder):
    """Everything on disk by name: files, the report's content, rows, exports."""
    paths = DataPaths(folder)
    with zipfile.ZipFile(save_report(paths)) as report:
        found = {f"report/{name}": report.read(name).decode() for name in report.namelist()}
    for file in folder.rglob("*"):
        if file.is_file():
            found[file.name] = file.read_bytes().decode("latin-1")
    store = open_store(None, paths.database, "test")
    with store.read() as work:
        found["journal"] = "\n".join(repr(entry) for entry in work.journal.entries())
        found["people"] = repr(work.people.all())
        for name, table in TABLES.items():
            for kind, write in FORMATS.items():
                stream = io.StringIO()
                write(table.columns, table.rows(work.exports)(None, None), stream)
                found[f"{name}.{kind}"] = stream.getvalue()
    store.close()
    return found


def test_a_day_of_right_and_wrong_pins_leaves_none(qtbot, folder, capfd):
    gateway = FakeGateway()
    parts = Parts(factories=[gateway.factory()], hasher=CHEAP)
    where = {"POS_APP_CITCON_CHOP_BASE_URL": NOWHERE}
    with whole_window(qtbot, folder, parts=parts, is_training=False, **where) as shown:
        add_first_manager(shown)
        add_mei_lin(shown)
        sign_in_after_a_wrong_pin(shown)
        approve_after_a_wrong_pin(shown)
        refund_with_approval(shown, gateway)
        said = repr(shown.till.people.everyone())
    found = written(folder) | {"said": said, "output": "".join(capfd.readouterr())}
    kinds = ("person_added", "person_pin_reset", "refund_requested")
    assert [kind for kind in kinds if kind not in found["journal"]] == []
    assert "Priya" in said
    assert {(name, pin) for name, text in found.items() for pin in ALL if pin in text} == set()


def test_the_search_would_find_one(qtbot, folder):
    """A field that shows what is keyed, a log line, a file."""
    field = QLineEdit(PRIYAS)
    qtbot.addWidget(field)
    assert places_that_tell(PRIYAS, field)
    logging.getLogger("careless").debug("PIN %s", MEIS)
    found = written(folder)
    assert {name for name, text in found.items() if MEIS in text} == {
        "till.log",
        "report/logs/till.log",
    }


def managers_pin(parent):
    field = ManagerPinField(parent)
    field.show_managers([PRIYA])
    return field


@pytest.mark.parametrize("make", [managers_pin, partial(NewPin, Role.MANAGER)])
def test_pictures_show_how_many_digits_were_keyed_but_never_which(qapp, qtbot, make):
    theme.load_fonts()
    theme.apply(qapp, theme.Look())
    pictures = {}
    for digits in ("8642", "9753", "864"):
        parent = QWidget()
        qtbot.addWidget(parent)
        field = make(parent)
        field.resize(420, 240)
        for digit in digits:
            field.key(digit)
        pictures[digits] = field.grab().toImage()
    assert pictures["8642"] == pictures["9753"]
    assert pictures["8642"] != pictures["864"]
