"""The settings of the notification receiver: what payment services tell by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.config import kinds
from pos_app.config.declaring import setting


@dataclass(frozen=True)
class NotifySettings:
    """Where notices of payments are received, and where the services are told to send them."""

    beside_till: bool = setting(
        False,
        kinds.yes_or_no(),
        "Receive notifications here",
        "Runs the receiver beside the register; a store with a server of its own runs it there.",
    )
    host: str = setting(
        "127.0.0.1",
        kinds.pattern("[0-9A-Za-z.:_-]{1,253}", "an address of this computer such as 127.0.0.1"),
        "Listens on",
        "The address of this computer on which the receiver listens.",
    )
    port: int = setting(
        8299, kinds.whole(1, 65_535), "Port", "Where the receiver listens on that address."
    )
    public_url: str = setting(
        "",
        kinds.optional_url(),
        "Address on the internet",
        "What payment services are told: where a tunnel or a port forwarding leads to the port.",
    )

    def address_for(self, gateway_id: str) -> str:
        """Return where a payment service shall send its notices; empty where nothing is public."""
        return f"{self.public_url.rstrip('/')}/notify/{gateway_id}" if self.public_url else ""

    def way_back_for(self, gateway_id: str) -> str:
        """Return where a payment service shall send its customers back to, or likewise nothing."""
        return f"{self.public_url.rstrip('/')}/return/{gateway_id}" if self.public_url else ""
