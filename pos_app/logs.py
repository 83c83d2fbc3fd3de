"""The log: files that rotate, without secrets, and silence on the terminal.

The journal records what happened to money; the log is for whoever mends the program.
"""

import logging
import os
import sys
import threading
from collections.abc import Callable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from pos_app.paths import private_folder

MASK = "•••"
MAX_BYTES = 2_000_000
KEPT_FILES = 5
MIN_SECRET_LENGTH = 6
_FORMAT = "%(asctime)s.%(msecs)03d %(levelname)s %(name)s [%(threadName)s] %(message)s"

_log = logging.getLogger(__name__)
_secrets: set[str] = set()


def start_logging(folder: Path, name: str = "till", level: int = logging.INFO) -> Path:
    """Send what is logged to `name`.log in `folder` and return that file's path.

    The folder and the file come into being with the first line. A log that cannot be written
    (full disk, read-only folder) is given up silently: a till sells without a log. Calling it
    again moves the log.
    """
    file = folder / f"{name}.log"
    stop_logging()
    root = logging.getLogger()
    handler = _LogFile(
        file, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(_MaskingFormatter(_FORMAT, "%Y-%m-%dT%H:%M:%S"))
    root.addHandler(handler)
    root.setLevel(level)
    for chatty in ("httpx", "httpcore", "alembic", "asyncio"):
        logging.getLogger(chatty).setLevel(max(level, logging.WARNING))
    return file


def stop_logging() -> None:
    """Close the log; what is logged afterwards goes nowhere."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, _LogFile)]:
        root.removeHandler(handler)
        handler.close()


def keep_secret(value: str) -> None:
    """Never let `value` reach the log, neither as it is nor as a URL or JSON writes it.

    Values under six characters are not masked: they would blot out amounts and times.
    """
    if len(value) < MIN_SECRET_LENGTH:
        return
    import json
    from urllib.parse import quote, quote_plus

    _secrets.update(
        {value, quote(value), quote(value, safe=""), quote_plus(value), json.dumps(value)[1:-1]}
    )


def mask_secrets(text: str) -> str:
    """Return `text` with every secret that was registered replaced by dots."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


def catch_uncaught(notify: Callable[[], None] | None = None) -> None:
    """Log exceptions that nobody caught, on any thread, instead of printing them.

    Args:
        notify: called afterwards, on the thread of the exception, so that a person can be told.
    """

    def record(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        _log.critical("Nobody caught this", exc_info=(kind, error, trace))
        if notify is not None:
            notify()

    def record_in_thread(failed: threading.ExceptHookArgs) -> None:
        record(failed.exc_type, failed.exc_value, failed.exc_traceback)

    sys.excepthook = record
    threading.excepthook = record_in_thread


class _MaskingFormatter(logging.Formatter):
    """Masks the finished line, so that arguments and tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_secrets(super().format(record))


class _LogFile(RotatingFileHandler):
    """A rotating file that only its owner can read and that fails silently."""

    def _open(self) -> TextIOWrapper:
        private_folder(Path(self.baseFilename).parent)
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding=self.encoding)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        del record
