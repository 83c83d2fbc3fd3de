"""Compare with Citcon, in every state of its dialog."""

from pos_app.domain.errors import DiskFullError
from pos_app.ui.pages.reconciling import Reconciling
from tests.fakes.reconciling import (
    BEHIND,
    EVERY_KIND,
    FOUND,
    MORE,
    STRANGE,
    UNKNOWN,
    FakeReconciliation,
    report,
)


def reconciling(*differences, is_run=True, trouble=None, every=False, **changes):
    """Return the way to the dialog after a comparison that found `differences`."""
    found = EVERY_KIND if every else report(*differences, **changes)

    def show(stage):
        stage.till.reconciliation = FakeReconciliation(found, trouble)
        stage.sign_in()
        opened = Reconciling(stage.window.page)
        opened.connect_till(stage.till, stage.window.background)
        opened.open()
        stage.settle()
        if is_run:
            stage.click("confirmReconcileButton")

    return show


def comparing(stage):
    """While it is under way."""
    reconciling(is_run=False)(stage)
    stage.widget("reconcileDialog").show_progress(34, 143)
    stage.settle()


RECONCILING = {
    "day": reconciling(is_run=False),
    "comparing": comparing,
    "agrees": reconciling(),
    "repaired": reconciling(FOUND),
    "differences": reconciling(FOUND, UNKNOWN, MORE, BEHIND, STRANGE),
    "every-kind": reconciling(every=True),
    "no-list": reconciling(UNKNOWN, has_list=False, not_compared=12),
    "not-written": reconciling(trouble=DiskFullError("The disk is full.")),
}
