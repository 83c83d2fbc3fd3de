"""`pos-app` as a process of its own."""

import os
import subprocess
import sys

COMMAND = (sys.executable, "-m", "pos_app")
NOWHERE = "http://127.0.0.1:9/"
"""A payment service that is not there; so nothing leaves this computer."""


def surroundings(folder, **variables):
    """The environment of a command that works on `folder` and meets nobody's keyring."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("POS_APP_")},
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUNBUFFERED": "",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "POS_APP_DATA_DIR": str(folder),
        "POS_APP_CITCON_CHOP_BASE_URL": NOWHERE,
        **variables,
    }


def run(folder, *arguments, **variables):
    """Run the command to its end; exit code, output and errors as they are, in UTF-8."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        env=surroundings(folder, **variables),
        timeout=120,
        check=False,
    )
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    return done
