"""What the customer's pages say, in the languages that they know: English and Chinese."""

import re
from collections.abc import Callable

ENGLISH, CHINESE = "en", "zh-Hans"
_ACCEPTED = re.compile(r"\s*(en|zh)\b[\w-]*\s*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*", re.IGNORECASE)

IN_CHINESE = {
    "Simulated payment. No real money moves.": "模拟付款，不会动用真钱。",
    "simulated": "模拟",
    "{mark} {amount} to {merchant}": "向 {merchant} 付款 {mark} {amount}",
    "There is no such payment": "没有这笔付款",
    "The address doesn’t belong to a payment that this simulator knows. "
    "Please scan the code on the till again.":
        "此网址不是模拟器已知的付款。请重新扫描收银台上的二维码。",
    "Paid": "已付款",
    "Thank you from": "感谢光临",
    "To": "付给",
    "Paid with": "付款方式",
    "Reference": "编号",
    "Time left": "剩余时间",
    "Declined": "付款被拒绝",
    "The answer was no, and this payment is over. Nothing was taken. "
    "Please ask the cashier for a new code.":
        "付款被拒绝，本次付款已结束，未扣款。请向收银员索取新的二维码。",
    "{wallet} said no. Nothing was taken. You can try again with the same code.":
        "{wallet}拒绝了付款，未扣款。您可以用同一个二维码再试一次。",
    "The bank said no. Nothing was taken. You can try another card.":
        "银行拒绝了付款，未扣款。您可以换一张卡再试。",
    "This code has expired": "此二维码已过期",
    "Nothing was taken. Please ask the cashier for a new code.":
        "未扣款。请向收银员索取新的二维码。",
    "Payment cancelled": "付款已取消",
    "The shop has cancelled this payment. Nothing was taken.": "商家已取消此笔付款，未扣款。",
    "Your money is being returned": "正在退款",
    "The shop has cancelled this payment. You get all of it back.":
        "商家已取消此笔付款，将全额退还。",
    "The shop refunds this payment. You get all of it back.": "商家将全额退还此笔付款。",
    "Some of your money is being returned": "正在部分退款",
    "The shop refunds {mark} {amount} of this payment.": "商家将退还其中的 {mark} {amount}。",
    "Pay": "付款",
    "Try again: pay": "再试一次：付款",
    "Decline": "拒绝",
    "QR Till simulator · this page stands in for the customer’s wallet":
        "QR Till 模拟器 · 此页代替顾客的电子钱包",
    "Secure card payment": "银行卡安全支付",
    "Only test cards work here. Never type a real one.": "此处只能用测试卡。请勿输入真实卡号。",
    "Pays": "付款成功",
    "Bank asks first": "银行先确认",
    "Bank says no": "银行拒绝",
    "Card number": "卡号",
    "Expires": "有效期",
    "MM/YY": "月/年",
    "Security code": "安全码",
    "QR Till simulator · this page stands in for the service’s card page":
        "QR Till 模拟器 · 此页代替支付服务的银行卡页面",
    "Type the number on the card.": "请输入卡号。",
    "This isn’t a card number. Please check its digits.": "卡号不正确，请核对。",
    "This isn’t a test card. Only those above work here.":
        "这不是测试卡。此处只能用上面的测试卡。",
    "Type month and year, such as 12/30.": "请输入月和年，例如 12/30。",
    "This card has expired.": "此卡已过期。",
    "Type the 3 or 4 digits of the code.": "请输入 3 或 4 位安全码。",
    "Your bank": "您的银行",
    "Is this payment yours? It goes to": "这是您的付款吗？收款方",
    "Confirm": "确认付款",
    "This wasn’t me": "不是我",
    "QR Till simulator · this page stands in for the bank’s own page (3-D Secure)":
        "QR Till 模拟器 · 此页代替银行的验证页面（3-D Secure）",
    "Not paid yet": "尚未付款",
    "You can still pay with the code on the till.": "您仍可用收银台上的二维码付款。",
    "QR Till simulator · this page stands in for the shop’s own page":
        "QR Till 模拟器 · 此页代替商家自己的页面",
    "Alipay": "支付宝",
    "WeChat Pay": "微信支付",
    "Card": "银行卡",
    "UnionPay": "云闪付",
    "Alipay HK": "支付宝香港",
}  # fmt: skip
"""Names that are not here are the same in both."""


def language_of(accepted: str) -> str:
    """Return the language that a browser's Accept-Language header likes best of the two."""
    wishes = [_ACCEPTED.fullmatch(one) for one in accepted.split(",")]
    liked = [(float(wish[2] or 1), wish[1]) for wish in wishes if wish]
    best = max(liked, key=lambda one: one[0], default=(1, "en"))  # of equals the first
    return CHINESE if best[0] and best[1].lower() == "zh" else ENGLISH


def translator(language: str) -> Callable[..., str]:
    """Return what puts English words, with `{named}` values in them, into a language."""
    table = IN_CHINESE if language == CHINESE else {}

    def translate(text: str, **values: str) -> str:
        return table.get(text, text).format(**values) if values else table.get(text, text)

    return translate
