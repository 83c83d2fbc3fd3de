"""What every gateway has that reaches its service over HTTP: who it is, and its client."""

from __future__ import annotations

from pos_app.gateways.http import GatewayHttp


class OverHttp:
    """Names and connections of a gateway; what it asks for is its own. Thread-safe.

    Args:
        gateway_id: written into every charge.
        name: the service's own name, for people.
        credentials: name of the token or key, written into every charge.
        http: the client for the service.
    """

    def __init__(self, gateway_id: str, name: str, credentials: str, http: GatewayHttp) -> None:
        self._id = gateway_id
        self._name = name
        self._credentials = credentials
        self._http = http

    @property
    def id(self) -> str:
        """Written into every charge."""
        return self._id

    @property
    def name(self) -> str:
        """For people."""
        return self._name

    @property
    def credentials(self) -> str:
        """Name of the token or key, written into every charge."""
        return self._credentials

    def warm_up(self) -> None:
        """Make the HTTP client before it is needed; not on the GUI thread. Sends nothing."""
        self._http.warm_up()

    def close(self) -> None:
        """Drop the connections. May be repeated."""
        self._http.close()
