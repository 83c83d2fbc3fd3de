"""Sizes that follow the UI scale.

Every length a screen gives is px at scale 1.0. It is kept with the widget or layout, so that a
change of scale sets all of them again and no page has to do anything.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QGridLayout, QLayout, QWidget

from pos_app.ui.theme.sheet import scaled

_KEPT = "lengths"


class Lengths:
    """Turns px at scale 1.0 into device-independent pixels and remembers who asked for what."""

    def __init__(self) -> None:
        self.scale = 1.0

    def px(self, length: int) -> int:
        """Return `length` at the present scale, in whole pixels, at least 1 unless zero."""
        return scaled(length, self.scale)

    def keep(self, owner: QObject, **lengths: int | tuple[int, ...]) -> None:
        """Set `lengths` on `owner` now, and again whenever the scale changes."""
        kept: dict[str, Any] = dict(owner.property(_KEPT) or {})
        kept.update({name: _as_list(value) for name, value in lengths.items()})
        owner.setProperty(_KEPT, kept)
        self._set(owner, kept)

    def set_all_again(self) -> None:
        """Set every remembered length at the present scale."""
        for widget in QApplication.topLevelWidgets():
            self._set_if_kept(widget)
            for child in widget.findChildren(QObject):
                self._set_if_kept(child)

    def _set_if_kept(self, owner: QObject) -> None:
        kept = owner.property(_KEPT)
        if kept:
            self._set(owner, kept)

    def _set(self, owner: QObject, kept: dict[str, Any]) -> None:
        for name, value in kept.items():
            _SETTERS[name](owner, *(self.px(int(length)) for length in value))


def _as_list(value: int | tuple[int, ...]) -> list[int]:
    return [value] if isinstance(value, int) else list(value)


def _width(widget: QWidget, width: int) -> None:
    widget.setFixedWidth(width)


def _height(widget: QWidget, height: int) -> None:
    widget.setFixedHeight(height)


def _min_width(widget: QWidget, width: int) -> None:
    widget.setMinimumWidth(width)


def _min_height(widget: QWidget, height: int) -> None:
    widget.setMinimumHeight(height)


def _max_width(widget: QWidget, width: int) -> None:
    widget.setMaximumWidth(width)


def _max_height(widget: QWidget, height: int) -> None:
    widget.setMaximumHeight(height)


def _margins(owner: QLayout | QWidget, left: int, top: int, right: int, bottom: int) -> None:
    owner.setContentsMargins(left, top, right, bottom)


def _spacing(layout: QLayout, space: int) -> None:
    layout.setSpacing(space)


def _spacings(layout: QGridLayout, across: int, down: int) -> None:
    layout.setHorizontalSpacing(across)
    layout.setVerticalSpacing(down)


def _icon(button: QAbstractButton, side: int) -> None:
    button.setIconSize(QSize(side, side))


_SETTERS: dict[str, Any] = {
    "width": _width,
    "height": _height,
    "min_width": _min_width,
    "min_height": _min_height,
    "max_width": _max_width,
    "max_height": _max_height,
    "margins": _margins,
    "spacing": _spacing,
    "spacings": _spacings,
    "icon": _icon,
}


def see_through(widget: QWidget) -> None:
    """Let pointer events pass through `widget` to what is behind it (child labels of buttons)."""
    widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
