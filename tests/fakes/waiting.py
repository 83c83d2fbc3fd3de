"""Waiting for something outside this process, always with a deadline."""

import time

PAUSE_S = 0.02


def is_soon(check, seconds):
    """Look for so long; tell whether `check()` gave something true."""
    end = time.monotonic() + seconds
    while not check():
        if time.monotonic() > end:
            return False
        time.sleep(PAUSE_S)
    return True


def until(check, what, seconds=20.0):
    """Look until `check()` gives something true, and return that; else fail with `what`.

    For what happens in another process and tells nobody: a picture, a file, a ledger. `what` is a
    text, or a callable that tells how things are then.
    """
    end = time.monotonic() + seconds
    while True:
        found = check()
        if found:
            return found
        if time.monotonic() > end:
            words = what() if callable(what) else what
            raise AssertionError(f"waited {seconds:.0f} s in vain for {words}")
        time.sleep(PAUSE_S)
