"""Where a tip is told once it is charged: on the payment page and before a refund."""

from pos_app.domain.money import Money
from pos_app.services.payment_view import Screen
from pos_app.ui.widgets.payment_facts import PaymentFacts
from pos_app.ui.widgets.payment_words import words_of
from pos_app.ui.widgets.refund_words import wallet_words
from tests.fakes.payments import charge, view

TIP = {"amount": Money(4675, "USD"), "tip": Money(425, "USD")}


def test_the_payment_page_names_the_tip_where_there_is_one(qtbot):
    facts = PaymentFacts()
    qtbot.addWidget(facts)
    facts.show()
    facts.show_facts(view(charge=charge(**TIP)))
    assert facts._tip.text() == "US$ 4.25"
    assert facts._tip.isVisible()
    facts.show_facts(view())
    assert not facts._tip.isVisible()


def test_a_refund_says_that_it_can_go_back_too():
    words = wallet_words(charge(Screen.PAID, **TIP), "Citcon")
    assert words.endswith("US$ 4.25 of the payment is a tip; it can go back like the rest.")
    assert "tip" not in wallet_words(charge(Screen.PAID), "Citcon")


def test_an_answer_with_another_tip_is_not_called_another_amount():
    made = charge(Screen.MISMATCH, received=TIP["amount"], **TIP)
    text = words_of(view(Screen.MISMATCH, charge=made)).text
    assert text.startswith("Citcon’s answer doesn’t fit this sale.")
