"""Stalls: how long the GUI thread ever stood still while the gateway took 5 s to answer."""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager

from tests.bench.figures import Figure
from tests.fakes.simulator_process import simulator_process

OURS = "tests.bench.slow_answers"
FLOOR = "tests.bench.idle_beat"
ANSWERS_AFTER_S = 5
INQUIRE_AFTER_S = 4.5
"""A question that takes 5 s has run out of time."""
BOUND_MS = 50
TIMEOUT_S = 180


@contextmanager
def _idle_beat():
    process = subprocess.Popen(
        [sys.executable, "-m", FLOOR], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def measure():
    """Sell twice with slow answers: one cancelled, one paid and printed.

    The floor is the longest gap of a process beside it that only beats: this machine's own noise.
    """
    with simulator_process() as gateway, tempfile.TemporaryDirectory() as folder:
        gateway.faults(
            *({"call": call, "fault": "delay", "seconds": seconds, "times": None}
              for call, seconds in (
                  ("charge", ANSWERS_AFTER_S),
                  ("inquire", INQUIRE_AFTER_S),
                  ("cancel", ANSWERS_AFTER_S),
              ))
        )  # fmt: skip
        # As on a user's PC: byte code is kept.
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        with _idle_beat() as floor:
            done = subprocess.run(
                [sys.executable, "-m", OURS, folder],
                env={**environ, "POS_APP_CITCON_CHOP_BASE_URL": f"{gateway.url}/"},
                capture_output=True,
                text=True,
                timeout=TIMEOUT_S,
                check=False,
            )
            floor_ms = float(floor.communicate(timeout=10)[0])
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    longest = json.loads(done.stdout.splitlines()[-1])
    return [
        Figure(
            f"stalls: longest while {phase}, 5 s answers"
            if phase != "start"
            else "stalls: longest from the first paint to Sell",
            gap_ms,
            floor_ms,
            "ms",
            f"≤ {BOUND_MS} ms",
            gap_ms <= BOUND_MS,
        )
        for phase, gap_ms in longest.items()
    ]
