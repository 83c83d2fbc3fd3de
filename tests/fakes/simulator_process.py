"""The simulator as a process of its own, with its control interface as methods."""

import signal
import subprocess
from contextlib import contextmanager

import httpx

from tests.fakes.command import COMMAND


class SimulatorProcess:
    """Where it answers and what may be done to it."""

    def __init__(self, *arguments):
        self._arguments = arguments
        self._process = None
        self.url = self._start("0")
        self._client = httpx.Client(base_url=self.url, trust_env=False, timeout=10)

    def _start(self, port):
        self._process = subprocess.Popen(
            [*COMMAND, "simulator", "--port", port, "--end-with-parent", *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        line = self._process.stdout.readline()
        assert line, "the simulator did not start"
        return line.removeprefix("listening on ").strip()

    def transactions(self, reference=None):
        """The gateway's ledger, oldest first."""
        query = {"reference": reference} if reference else {}
        answer = self._client.get("/simulator/transactions", params=query)
        return answer.raise_for_status().json()["transactions"]

    def act(self, q, deed):
        """The customer's part: "pay", "decline" or "expire"."""
        self._client.post(f"/simulator/transactions/{q}/{deed}").raise_for_status()

    def faults(self, *rules):
        """Replace the fault script."""
        self._client.post("/simulator/behaviour", json={"rules": rules}).raise_for_status()

    def faults_left(self):
        """What of the script nobody has met yet."""
        return self._client.get("/simulator/behaviour").raise_for_status().json()["rules"]

    def stop_answering(self):
        """Hold the whole process: connections are taken by the system, and nothing is read."""
        self._process.send_signal(signal.SIGSTOP)

    def restart(self):
        """Kill it and start it again at the same address; what it has not read is gone.

        Only with `--state` it remembers what it knew.
        """
        self._kill()
        assert self._start(self.url.rpartition(":")[2]) == self.url

    def close(self):
        self._client.close()
        self._kill()

    def _kill(self):
        self._process.kill()
        self._process.communicate(timeout=10)


@contextmanager
def simulator_process(*arguments):
    """Run `pos-app simulator` on a free port while the block runs."""
    simulator = SimulatorProcess(*arguments)
    try:
        yield simulator
    finally:
        simulator.close()
