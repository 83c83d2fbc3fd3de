"""Ask before somebody can't sign in any more (ux.md 6.7, "People and PINs")."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.domain.people import Person
from pos_app.ui.widgets.dialog import Dialog

translate = QCoreApplication.translate
RETIRE = "retire"


def retire_person_dialog(parent: QWidget, person: Person) -> Dialog:
    """Return the question; it answers `RETIRE` or, by default and by Esc, "keep"."""
    title = translate("RetirePersonDialog", "Retire {name}?").format(name=person.name)
    dialog = Dialog(parent, "retirePersonDialog", title)
    words = translate(
        "RetirePersonDialog",
        "{name} can’t sign in or approve anything any more. Past sales and refunds keep the name. "
        "To come back, {name} is added again.",
    )
    dialog.add_text(words.format(name=person.name))
    keep = translate("RetirePersonDialog", "Keep {name}").format(name=person.name)
    dialog.add_action("keep", keep, "secondary", "keepPersonButton", is_safe=True, is_default=True)
    retire = translate("RetirePersonDialog", "Retire {name}").format(name=person.name)
    dialog.add_action(RETIRE, retire, "dangerFill", "confirmRetireButton")
    return dialog
