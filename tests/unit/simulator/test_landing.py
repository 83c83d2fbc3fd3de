"""The address that the customer is sent to after paying."""

from pos_app.simulator.landing import success_address


def test_success_address_keeps_its_own_query_and_gains_the_basic_members(gateway):
    paid = gateway.payments.pay(gateway.new(reference="A B"))
    address = success_address("https://shop.example/done?lang=zh&x=#top", paid)
    assert address == (
        f"https://shop.example/done?lang=zh&x=&merchant_reference=A+B&payment_instance_token="
        f"{paid.q}&ssl_amount=4250&ssl_result=0#top"
    )
