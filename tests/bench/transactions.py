"""The Transactions page over 1,000,000 payments: what a cashier waits for, and what it costs.

The floor of a frame is Qt's own table, model and delegate with as many rows on the screen.
"""

import json
import subprocess
import sys

from tests.bench.figures import Figure
from tests.bench.many_charges import many_charges

NUMBER = 1_000_000


def measure():
    """Run the page in a process of its own, whose memory is its own, too."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.transactions_page", str(many_charges(NUMBER))],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    found = json.loads(done.stdout.splitlines()[-1])
    yield _figure("first page painted, p95", found["first_ms"], 60)
    yield _figure("search painted, p95", found["search_ms"], 50)
    yield _figure("filter painted, p95", found["filter_ms"], 50)
    yield _figure("jump by the scroll bar painted, p95", found["jump_ms"], 50)
    yield _figure("a frame while scrolling, p95", found["frame_ms"], 16, found["floor_ms"])
    grown = found["grown_mib"]
    name = "transactions: memory, scrolled to the end"
    yield Figure(name, grown, None, "MiB", "≤ +30 MiB", grown <= 30)


def _figure(name, ours, bound_ms, floor=None):
    bound = f"≤ {bound_ms} ms"
    return Figure(f"transactions: {name}", ours, floor, "ms", bound, ours <= bound_ms)
