"""A field for a country: typing searches the list of all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

_CODE_LENGTH = 2
_MOST_ROWS = 6


class CountryEdit(QLineEdit):
    """Shows a country's English name and knows its code.

    Args:
        code: ISO 3166 code of the country to begin with; empty for none.
    """

    def __init__(self, object_name: str, code: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("field", True)
        completer = QCompleter(sorted(_codes()), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(_MOST_ROWS)
        choices = QListView()
        choices.setObjectName(f"{object_name}List")
        choices.setProperty("field", "choices")
        completer.setPopup(choices)
        self.setCompleter(completer)
        self.setText(next((name for name, one in _codes().items() if one == code), ""))

    @property
    def code(self) -> str:
        """The code of what is typed: a name, a code, or the only name that it begins; else ""."""
        said = self.text().strip().casefold()
        if not said:
            return ""
        names = {name.casefold(): code for name, code in _codes().items()}
        if said in names:
            return names[said]
        if len(said) == _CODE_LENGTH and said.upper() in names.values():
            return said.upper()
        found = {code for name, code in names.items() if name.startswith(said)}
        return found.pop() if len(found) == 1 else ""


@cache
def _codes() -> Mapping[str, str]:
    """Return the ISO 3166 codes of all countries by their English names."""
    found = {}
    for territory in QLocale.Country:
        code = QLocale.territoryToCode(territory)
        if len(code) == _CODE_LENGTH and code.isalpha():
            found[QLocale.territoryToString(territory)] = code
    return found
