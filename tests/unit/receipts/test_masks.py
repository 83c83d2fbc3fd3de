"""The best mask, weighed on integers, against the library that weighs module by module."""

from hypothesis import given
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import lost_point

from pos_app.receipts.codes import modules
from pos_app.receipts.masks import Bits, penalty

SIDES = st.integers(min_value=21, max_value=45)


@st.composite
def matrices(draw):
    side = draw(SIDES)
    rows = st.lists(st.booleans(), min_size=side, max_size=side)
    return draw(st.lists(rows, min_size=side, max_size=side))


@given(matrices())
def test_every_matrix_has_the_points_of_the_library(matrix):
    assert penalty(Bits.of(matrix)) == lost_point(matrix)


def test_matrices_of_one_colour_and_of_stripes_do_too():
    for side in (21, 29):
        for is_dark in (
            lambda x, y: True,
            lambda x, y: False,
            lambda x, y: x % 2 == 0,
            lambda x, y: y % 7 in (0, 2, 3, 4, 6),
        ):
            matrix = [[is_dark(x, y) for x in range(side)] for y in range(side)]
            assert penalty(Bits.of(matrix)) == lost_point(matrix)


@given(st.text(alphabet="abcXYZ0189:/?&=-", min_size=1, max_size=150))
def test_codes_are_those_of_the_library(text):
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make()
    assert modules(text) == tuple(tuple(map(bool, row)) for row in code.modules)
