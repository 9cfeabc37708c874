"""What the emulated WhatsApp knows: instances, the threads on the customers' phones, who is looking at one right now,
and the faults that the next calls shall meet.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import defaultdict, deque
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

from booka_core.kernel import clock
from booka_core.kernel.logging import get_logger

log = get_logger(__name__)

SendFault = Literal[
    "hang", "accept_then_hang", "error", "accept_then_error", "licence", "disconnected", "not_on_whatsapp", "rejected"
]
Status = Literal["pending", "sent", "delivered", "read", "failed"]
ORDER: tuple[Status, ...] = ("pending", "sent", "delivered", "read")


@dataclass(slots=True)
class Instance:
    """One WhatsApp account on the emulated server."""

    name: str
    phone: str
    label: str = ""
    id: str = field(default_factory=lambda: str(uuid4()))
    token: str = field(default_factory=lambda: str(uuid4()).upper())
    integration: str = "WHATSAPP-BAILEYS"
    state: Literal["open", "connecting", "close"] = "open"
    webhook: dict[str, Any] | None = None

    @property
    def jid(self) -> str:
        return f"{digits(self.phone)}@s.whatsapp.net"


@dataclass(slots=True)
class Entry:
    """One bubble of a thread; `direction` is seen from the business: `in` came from the customer."""

    id: str
    direction: Literal["in", "out"]
    text: str
    at: str
    status: Status = "pending"
    kind: str = "conversation"


@dataclass(slots=True)
class Faults:
    """What shall go wrong. `sends` is used up one by one; the others hold until they are changed.

    `hold` keeps webhooks back until they are released, `copies` delivers each that many times.
    """

    sends: deque[tuple[SendFault, float]] = field(default_factory=deque)
    copies: int = 1
    delay: float = 0.0
    hold: bool = False


class World:
    """The state of one emulated server. `path` keeps the instances across restarts of the emulator."""

    def __init__(self, *, api_key: str, path: Path | None = None) -> None:
        self.api_key = api_key
        self.faults = Faults()
        self.instances: dict[str, Instance] = {}
        self.threads: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self.stopping = asyncio.Event()
        self._watchers: dict[tuple[str, str], set[asyncio.Queue[dict[str, Any]]]] = defaultdict(set)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._path = path
        if path is not None and path.exists():
            self._remember(path)

    def _remember(self, path: Path) -> None:
        """An emulator that cannot read its notes starts without them: accounts are paired again."""
        try:
            known = [Instance(**row) for row in json.loads(path.read_text())]
        except (ValueError, TypeError) as error:
            log.warning("emulator.notes_unreadable", file=path.name, error=type(error).__name__)
            return
        self.instances.update((instance.name, instance) for instance in known)

    def save(self) -> None:
        """Write the instances down, so that a restarted emulator still knows who is paired with it.

        The file is replaced whole: a kill in the middle leaves the old one.
        """
        if self._path is not None:
            new = self._path.with_suffix(".new")
            new.touch(mode=0o600)
            new.write_text(json.dumps([asdict(instance) for instance in self.instances.values()]))
            new.replace(self._path)

    def thread(self, instance: str, phone: str) -> list[Entry]:
        """The bubbles of one customer's chat with one account."""
        return self.threads[instance, digits(phone)]

    def append(self, instance: str, phone: str, entry: Entry) -> None:
        """Put a bubble into a thread; a bubble with a known id is the same bubble."""
        thread = self.thread(instance, phone)
        if not any(known.id == entry.id for known in thread):
            thread.append(entry)
            self._tell(instance, phone, {"type": "message", **asdict(entry)})

    def advance(self, instance: str, phone: str, entry_id: str, status: Status) -> None:
        """Move a bubble's ticks forward, never back."""
        for entry in self.thread(instance, phone):
            known = status == "failed" or ORDER.index(status) > ORDER.index(entry.status)
            if entry.id == entry_id and entry.status != "failed" and known:
                entry.status = status
                self._tell(instance, phone, {"type": "status", "id": entry_id, "status": status})

    def show_typing(self, instance: str, phone: str, seconds: float) -> None:
        """The business is typing."""
        self._tell(instance, phone, {"type": "typing", "seconds": seconds})

    def is_watched(self, instance: str, phone: str) -> bool:
        """Whether somebody has this thread open on the phone page."""
        return bool(self._watchers.get((instance, digits(phone))))

    @contextmanager
    def watching(self, instance: str, phone: str) -> Iterator[asyncio.Queue[dict[str, Any]]]:
        """A queue of what happens in one thread."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(maxsize=1000)
        watchers = self._watchers[instance, digits(phone)]
        watchers.add(queue)
        try:
            yield queue
        finally:
            watchers.discard(queue)

    def _tell(self, instance: str, phone: str, event: dict[str, Any]) -> None:
        for queue in self._watchers.get((instance, digits(phone)), ()):
            if not queue.full():
                queue.put_nowait(event)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Go on with `work` after the answer, as the real server does."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """End streams and whatever still waits to be delivered."""
        self.stopping.set()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def is_busy(self) -> bool:
        """Whether a webhook or an acknowledgement is under way."""
        return bool(self._tasks)

    async def settle(self) -> None:
        """Wait until every webhook and acknowledgement that is under way has ended."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    def reset(self) -> None:
        """Forget threads and faults; instances stay."""
        self.threads.clear()
        self.faults = Faults()


def digits(address: str) -> str:
    """The digits of a phone number or JID."""
    return "".join(c for c in address.partition("@")[0].partition(":")[0] if c.isascii() and c.isdigit())


def new_message_id() -> str:
    """An id as WhatsApp clients make them."""
    return "3EB0" + secrets.token_hex(9).upper()


def stamp() -> str:
    """The present as the control API prints it."""
    return clock.now().isoformat()
