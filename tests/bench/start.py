"""Start: from the process's first moment to the painted Lock page, and on to Sell.

The floor is a bare PySide6 window, started in turn with ours.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

from tests.bench.figures import Figure, median

ROUNDS = 9
BARE = "tests.bench.bare_window"
OURS = "tests.bench.signing_in"


def measure():
    """Start both in turn; medians of `ROUNDS`."""
    bare, ours = [], []
    for _ in range(ROUNDS + 1):  # the first warms the disk's cache
        bare.append(_run(BARE))
        with tempfile.TemporaryDirectory() as folder:
            ours.append(_run(OURS, folder))
    return _figures(bare[1:], ours[1:])


def _run(module, *arguments):
    # As on a user's PC: byte code is kept, compiled in the round that is not counted.
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", module, str(started), *arguments],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def _figures(bare, ours):
    painted = [
        one["painted_s"] / floor["painted_s"] for one, floor in zip(ours, bare, strict=True)
    ]
    pss = [one["pss_mib"] / floor["pss_mib"] for one, floor in zip(ours, bare, strict=True)]
    signed_in = median([one["signed_in_s"] for one in ours]) * 1000
    stall = median([one["stall_ms"] for one in ours])
    return [
        Figure(
            "start: painted Lock page",
            median([one["painted_s"] for one in ours]) * 1000,
            median([one["painted_s"] for one in bare]) * 1000,
            "ms",
            "≤ 2.0× the bare window",
            median(painted) <= 2.0,
        ),
        Figure(
            "start: last PIN digit to a usable Sell page",
            signed_in,
            median([one["hash_s"] for one in ours]) * 1000,
            "ms",
            "≤ 150 ms (floor: argon2id)",
            signed_in <= 150,
        ),
        Figure(
            "start: memory at Sell (PSS)",
            median([one["pss_mib"] for one in ours]),
            median([one["pss_mib"] for one in bare]),
            "MiB",
            "≤ 3.0× the bare window",
            median(pss) <= 3.0,
        ),
        Figure(
            "start: longest stall after the first paint",
            stall,
            None,
            "ms",
            "≤ 50 ms",
            stall <= 50,
        ),
    ]
