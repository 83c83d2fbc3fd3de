"""Fonts: the bundled Inter, families by language, and the type roles (ux.md, section 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtGui import QFont, QFontDatabase

from pos_app import resources

_INTER = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")

_FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "en": ("Inter", "Segoe UI", "Noto Sans"),
    "zh_Hans": ("Inter", "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC"),
    "zh_Hant": ("Inter", "Microsoft JhengHei UI", "PingFang TC", "Noto Sans CJK TC"),
})  # fmt: skip

SEMI_BOLD = 600
BOLD = 700
_MONEY_TIGHT_FROM = 38
_TITLE_TIGHT_FROM = 24
"""Sizes (px at scale 1.0) from which money and titles are set tighter: Inter is spaced for text
and looks loose when it is large."""


@dataclass(frozen=True, slots=True)
class TypeRole:
    """Size in px at scale 1.0, and weight (400–700)."""

    px: int
    weight: int


def tightness(name: str, length: int, language: str = "en") -> float:
    """Return the letter spacing of role `name` at `length` px: 0 or a little below, in px."""
    if language.startswith("zh"):
        return 0.0
    if "money" in name.lower():
        return -1.0 if length >= _MONEY_TIGHT_FROM else 0.0
    is_title = length >= _TITLE_TIGHT_FROM and name not in {"keypad", "clock"}
    return -0.01 * length if is_title else 0.0


ROLES: Mapping[str, TypeRole] = MappingProxyType({
    "hint": TypeRole(12, 600),
    "caption": TypeRole(13, 400),
    "body": TypeRole(15, 400),
    "bodyStrong": TypeRole(15, 600),
    "pill": TypeRole(13, 600),
    "bar": TypeRole(14, 400),
    "barStrong": TypeRole(14, 600),
    "pageTitle": TypeRole(18, 600),
    "nav": TypeRole(16, 600),
    "button": TypeRole(16, 600),
    "buttonL": TypeRole(20, 600),
    "h2": TypeRole(17, 600),
    "h1": TypeRole(20, 600),
    "headline": TypeRole(26, 600),
    "scanTitle": TypeRole(24, 600),
    "paidTitle": TypeRole(35, 600),
    "lead": TypeRole(17, 400),
    "leadTitle": TypeRole(19, 600),
    "leadSub": TypeRole(16, 400),
    "keypad": TypeRole(30, 500),
    "moneyS": TypeRole(32, 600),
    "moneyM": TypeRole(38, 600),
    "moneyDetail": TypeRole(46, 600),
    "moneyL": TypeRole(60, 600),
    "moneyPay": TypeRole(68, 600),
    "moneyXL": TypeRole(84, 600),
    "clock": TypeRole(92, 600),
})  # fmt: skip
"""Values of the dynamic property `textRole`."""


def load_fonts() -> None:
    """Make the bundled Inter known to Qt; a missing file leaves the system's fonts."""
    for name in _INTER:
        try:
            file = resources.path(f"fonts/{name}")
        except FileNotFoundError:
            continue
        QFontDatabase.addApplicationFont(str(file))


def weight_for(weight: int, language: str) -> int:
    """Return the weight to use: Chinese fonts have no 600, so it falls to bold."""
    return BOLD if weight == SEMI_BOLD and language.startswith("zh") else weight


def make_font(px: int, weight: int, language: str) -> QFont:
    """Return a font of `px` device-independent pixels whose digits are all equally wide."""
    font = QFont()
    font.setFamilies(list(_FAMILIES.get(language, _FAMILIES["en"])))
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight_for(weight, language)))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
