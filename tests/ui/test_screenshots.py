"""`make screenshots` forgets no state and finds its way to each of them."""

import pytest
from PySide6.QtGui import QImage

from pos_app.services.payment_view import Screen
from pos_app.ui import theme
from tests.screenshots.stage import Stage
from tests.screenshots.states import STATES

FILES = [state.file for state in STATES]


def test_every_picture_has_its_own_name():
    assert len(set(FILES)) == len(FILES)


@pytest.mark.parametrize("screen", Screen)
def test_every_state_of_a_payment_is_there_with_and_without_training(screen):
    assert f"payment-{screen.value}.png" in FILES
    assert f"payment-{screen.value}-training.png" in FILES


@pytest.mark.parametrize("name", ["lock-wrong-pin", "sell-lines", "payment-unknown"])
def test_a_picture_is_taken_in_the_size_asked_for_and_always_the_same(qapp, tmp_path, name):
    theme.load_fonts()
    (state,) = [state for state in STATES if state.file == f"{name}.png"]
    pictures = []
    for number in (1, 2):
        stage = Stage((1366, 768))
        try:
            state.show(stage)
            stage.save(tmp_path / f"{number}.png")
        finally:
            stage.close()
        pictures.append(QImage(str(tmp_path / f"{number}.png")))
    assert pictures[0].size().toTuple() == (1366, 768)
    assert pictures[0] == pictures[1]
    theme.apply(qapp, theme.Look())
