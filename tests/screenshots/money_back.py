"""The dialogs with which money goes back, in every state."""

from dataclasses import replace

from tests.fakes.till_for_sell import PRIYA

ANNA = replace(PRIYA, id=4, name="Anna", pin_length=8)


def manager_pin(keys="", *, people=(), is_pressed=False):
    """Return the way to the question for a manager's PIN."""

    def show(stage):
        from pos_app.ui.dialogs.manager_pin_dialog import ManagerPinDialog

        stage.till.people.people += people
        stage.sign_in()
        dialog = ManagerPinDialog(
            stage.window,
            stage.till.people,
            stage.window.background,
            purpose="Managers change prices, people and the connection to Citcon.",
        )
        dialog.open()
        stage.settle()
        stage.keys(keys)
        if is_pressed:
            stage.click("confirmManagerPinButton")

    return show
