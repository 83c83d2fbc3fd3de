"""What holds for every test: no screen, no network beyond this machine, bounded examples."""

import gc
import os
import socket

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "default",
    deadline=None,  # a busy machine is not a wrong answer
    max_examples=100,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

_LOOPBACK = {"localhost", "::1", "0.0.0.0", "::", "", None}  # noqa: S104 - compared, not bound


def _is_loopback(address):
    if not isinstance(address, tuple):  # a Unix socket
        return True
    host = address[0]
    return host in _LOOPBACK or str(host).startswith("127.")


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch):
    """Refuse to connect to, or look up, anything but this machine."""

    def guarded(method):
        def connect(self, address, *rest):
            if not _is_loopback(address):
                raise AssertionError(f"a test reached for {address}")
            return method(self, address, *rest)

        return connect

    real_lookup = socket.getaddrinfo

    def lookup(host, *rest, **named):
        name = host.decode() if isinstance(host, bytes) else host
        if not _is_loopback((name,)):
            raise socket.gaierror(socket.EAI_NONAME, f"a test looked up {name}")
        return real_lookup(host, *rest, **named)

    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", lookup)


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path_factory, monkeypatch):
    """Keep whatever a test writes out of the developer's own till."""
    monkeypatch.setenv("POS_APP_DATA_DIR", str(tmp_path_factory.mktemp("till")))


TESTS_BETWEEN_COLLECTIONS = 20


def pytest_configure(config):
    """Look for garbage on the main thread only, as the till does (`app/memory.Collector`).

    Python would do it on whichever thread allocates, and a widget of an earlier test must not be
    deleted on a worker thread.
    """
    gc.disable()


def pytest_collection_finish(session):
    """Do not look among the tests themselves and what they import: it took 0.7 s each time."""
    gc.collect()
    gc.freeze()


def pytest_runtest_teardown(item, nextitem):
    """Look for it now and then; no test may let Python look again by itself."""
    if gc.isenabled():
        gc.disable()
        pytest.fail("the test has left the garbage collector on")
    item.session.tests_run = getattr(item.session, "tests_run", 0) + 1
    if item.session.tests_run % TESTS_BETWEEN_COLLECTIONS == 0:
        gc.collect()
