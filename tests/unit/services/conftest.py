"""A till on the desk for every test of the services."""

import pytest

from tests.fakes.till import TillOnTheDesk


@pytest.fixture
def desk(tmp_path):
    desk = TillOnTheDesk(tmp_path)
    yield desk
    desk.close()
