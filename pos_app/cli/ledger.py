"""Which ledger a command looks at. Not a command itself: several commands share it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pos_app.domain.errors import StorageError
from pos_app.paths import DataPaths

if TYPE_CHECKING:
    from pos_app.storage.store import Store


def add_training_argument(parser: argparse.ArgumentParser) -> None:
    """Declare `--training`."""
    parser.add_argument(
        "--training",
        action="store_true",
        help="look at the training that is kept beside the real sales",
    )


def chosen_paths(arguments: argparse.Namespace) -> DataPaths:
    """Return the data folder's files, or those of its training."""
    paths: DataPaths = arguments.paths
    return paths.training if arguments.training else paths


@contextmanager
def existing_ledger(arguments: argparse.Namespace) -> Iterator[Store]:
    """Open the ledger that `arguments` choose. A mistyped folder does not become a new, empty one.

    Raises:
        ConfigError: the settings that say where it is cannot be used.
        StorageError: there is none yet, or it cannot be used.
    """
    from pos_app.compose import open_ledger, settings_of

    paths = chosen_paths(arguments)
    settings = settings_of(paths, os.environ, is_training=arguments.training)
    if not settings.database.url and not paths.database.exists():
        raise StorageError(f"There is no ledger in {paths.root} yet: nothing has been sold there.")
    store = open_ledger(paths, settings)
    try:
        yield store
    finally:
        store.close()
