"""QR Till: a cashier's till for payments by QR code."""

__version__ = "0.1.0"
