"""The Sell page's second card: the methods, and why nothing can be charged (ux.md 6.2)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.errors import explain
from pos_app.ui.pages.sell_view import SellView
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_grid import MethodGrid, TileState
from pos_app.ui.widgets.method_hint import MethodHint
from pos_app.ui.widgets.method_words import off_advice
from pos_app.ui.widgets.tab_order import stops_in
from pos_app.ui.widgets.trouble_banner import TroubleBanner


class SellPayCard(QFrame):
    """A tile for each method; under them what the chosen one asks of the customer, or a trouble.

    Signals:
        method_pressed(PaymentMethod): a tile.
        retry_pressed: the cashier wants to try again.
    """

    method_pressed = Signal(object)
    retry_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._gateway_name = ""
        title = Label(self.tr("Pay with"), "h2", parent=self)
        theme.size(title, height=26)
        self._methods = MethodGrid(self)
        self._hint = MethodHint(self)
        self._trouble = TroubleBanner(self)
        column = QVBoxLayout(self)
        theme.size(column, margins=(18, 18, 18, 18), spacing=14)
        column.addWidget(title)
        column.addWidget(self._methods, 1)
        column.addWidget(self._hint)
        column.addWidget(self._trouble)
        self._methods.method_pressed.connect(self.method_pressed)
        self._trouble.retry_pressed.connect(self.retry_pressed)

    def set_gateway_name(self, name: str) -> None:
        """Say how the gateway is called in the reasons."""
        self._gateway_name = name

    def show_view(self, view: SellView) -> None:
        """Show the methods, which of them is chosen, and what is the matter."""
        self._methods.show_tiles(
            [
                TileState(one.method, one.f_key, view.off_reason(one), one.currency)
                for one in view.choices
            ],
            view.method,
        )
        self._show_banner(view)

    def show_refusal(self, title: str, text: str, details: str) -> None:
        """Say why a charge could not begin, until something is changed."""
        self._trouble.show_trouble("bad", "warning", title, text, details=details)
        self._put_banner(is_trouble=True)

    def stops(self) -> list[QWidget]:
        """Return what Tab reaches here, in reading order."""
        return stops_in(self._methods, self._trouble)

    def walks_itself(self, focused: QWidget) -> bool:
        """Whether the arrow keys walk between tiles where `focused` is."""
        return self._methods.isAncestorOf(focused)

    def _show_banner(self, view: SellView) -> None:
        self._hint.show_choice(view.choice)
        if view.storage_trouble is not None:
            words = explain(view.storage_trouble, self._gateway_name)
            self.show_refusal(words.happened, words.text, words.details)
        elif view.is_ready and not view.has_network:
            self._trouble.show_trouble(
                "warn", "wifi-off",
                self.tr("No connection to {gateway}").format(gateway=self._gateway_name),
                self.tr(
                    "You can keep adding items. "
                    "Charging starts again when the connection is back."
                ),
            )  # fmt: skip
            self._put_banner(is_trouble=True)
        elif view.is_ready and not view.has_method:
            self._show_no_method(view)
        else:
            self._put_banner(is_trouble=False)

    def _show_no_method(self, view: SellView) -> None:
        """Say once what all methods lack."""
        reasons = {off_advice(one) for one in view.choices}
        several = self.tr("Its payment services aren’t set up. A manager can do that in Settings.")
        text = reasons.pop() if len(reasons) == 1 else several
        title = self.tr("No payments can be taken yet")
        self._trouble.show_trouble("warn", "warning", title, text)
        self._put_banner(is_trouble=True)

    def _put_banner(self, *, is_trouble: bool) -> None:
        self._trouble.setVisible(is_trouble)
        if is_trouble:
            policy = self._hint.sizePolicy()
            policy.setRetainSizeWhenHidden(False)
            self._hint.setSizePolicy(policy)
            self._hint.hide()
