"""The look: tokens, fonts, lengths and the one style sheet, set once per theme or scale.

`apply` is the only place in the program that calls `setStyleSheet`. Widgets say what they are by
dynamic properties (see `sheet`) and give lengths in px at scale 1.0 through `px` and `size`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.ui.theme.fonts import ROLES, load_fonts, make_font, tightness
from pos_app.ui.theme.metrics import Lengths, see_through
from pos_app.ui.theme.sheet import TONES, style_sheet
from pos_app.ui.theme.tokens import DARK, LIGHT, Tokens

__all__ = [
    "DARK",
    "LIGHT",
    "TONES",
    "Look",
    "Tokens",
    "advance",
    "apply",
    "color",
    "current",
    "font",
    "load_fonts",
    "look",
    "px",
    "scale",
    "see_through",
    "set_property",
    "size",
    "watch",
    "with_scale",
]

_MOST_WIDTHS = 4_096


@dataclass(frozen=True, slots=True)
class Look:
    """What decides how everything is drawn.

    Attributes:
        scale: UI scale `s` of ux.md, section 4; 1.0 is the size of the pictures.
        language: en, zh_Hans or zh_Hant: chooses fonts and weights.
    """

    tokens: Tokens = LIGHT
    scale: float = 1.0
    language: str = "en"
    is_motion_reduced: bool = False


class _Changes(QObject):
    """Tells painters that keep something that the look has changed."""

    changed = Signal()


class _Present:
    """The look of this process: Qt has one application, and so one look."""

    def __init__(self) -> None:
        self.look = Look()
        self.lengths = Lengths()
        self.fonts: dict[tuple[str, int], QFont] = {}
        self.widths: dict[tuple[int, str], float] = {}
        self.changes: _Changes | None = None


_present = _Present()


def apply(app: QApplication, wanted: Look) -> None:
    """Make `wanted` the look of the whole program: palette, font, lengths, style sheet.

    GUI thread only. Costs a repolish of every widget: call it for a change of theme, scale or
    language and never for a state.
    """
    _present.look = wanted
    _present.lengths.scale = wanted.scale
    _present.fonts.clear()
    _present.widths.clear()
    app.setPalette(_palette(wanted.tokens))
    app.setFont(font("body"))
    app.setStyleSheet(style_sheet(wanted.tokens, wanted.scale, wanted.language))
    _present.lengths.set_all_again()
    if _present.changes is not None:
        _present.changes.changed.emit()


def look() -> Look:
    """Return the present look."""
    return _present.look


def current() -> Tokens:
    """Return the present theme's tokens, for painters."""
    return _present.look.tokens


def scale() -> float:
    """Return the present UI scale."""
    return _present.look.scale


def px(length: int) -> int:
    """Return `length` (px at scale 1.0) at the present scale, in whole pixels."""
    return _present.lengths.px(length)


def size(owner: QObject, **lengths: int | tuple[int, ...]) -> None:
    """Give a widget or layout lengths in px at scale 1.0; they follow the scale from then on.

    Args:
        owner: the widget or layout.
        lengths: `width`, `height` (fixed), `min_width`, `min_height`, `max_width`,
            `max_height`, `margins=(left, top, right, bottom)`, `spacing`,
            `spacings=(across, down)` of a grid, `icon` (side of a button's icon).
    """
    _present.lengths.keep(owner, **lengths)


def font(role: str, length: int | None = None) -> QFont:
    """Return the font of a text role at the present scale, for painters; not to be changed.

    It is made once per look: a font's making takes as long as painting a word with it, and a
    layout measures every word several times.

    Args:
        role: a name of `fonts.ROLES`, such as "moneyL".
        length: another size in px at scale 1.0, with the role's weight.
    """
    key = (role, length or ROLES[role].px)
    made = _present.fonts.get(key)
    if made is None:
        made = _present.fonts[key] = _make_font(*key)
    return made


def advance(made: QFont, text: str) -> float:
    """Return how wide `text` is in px in a font that `font` returned.

    Measured once per look: a layout asks for the width of every word several times.
    """
    key = (id(made), text)
    width = _present.widths.get(key)
    if width is None:
        if len(_present.widths) >= _MOST_WIDTHS:  # amounts are never the same for long
            _present.widths.clear()
        width = _present.widths[key] = QFontMetricsF(made).horizontalAdvance(text)
    return width


def _make_font(role: str, height: int) -> QFont:
    made = make_font(px(height), ROLES[role].weight, _present.look.language)
    tight = tightness(role, height, _present.look.language)
    if tight:
        scale = px(height) / height
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, tight * scale)
    return made


def color(name: str) -> QColor:
    """Return the present theme's token `name`, or the colour "#RRGGBB" itself."""
    return QColor(name if name.startswith("#") else getattr(current(), name))


def set_property(widget: QWidget, name: str, value: Any) -> None:
    """Set a dynamic property and style `widget` again, if it changed.

    Children that are styled by a property of their parent need their own.
    """
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def watch(listener: Any) -> None:
    """Call the bound slot `listener` after every change of look; for widgets that keep pixels."""
    if _present.changes is None:
        _present.changes = _Changes()
    _present.changes.changed.connect(listener)


def with_scale(scale_now: float) -> Look:
    """Return the present look at another scale."""
    return replace(_present.look, scale=scale_now)


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.canvas,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.WindowText: tokens.text,
        role.Text: tokens.text,
        role.ButtonText: tokens.text,
        role.PlaceholderText: tokens.text3,
        role.Button: tokens.surface,
        role.Highlight: tokens.tint,
        role.HighlightedText: tokens.text,
        role.Link: tokens.link,
        role.Accent: tokens.primary,
        role.ToolTipBase: tokens.text,
        role.ToolTipText: tokens.surface,
    }
    for name, value in colours.items():
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.on_disabled))
    return palette
