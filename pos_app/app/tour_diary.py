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
    from pos_app.domain.refunds import Refund
    from pos_app.storage.journal import JournalCheck


class Diary:
    """Numbers the pictures and writes everything down at the end.

    Args:
        folder: where pictures and `tour.json` go.

    Attributes:
        folder: as above.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._began_s = time.monotonic()
        self._steps: list[dict[str, object]] = []
        self._sales: list[dict[str, object]] = []
        self._refunds: list[dict[str, object]] = []
        self._journal: dict[str, object] = {}

    def step(self, name: str, state: str) -> Path:
        """Note a step and return the file of its picture.

        Args:
            name: "paid".
            state: of the payment page (ux.md 6.3) or of the dialog about money back (6.5); empty
                where there is none.
        """
        picture = f"{len(self._steps) + 1:02}-{name}.png"
        seconds = round(time.monotonic() - self._began_s, 2)
        self._steps.append({"name": name, "picture": picture, "state": state, "seconds": seconds})
        return self.folder / picture

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
            "decision": charge.decision.value if charge.decision else "",
            "receipt": receipt,
        })  # fmt: skip

    def refund(self, refund: Refund, charge: Charge, slip: str) -> None:
        """Note money that went back; its amount is written as plain decimals: "12.50".

        Args:
            refund: as it is when its dialog is left.
            charge: what it is a refund of.
            slip: file in the folder.
        """
        self._refunds.append({
            "reference": refund.reference,
            "of": charge.reference,
            "kind": refund.kind.value,
            "amount": refund.amount.plain,
            "currency": refund.amount.currency,
            "status": refund.status.value,
            "refund_id": refund.gateway_id or "",
            "slip": slip,
        })  # fmt: skip

    def journal(self, check: JournalCheck) -> None:
        """Note that the journal is whole, and how each chain ends."""
        heads = [
            {"writer": one.writer, "number": one.number, "hash": one.hash} for one in check.heads
        ]
        self._journal = {"entries": check.entries, "heads": heads}

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
            "refunds": self._refunds,
            "journal": self._journal,
            "seconds": round(time.monotonic() - self._began_s, 2),
        }
        text = json.dumps(told, indent=2, ensure_ascii=False)
        (self.folder / "tour.json").write_text(f"{text}\n", encoding="utf-8")
