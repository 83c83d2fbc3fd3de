"""The payment services, one package each; their words stay in their own `wire.py`."""
