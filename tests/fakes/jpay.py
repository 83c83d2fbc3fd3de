"""A sale as a shop asks J-Pay for it."""

KEY = "training-token"
SALE = {
    "pay_memberid": "10130",
    "pay_orderid": "HSG1-0087",
    "pay_applydate": "2026-07-12 14:32:08",
    "pay_bankcode": "901",
    "pay_notifyurl": "https://shop.example/notify",
    "pay_callbackurl": "https://shop.example/done",
    "pay_amount": "42.50",
    "pay_currency": "USD",
    "pay_url": "https://shop.example/",
    "pay_productname": '[{"productName": "Cup", "price": "42.50", "quantity": "1"}]',
    "pay_firstname": "Ana",
    "pay_lastname": "Lopez",
    "pay_country_iso_code_2": "US",
    "pay_email_address": "ana@example.com",
    "pay_telephone": "5550100",
    "pay_ip": "192.0.2.1",
    "pay_useragent": "QR-Till",
    "pay_language": "en",
    "system": "QR Till",
}
CARD = {"pay_cardmonth": "12", "pay_cardyear": "2030", "pay_cardcvv": "123"}
PAYING = {"action": "pay", "number": "4242 4242 4242 4242", "expiry": "12/40", "cvv": "123"}
"""What a customer posts on any of the pages to pay, with a card where one is asked for."""
