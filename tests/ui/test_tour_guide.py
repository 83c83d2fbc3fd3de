"""The guide walks through a script in the event loop; the hands press what can be seen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pos_app.app.tour_guide import Guide, Hands, TourStuckError, Until
from pos_app.domain.errors import PrinterError


def walk(qtbot, script):
    guide = Guide(script)
    with qtbot.waitSignal(guide.over) as over:
        guide.start()
    return over.args[0]


def test_a_script_goes_on_when_what_it_waits_for_has_happened(qtbot):
    seen = []

    def script():
        yield Until(lambda: seen.append("looked") or len(seen) > 2, "three looks")
        seen.append("went on")

    assert walk(qtbot, script()) is None
    assert seen == ["looked", "looked", "looked", "went on"]


def test_what_does_not_happen_in_time_ends_it_with_a_sentence(qtbot):
    def script():
        yield Until(lambda: False, "the code", within_s=0.05)

    trouble = walk(qtbot, script())
    assert isinstance(trouble, TourStuckError)
    assert str(trouble) == "The tour waited in vain for the code."


@pytest.mark.parametrize("error", [PrinterError("No paper."), OSError(28, "No space left")])
def test_a_known_trouble_ends_it(qtbot, error):
    def script():
        yield Until(lambda: True, "nothing")
        raise error

    assert str(error) in str(walk(qtbot, script()))


def test_a_script_that_fails_in_an_unforeseen_way_never_counts_as_done(qapp):
    def script():
        yield Until(lambda: True, "nothing")
        raise ZeroDivisionError

    guide, ends = Guide(script()), []
    guide.over.connect(ends.append)
    guide.start()
    guide._look()
    with pytest.raises(ZeroDivisionError):
        guide._look()
    assert not guide._timer.isActive()
    assert ends == []
    guide.stop(TourStuckError("see the log"))
    guide.stop(None)
    assert [str(end) for end in ends] == ["see the log"]


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.field = QLineEdit()
    window.button = QPushButton("Charge")
    window.button.setObjectName("chargeButton")
    column = QVBoxLayout(window)
    column.addWidget(window.field)
    column.addWidget(window.button)
    window.show()
    window.activateWindow()
    window.field.setFocus()
    return window


def test_keys_go_where_a_keyboards_go(window):
    Hands(window).type("42.5", Qt.Key.Key_Home, "1", (Qt.Key.Key_End, Qt.KeyboardModifier(0)), "0")
    assert window.field.text() == "142.50"


def test_only_what_can_be_seen_and_is_on_can_be_pressed(window):
    hands, pressed = Hands(window), []
    window.button.clicked.connect(lambda: pressed.append(True))
    hands.press("chargeButton")
    assert pressed == [True]
    window.button.setEnabled(False)
    assert hands.sees("chargeButton")
    assert not hands.can_press("chargeButton")
    with pytest.raises(TourStuckError, match="chargeButton"):
        hands.press("chargeButton")
    window.button.hide()
    assert not hands.sees("chargeButton")


def test_a_picture_that_cannot_be_written_is_told(window, tmp_path):
    Hands(window).picture(tmp_path / "lock.png")
    assert (tmp_path / "lock.png").stat().st_size > 0
    with pytest.raises(TourStuckError, match=r"none.lock\.png"):
        Hands(window).picture(tmp_path / "none" / "lock.png")


def test_a_click_takes_the_focus_as_by_a_mouse(window):
    Hands(window).press("chargeButton")
    assert window.button.hasFocus()


def test_what_banners_labels_and_tables_say_is_read_only_where_it_can_be_seen(window):
    said = {"refundMessage": QLabel(window), "detailReference": QLabel("HSG1-0087", window)}
    table = said["transactionsTable"] = QTableWidget(1, 1, window)
    said["refundMessage"].setProperty("state", "refundDone")
    item = QTableWidgetItem("14:32")
    item.setData(Qt.ItemDataRole.AccessibleTextRole, "14:32, HSG1-0087, Paid")
    table.setItem(0, 0, item)
    hands = Hands(window)
    for name, widget in said.items():
        widget.setObjectName(name)
        widget.show()
    assert hands.state_of("refundMessage") == "refundDone"
    assert hands.words_of("detailReference") == "HSG1-0087"
    assert hands.rows_of("transactionsTable") == ("14:32, HSG1-0087, Paid",)
    for widget in said.values():
        widget.hide()
    assert hands.state_of("refundMessage") == hands.words_of("detailReference") == ""
    assert hands.rows_of("transactionsTable") == ()
