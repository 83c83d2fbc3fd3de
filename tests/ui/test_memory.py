"""What keeps the process small."""

import builtins
import gc
import importlib
import linecache
import sys
import weakref
from importlib.machinery import PathFinder

import pytest

from pos_app.app import loading, memory


@pytest.fixture
def collector(qapp):
    was_on = gc.isenabled()
    made = memory.Collector(qapp)
    yield made
    made.deleteLater()
    gc.unfreeze()
    if was_on:
        gc.enable()


class Circle:
    """Garbage that only a collection finds."""

    def __init__(self):
        self.itself = self


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


def test_no_thread_but_this_one_looks_for_garbage(collector):
    assert not gc.isenabled()
    collector.begin()
    assert gc.get_freeze_count() > 0
    gone = weakref.ref(Circle())
    many = [Circle() for _ in range(2 * gc.get_threshold()[0])]
    assert gone() is not None
    del many
    collector.collect()
    assert gone() is None


@pytest.mark.parametrize("name", loading._UNWANTED)
def test_what_is_left_out_is_still_called_so(name):
    package = importlib.import_module(name.rpartition(".")[0])

    assert PathFinder.find_spec(name, package.__path__) is not None
