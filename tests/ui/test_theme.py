"""The one look: tokens, lengths that follow the scale, and a single style sheet."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from pos_app.ui import theme
from pos_app.ui.theme.fonts import ROLES, make_font, weight_for
from pos_app.ui.theme.sheet import scaled, style_sheet

PACKAGE = Path(theme.__file__).parents[2]


@pytest.fixture(autouse=True)
def own_look(qapp):
    theme.load_fonts()
    theme.apply(qapp, theme.Look())
    yield
    theme.apply(qapp, theme.Look())


def luminance(colour):
    def channel(value):
        value /= 255
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue)


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_stands_out_from_what_it_is_on(tokens):
    pairs = [
        (tokens.text, tokens.surface), (tokens.text2, tokens.surface),
        (tokens.text3, tokens.surface), (tokens.on_primary, tokens.primary),
        (tokens.link, tokens.surface), (tokens.text, tokens.tint),
        (tokens.rail_text, tokens.rail), (tokens.on_badge, tokens.badge),
    ]  # fmt: skip
    pairs += [
        (getattr(tokens, tone), getattr(tokens, f"{tone}_bg"))
        for tone in ("ok", "warn", "bad", "info", "train", "mute")
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
    outlines = [(tokens.control, tokens.surface), (tokens.focus, tokens.surface)]
    assert [pair for pair in outlines if contrast(*pair) < 3] == []


def test_the_program_sets_a_style_sheet_in_one_place():
    calls = [
        file.name
        for file in PACKAGE.rglob("*.py")
        for _ in re.finditer(r"\.setStyleSheet\(", file.read_text(encoding="utf-8"))
    ]
    assert calls == ["__init__.py"]


def test_no_colour_stands_outside_the_tokens():
    allowed = {"tokens.py", "methods.py"}
    found = [
        file.name
        for folder in ("widgets", "pages", "dialogs", "window")
        for file in (PACKAGE / "ui" / folder).rglob("*.py")
        if file.name not in allowed
        and re.search(r"[\"']#[0-9A-Fa-f]{6}[\"']", file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scale", [0.9, 1.0, 1.1, 1.25, 2.0])
def test_every_token_of_the_sheet_is_filled_in(tokens, scale):
    sheet = style_sheet(tokens, scale)
    assert "$" not in sheet
    assert "@" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert set(re.findall(r"#[0-9A-F]{6}\b", sheet)) <= set(asdict(tokens).values()) | {"#99FFFF"}


def test_lengths_of_the_sheet_are_scaled_and_hairlines_stay():
    sheet = style_sheet(theme.LIGHT, 1.25)
    assert "font-size: 75px" in sheet  # moneyL, 60
    assert "border: 1px solid #DDE2E8" in sheet
    assert 'QFrame[tone="ok"][pill="true"] { border-radius: 17px; }' in sheet


@pytest.mark.parametrize(
    ("length", "scale", "pixels"),
    [(0, 2.0, 0), (1, 0.9, 1), (1, 1.25, 1), (10, 1.25, 13), (48, 0.9, 43), (-1, 1.25, -1)],
)
def test_a_length_is_rounded_half_up_and_never_vanishes(length, scale, pixels):
    assert scaled(length, scale) == pixels


def test_chinese_has_no_semibold(qapp):
    assert weight_for(600, "zh_Hans") == 700
    assert weight_for(600, "en") == 600
    assert weight_for(500, "zh_Hant") == 500
    assert "font-weight: 600" not in style_sheet(theme.LIGHT, 1.0, "zh_Hans")
    assert make_font(15, 400, "zh_Hant").families()[1] == "Microsoft JhengHei UI"


def test_digits_are_all_equally_wide(qapp):
    for role in ROLES:
        metrics = QFontMetricsF(theme.font(role))
        assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")


def test_money_is_set_tighter_from_38_px(qapp):
    assert theme.font("moneyM").letterSpacing() == -1
    assert theme.font("moneyS").letterSpacing() == 0
    assert theme.font("moneyL", 36).letterSpacing() == 0


def test_given_lengths_follow_the_scale(qapp, qtbot):
    outer = QWidget()
    qtbot.addWidget(outer)
    row = QHBoxLayout(outer)
    button = QPushButton(outer)
    row.addWidget(button)
    theme.size(row, margins=(16, 8, 16, 8), spacing=12)
    theme.size(button, width=100, icon=20)
    theme.apply(qapp, theme.Look(scale=1.25))
    assert button.width() == 125
    assert button.iconSize().width() == 25
    assert row.contentsMargins().left() == 20
    assert row.spacing() == 15
    theme.size(button, width=60)
    theme.apply(qapp, theme.Look())
    assert button.width() == 60
    assert row.spacing() == 12


def test_the_palette_has_the_theme_s_colours(qapp):
    theme.apply(qapp, theme.Look(theme.DARK))
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == "#0d131a"
    off = QApplication.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert off.name() == "#7f8d9b"


def test_a_changed_property_styles_the_widget_again(qapp, qtbot):
    button = QPushButton("Charge")
    qtbot.addWidget(button)
    button.setProperty("kind", "secondary")
    button.show()
    theme.set_property(button, "kind", "primary")
    picture = button.grab().toImage()
    assert picture.pixelColor(button.width() // 2, 6).name() == theme.LIGHT.primary.lower()


def test_inter_is_bundled(qapp):
    font = theme.font("bodyStrong")
    assert font.weight() == QFont.Weight.DemiBold
    assert QFontMetricsF(font).horizontalAdvance("m") > 0
    from PySide6.QtGui import QFontInfo

    assert QFontInfo(font).family() == "Inter"
