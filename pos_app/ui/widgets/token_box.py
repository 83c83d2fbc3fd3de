"""A payment service's token: replaced, tried, removed, and never shown (ux.md 6.7)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos_app.config.secrets import SecretPlace
from pos_app.domain.gateways import GATEWAYS
from pos_app.services.accounts import EarlierToken
from pos_app.ui import theme
from pos_app.ui.models.service_draft import ConnectionView
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.connection_words import earlier_words, token_words, tried_words
from pos_app.ui.widgets.detail_field import DetailField
from pos_app.ui.widgets.error_details import ErrorDetails
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.status_banner import StatusBanner

MOST_CHARACTERS = 512
_HIDDEN = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhNoPredictiveText
)


class TokenBox(QWidget):
    """What is known of the token, a field for another one, and whether the service answers.

    Signals:
        edited(): something else is in the field.
        test_pressed(): try the connection as it is here.
        remove_pressed(str): take this token away; empty for the one in use, else an earlier one.
    """

    edited = Signal()
    test_pressed = Signal()
    remove_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = QLineEdit(self)
        self._edit.setObjectName("gatewayTokenEdit")
        self._edit.setProperty("field", True)
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._edit.setInputMethodHints(_HIDDEN)
        self._edit.setMaxLength(MOST_CHARACTERS)
        self._field = DetailField(self.tr("Token"), self._edit, self)
        self._state = Label(role="body", shade="muted", wraps=True, parent=self)
        self._state.setObjectName("gatewayTokenState")
        self._test = ActionButton(
            self.tr("Test connection"), icon="refresh", object_name="testConnectionButton"
        )
        self._remove = ActionButton(
            self.tr("Remove token…"), "text", tall="48", object_name="removeTokenButton"
        )
        self._result = StatusBanner("connectionResult", self)
        self._details = ErrorDetails(self, object_name="connectionResultDetails")
        self._earlier = QVBoxLayout()
        self._earlier_tokens: tuple[EarlierToken, ...] = ()
        self._earlier_rows: list[QFrame] = []
        self._lay_out()
        self._edit.textEdited.connect(self._on_edited)
        self._test.clicked.connect(self.test_pressed)
        self._remove.clicked.connect(self._on_remove)

    @property
    def token(self) -> str:
        """What was keyed; empty when the token stays as it is."""
        return self._edit.text().strip()

    @property
    def stops(self) -> list[QWidget]:
        """What Tab may stop at, in reading order."""
        rows = [row.findChild(ActionButton) for row in self._earlier_rows]
        return [self._edit, self._test, self._remove, *(row for row in rows if row is not None)]

    def clear_token(self) -> None:
        """Leave nothing of what was keyed, nor a way to take that back."""
        self._edit.clear()
        self._field.show_error("")

    def show_error(self, words: str) -> None:
        """Say under the field what is wrong with it; "" takes it away."""
        self._field.show_error(words)

    def show_view(self, view: ConnectionView) -> None:
        """Show what is known of the token, and what came of trying it."""
        account, gateway = view.account, GATEWAYS[view.draft.service_id]
        self._state.setText(token_words(account) if account else self.tr("Looking…"))
        is_fixed = account is None or account.place is SecretPlace.ENVIRONMENT
        self._field.setVisible(not gateway.takes_codes)
        self._edit.setEnabled(not (view.is_training or is_fixed))
        has_one = account is not None and bool(account.credentials)
        self._edit.setPlaceholderText(
            self.tr("Paste another token to replace it") if has_one else self.tr("Paste the token")
        )
        self._remove.setVisible(has_one and not is_fixed)
        needed = account.use.needed_count if account else 0
        self._remove.setEnabled(not (view.is_training or needed))
        self._test.setEnabled(not view.is_trying)
        self._test.set_words(self.tr("Testing…") if view.is_trying else self.tr("Test connection"))
        self._show_result(view, gateway.name)
        self._show_earlier(view)

    def _show_result(self, view: ConnectionView, gateway: str) -> None:
        tried = view.tried
        self._result.setVisible(tried is not None)
        self._details.show_details(tried.said if tried else "")
        if tried is not None:
            tone, icon, words = tried_words(tried, gateway)
            self._result.show_status(tone, icon, words, state=tried.reached.value)

    def _show_earlier(self, view: ConnectionView) -> None:
        tokens = view.account.earlier if view.account else ()
        if tokens == self._earlier_tokens:
            return
        for old in self._earlier_rows:
            old.setParent(None)
            old.deleteLater()
        self._earlier_tokens, self._earlier_rows = tokens, []
        for number, token in enumerate(tokens, start=1):
            row = QFrame(self)
            line = QHBoxLayout(row)
            theme.size(line, margins=(0, 0, 0, 0), spacing=12)
            line.addWidget(Label(earlier_words(token), "body", "muted", parent=row))
            line.addStretch(1)
            if not token.use.needed_count:
                remove = ActionButton(
                    self.tr("Remove…"), "text", tall="48", object_name=f"removeEarlier_{number}"
                )
                remove.setProperty("credentials", token.credentials)
                remove.clicked.connect(self._on_remove)
                line.addWidget(remove)
            self._earlier.addWidget(row)
            row.show()
            self._earlier_rows.append(row)

    def _lay_out(self) -> None:
        keyed = QHBoxLayout()
        theme.size(keyed, spacing=12)
        keyed.addWidget(self._field, 1)
        keyed.addWidget(self._test, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight)
        state = QHBoxLayout()
        theme.size(state, spacing=12)
        state.addWidget(self._state, 1)
        state.addWidget(self._remove)
        theme.size(self._earlier, spacing=0)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=10)
        column.addLayout(state)
        column.addLayout(keyed)
        column.addWidget(self._result)
        column.addWidget(self._details)
        column.addLayout(self._earlier)

    @Slot()
    def _on_edited(self) -> None:
        self._field.show_error("")
        self.edited.emit()

    @Slot()
    def _on_remove(self) -> None:
        button = self.sender()
        assert button is not None
        self.remove_pressed.emit(button.property("credentials") or "")
