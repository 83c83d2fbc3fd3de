"""Sends notices to merchants, again and again until one is taken."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from pos_app.simulator.behaviour import Behaviour, Call, Spoils
from pos_app.simulator.clock import Clock
from pos_app.simulator.payments import Notice
from pos_app.simulator.service import NoticeWriter
from pos_app.simulator.settings import Settings
from pos_app.simulator.transactions import Transaction

_LOG = logging.getLogger(__name__)
_ANSWER_WITHIN_S = 10
_LARGEST_ANSWER = 65_536


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice on its way.

    Attributes:
        due_at: not to be sent before.
        is_taken: says whether an answer's body ends the retries.
        attempts: how often it was sent in vain.
    """

    url: str
    members: Mapping[str, str]
    due_at: datetime
    is_taken: Callable[[bytes], bool]
    attempts: int = 0


class Postbox:
    """Notices that wait for their time. They end with the process: the till asks by itself."""

    def __init__(
        self,
        clock: Clock,
        settings: Settings,
        behaviour: Behaviour,
        writers: Mapping[str, NoticeWriter],
    ) -> None:
        """Use `writers` by the name of the service that took the payment."""
        self._writers = writers
        self._clock = clock
        self._settings = settings
        self._behaviour = behaviour
        self._letters: list[Letter] = []

    def tell(self, transaction: Transaction, status: Notice) -> None:
        """Put in the notice of a payment, or what the fault script makes of it."""
        writer = self._writers.get(transaction.service)
        if transaction.ipn_url is None or writer is None:
            return
        now = self._clock.now()
        rule = self._behaviour.take(Call.IPN, Spoils.CONTENT, transaction.reference)
        fault = rule.fault if rule else None
        if fault == "missing_notification":
            return
        members = writer.write(transaction, status, transaction.paid_at or now, rule)
        if members is None:
            return
        late_s = rule.duration_s if rule and fault == "late_notification" else 0
        due_at = now + timedelta(seconds=late_s)
        letter = Letter(transaction.ipn_url, members, due_at, writer.is_taken)
        self._letters += [letter] * (2 if fault == "duplicate_notification" else 1)

    def take_due(self) -> list[Letter]:
        """Take out the notices whose time has come."""
        now = self._clock.now()
        due = [letter for letter in self._letters if letter.due_at <= now]
        self._letters = [letter for letter in self._letters if letter.due_at > now]
        return due

    def next_due_at(self) -> datetime | None:
        """Return when the next notice is to be sent, or None."""
        return min((letter.due_at for letter in self._letters), default=None)

    def put_back(self, letter: Letter) -> None:
        """Put in a notice that was not taken, for later, unless it was the last."""
        waits = self._settings.retry_after_s
        if letter.attempts < len(waits):
            due_at = self._clock.now() + timedelta(seconds=waits[letter.attempts])
            again = replace(letter, due_at=due_at, attempts=letter.attempts + 1)
            self._letters.append(again)


async def deliver(letter: Letter) -> bool:
    """Post a notice and say whether the merchant took it; never raises for a bad network."""
    try:
        async with asyncio.timeout(_ANSWER_WITHIN_S):
            answer = await _post(letter.url, urlencode(letter.members).encode())
    # UnicodeError: a host name that cannot be one.
    except (OSError, TimeoutError, UnicodeError) as error:
        _LOG.info("A notice wasn't delivered to %s: %s", letter.url, error)
        return False
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.split(b" ")[1:2] == [b"200"] and letter.is_taken(body)


async def _post(url: str, body: bytes) -> bytes:
    """Post a form and return the whole answer, head and body.

    HTTP 1.0 on a connection of its own, so the answer is never chunked and ends with it.
    """
    parts = urlsplit(url)
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    head = (
        f"POST {path} HTTP/1.0\r\nHost: {parts.netloc.rpartition('@')[2]}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=is_secure or None)
    try:
        writer.write(head.encode() + body)
        await writer.drain()
        answer = b""
        while len(answer) < _LARGEST_ANSWER and (piece := await reader.read(_LARGEST_ANSWER)):
            answer += piece
        return answer
    finally:
        writer.close()


class Carrier:
    """Does what time brings while the server runs: sends due notices, lets payments settle."""

    def __init__(
        self, clock: Clock, postbox: Postbox, settle: Callable[[], datetime | None]
    ) -> None:
        """Use `settle` to let the payments do what is due; it says when to come again."""
        self._clock = clock
        self._postbox = postbox
        self._settle = settle
        self._something_happened = asyncio.Event()
        self._deliveries: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Look again now: something may have become due."""
        self._something_happened.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._something_happened.clear()
            wait_s = self._work()
            try:
                async with asyncio.timeout(wait_s):
                    await self._something_happened.wait()
            except TimeoutError:
                continue

    def _work(self) -> float | None:
        """Do what is due and return the seconds until there is more to do, or None."""
        settle_at = self._settle()
        for letter in self._postbox.take_due():
            task = asyncio.create_task(self._carry(letter))
            self._deliveries.add(task)
            task.add_done_callback(self._deliveries.discard)
        times = [at for at in (settle_at, self._postbox.next_due_at()) if at]
        return max(0.0, (min(times) - self._clock.now()).total_seconds()) if times else None

    async def _carry(self, letter: Letter) -> None:
        if not await deliver(letter):
            self._postbox.put_back(letter)
            self.wake()
