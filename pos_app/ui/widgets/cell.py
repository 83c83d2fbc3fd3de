"""Words in a column of a table that is made of lines."""

from __future__ import annotations

from pos_app.ui import theme
from pos_app.ui.widgets.label import Label


def cell(text: str, role: str, width: int = 0, shade: str = "") -> Label:
    """Return words `width` px wide at scale 1.0 (0: what is left); a press goes to the line."""
    label = Label(text, role, shade)
    theme.see_through(label)
    if width:
        theme.size(label, width=width)
    return label
