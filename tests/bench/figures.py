"""A benchmark's figure and how it is told."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes:
        ours, floor: measured in the same run, in `unit`; floor None: there is none to compare.
        bound: what ours may be, in words.
        is_within: whether it is; None where the bound is about something else.
    """

    name: str
    ours: float
    floor: float | None
    unit: str
    bound: str
    is_within: bool | None = None

    def line(self):
        floor = f"{self.floor:10.2f}" if self.floor is not None else " " * 10
        ratio = f"{self.ours / self.floor:6.2f}×" if self.floor else " " * 7
        verdict = {True: "within", False: "OVER", None: ""}[self.is_within]
        return (
            f"{self.name:<46}{self.ours:10.2f}{floor} {self.unit:<5}{ratio}  "
            f"{self.bound:<26}{verdict}"
        )


HEAD = f"{'':<46}{'ours':>10}{'floor':>10} {'':<5}{'ratio':>7}  bound"


def percentile(values, share):
    """The value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values):
    """The middle value."""
    return percentile(values, 0.5)
