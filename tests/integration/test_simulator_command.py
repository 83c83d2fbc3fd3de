"""`pos-app simulator` as a process of its own: ports, TLS, its file, its end."""

import json
import re
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlencode

import httpx
import pytest

from pos_app.simulator.control import is_from_here
from tests.fakes.certificate import write_certificate

COMMAND = [sys.executable, "-m", "pos_app", "simulator"]
ORDER = {"payment_method": "alipay", "amount": "4250", "currency": "USD", "reference": "A"}
TOKEN = {"Authorization": "training-token"}


@contextmanager
def started(*arguments: str, ports: int = 1):
    """Start the command and wait until it says where it listens."""
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        lines = [process.stdout.readline() for _ in range(ports)]
        process.urls = [line.removeprefix("listening on ").rstrip() for line in lines]
        yield process
    finally:
        process.kill()
        process.communicate(timeout=10)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, timeout=30, check=False
    )


def charge(url: str, **options) -> httpx.Response:
    return httpx.post(f"{url}/chop/chop", data=ORDER, headers=TOKEN, trust_env=False, **options)


def states(url: str) -> list[str]:
    answer = httpx.get(f"{url}/simulator/transactions", trust_env=False)
    return [one["state"] for one in answer.json()["transactions"]]


def test_one_ledger_answers_on_several_ports():
    with started("--port", "0", "--port", "0", ports=2) as process:
        first, second = process.urls
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", first)
        assert first != second
        assert charge(first).json()["url"].startswith(f"{first}/chop/landing")
        assert states(second) == ["open"]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_signal_ends_it_cleanly_and_delayed_answers_are_given_first(name):
    body = urlencode(ORDER).encode()
    request = (
        b"POST /chop/chop HTTP/1.1\r\nHost: shop\r\nAuthorization: training-token\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
    )
    with started("--port", "0", "--faults", "charge.delay=1:60") as process:
        port = int(process.urls[0].rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(request)
            while states(process.urls[0]) == []:
                pass
            process.send_signal(getattr(signal, name))
            assert b'{"result":"success"' in connection.makefile("rb").read()
        _, errors = process.communicate(timeout=10)
        assert (process.returncode, errors) == (0, "")


def test_taken_port_is_one_plain_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("--port", port)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(rf"Can't listen on 127\.0\.0\.1 port {port}: [^\n]+\.\n", done.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "x"],
        ["--port", "70000"],
        ["--tls-port", "0"],
        ["--cert", "some.pem"],
        ["--faults", "boom=1"],
        ["--auto-pay", "-1"],
        ["--expiry", "0"],
        ["--after-cancel", "maybe"],
        ["--time-zone", "Mars/Base"],
    ],
)
def test_wrong_usage_ends_with_2_and_words(arguments):
    done = run("--port", "0", *arguments)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--host", "192.0.2.1"], "192.0.2.1"),
        (["--state", "/nowhere/state"], "/nowhere/state"),
        (["--tls-port", "0", "--cert", "/nowhere.pem"], "/nowhere.pem"),
    ],
)
def test_trouble_at_the_start_is_one_plain_sentence(arguments, words):
    done = run("--port", "0", *arguments)
    assert done.returncode == 1
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_charges_survive_a_kill(tmp_path):
    state = str(tmp_path / "state")
    with started("--port", "0", "--state", state) as process:
        first = charge(process.urls[0]).json()["url"]
        q = first.partition("=")[2]
        httpx.post(f"{process.urls[0]}/simulator/transactions/{q}/pay", trust_env=False)
        process.kill()
        process.wait(10)
    port = first.split(":")[2].split("/")[0]
    with started("--port", port, "--state", state) as process:
        assert states(process.urls[0]) == ["paid"]
        assert charge(process.urls[0]).json()["url"] == first


def test_second_process_on_the_same_file_is_refused(tmp_path):
    state = str(tmp_path / "state")
    with started("--port", "0", "--state", state):
        done = run("--port", "0", "--state", state)
    assert done.returncode == 1
    assert state in done.stderr


def test_process_ends_with_its_parent():
    with started("--port", "0", "--end-with-parent") as process:
        process.stdin.close()
        assert process.wait(10) == 0
        process.stdin = None


def test_process_without_the_option_outlives_its_input():
    with started("--port", "0") as process:
        process.stdin.close()
        process.stdin = None
        assert charge(process.urls[0]).json()["result"] == "success"
        assert process.poll() is None


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return write_certificate(tmp_path_factory.mktemp("tls") / "simulator.pem")


def test_https_beside_http_also_when_the_answer_is_lost(certificate):
    arguments = ("--port", "0", "--tls-port", "0", "--cert", str(certificate))
    trusting = ssl.create_default_context(cafile=certificate)
    with started(*arguments, ports=2) as process:
        plain, secure = process.urls
        assert secure.startswith("https://127.0.0.1:")
        url = charge(secure, verify=trusting).json()["url"]
        assert url.startswith(f"{secure}/chop/landing?q=")
        httpx.post(
            f"{plain}/simulator/behaviour",
            content=json.dumps({"rules": [{"call": "any", "fault": "lose_answer"}]}),
            trust_env=False,
        )
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            charge(secure, verify=trusting)


def test_auto_pay_and_settings_reach_the_gateway():
    arguments = ("--auto-pay", "0", "--token", "t1", "--merchant-name", "Tea & Co", "--port", "0")
    with started(*arguments) as process:
        url = process.urls[0]
        assert charge(url).json()["result"] == "fail"
        good = httpx.post(
            f"{url}/chop/chop", data=ORDER, headers={"Authorization": "t1"}, trust_env=False
        )
        assert "Tea &amp; Co" in httpx.get(good.json()["url"], trust_env=False).text
        assert states(url) == ["paid"]


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.168.1.20", False),
        ("::ffff:192.168.1.20", False),
        ("", False),
    ],
)
def test_control_interface_knows_this_computer(host, is_here):
    from starlette.requests import Request

    assert is_from_here(Request({"type": "http", "client": (host, 1)})) is is_here


def test_nothing_heavy_is_loaded_before_it_listens():
    """The demo waits for it."""
    heavy = ["httpx", "sqlalchemy", "PySide6", "PIL", "keyring"]
    code = (
        "import sys, pos_app.cli.simulator, pos_app.simulator.server;"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
