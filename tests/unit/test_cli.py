import subprocess
import sys
import types
from pathlib import Path

import pytest

from pos_app import __version__, cli, logs
from pos_app.domain.errors import DiskFullError
from pos_app.paths import DataPaths


@pytest.fixture
def run(monkeypatch, tmp_path, capfd):
    """Run `pos-app` with a pretend command; returns exit code, stdout and stderr."""
    monkeypatch.setattr(logs, "_secrets", set())

    def pretend(*argv, does=lambda arguments: 0, name="till"):
        command = types.SimpleNamespace(
            add_arguments=lambda parser: parser.add_argument("--loud", action="store_true"),
            run=does,
        )
        monkeypatch.setitem(sys.modules, f"pos_app.cli.{name}", command)
        code = cli.main(list(argv))
        return code, *capfd.readouterr()

    yield pretend
    logs.stop_logging()


def raising(error):
    def does(arguments):
        raise error

    return does


def test_without_a_command_the_till_runs(run):
    seen = []
    assert run("--loud", does=lambda arguments: seen.append(arguments.loud) or 0)[0] == 0
    assert seen == [True]


def test_a_command_gets_its_options_and_its_exit_code_is_passed_on(run):
    code, _, _ = run("doctor", "--loud", name="doctor", does=lambda arguments: 1)
    assert code == 1


@pytest.mark.parametrize(
    "argv", [("--data-dir", "{}", "demo"), ("demo", "--data-dir", "{}"), ("demo", "--data-dir={}")]
)
def test_the_data_folder_may_be_named_before_or_after_the_command(run, tmp_path, argv):
    seen = []
    argv = [part.format(tmp_path / "x") for part in argv]
    assert (
        run(*argv, name="demo", does=lambda arguments: seen.append(arguments.paths) or 0)[0] == 0
    )
    assert seen == [DataPaths(tmp_path / "x")]


def test_the_environment_names_the_data_folder(run, tmp_path, monkeypatch):
    monkeypatch.setenv("POS_APP_DATA_DIR", str(tmp_path / "env"))
    seen = []
    run(does=lambda arguments: seen.append(arguments.paths.root) or 0)
    assert seen == [tmp_path / "env"]


def test_the_version_is_told(run):
    assert run("--version") == (0, f"QR Till {__version__}\n", "")


def test_help_lists_every_command(run):
    code, out, _ = run("--help")
    assert code == 0
    assert all(f"  {name} " in out for name in cli.COMMANDS)


@pytest.mark.parametrize("argv", [("sell",), ("--nonsense",), ("doctor", "--nonsense")])
def test_wrong_usage_is_one_sentence_and_exit_code_2(run, argv):
    code, out, err = run(*argv, name=argv[0] if argv[0] == "doctor" else "till")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert argv[-1] in err
    assert "Traceback" not in err


def test_a_known_trouble_is_told_in_its_own_sentence(run):
    code, out, err = run(does=raising(DiskFullError("There is no space left.")))
    assert (code, out, err) == (1, "", "There is no space left.\n")


def test_trouble_with_a_file_names_the_file(run):
    code, _, err = run(does=raising(PermissionError(13, "Permission denied", "/x/y")))
    assert (code, err) == (1, "The system refused: Permission denied (/x/y).\n")


def test_a_bug_is_one_sentence_and_its_traceback_is_in_the_log(run, tmp_path, monkeypatch):
    monkeypatch.setenv("POS_APP_DATA_DIR", str(tmp_path))
    code, _, err = run("export", name="export", does=raising(KeyError("a bug")))
    log = DataPaths(tmp_path).logs / "export.log"
    assert code == 1
    assert err == f"Something went wrong in the program; the details are in {log}.\n"
    assert "KeyError: 'a bug'" in log.read_text("utf-8")


def test_ctrl_c_ends_quietly(run):
    assert run(does=raising(KeyboardInterrupt())) == (130, "", "")


def test_only_the_chosen_command_is_imported():
    script = (
        "import sys, pos_app.cli\n"
        "heavy = {'PySide6', 'sqlalchemy', 'httpx', 'starlette', 'platformdirs', 'escpos'}\n"
        "ours = {name for name in sys.modules if name.startswith('pos_app.cli.')}\n"
        "print(sorted(heavy & set(sys.modules)), sorted(ours))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[] []\n"


def test_every_listed_command_is_there():
    for name in (cli.TILL, *cli.COMMANDS):
        assert Path(cli.__path__[0], f"{name}.py").is_file(), name


def test_a_reader_that_stops_reading_ends_the_program_quietly(tmp_path):
    script = (
        "import sys, types\n"
        "from pos_app import cli\n"
        "def run(arguments):\n"
        "    for line in range(100_000): print('x' * 100)\n"
        "    return 0\n"
        "sys.modules['pos_app.cli.export'] = types.SimpleNamespace(\n"
        "    add_arguments=lambda parser: None, run=run)\n"
        "sys.exit(cli.main(['--data-dir', sys.argv[1], 'export']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as export:
        export.stdout.readline()
        export.stdout.close()
        assert export.stderr.read() == b""
        assert export.wait(timeout=30) == 1
