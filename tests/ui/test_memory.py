"""What keeps the process small."""

import builtins
import gc
import importlib
import linecache
import sys
from importlib.machinery import PathFinder

import pytest

from pos_app.app import loading, memory


@pytest.fixture
def usual_collecting():
    before = gc.get_threshold()
    yield before
    gc.unfreeze()
    gc.set_threshold(*before)


def test_importing_reads_no_sources(monkeypatch, tmp_path):
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)  # put back afterwards
    module = tmp_path / "freshly_written.py"
    module.write_text("WORDS = 'a file that nobody reads a second time'\n")
    monkeypatch.syspath_prepend(tmp_path)
    memory.import_plainly()

    import freshly_written

    assert freshly_written.WORDS
    assert str(module) not in linecache.cache
    sys.modules.pop("freshly_written")


def test_everything_is_gone_through_only_when_it_is_built(usual_collecting):
    memory.collect_young_only()
    assert gc.get_threshold()[:2] == usual_collecting[:2]
    assert gc.get_threshold()[2] > 1000 * usual_collecting[2]

    memory.keep_what_is_there()
    assert gc.get_threshold() == usual_collecting
    assert gc.get_freeze_count() > 0


@pytest.mark.parametrize("name", loading._UNWANTED)
def test_what_is_left_out_is_still_called_so(name):
    package = importlib.import_module(name.rpartition(".")[0])

    assert PathFinder.find_spec(name, package.__path__) is not None
