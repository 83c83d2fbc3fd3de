"""The one style sheet of the program, generated from tokens, scale and language.

Widgets are styled by dynamic properties (ux.md, section 3.4): `kind`, `tall`, `tone`, `card`,
`key`, `tile`, `chip`, `segment`, `field`, `row`, `rail`, `bar`, `textRole`, `muted`, `hint`…
Lengths below are px at scale 1.0; `$name` is a token. A margin makes what can be touched larger
than what is drawn.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from string import Template

from pos_app.ui.theme.fonts import ROLES, SEMI_BOLD, tightness, weight_for
from pos_app.ui.theme.tokens import Tokens

_LENGTH = re.compile(r"(radius: )?(?<![.\d])(\d+)px")
TONES = ("info", "ok", "warn", "bad", "train", "mute")

_FRAMES = """
QFrame[card="true"] { background: $surface; border: 1px solid $border; border-radius: 14px; }
QFrame[card="sunken"] { background: $sunken; border: 1px solid $border; border-radius: 12px; }
QFrame[card="plain"] { background: $canvas; border: 1px solid $border; border-radius: 14px; }
QFrame[card="head"] { background: $sunken; border: none; border-bottom: 1px solid $border;
  border-top-left-radius: 13px; border-top-right-radius: 13px; }
QFrame[card="tableHead"] { background: $sunken; border: none; border-top: 1px solid $border;
  border-bottom: 1px solid $border; }
QFrame[card="strip"] { background: $surface; border: none; border-top: 1px solid $border; }
QFrame[card="foot"] { background: $sunken; border: none; border-top: 1px solid $border;
  border-bottom-left-radius: 13px; border-bottom-right-radius: 13px; }
QFrame[card="dialog"] { background: $surface; border: 1px solid $border; border-radius: 16px; }
QFrame[card="popup"] { background: $surface; border: 1px solid $control;
  border-radius: 12px; }
QFrame[card="dialogHead"] { background: transparent; border: none;
  border-bottom: 1px solid $border; }
QFrame[card="dialogFoot"] { background: transparent; border: none;
  border-top: 1px solid $border; }
QFrame[card="dialogSide"] { background: $sunken; border: none; border-left: 1px solid $border; }
QFrame[card="page"] { background: $canvas; border: none; }
QFrame[card="surface"] { background: $surface; border: none; }
QFrame[card="line"] { background: transparent; border: none; border-bottom: 1px solid $border; }
QFrame[line="h"] { background: $border; border: none; min-height: 1px; max-height: 1px; }
QFrame[line="v"] { background: $border; border: none; min-width: 1px; max-width: 1px; }
QScrollArea, QScrollArea > QWidget > QWidget[scrolled="true"] { background: transparent;
  border: none; }
QAbstractButton { outline: none; }
QTableView { background: transparent; border: none; outline: none; }
QHeaderView { background: transparent; border: none; }
QToolTip { background: $text; color: $surface; border: 1px solid $text; padding: 6px; }
"""

_BUTTONS = """
QPushButton[kind] { min-height: 50px; padding: 0px 20px; border-radius: 10px;
  font-size: 16px; font-weight: 600; }
QPushButton[kind][tall="48"] { min-height: 46px; padding: 0px 15px; font-size: 15px; }
QPushButton[kind][tall="56"] { min-height: 54px; border-radius: 12px; }
QPushButton[kind][tall="60"] { min-height: 58px; border-radius: 12px; font-size: 17px; }
QPushButton[kind][tall="72"] { min-height: 70px; border-radius: 12px; font-size: 18px; }
QPushButton[kind="primary"] { background: $primary; color: $on_primary;
  border: 1px solid $primary; }
QPushButton[kind="primary"]:pressed { background: $primary_pressed;
  border: 1px solid $primary_pressed; }
QPushButton[kind="secondary"] { background: $surface; color: $text;
  border: 1px solid $control; }
QPushButton[kind="secondary"]:pressed { background: $key2; }
QPushButton[kind="danger"] { background: $surface; color: $bad; border: 1px solid $bad; }
QPushButton[kind="danger"]:pressed { background: $bad_bg; }
QPushButton[kind="dangerFill"] { background: $bad_fill; color: $on_primary;
  border: 1px solid $bad_fill; }
QPushButton[kind="dangerFill"]:pressed { background: $bad; }
QPushButton[kind="train"] { background: $surface; color: $train;
  border: 1px solid $train_fill; }
QPushButton[kind="train"]:pressed { background: $train_bg; }
QPushButton[kind="text"] { background: transparent; color: $link; border: none;
  min-height: 48px; padding: 0px 8px; font-size: 15px; }
QPushButton[kind="text"]:pressed { background: $tint; }
QPushButton[kind="icon"] { background: transparent; border: none; padding: 0px;
  min-width: 48px; min-height: 48px; border-radius: 10px; }
QPushButton[kind="icon"]:pressed { background: $key2; }
QPushButton[kind="onBand"] { background: transparent; color: $on_primary;
  border: 1px solid $on_primary; min-height: 34px; margin: 6px 0px; padding: 0px 13px;
  border-radius: 8px; font-size: 14px; }
QPushButton[kind="onBand"]:pressed { background: $train; }
QPushButton[kind]:disabled { background: $disabled; color: $on_disabled;
  border: 1px solid $disabled; }
QPushButton[kind="text"]:disabled, QPushButton[kind="icon"]:disabled {
  background: transparent; border: none; }
QPushButton[kind="onBand"]:disabled { background: transparent; color: $train_border;
  border: 1px solid $train_border; }
"""

_BUTTON_LABELS = """
QLabel[on="primary"], QLabel[on="dangerFill"] { color: $on_primary; }
QLabel[on="secondary"] { color: $text; }
QLabel[on="danger"] { color: $bad; }
QLabel[on="train"] { color: $train; }
QLabel[on="text"] { color: $link; }
QLabel[on]:disabled { color: $on_disabled; }
"""

_KEYS = """
QAbstractButton[key] { border: 1px solid $key_border; border-radius: 12px; }
QAbstractButton[key="digit"] { background: $key; color: $text; font-size: 30px;
  font-weight: 500; }
QAbstractButton[key="fn"] { background: $key2; color: $text2; font-size: 22px;
  font-weight: 600; }
QAbstractButton[key="add"] { background: $tint; color: $link; border: 1px solid $tint_border;
  font-size: 16px; font-weight: 600; }
QAbstractButton[key="digit"]:pressed { background: $key2; }
QAbstractButton[key="fn"]:pressed { background: $tile_border; }
QAbstractButton[key="add"]:pressed { background: $key2; }
QAbstractButton[key]:disabled { background: $disabled; color: $on_disabled; }
QAbstractButton[tile="true"] { background: $surface; color: $text;
  border: 1px solid $tile_border; border-radius: 12px; font-size: 15px; font-weight: 600; }
QRadioButton[tile="true"] { padding: 0px 16px; spacing: 12px; }
QAbstractButton[tile="true"]:pressed { background: $key2; }
QAbstractButton[tile="true"]:checked { background: $tint; border: 2px solid $tint_border; }
QAbstractButton[tile="true"]:disabled { background: $disabled; color: $on_disabled;
  border: 1px solid $tile_border; }
QAbstractButton[chip="true"] { background: $surface; color: $text; min-height: 46px;
  border: 1px solid $control; border-radius: 24px; padding: 0px 15px; font-size: 15px;
  font-weight: 600; }
QAbstractButton[chip="true"]:pressed { background: $key2; }
QAbstractButton[chip="true"]:checked { background: $tint; color: $link; min-height: 44px;
  border: 2px solid $tint_border; padding: 0px 14px; }
QAbstractButton[chip="true"]:disabled { background: $disabled; color: $on_disabled;
  border: 1px solid $tile_border; }
QFrame[segment="true"] { background: $key2; border: none; border-radius: 10px; }
QAbstractButton[segment="item"] { background: transparent; color: $text2; min-height: 38px;
  margin: 4px 2px; border: 1px solid transparent; border-radius: 8px; padding: 0px 16px;
  font-size: 15px; font-weight: 600; }
QAbstractButton[segment="item"]:checked { background: $segment_on; color: $text;
  border: 1px solid $tile_border; }
QAbstractButton[row="true"] { background: $surface; color: $text; border: none;
  border-bottom: 1px solid $border; text-align: left; }
QAbstractButton[row="true"]:pressed { background: $key2; }
QAbstractButton[nav="item"] { background: transparent; border: none; border-radius: 10px; }
QAbstractButton[nav="item"]:pressed { background: $key2; }
QAbstractButton[nav="item"]:checked { background: $tint; }
QAbstractButton[row="true"]:checked, QAbstractButton[row="chosen"] { background: $tint; }
QFrame[row="true"] { background: transparent; border: none; border-bottom: 1px solid $border; }
QFrame[row="chosen"] { background: $tint; border: none; border-bottom: 1px solid $border; }
"""

_FIELDS = """
QLineEdit[field] { background: $surface; color: $text; border: 1px solid $control;
  border-radius: 10px; padding: 0px 14px; min-height: 50px; font-size: 16px;
  selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit[field]:focus { border: 2px solid $focus; padding: 0px 13px; min-height: 48px; }
QLineEdit[field][wrong="true"] { border: 2px solid $bad; padding: 0px 13px; min-height: 48px; }
QListView[field="choices"] { background: $surface; color: $text; border: 1px solid $control; }
QListView[field="choices"]::item { min-height: 48px; padding: 0px 14px; }
QLineEdit[field="search"] { border-radius: 10px; min-height: 46px; }
QLineEdit[field="search"]:focus { min-height: 44px; }
QLineEdit[field]:disabled { background: $disabled; color: $on_disabled;
  border: 1px solid $tile_border; }
QFrame[field="box"] { background: $surface; border: 1px solid $control; border-radius: 10px; }
QFrame[field="box"]:focus { border: 2px solid $focus; }
QFrame[field="box"][wrong="true"] { border: 2px solid $bad; }
QFrame[field="box"]:disabled { background: $disabled; border: 1px solid $tile_border; }
QScrollBar:vertical { background: transparent; width: 14px; margin: 0px; border: none; }
QScrollBar::handle:vertical { background: $control; min-height: 48px; border-radius: 4px;
  margin: 3px; }
QScrollBar:horizontal { background: transparent; height: 14px; margin: 0px; border: none; }
QScrollBar::handle:horizontal { background: $control; min-width: 48px; border-radius: 4px;
  margin: 3px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

_BARS = """
QFrame[rail="panel"] { background: $rail; border: none; }
QFrame[rail="card"] { background: $rail_card; border: none; border-radius: 12px; }
QFrame[rail="mark"] { background: $primary; border: none; border-radius: 11px; }
QAbstractButton[rail="item"] { background: transparent; border: none; border-radius: 12px; }
QAbstractButton[rail="item"]:pressed, QAbstractButton[rail="item"]:checked {
  background: $rail_sel; }
QLabel[railLabel] { color: $rail_text; font-size: 13px; font-weight: 400; }
QLabel[railLabel="chosen"] { color: $on_rail; font-weight: 600; }
QLabel[railLabel="off"] { color: $rail_off; }
QLabel[rail="badge"] { background: $badge; color: $on_badge; border-radius: 10px;
  font-size: 12px; font-weight: 700; padding: 0px 6px; }
QLabel[rail="text"] { color: $rail_text; }
QLabel[rail="strong"] { color: $on_rail; }
QFrame[bar="top"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QPushButton[bar="pill"] { background: $info_bg; border: 1px solid $info_border;
  border-radius: 14px; margin: 10px 0px; padding: 0px; }
QPushButton[bar="pill"]:pressed { background: $info_border; }
QFrame[bar="training"] { background: $train_fill; border: none; }
QFrame[bar="training"] QLabel { color: $on_primary; }
QFrame[bar="toast"] { background: $text; border: none; border-radius: 12px; }
QFrame[bar="toast"] QLabel { color: $surface; }
QFrame[bar="toast"] QPushButton { color: $surface; text-decoration: underline; }
QLabel[hint="true"] { border: 1px solid $control; border-radius: 5px; color: $text2;
  font-size: 12px; font-weight: 600; padding: 0px 6px; min-height: 18px; max-height: 18px; }
QLabel[hint="onPrimary"] { border: 1px solid #99FFFFFF; border-radius: 5px; color: #E6FFFFFF;
  font-size: 12px; font-weight: 600; padding: 0px 6px; min-height: 18px; max-height: 18px; }
QLabel[hint="danger"] { border: 1px solid $bad; border-radius: 5px; color: $bad;
  font-size: 12px; font-weight: 600; padding: 0px 6px; min-height: 18px; max-height: 18px; }
QLabel[hint]:disabled { border: 1px solid $on_disabled; color: $on_disabled; }
QLabel[hint="bare"], QLabel[hint="bare"]:disabled { color: $text3; border: none;
  font-size: 12px; font-weight: 600; }
"""

_TONE = """
QFrame[tone="@"] { background: $@_bg; border: 1px solid $@_border; border-radius: 12px; }
QFrame[tone="@"][pill="true"] { border-radius: 14px; }
QFrame[tone="@"][pill="tall"] { border-radius: 17px; }
QFrame[tone="@"][bar="attention"] { border: none; border-bottom: 1px solid $@_border;
  border-radius: 0px; }
QFrame[tone="@"][card="head"] { border: none; border-bottom: 1px solid $@_border;
  border-radius: 0px; border-top-left-radius: 13px; border-top-right-radius: 13px; }
QLabel[tone="@"] { color: $@; background: transparent; border: none; }
QPushButton[kind="text"][tone="@"] { color: $@; }
"""


def style_sheet(tokens: Tokens, scale: float, language: str = "en") -> str:
    """Return the whole style sheet; lengths are scaled, hairlines stay at least one pixel."""
    tones = "".join(_TONE.replace("@", tone) for tone in TONES)
    text = "".join(
        (
            _text_rules(scale, language),
            _FRAMES,
            _BUTTONS,
            _BUTTON_LABELS,
            _KEYS,
            _FIELDS,
            _BARS,
            tones,
        )
    )
    text = Template(text).substitute(asdict(tokens))
    semi_bold = weight_for(SEMI_BOLD, language)
    text = text.replace(f"font-weight: {SEMI_BOLD}", f"font-weight: {semi_bold}")
    return _LENGTH.sub(lambda found: f"{found[1] or ''}{_in_pixels(found, scale)}px", text)


def scaled(length: int, scale: float) -> int:
    """Return `length` px of scale 1.0 in whole device-independent pixels, rounded half up."""
    if length == 0:
        return 0
    sign = -1 if length < 0 else 1
    return sign * max(1, int(abs(length) * scale + 0.5))


def _in_pixels(found: re.Match[str], scale: float) -> int:
    """Return a length of the sheet; a radius is rounded down, or Qt drops one over half."""
    length = int(found[2])
    return int(length * scale) if found[1] else scaled(length, scale)


def _text_rules(scale: float, language: str) -> str:
    rules = [
        'QLabel[muted="true"] { color: $text2; }',
        'QLabel[muted3="true"] { color: $text3; }',
        'QLabel[link="true"] { color: $link; }',
    ]
    for name, role in ROLES.items():
        tight = tightness(name, role.px, language) * scale
        spacing = f" letter-spacing: {tight:.2f}px;" if tight else ""
        rules.append(
            f'QLabel[textRole="{name}"] {{ font-size: {role.px}px;'
            f" font-weight: {role.weight};{spacing} }}"
        )
    return "\n".join(rules)
