"""Columns: whatever is printed fits, and nothing of it is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.receipts.rows import Centered, Code, Mark, Pair, Receipt, Rule, Size
from pos_app.receipts.text import letters, lines, lines_of, plain_text, printable, width, wrapped

any_text = st.text(max_size=120)
paper = st.sampled_from((48, 32))
amounts = st.integers(0, 10**11).map(lambda minor: f"{minor // 100:,}.{minor % 100:02d}")


def inked(text):
    """Return what leaves ink: all that may be neither lost nor changed by breaking lines."""
    return printable(text).replace(" ", "")


def test_chinese_letters_take_two_columns_and_marks_none():
    assert width("茉莉 tea") == 8
    assert width("￥") == 2
    assert width("e\N{COMBINING ACUTE ACCENT}") == 1
    assert list(letters("e\N{COMBINING ACUTE ACCENT}茉")) == ["e\N{COMBINING ACUTE ACCENT}", "茉"]


def test_lines_break_between_words():
    assert wrapped("a rather long name", 10) == ("a rather", "long name")


def test_words_longer_than_a_line_are_broken_where_the_line_ends():
    assert wrapped("2 Jasminteedose", 8, indent=2) == ("2 Jasmin", "  teedos", "  e")


def test_chinese_breaks_between_letters_but_not_before_a_closing_mark():
    assert wrapped("特级茉莉花茶罐", 6) == ("特级茉", "莉花茶", "罐")
    assert wrapped("特级茉，莉", 6) == ("特级", "茉，莉")


def test_a_wide_letter_is_never_split():
    assert wrapped("茉莉", 3) == ("茉", "莉")


def test_text_that_steers_printers_or_directions_is_not_printed():
    assert printable("tea\r\n\x1b@ \N{RIGHT-TO-LEFT OVERRIDE}tin\u2028\N{NO-BREAK SPACE}x") == (
        "tea @ tin x"
    )


@given(any_text, st.integers(4, 48), st.integers(0, 12))
def test_wrapping_fits_and_loses_nothing(text, columns, indent):
    parts = wrapped(text, columns, indent)
    assert all(width(part) <= columns for part in parts)
    assert "".join(parts).replace(" ", "") == inked(text)


@given(any_text, amounts, paper, st.sampled_from(Size), st.integers(0, 12))
def test_an_amount_stays_whole_and_apart_from_any_name(name, amount, columns, size, indent):
    placed = lines_of(Pair(name, amount, size=size, indent=indent), columns)
    assert [line.right for line in placed if line.right] == [amount]
    assert "".join(line.left for line in placed).replace(" ", "") == inked(name)
    for line in placed:
        assert width(line.left) + bool(line.left and line.right) + width(line.right) <= (
            line.columns
        )
        assert line.columns <= columns


@given(any_text, any_text, paper)
def test_both_sides_of_any_pair_fit_and_are_kept(left, right, columns):
    placed = lines_of(Pair(left, right), columns)
    assert "".join(line.left for line in placed).replace(" ", "") == inked(left)
    assert "".join(line.right for line in placed).replace(" ", "") == inked(right)
    assert all(width(line.text) <= columns for line in placed)


@given(st.lists(st.one_of(
    any_text.map(Centered),
    any_text.map(lambda text: Centered(text, size=Size.LARGE)),
    any_text.map(Mark),
    st.builds(Pair, any_text, any_text),
    st.just(Rule()),
    st.just(Code("HSG1-2507120087-K7QX")),
), max_size=6), st.sampled_from((80, 58)))  # fmt: skip
def test_every_line_of_any_paper_fits(rows, width_mm):
    receipt = Receipt("HSG1-0087", width_mm, tuple(rows))
    assert all(width(line.text) <= line.columns <= receipt.columns for line in lines(receipt))
    plain = plain_text(receipt)
    assert all(width(line) <= receipt.columns for line in plain.splitlines())
    assert not any(unicodedata.category(letter) in {"Cf", "Cs"} for letter in plain)


def test_a_long_right_side_gets_a_line_of_its_own():
    id_of_32 = "P2507120001-3bfa9c0d1e2f34a3e045"
    assert [line.text for line in lines_of(Pair("Trans. ID", id_of_32), 32)] == [
        "Trans. ID",
        id_of_32,
    ]
    assert len(lines_of(Pair("Trans. ID", id_of_32), 48)) == 1


def test_large_letters_have_fewer_columns():
    (line,) = lines_of(Pair("TOTAL", "1.00", size=Size.LARGE), 48)
    assert line.columns == 38
    assert line.right_column == 34


def test_paper_of_an_unknown_width_is_refused():
    with pytest.raises(ValueError, match="80 or 58 mm"):
        Receipt("HSG1-0087", 76, ())
