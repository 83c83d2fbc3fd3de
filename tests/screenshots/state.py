"""One picture and the way to it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """One picture.

    Attributes:
        show: brings a new `Stage` there.
    """

    page: str
    name: str
    show: Callable
    is_training: bool = False

    @property
    def file(self):
        """What the picture is called."""
        return f"{self.page}-{self.name}.png"
