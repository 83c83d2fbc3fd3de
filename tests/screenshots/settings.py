"""The Settings page, with the dialogs of its sections."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from pos_app.domain.errors import LastManagerError, NameTakenError
from tests.fakes.payments import NOW
from tests.fakes.till_for_sell import JONAS, MEI_LIN, PRIYA
from tests.screenshots.connections import CONNECTIONS
from tests.screenshots.methods import METHODS, go_in

RAVI = replace(PRIYA, id=4, name="Ravi", pin_length=8)
STAFF = (MEI_LIN, replace(JONAS, locked_until=NOW + timedelta(minutes=5)), PRIYA, RAVI)
TAB = Qt.Key.Key_Tab


def settings(*steps, people=STAFF, keys=()):
    """Return the way to the people of the store, through Priya's PIN, and on by presses."""

    def show(stage):
        stage.till.people.people = people
        go_in(stage)
        for step in ("settingsItem_people", *steps):
            stage.click(step)
        stage.keys(*keys)

    return show


def door(stage):
    """A cashier at the door."""
    stage.sign_in()
    stage.keys((Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier), "99")


def not_saved(error, *steps):
    """Return the way to a change that is refused."""

    def show(stage):
        stage.till.people.refusal = error
        settings(*steps)(stage)

    return show


def not_the_same(stage):
    """Two PINs that differ in their last digit."""
    settings("personRow_2", "resetPinButton", keys=("4711", TAB, "4712"))(stage)
    stage.click("confirmNewPinButton")


def name_taken(stage):
    """Another Mei Lin."""
    stage.till.people.refusal = NameTakenError("There is a “Mei Lin” already.")
    settings("addPersonButton")(stage)
    stage.widget("personNameEdit").setText("Mei Lin")
    stage.widget("newPinEdit").setFocus()
    stage.keys("4711", TAB, "4711")
    stage.click("confirmNewPinButton")


SETTINGS = {
    "door": door,
    **METHODS,
    **CONNECTIONS,
    "people": settings("personRow_2"),
    "people-last-manager": settings("personRow_3", people=(MEI_LIN, JONAS, PRIYA)),
    "people-not-saved": not_saved(
        LastManagerError(), "personRow_4", "retirePersonButton", "confirmRetireButton"
    ),
    "people-reset": settings("personRow_2", "resetPinButton", keys=("471", TAB)),
    "people-not-the-same": not_the_same,
    "people-make-manager": settings("personRow_2", "changeRoleButton"),
    "people-make-cashier": settings("personRow_4", "changeRoleButton"),
    "people-retire": settings("personRow_2", "retirePersonButton"),
    "people-add": settings("addPersonButton"),
    "people-name-taken": name_taken,
}
