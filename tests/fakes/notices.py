"""Notices as Citcon signs them, and a receiver in a thread of this process."""

import asyncio
import hashlib
import subprocess
import threading
from contextlib import contextmanager

from pos_app.notify.application import Receiver
from pos_app.notify.limits import RateLimit
from pos_app.notify.server import NoticeServer
from tests.fakes.command import COMMAND

TOKEN = "training-token"
FIELDS = "id,amount,notify_status,currency,time,reference,notify_id"


def notice(charge, notify_id="n1", token=TOKEN, **changes):
    """A genuine notice that `charge` was paid, with `changes` signed as well."""
    members = {
        "id": charge.gateway_id or "",
        "amount": str(charge.amount.minor),
        "notify_status": "success",
        "currency": charge.amount.currency,
        "time": "2026-07-12 07:49:53",
        "reference": charge.reference,
        "notify_id": notify_id,
        "fields": FIELDS,
        **changes,
    }
    names = sorted({*members["fields"].split(","), "fields"})
    text = "&".join(f"{name}={members[name]}" for name in names) + f"&token={token}"
    return {**members, "sign": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()}


@contextmanager
def receiver(desk, per_s=1e9):
    """Run a receiver over `desk`; yields its address."""
    server = NoticeServer(Receiver(desk, RateLimit(per_s, per_s)), "127.0.0.1", 0)
    is_ready = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(is_ready.set)))
    thread.start()
    try:
        assert is_ready.wait(10), "the receiver did not start"
        yield server.address
    finally:
        server.stop()
        thread.join(10)


@contextmanager
def receiver_process(folder, *options):
    """Run `pos-app notify` for a folder's training; yields the process with its `url`."""
    process = subprocess.Popen(
        [*COMMAND, "notify", "--data-dir", str(folder), "--training", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        process.url = process.stdout.readline().removeprefix("listening on ").strip()
        yield process
    finally:
        process.kill()
        process.communicate(timeout=10)
