import threading

import pytest

from pos_app.domain.errors import DiskFullError
from pos_app.services.doctor.verdicts import (
    Check,
    Finding,
    Level,
    Verdict,
    examine,
    ok,
    trouble,
    warning,
)

LATE = warning("It takes long.", "Wait.")


def raising(error):
    def look():
        raise error

    return look


def test_findings_come_in_the_order_of_the_checks_not_of_their_ends():
    is_second_done = threading.Event()

    def first():
        assert is_second_done.wait(10), "the checks are not carried out side by side"
        return ok("first")

    def second():
        is_second_done.set()
        return ok("second")

    found = list(examine([Check("A", first), Check("B", second)]))
    assert found == [Finding("A", ok("first")), Finding("B", ok("second"))]


def test_a_check_that_hangs_is_trouble_and_does_not_hold_up_the_others():
    hangs = threading.Event()
    checks = [
        Check("Keyring", lambda: hangs.wait() and ok("")),
        Check("Journal", lambda: hangs.wait() and ok(""), LATE),
        Check("Disk", lambda: ok("fine")),
    ]
    keyring, journal, disk = (one.verdict for one in examine(checks, patience_s=0.05))
    assert keyring.level is Level.TROUBLE
    assert journal == LATE
    assert disk.level is Level.OK
    hangs.set()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (DiskFullError("No space is left."), "No space is left."),
        (
            PermissionError(13, "Permission denied", "/x"),
            "The system refused: Permission denied (/x).",
        ),
        (OSError("odd"), "The system refused: odd."),
    ],
)
def test_a_known_error_is_trouble_in_its_own_words(error, words):
    [found] = examine([Check("A", raising(error))])
    assert found.verdict == trouble(words, "")


def test_a_bug_is_not_taken_for_a_finding():
    with pytest.raises(KeyError):
        list(examine([Check("A", raising(KeyError("bug")))]))


def test_levels_are_the_words_that_scripts_read():
    assert [str(level) for level in Level] == ["ok", "warning", "trouble", "skipped"]
    assert Verdict(Level.OK, "fine").advice == ""
