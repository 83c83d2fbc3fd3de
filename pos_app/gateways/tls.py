"""The one TLS context of the program."""

from __future__ import annotations

import ssl
import threading


class Tls:
    """The TLS context, built once (22 ms) on first use and shared by all gateways. Thread-safe.

    The roots are certifi's; a store whose proxy opens TLS names its own in `SSL_CERT_FILE`.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._context: ssl.SSLContext | None = None

    def context(self) -> ssl.SSLContext:
        """Return the context."""
        import httpx

        with self._lock:
            if self._context is None:
                self._context = httpx.create_ssl_context()
            return self._context
