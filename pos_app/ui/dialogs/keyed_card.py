"""Key a customer's card, where the shop allows it (ux.md 6.12)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_app.domain.cards import KeyedCard
from pos_app.domain.money import Money
from pos_app.ui import theme
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.card_form import CardForm
from pos_app.ui.widgets.dialog import Dialog

translate = QCoreApplication.translate
_WIDTH = 860


class KeyedCardDialog(Dialog):
    """Answers "charge" once the card can be right; `take` then gives it, once.

    What was keyed stays while an error is corrected, and is wiped however the dialog goes away.

    Args:
        gateway: the payment service's name.
        amount: what is to be charged.
        today: the store's day, by which cards run out.
        is_training: no real card belongs in here.
    """

    def __init__(
        self, parent: QWidget, gateway: str, amount: Money, today: date, *, is_training: bool
    ) -> None:
        title = translate("KeyedCardDialog", "Key the card")
        super().__init__(parent, "keyedCardDialog", title, width=_WIDTH)
        self._today = today
        self._card: KeyedCard | None = None
        self._form = CardForm(self._about(gateway, is_training=is_training), self)
        theme.size(self.body, margins=(0, 0, 0, 0), spacing=0)
        self.body.addWidget(self._form)
        self.add_action(
            "close", self.tr("Back to sale"), "secondary", "cancelKeyedCardButton", is_safe=True
        )
        confirm = self.add_action(
            "charge", self.tr("Charge {amount}").format(amount=amount_text(amount)), "primary",
            "confirmKeyedCardButton", is_default=True, is_answer=False,
        )  # fmt: skip
        confirm.clicked.connect(self._on_confirmed)
        self._form.filled.connect(self._on_confirmed)
        self._form.resized.connect(self._fit)
        self.focus_at_first(self._form.first)

    def take(self) -> KeyedCard | None:
        """Return the card, and forget it; None when there is none, or no more."""
        card, self._card = self._card, None
        return card

    def handle_key(self, event: QKeyEvent) -> bool:
        """Digits go into the card wherever the focus is."""
        return self._form.handle_key(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Wipe the fields on every way out: sent, given up, locked, closed."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._form.clear()

    def _about(self, gateway: str, *, is_training: bool) -> str:
        if is_training:
            return self.tr(
                "Training: key a test card, such as 4242 4242 4242 4242. Never a real one."
            )
        words = self.tr("Key what is on the card. It is sent to {gateway} once and kept nowhere.")
        return words.format(gateway=gateway)

    @Slot()
    def _on_confirmed(self) -> None:
        card = self._form.card()
        problems = card.problems(self._today)
        self._form.show_problems(problems)
        if problems:
            card.wipe()
        else:
            self._card = card
            self.answer("charge")

    @Slot()
    def _fit(self) -> None:
        self.adjustSize()
        self._place()
