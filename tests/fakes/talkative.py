"""`pos-app` with the most talkative log there can be, in its file and on the terminal.

Run as a program. Every library tells everything: SQL with its values, HTTP with its headers.
"""

import logging
import sys

from pos_app import logs
from pos_app.cli import main

QUIET = ("httpx", "httpcore", "alembic", "asyncio")
_start_logging = logs.start_logging


def start_logging(folder, name="till", level=logging.DEBUG):
    file = _start_logging(folder, name, logging.DEBUG)
    for each in (*QUIET, "sqlalchemy.engine"):
        logging.getLogger(each).setLevel(logging.DEBUG)
    return file


if __name__ == "__main__":
    logs.start_logging = start_logging
    logging.getLogger().addHandler(logging.StreamHandler())
    sys.exit(main())
