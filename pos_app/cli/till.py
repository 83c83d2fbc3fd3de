"""`pos-app`: the till."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.add_argument(
        "--size", metavar="WxH", type=_size, help="size of the window instead of the whole screen"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the till until its window is closed; return the exit code."""
    from pos_app.app import TillOptions
    from pos_app.app import run as run_till

    return run_till(TillOptions(arguments.paths, size=arguments.size))


def _size(text: str) -> tuple[int, int]:
    wide, separator, high = text.partition("x")
    if not (separator and wide.isdecimal() and high.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text} isn't a size such as 1366x768")
    return int(wide), int(high)
