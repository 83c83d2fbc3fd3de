"""Ask who buys, for the payment services that want to know (ux.md 6.12)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton, QWidget

from pos_app.domain.customers import MAX_LENGTH, Customer, Detail, Problem
from pos_app.domain.money import Money
from pos_app.ui import theme
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.country_edit import CountryEdit
from pos_app.ui.widgets.detail_field import DetailField
from pos_app.ui.widgets.dialog import Dialog

translate = QCoreApplication.translate
KEY_CARD = "key"
"""The answer when the cashier wants to key the card."""
_WIDTH = 760
_NOT_LEARNED = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhNoPredictiveText
)


class CustomerDetailsDialog(Dialog):
    """Answers "charge" or `KEY_CARD` once the details can be right; `take` gives them then, once.

    Nothing is ever prefilled but the store's country, and nothing is left in the fields.

    Args:
        gateway: the payment service's name.
        amount: what is to be charged.
        country: ISO 3166 code to begin with; empty for none.
        may_key_card: the cashier may key the card, instead of the customer on the service's page.
    """

    def __init__(
        self,
        parent: QWidget,
        gateway: str,
        amount: Money,
        country: str,
        *,
        may_key_card: bool = False,
    ) -> None:
        title = translate("CustomerDetailsDialog", "Customer details")
        super().__init__(parent, "customerDetailsDialog", title, width=_WIDTH)
        words = self.tr("{gateway} asks whose card it is. This is sent once and kept nowhere.")
        if may_key_card:
            words = self.tr(
                "{gateway} asks whose card it is. This is sent once and kept nowhere. The "
                "customer types the card on {gateway}’s page, or you key it here."
            )
        self.add_text(words.format(gateway=gateway))
        self._customer: Customer | None = None
        self._country = CountryEdit("customerCountryCombo", country)
        self._fields = {
            Detail.FIRST_NAME: self._field(self.tr("First name"), "customerFirstNameEdit"),
            Detail.LAST_NAME: self._field(self.tr("Last name"), "customerLastNameEdit"),
            Detail.EMAIL: self._field(self.tr("E-mail"), "customerEmailEdit"),
            Detail.PHONE: self._field(self.tr("Telephone"), "customerPhoneEdit"),
            Detail.COUNTRY: DetailField(self.tr("Country"), self._country, self),
        }
        self._address = {
            "street": self._field(self.tr("Street"), "customerStreetEdit"),
            "street_2": self._field(self.tr("Street, second line"), "customerStreet2Edit"),
            "city": self._field(self.tr("City"), "customerCityEdit"),
            "postcode": self._field(self.tr("Postcode"), "customerPostcodeEdit"),
            "state": self._field(self.tr("State or province"), "customerStateEdit"),
        }
        self._fold = QPushButton(self.tr("Add the address (optional)"), self)
        self._lay_out()
        for detail, field in self._fields.items():
            field.setProperty("detail", detail.value)
            field.edit.textEdited.connect(self._on_edited)
        self._add_actions(amount, may_key_card=may_key_card)
        self.focus_at_first(self._fields[Detail.FIRST_NAME].edit)

    def take(self) -> Customer | None:
        """Return the details, and forget them; None when there are none, or no more."""
        customer, self._customer = self._customer, None
        return customer

    def answer(self, answer: str) -> None:
        """Close with empty fields, whatever the answer."""
        for field in (*self._fields.values(), *self._address.values()):
            field.edit.setText("")
        super().answer(answer)

    def _field(self, name: str, object_name: str) -> DetailField:
        edit = QLineEdit(self)
        edit.setObjectName(object_name)
        edit.setProperty("field", True)
        edit.setMaxLength(MAX_LENGTH)
        edit.setInputMethodHints(_NOT_LEARNED)
        return DetailField(name, edit, self)

    def _add_actions(self, amount: Money, *, may_key_card: bool) -> None:
        self.add_action(
            "close", self.tr("Back to sale"), "secondary", "cancelCustomerButton", is_safe=True
        )
        if may_key_card:
            key = self.add_action(
                KEY_CARD, self.tr("Key the card…"), "secondary", "keyCardButton", is_answer=False
            )
            key.clicked.connect(self._on_key_card)
        charge = self.tr("Charge {amount}").format(amount=amount_text(amount))
        confirm = self.add_action(
            "charge", charge, "primary", "confirmCustomerButton",
            is_default=True, is_answer=False,
        )  # fmt: skip
        confirm.clicked.connect(self._on_confirmed)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        theme.size(grid, margins=(0, 0, 0, 0), spacing=12)
        for index, field in enumerate(self._fields.values()):
            grid.addWidget(field, index // 2, index % 2)
        self.body.addLayout(grid)
        self._fold.setObjectName("customerAddressFold")
        self._fold.setProperty("kind", "text")
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._on_fold)
        grid.addWidget(self._fold, 2, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._box = QFrame(self)
        inside = QGridLayout(self._box)
        theme.size(inside, margins=(0, 0, 0, 0), spacing=12)
        street, street_2, city, postcode, state = self._address.values()
        inside.addWidget(street, 0, 0, 1, 3)
        inside.addWidget(street_2, 0, 3, 1, 3)
        for column, field in zip((0, 2, 4), (city, postcode, state), strict=True):
            inside.addWidget(field, 1, column, 1, 2)
        self._box.hide()
        self.body.addWidget(self._box)

    def _read(self) -> Customer:
        said = {detail.value: field.edit.text().strip() for detail, field in self._fields.items()}
        if said["country"]:  # what is no country is told as such, not as missing
            said["country"] = self._country.code or said["country"]
        said |= {name: field.edit.text().strip() for name, field in self._address.items()}
        return Customer(**said)

    @Slot()
    def _on_confirmed(self) -> None:
        self._go_on("charge")

    @Slot()
    def _on_key_card(self) -> None:
        self._go_on(KEY_CARD)

    def _go_on(self, answer: str) -> None:
        customer = self._read()
        problems = customer.problems()
        for detail, field in self._fields.items():
            field.show_error(_words(detail, problems[detail]) if detail in problems else "")
        if problems:
            self._fit()
            self._fields[next(iter(problems))].edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._customer = customer
        self.answer(answer)

    @Slot()
    def _on_edited(self) -> None:
        """Take the error away while it is corrected."""
        edit = self.sender()
        for field in self._fields.values():
            if field.edit is edit:
                field.show_error("")

    @Slot(bool)
    def _on_fold(self, is_open: bool) -> None:
        self._box.setVisible(is_open)
        self._fit()

    def _fit(self) -> None:
        self.adjustSize()
        self._place()


def _words(detail: Detail, problem: Problem) -> str:
    if problem is Problem.TOO_LONG:
        return translate("CustomerDetailsDialog", "This is too long.")
    if problem is Problem.MISSING:
        return {
            Detail.FIRST_NAME: translate("CustomerDetailsDialog", "Enter the first name."),
            Detail.LAST_NAME: translate("CustomerDetailsDialog", "Enter the last name."),
            Detail.EMAIL: translate("CustomerDetailsDialog", "Enter the e-mail address."),
            Detail.PHONE: translate("CustomerDetailsDialog", "Enter the telephone number."),
            Detail.COUNTRY: translate("CustomerDetailsDialog", "Choose a country."),
        }[detail]
    return {
        Detail.FIRST_NAME: translate("CustomerDetailsDialog", "This name isn’t right."),
        Detail.LAST_NAME: translate("CustomerDetailsDialog", "This name isn’t right."),
        Detail.EMAIL: translate("CustomerDetailsDialog", "This e-mail address isn’t right."),
        Detail.PHONE: translate("CustomerDetailsDialog", "This telephone number isn’t right."),
        Detail.COUNTRY: translate("CustomerDetailsDialog", "Choose a country from the list."),
    }[detail]
