"""`make bench`: runs the benchmarks one after the other and prints the table.

Names as arguments choose: `python -m tests.bench start charge`.
"""

import importlib
import os
import sys
from contextlib import nullcontext
from shutil import which

from tests.bench.figures import HEAD
from tests.fakes.screen import new_screen

BENCHMARKS = {
    "start": "tests.bench.start",
    "charge": "tests.bench.charge",
    "paying": "tests.bench.paying",
    "stalls": "tests.bench.gui_stalls",
    "history": "tests.bench.history",
    "transactions": "tests.bench.transactions",
    "notices": "tests.bench.notices",
}


def main(wanted):
    """Run the wanted benchmarks, all of them where none is named."""
    with new_screen() if which("Xvfb") else nullcontext() as screen:
        if screen is not None:
            os.environ.update(DISPLAY=screen.name, QT_QPA_PLATFORM="xcb")
        else:
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        print(HEAD, flush=True)
        for name in wanted or BENCHMARKS:
            for figure in importlib.import_module(BENCHMARKS[name]).measure():
                print(figure.line(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
