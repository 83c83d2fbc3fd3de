"""`pos-app demo`: the till in training, with pretend payment services beside it."""

import argparse
import tempfile
from pathlib import Path

from pos_app.cli import till
from pos_app.paths import DataPaths

_TOUR_FOLDER = "qr-till-tour"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    till.add_arguments(parser)
    parser.add_argument(
        "--tour",
        action="store_true",
        help="sell and refund by itself, keep a picture of each step, and end; needs no display",
    )
    parser.add_argument(
        "--out",
        metavar="FOLDER",
        type=Path,
        help=f"where the tour leaves its pictures and tour.json (else ./{_TOUR_FOLDER})",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the till in training until its window is closed, or take the tour; return the exit code.

    The tour works on a new data folder, which is gone afterwards, unless one is named.
    """
    if not arguments.tour:
        return _sell(arguments)
    if arguments.data_dir:
        return _tour(arguments, arguments.paths)
    with tempfile.TemporaryDirectory(prefix="qr-till-", ignore_cleanup_errors=True) as folder:
        return _tour(arguments, DataPaths(Path(folder)))


def _sell(arguments: argparse.Namespace) -> int:
    from pos_app.app import TillOptions
    from pos_app.app import run as run_till

    options = TillOptions(arguments.paths.training, is_training=True, size=arguments.size)
    return run_till(options)


def _tour(arguments: argparse.Namespace, paths: DataPaths) -> int:
    from pos_app.app.till import FIRST_SIZE, TillOptions
    from pos_app.app.tour import run_tour

    out = arguments.out or Path(_TOUR_FOLDER)
    size = arguments.size or FIRST_SIZE
    code = run_tour(TillOptions(paths.training, is_training=True, size=size), out)
    print(f"The tour's pictures are in {out}.")
    return code
