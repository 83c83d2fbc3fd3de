"""The currencies that the simulated merchant can take, with their decimals.

A table of its own (ISO 4217 minor units): read from anywhere else it could not disagree with the
till's, and a disagreement is exactly what it is there to show.
"""

_CODES = {
    0: "CLP ISK JPY KRW PYG UGX VND XAF XOF XPF",
    2: "AED ARS AUD BDT BGN BRL CAD CHF CNY COP CZK DKK EUR GBP HKD HUF IDR ILS INR KHR LKR "
    "MMK MOP MXN MYR NOK NPR NZD PEN PHP PKR PLN QAR RON SAR SEK SGD THB TRY TWD USD ZAR",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
_DIGITS = {code: digits for digits, codes in _CODES.items() for code in codes.split()}
_MARKS = {
    "USD": "US$",
    "HKD": "HK$",
    "TWD": "NT$",
    "SGD": "S$",
    "CNY": "CN¥",
    "JPY": "JP¥",
    "KRW": "₩",
    "IDR": "Rp",
    "PHP": "₱",
    "EUR": "€",
    "GBP": "£",
}


def is_known(currency: str) -> bool:
    """Say whether the merchant can take this ISO 4217 code (upper case)."""
    return currency in _DIGITS


def has_cents(currency: str) -> bool:
    """Say whether a currency has two decimals; not one that is unknown."""
    return _DIGITS.get(currency) == 2  # noqa: PLR2004


def mark(currency: str) -> str:
    """Return what stands before an amount on a page: `US$`, or the code itself."""
    return _MARKS.get(currency, currency)


def decimals(amount_minor: int, currency: str) -> str:
    """Return minor units of a known currency as people write them: 128460 USD is `1,284.60`."""
    digits = _DIGITS[currency]
    whole, part = divmod(amount_minor, 10**digits)
    return f"{whole:,}.{part:0{digits}}" if digits else f"{whole:,}"
