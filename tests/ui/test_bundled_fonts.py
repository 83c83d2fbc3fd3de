"""The fonts that ship print every language's receipts in straight columns."""

import unicodedata

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont

from pos_app import resources

SIZE = 100
WORDS = "Café “Ñandú” 2 × US$ 4.50 · € £ ¥ ₩ ₱ – — … │ ─ 中文收据 繁體收據臺灣 カタカナ ，。（）"


@pytest.fixture(scope="module", params=["Regular", "Bold"])
def receipt_font(request, qapp):
    return str(resources.path(f"fonts/NotoSansMonoCJKsc-{request.param}.otf"))


def gb2312():
    rows = (bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    return "".join(row.decode("gb2312", errors="ignore") for row in rows)


def test_the_receipt_font_has_all_of_gb_2312_and_the_tills_signs(receipt_font):
    raw = QRawFont(receipt_font, SIZE)
    wanted = gb2312() + WORDS
    assert len(gb2312()) == 6763
    assert [each for each in wanted if not raw.supportsCharacter(ord(each))] == []


def test_a_wide_character_is_exactly_two_columns(receipt_font):
    raw = QRawFont(receipt_font, SIZE)
    for character in WORDS:
        glyphs = raw.glyphIndexesForString(character)
        columns = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        width = raw.advancesForGlyphIndexes(glyphs)[0].x()
        assert width == pytest.approx(columns * SIZE / 2, rel=0.001), character


def test_inter_has_four_weights_whose_digits_are_equally_wide(qapp):
    for weight in ("Regular", "Medium", "SemiBold", "Bold"):
        number = QFontDatabase.addApplicationFont(str(resources.path(f"fonts/Inter-{weight}.otf")))
        assert "Inter" in QFontDatabase.applicationFontFamilies(number)
    widths = set()
    for weight in (400, 500, 600, 700):
        font = QFont("Inter")
        font.setPixelSize(SIZE)
        font.setWeight(QFont.Weight(weight))
        font.setFeature(QFont.Tag("tnum"), 1)
        metrics = QFontMetricsF(font)
        assert len({round(metrics.horizontalAdvance(digit)) for digit in "0123456789"}) == 1
        widths.add(metrics.horizontalAdvance("Charge"))
    assert len(widths) == 4
