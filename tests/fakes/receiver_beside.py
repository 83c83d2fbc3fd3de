"""The receiver beside a till of its own process, looked at from outside."""

import os
import signal
from pathlib import Path

import httpx

from tests.fakes.waiting import until
from tests.fakes.windowed_till import WindowedTill


class TillWithReceiver(WindowedTill):
    """A till with a receiver beside it."""

    def __init__(self, folder, screen, gateway):
        super().__init__(
            folder,
            screen,
            POS_APP_CITCON_CHOP_BASE_URL=f"{gateway.url}/",
            POS_APP_NOTIFY_BESIDE_TILL="yes",
        )

    @property
    def port(self):
        """Where the receiver listens, once the till has decided."""
        return int((self.paths.root / "receiver.port").read_text(encoding="ascii"))

    def hears(self):
        """Whether the receiver answers."""
        try:
            address = f"http://127.0.0.1:{self.port}/healthz"
            answer = httpx.get(address, trust_env=False, timeout=2)
        except (httpx.TransportError, FileNotFoundError, ValueError):
            return False
        return answer.is_success

    def receiver_pid(self):
        """Wait for the receiver; returns the id of its process."""
        until(self.hears, "the receiver to listen")
        (pid,) = receivers(str(self.port))
        return pid

    def kill_receiver(self):
        """SIGKILL: it has no time to say anything."""
        os.kill(self.receiver_pid(), signal.SIGKILL)


def receivers(port):
    """The ids of the processes that receive at `port`."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:  # no process, or one that has just ended
            continue
        if b"notify" in words and port.encode() in words:
            found.append(int(folder.name))
    return found
