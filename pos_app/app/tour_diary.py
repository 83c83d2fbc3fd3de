"""`tour.json`: what the tour did, for people and programs that look at its pictures."""

from __future__ import annotations

import json
import platform
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import __version__ as qt_version

from pos_app import __version__

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge


class Diary:
    """Numbers the pictures and writes everything down at the end.

    Args:
        folder: where pictures and `tour.json` go.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._began_s = time.monotonic()
        self._steps: list[dict[str, object]] = []
        self._sales: list[dict[str, object]] = []

    def step(self, name: str, state: str) -> Path:
        """Note a step and return the file of its picture.

        Args:
            name: "paid".
            state: of the payment page (ux.md 6.3); empty where there is none.
        """
        picture = f"{len(self._steps) + 1:02}-{name}.png"
        seconds = round(time.monotonic() - self._began_s, 2)
        self._steps.append({"name": name, "picture": picture, "state": state, "seconds": seconds})
        return self._folder / picture

    def has(self, name: str) -> bool:
        """Tell whether there was a step of this name."""
        return any(step["name"] == name for step in self._steps)

    def sale(self, charge: Charge, state: str, receipt: str = "") -> None:
        """Note what became of a charge; its amount is written as plain decimals: "42.50".

        Args:
            charge: as it is when its page is left.
            state: of the payment page.
            receipt: file in the folder; empty where there is none.
        """
        self._sales.append({
            "reference": charge.reference,
            "amount": charge.amount.plain,
            "currency": charge.amount.currency,
            "method": charge.method.value,
            "state": state,
            "transaction_id": charge.transaction_id or "",
            "receipt": receipt,
        })  # fmt: skip

    def close(self) -> None:
        """Write `tour.json`: the first sale is the one that was paid.

        Raises:
            OSError: it cannot be written.
        """
        told = {
            "program": {
                "version": __version__,
                "python": platform.python_version(),
                "pyside": qt_version,
                "system": platform.platform(),
            },
            "steps": self._steps,
            "sale": self._sales[0],
            "other_sales": self._sales[1:],
            "seconds": round(time.monotonic() - self._began_s, 2),
        }
        text = json.dumps(told, indent=2, ensure_ascii=False)
        (self._folder / "tour.json").write_text(f"{text}\n", encoding="utf-8")
