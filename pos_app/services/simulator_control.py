"""The simulator's control interface over HTTP (design.md, section 7). Loopback only."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import httpx

from pos_app.domain.errors import NotSent, OutcomeUnknown

TIMEOUT_S = 5.0


class HttpSimulatorControl:
    """Tells the simulator what its customers and its faults do (`training.SimulatorControl`)."""

    def __init__(self, base_url: str) -> None:
        self._client = httpx.Client(base_url=base_url, timeout=TIMEOUT_S, trust_env=False)

    def act(self, gateway_id: str, action: str) -> None:
        """Let the customer of one charge "pay", "decline" or "expire"."""
        self._post(f"simulator/transactions/{quote(gateway_id, safe='')}/{action}", None)

    def script(self, rules: list[Mapping[str, object]]) -> None:
        """Replace the script of faults."""
        self._post("simulator/behaviour", {"rules": rules})

    def unlimited_balance(self) -> None:
        """From now on no refund fails for want of money; until the simulator ends."""
        self._post("simulator/open-balance", {"unlimited": True})

    def close(self) -> None:
        """Drop the connection."""
        self._client.close()

    def _post(self, path: str, body: object) -> None:
        try:
            answer = self._client.post(path, json=body)
        except httpx.ConnectError as error:
            raise NotSent("The simulator can't be reached.") from error
        except httpx.HTTPError as error:
            raise OutcomeUnknown("The simulator gave no answer.") from error
        if not answer.is_success:
            raise OutcomeUnknown(f"The simulator answered with HTTP {answer.status_code}.")
