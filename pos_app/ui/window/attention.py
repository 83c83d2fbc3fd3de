"""What happens to payments and refunds that are not on the screen: notes, badge, sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos_app.domain.charges import Attention, Charge, ChargeStatus
from pos_app.domain.events import ChargeChanged, RefundChanged
from pos_app.domain.methods import METHODS
from pos_app.domain.references import charge_reference
from pos_app.domain.refunds import RefundKind
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.attention_bar import AttentionNote
from pos_app.ui.widgets.dialog import open_dialog
from pos_app.ui.window.refund_news import refund_news

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.background import Background

_BADGE_DELAY_MS = 50
_LATE = frozenset({Attention.PAID_LATE, Attention.MAYBE_RETURNED})
_TOLD_ELSEWHERE = frozenset({Attention.STOPPED, Attention.REFUND_UNKNOWN})
"""Who stopped it knows; what becomes of a refund is told as the refund's own news."""


class AttentionWatch(QObject):
    """Follows every charge and says what a cashier should know about those put aside.

    Attributes:
        on_screen: id of the charge whose page is open; its news are told there.

    Signals:
        noted(AttentionNote): a charge that is not on the screen became unknown, paid or expired,
            or a refund got its answer later.
        answered(int): the charge of this id needs nobody any more: what was said of it is over.
        badge_changed(int): how many payments need an answer.
        sound_wanted(str): the sound that goes with a note.
    """

    noted = Signal(object)
    answered = Signal(int)
    badge_changed = Signal(int)
    sound_wanted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.on_screen: int | None = None
        self._living: set[int] = set()
        self._till: Till | None = None
        self._background: Background | None = None
        self._badge_timer = QTimer(self)
        self._badge_timer.setSingleShot(True)
        self._badge_timer.setInterval(_BADGE_DELAY_MS)
        self._badge_timer.timeout.connect(self._count)

    @property
    def open_count(self) -> int:
        """How many charges may still take money, as far as this window has heard."""
        return len(self._living)

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services and count what needs an answer."""
        self._till, self._background = till, background
        self._count()

    def take_up(self, charges: tuple[Charge, ...]) -> None:
        """Know of charges that were open when the program ended."""
        self._living |= {charge.id for charge in charges if charge.is_living}

    @Slot(object)
    def on_charge_changed(self, event: ChargeChanged) -> None:
        """Take note of a change."""
        charge = event.after
        if charge.is_living:
            self._living.add(charge.id)
        else:
            self._living.discard(charge.id)
        self._count_soon()
        if event.before is None or charge.id == self.on_screen:
            return
        tone = _tone(event.before, charge)
        if tone is None and event.before.needs_answer and not charge.needs_answer:
            self.answered.emit(charge.id)
        if tone is not None:
            self.noted.emit(AttentionNote(charge.id, tone, _words(charge, tone)))
            if tone != "info":
                self.sound_wanted.emit("paid" if tone == "ok" else "attention")

    @Slot(object)
    def on_refund_changed(self, event: RefundChanged) -> None:
        """Take note of an answer that came later; what is open tells its own."""
        self._count_soon()
        news = refund_news(
            event.before, event.after, self._till.gateway_name if self._till else ""
        )
        refund = event.after
        is_on_page = refund.kind is RefundKind.CANCEL and refund.charge_id == self.on_screen
        dialog = open_dialog(self._window)
        is_told = is_on_page or (dialog is not None and dialog.tells_of(refund.charge_id))
        if news is None or is_told:
            return
        tone, text = news
        reference = charge_reference(refund.reference)
        self.noted.emit(AttentionNote(refund.charge_id, tone, text, reference))
        if tone == "warn":
            self.sound_wanted.emit("attention")

    @Slot(object)
    def on_changed_elsewhere(self, charge_ids: frozenset[int]) -> None:
        """Count again: another till's payment may need an answer now, or none any more."""
        del charge_ids
        self._count_soon()

    def _count_soon(self) -> None:
        if not self._badge_timer.isActive():
            self._badge_timer.start()

    @Slot()
    def _count(self) -> None:
        if self._till is None or self._background is None:
            return
        self._background.run(
            self._till.answers.count, self.badge_changed.emit, owner=self, lane="badge"
        )


def _tone(before: Charge, after: Charge) -> str | None:
    """Return the tone of the note that a change is worth, or None for none."""
    if after.attention - before.attention - _TOLD_ELSEWHERE:
        return "warn"
    if before.status is after.status:
        return None
    tones = {
        ChargeStatus.UNKNOWN: "warn",
        ChargeStatus.PAID: "ok",
        ChargeStatus.EXPIRED: "info",
    }
    return tones.get(after.status)


def _words(charge: Charge, tone: str) -> str:
    if charge.is_contradicted and tone == "warn":
        text = QCoreApplication.translate(
            "Attention", "{reference} is not what a manager had decided · {payment}"
        )
    elif charge.attention & _LATE:
        text = QCoreApplication.translate("Attention", "{reference} was paid late · {payment}")
    elif tone == "warn":
        text = QCoreApplication.translate("Attention", "{reference} needs an answer · {payment}")
    elif tone == "ok":
        text = QCoreApplication.translate("Attention", "{reference} was paid · {payment}")
    else:
        text = QCoreApplication.translate("Attention", "{reference} has expired · {payment}")
    payment = f"{amount_text(charge.amount)} {METHODS[charge.method].name}"
    return text.replace("{reference}", charge.short_reference).replace("{payment}", payment)
