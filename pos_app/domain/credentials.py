"""What charges need the tokens for that they were made with (design.md, section 3)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CredentialsUse:
    """What charges of all tills were made with one name of credentials.

    Attributes:
        name: as charges remember it; never empty.
        open_count: charges that may still take money, or are still asked about.
        refundable_count: paid ones of which not everything is known to be back.
        reference: of the newest charge that needs them; empty where none does.
    """

    name: str
    open_count: int = 0
    refundable_count: int = 0
    reference: str = ""

    @property
    def needed_count(self) -> int:
        """How many charges need them."""
        return self.open_count + self.refundable_count
