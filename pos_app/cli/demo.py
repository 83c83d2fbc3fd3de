"""`pos-app demo`: the till in training, with pretend payment services beside it."""

import argparse

from pos_app.cli import till


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    till.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the till in training until its window is closed; return the exit code."""
    from pos_app.app import TillOptions
    from pos_app.app import run as run_till

    options = TillOptions(arguments.paths.training, is_training=True, size=arguments.size)
    return run_till(options)
