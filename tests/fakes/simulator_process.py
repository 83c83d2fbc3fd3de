"""The simulator as a process of its own, with its control interface as methods."""

import signal
import subprocess
import sys
from contextlib import contextmanager

import httpx

COMMAND = [sys.executable, "-m", "pos_app", "simulator"]


class SimulatorProcess:
    """Where it answers and what may be done to it."""

    def __init__(self, process, url):
        self._process = process
        self.url = url
        self._client = httpx.Client(base_url=url, trust_env=False, timeout=10)

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

    def answer_again(self):
        """Let it go on where it was held."""
        self._process.send_signal(signal.SIGCONT)

    def close(self):
        self._client.close()
        self._process.kill()
        self._process.communicate(timeout=10)


@contextmanager
def simulator_process(*arguments):
    """Run `pos-app simulator` on a free port while the block runs."""
    process = subprocess.Popen(
        [*COMMAND, "--port", "0", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    line = process.stdout.readline()
    simulator = SimulatorProcess(process, line.removeprefix("listening on ").strip())
    try:
        assert line, "the simulator did not start"
        yield simulator
    finally:
        simulator.close()
