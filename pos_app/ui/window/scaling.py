"""UI scale by window size (ux.md, section 4)."""

from __future__ import annotations

_STEPS = ((1800, 1000, 1.25), (1500, 850, 1.1), (1240, 0, 1.0), (0, 0, 0.9))
LEAST_EFFECTIVE_WIDTH = 900
REGULAR_EFFECTIVE_WIDTH = 1240


def scale_for(width: int, height: int, manual_percent: int = 0) -> float:
    """Return the UI scale for a window of `width` × `height` device-independent pixels.

    Args:
        width: of the window.
        height: of the window.
        manual_percent: the setting, 90 to 200; 0 chooses by the window's size.
    """
    if manual_percent:
        wanted = manual_percent / 100
    else:
        wanted = next(s for wide, high, s in _STEPS if width >= wide and height >= high)
    most = width / LEAST_EFFECTIVE_WIDTH
    return round(max(0.5, min(wanted, most)), 2)


def is_narrow(width: int, scale: float) -> bool:
    """Return whether the narrow layout is wanted: effective width under 1240."""
    return width / scale < REGULAR_EFFECTIVE_WIDTH
