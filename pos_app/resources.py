"""The only door to what ships beside the code: fonts, icons, sounds, templates.

A checkout has them in `resources/` beside the package; an installed or frozen program carries
them inside it as `_resources`. The checkout comes first, as an editable install has no
`_resources`.
"""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Return where the file or folder `name` is; `name` has forward slashes: "icons/lock.svg".

    Raises:
        FileNotFoundError: nothing of that name ships with the program.
    """
    found = _root() / name
    if not found.exists():
        raise FileNotFoundError(f"“{name}” is missing from the program's files in {_root()}.")
    return found


def text(name: str) -> str:
    """Return the words of the UTF-8 file `name`.

    Raises:
        FileNotFoundError: nothing of that name ships with the program.
    """
    return path(name).read_text(encoding="utf-8")


def data(name: str) -> bytes:
    """Return the bytes of the file `name`.

    Raises:
        FileNotFoundError: nothing of that name ships with the program.
    """
    return path(name).read_bytes()


@cache
def _root() -> Path:
    checkout = _PACKAGE.parent
    # A folder called "resources" in site-packages could be anybody's.
    if (checkout / "pyproject.toml").is_file() and (checkout / "resources").is_dir():
        return checkout / "resources"
    return _PACKAGE / "_resources"
