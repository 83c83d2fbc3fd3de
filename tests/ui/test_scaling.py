"""UI scale by window size (ux.md, section 4)."""

import pytest

from pos_app.ui.window.scaling import is_narrow, scale_for


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [
        (1024, 768, 0.9), (1239, 900, 0.9), (1240, 640, 1.0), (1366, 690, 1.0),
        (1499, 1000, 1.0), (1500, 849, 1.0), (1500, 850, 1.1), (1799, 1200, 1.1),
        (1800, 999, 1.1), (1800, 1000, 1.25), (1920, 1080, 1.25),
    ],
)  # fmt: skip
def test_the_scale_is_chosen_by_the_window_s_size(width, height, scale):
    assert scale_for(width, height) == scale


@pytest.mark.parametrize(("percent", "scale"), [(90, 0.9), (150, 1.5), (200, 1.52)])
def test_a_chosen_scale_leaves_an_effective_width_of_900(percent, scale):
    assert scale_for(1366, 768, percent) == scale
    assert 1366 / scale_for(1366, 768, percent) >= 898


def test_under_1240_effective_pixels_the_layout_is_narrow():
    assert is_narrow(1024, 0.9)
    assert is_narrow(1366, 1.5)
    assert not is_narrow(1366, 1.0)
    assert not is_narrow(1920, 1.25)
