"""Who may call the In-Store API: terminals, each activated once with a store code."""

from collections.abc import Mapping
from hashlib import sha256

from pos_app.simulator.fields import WrongFieldError, required
from pos_app.simulator.settings import Settings, merchant_of


class Terminals:
    """The terminals of one store. Which codes are in use is forgotten when the process ends."""

    def __init__(self, settings: Settings, service: str) -> None:
        self._merchants = {token: merchant_of(token, service) for token in settings.tokens}
        store = next(iter(self._merchants.values()), "")
        self._codes = frozenset(settings.store_codes)
        self._merchants |= {_token_of(code): store for code in settings.store_codes}
        self._in_use: set[str] = set()

    def activate(self, fields: Mapping[str, str]) -> str:
        """Return the token of the terminal that a store code activates.

        Raises:
            WrongFieldError: the code is missing, unknown, or another terminal has it.
        """
        code = required(fields, "store_code")
        if code not in self._codes:
            raise WrongFieldError("store_code isn't known")
        if code in self._in_use:
            raise WrongFieldError("Token was occupied (C-I0)\nContact service provider")
        self._in_use.add(code)
        return _token_of(code)

    def merchant(self, fields: Mapping[str, str]) -> str:
        """Return the merchant of the terminal that calls.

        Raises:
            WrongFieldError: it has no token, or one that is not known.
        """
        merchant = self._merchants.get(required(fields, "token"))
        if merchant is None:
            raise WrongFieldError("token isn't known")
        return merchant


def _token_of(code: str) -> str:
    return sha256(f"terminal {code}".encode()).hexdigest()[:32]
