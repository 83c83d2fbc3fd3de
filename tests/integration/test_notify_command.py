"""`pos-app notify` as a process of its own."""

import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from pos_app.paths import DataPaths
from pos_app.services.ports import any_free
from pos_app.storage.exports import JOURNAL_COLUMNS
from tests.fakes.ledger import Ledger, a_charge
from tests.fakes.notices import notice, receiver_process
from tests.fakes.till import TillOnTheDesk

STORM = 10_000
SENDERS = 8


@pytest.fixture
def folder(tmp_path):
    desk = TillOnTheDesk(tmp_path / "training")
    desk.close()
    return tmp_path


def test_it_says_where_it_listens_and_ends_when_told(folder):
    with receiver_process(folder, "--port", "0") as process:
        assert httpx.get(f"{process.url}/healthz", trust_env=False).json() == {"status": "ok"}
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_it_listens_where_the_settings_say(folder, monkeypatch):
    port = any_free("127.0.0.1")
    monkeypatch.setenv("POS_APP_NOTIFY_PORT", str(port))
    with receiver_process(folder) as process:
        assert process.url == f"http://127.0.0.1:{port}"


def test_a_taken_port_is_one_plain_sentence(folder):
    with receiver_process(folder, "--port", "0") as first:
        port = first.url.rpartition(":")[2]
        with receiver_process(folder, "--port", port) as second:
            assert second.wait(10) == 1
            assert f"Can't listen on 127.0.0.1 port {port}" in second.stderr.read()


def test_in_a_storm_every_genuine_notice_is_kept_exactly_once_and_no_forged_one(folder):
    third = STORM // 3
    store = Ledger(None, DataPaths(folder).training.database).open()
    with store.write() as work:
        charges = [a_charge(work, till_code="HSG1") for _ in range(third)]
    genuine = [notice(charge, f"n{charge.id}") for charge in charges]
    forged = [notice(charge, f"f{charge.id}", token="guessed") for charge in charges]
    mixed = [one for three in zip(genuine, forged, genuine, strict=True) for one in three]
    with receiver_process(folder, "--port", "0", "--per-second", "100000") as process:
        answers = send_all(process.url, mixed[: STORM // 2])
        before_kib = resident_kib(process)
        answers += send_all(process.url, mixed[STORM // 2 :])
        grown_kib = resident_kib(process) - before_kib
        metrics = httpx.get(f"{process.url}/metrics", trust_env=False).text
    assert (answers.count("ok"), answers.count("no")) == (2 * third, third)
    for fate in ("kept", "duplicate", "refused"):
        assert f'qr_till_notices_total{{fate="{fate}"}} {third}\n' in metrics
    with store.read() as work:
        assert work.journal.verify().entries >= third
        entries = [dict(zip(JOURNAL_COLUMNS, row, strict=True)) for row in work.exports.journal()]
    store.close()
    told = [one["subject"] for one in entries if one["kind"] == "notice_received"]
    assert len(set(told)) == len(told) == third
    assert grown_kib < 8 * 1024


def send_all(address, notices):
    with httpx.Client(trust_env=False) as client, ThreadPoolExecutor(SENDERS) as pool:
        return list(
            pool.map(
                lambda one: client.post(f"{address}/notify/citcon_chop", data=one).text, notices
            )
        )


def resident_kib(process):
    """What it holds in memory; where the system does not tell, nothing ever grows."""
    if sys.platform != "linux":
        return 0
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1])
