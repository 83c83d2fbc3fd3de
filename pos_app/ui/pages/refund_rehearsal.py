"""What the pretend service shall answer to a refund: chosen in its dialog, while training."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from pos_app.ui.widgets.refund_training import RefundAct

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.errors import PosAppError
    from pos_app.services.training import TrainingDesk
    from pos_app.ui.background import Background
    from pos_app.ui.dialogs.money_back_dialog import MoneyBackDialog


class RefundRehearsal(QObject):
    """Arranges the answer off the GUI thread, and marks it in the dialog once it is."""

    def __init__(
        self,
        dialog: MoneyBackDialog,
        desk: TrainingDesk,
        background: Background,
        failed: Callable[[PosAppError], None],
    ) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._desk, self._background, self._failed = desk, background, failed
        dialog.training.acted.connect(self._on_acted)

    @Slot(object)
    def _on_acted(self, act: RefundAct) -> None:
        acts = {
            RefundAct.WORKS: self._desk.refund_works,
            RefundAct.NO_BALANCE: self._desk.refund_no_balance,
            RefundAct.LOSE_ANSWER: self._desk.refund_lose_answer,
        }
        self._dialog.training.show_act(None)

        def arranged(_result: object) -> None:
            self._dialog.training.show_act(act)

        call = partial(acts[act], self._dialog.view.charge.id)
        self._background.run(call, arranged, self._failed, owner=self)
