"""Cut the bundled fonts down to what the till shows and prints.

    pip install fonttools && python packaging/subset_fonts.py FONTS

FONTS is a folder that holds `Inter-*.otf` and `NotoSansCJK-*.ttc`, for example the unpacked
Debian packages fonts-inter and fonts-noto-cjk. Writes resources/fonts/.

The receipts' font is monospaced only for ASCII, Han and kana; a receipt's columns need it for
"é", "×" and "€" too. So every character that Unicode does not call wide gets exactly half the
width of a Han character.
"""

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

TARGET = Path(__file__).parent.parent / "resources" / "fonts"
INTER_WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
MONO_WEIGHTS = ("Regular", "Bold")
MONO_FAMILY = "Noto Sans Mono CJK SC"
# The receipts' font lacks the peso sign; Inter's takes the place of a rare small kana.
PESO, SPARE = 0x20B1, 0x31F0
# Dots that share the drawing of the wide katakana dot get the half-wide one.
WIDE_DOTS, NARROW_DOT = (0x00B7, 0x2022), 0xFF65
WIDE, NARROW, SIDE_BEARING = 1000, 500, 20  # thousandths of the type size

LATIN = "U+0020-007E U+00A0-017F U+0192 U+0218-021B U+02C6-02DC U+1E9E U+1EA0-1EF9"
PUNCTUATION = (
    "U+2010-2015 U+2018-201E U+2020-2022 U+2026 U+202F U+2030 U+2032-2033 U+2039-203A U+2044"
)
SIGNS = (
    "U+20A0-20BF U+2116 U+2122 U+2190-2193 U+2212 U+2248 U+2260 U+2264-2265 U+2318 U+21B5 "
    "U+23CE U+232B U+2713"
)
BOXES = "U+2500-257F U+2580-259F U+25A0-25A1 U+25B2-25B3 U+25BC-25BD U+25CB U+25CF U+2605-2606"
EAST_ASIAN = "U+3000-303F U+3041-30FF U+31F0-31FF U+FF01-FF5E U+FFE0-FFE6 U+FF61-FF9F"


def codepoints(ranges: str) -> Iterator[int]:
    """Read "U+0041-005A U+00A5"."""
    for part in ranges.split():
        first, _, last = part.removeprefix("U+").partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def han() -> Iterator[int]:
    """Yield the characters of GB 2312 (all 6,763) and of Big5's level 1 (5,401)."""
    for codec, leads, trails in (
        ("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF)),
        ("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]),
    ):
        for lead in leads:
            for trail in trails:
                try:
                    character = bytes((lead, trail)).decode(codec)
                except UnicodeDecodeError:
                    continue
                if character >= "\u4e00":
                    yield ord(character)


def subset(font: TTFont, wanted: set[int], features: list[str], *, hinting: bool) -> None:
    """Leave only the characters `wanted` and the layout `features` in `font`."""
    options = Options()
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.hinting = hinting
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)


def borrow_peso(font: TTFont, lender: TTFont) -> None:
    """Draw the peso sign of `lender` into `font`."""
    glyph = font.getBestCmap()[SPARE]
    remap(font, {PESO: glyph}, drop=SPARE)
    scale = WIDE / lender["head"].unitsPerEm
    lent = lender.getGlyphSet()
    pen = T2CharStringPen(None, lent)
    lent[lender.getBestCmap()[PESO]].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
    top = font["CFF "].cff.topDictIndex[0]
    private = top.CharStrings[glyph].private
    top.CharStrings[glyph] = pen.getCharString(private, top.GlobalSubrs)


def remap(font: TTFont, mapping: dict[int, str], drop: int | None = None) -> None:
    """Let characters point to other glyphs."""
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(mapping)
            table.cmap.pop(drop, None)


def make_monospaced(font: TTFont) -> None:
    """Give every character the width that Unicode's East Asian Width promises."""
    narrow_dot = font.getBestCmap()[NARROW_DOT]
    remap(font, dict.fromkeys(WIDE_DOTS, narrow_dot))
    widths: dict[str, int] = {}
    for point, glyph in font.getBestCmap().items():
        is_wide = unicodedata.east_asian_width(chr(point)) in "WF"
        widths[glyph] = max(widths.get(glyph, 0), WIDE if is_wide else NARROW)
    peso = font.getBestCmap()[PESO]
    tiles = {font.getBestCmap()[point] for point in range(0x2500, 0x25A0)}
    for glyph, width in widths.items():
        if font["hmtx"][glyph][0] not in (0, width) or glyph == peso:
            set_width(font, glyph, width, tiles=glyph in tiles)


def set_width(font: TTFont, glyph: str, width: int, *, tiles: bool) -> None:
    """Centre `glyph` in `width`, squeezed where its ink is wider.

    Glyphs that tile (boxes, blocks) are squeezed as a whole, so that they still touch.
    """
    glyphs = font.getGlyphSet()
    bounds = BoundsPen(glyphs)
    glyphs[glyph].draw(bounds)
    left, _, right, _ = bounds.bounds
    if tiles:
        scale, shift = width / font["hmtx"][glyph][0], 0.0
    else:
        scale = min(1.0, (width - 2 * SIDE_BEARING) / (right - left))
        shift = (width - scale * (left + right)) / 2
    top = font["CFF "].cff.topDictIndex[0]
    private = top.CharStrings[glyph].private
    pen = T2CharStringPen(width - private.nominalWidthX, glyphs)
    glyphs[glyph].draw(TransformPen(pen, (scale, 0, 0, 1, shift, 0)))
    top.CharStrings[glyph] = pen.getCharString(private, top.GlobalSubrs)
    font["hmtx"][glyph] = (width, round(left * scale + shift))


def save(font: TTFont, target: Path) -> None:
    """Write `font` and say what came out."""
    font.save(target)
    print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size:,} bytes")


def main() -> None:
    """Write every font."""
    source = Path(sys.argv[1])
    TARGET.mkdir(parents=True, exist_ok=True)
    latin = {*codepoints(f"{LATIN} {PUNCTUATION} {SIGNS}")}
    for weight in INTER_WEIGHTS:
        file = next(source.rglob(f"Inter-{weight}.otf"))
        features = ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "case", "tnum", "zero"]
        font = TTFont(file)
        subset(font, latin, features, hinting=True)
        save(font, TARGET / file.name)
    paper = latin | {*codepoints(f"{BOXES} {EAST_ASIAN}")} | {*han()}
    for weight in MONO_WEIGHTS:
        collection = TTCollection(next(source.rglob(f"NotoSansCJK-{weight}.ttc")))
        font = next(
            font for font in collection.fonts if font["name"].getBestFamilyName() == MONO_FAMILY
        )
        subset(font, paper, [], hinting=False)
        borrow_peso(font, TTFont(next(source.rglob(f"Inter-{weight}.otf"))))
        make_monospaced(font)
        save(font, TARGET / f"NotoSansMonoCJKsc-{weight}.otf")


if __name__ == "__main__":
    main()
