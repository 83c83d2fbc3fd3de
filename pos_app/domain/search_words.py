"""The words by which a free text is found again, whatever its script."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 24
"""Characters of a word that are looked at; a longer one is cut, on both sides of the search."""
MOST = 200
"""Words kept of one text: a note is a line, not a book."""

_WITHOUT_SPACES = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
"""Kana, Chinese characters and Hangul: written without spaces, or with endings glued on."""
_RUN = re.compile(rf"[{_WITHOUT_SPACES}]+|[^\W_{_WITHOUT_SPACES}]+")
_IS_WITHOUT_SPACES = re.compile(f"[{_WITHOUT_SPACES}]")


def sought_words(text: str) -> tuple[str, ...]:
    """Return the words of what somebody types, in order: case, accents and widths are gone."""
    return tuple(run[:LONGEST] for run in _RUN.findall(_plain(text)))


def kept_words(text: str) -> tuple[str, ...]:
    """Return the words under which `text` is kept, each once, in alphabetical order.

    A sought word is in the text when a kept one begins with it. Of a run without spaces every
    rest is kept, so that any part of it is found.
    """
    kept: set[str] = set()
    for run in _RUN.findall(_plain(text)):
        starts = range(len(run)) if _IS_WITHOUT_SPACES.match(run) else (0,)
        kept.update(run[start : start + LONGEST] for start in starts)
    return tuple(sorted(kept)[:MOST])


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return unicodedata.normalize("NFKC", bare)
