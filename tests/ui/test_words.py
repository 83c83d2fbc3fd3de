"""The words on the screens keep to one typography."""

import ast
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "pos_app/ui"
SAYING = {"tr", "_tr", "translate", "QT_TRANSLATE_NOOP"}


def said(file):
    """Return every English source text in `file`."""
    for call in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if name in SAYING:
                yield from (one.value for one in call.args if isinstance(one, ast.Constant))


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda file: file.stem)
def test_apostrophes_are_curved_as_in_the_pictures(file):
    assert [text for text in said(file) if "'" in text] == []


def test_the_words_are_found():
    assert sum(len(list(said(file))) for file in UI.rglob("*.py")) > 200
