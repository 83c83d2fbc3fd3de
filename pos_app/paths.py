"""Where everything the program writes lives: one folder, which one option or variable moves."""

import os
from dataclasses import dataclass
from pathlib import Path

DATA_DIR_VARIABLE = "POS_APP_DATA_DIR"


@dataclass(frozen=True, slots=True)
class DataPaths:
    """The files and folders under one data folder.

    Only names are made here; nothing touches the disk until `private_folder` is asked to.

    Attributes:
        root: the data folder.
        is_training: it is training's own, inside another one.
    """

    root: Path
    is_training: bool = False

    @property
    def database(self) -> Path:
        """The SQLite database with sales, charges and the journal."""
        return self.root / "till.sqlite3"

    @property
    def config(self) -> Path:
        """The settings, as TOML."""
        return self.root / "config.toml"

    @property
    def secrets(self) -> Path:
        """Tokens, where the operating system has no keyring; mode 0600."""
        return self.root / "secrets.json"

    @property
    def lock(self) -> Path:
        """Held while a till works on this folder: one till per data folder."""
        return self.root / "till.lock"

    @property
    def simulator_state(self) -> Path:
        """The ledger of the pretend payment services, kept over restarts."""
        return self.root / "simulator.json"

    @property
    def logs(self) -> Path:
        """The folder of the log files: one for a program, in training too."""
        return (self.root.parent if self.is_training else self.root) / "logs"

    @property
    def backups(self) -> Path:
        """The folder of the ledger's backups."""
        return self.root / "backups"

    @property
    def receipts(self) -> Path:
        """The folder of the receipts saved as PDF."""
        return self.root / "receipts"

    @property
    def training(self) -> "DataPaths":
        """The same files again, apart, for training: no training sale meets a real one."""
        return DataPaths(self.root / "training", is_training=True)


def default_data_dir() -> Path:
    """Return `POS_APP_DATA_DIR` as an absolute path, else this user's own data folder."""
    chosen = os.environ.get(DATA_DIR_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("qr-till", appauthor=False)


def private_folder(folder: Path) -> Path:
    """Make `folder` where it is missing, for this user alone (0700), and return it.

    A folder that is there already keeps its mode. May be repeated.

    Raises:
        OSError: it cannot be made, or a file is in its place.
    """
    if not folder.is_dir():
        if not folder.parent.is_dir():
            private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder
