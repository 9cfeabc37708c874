"""How the supervisor and a part agree on the moment: the part imports everything it needs, waits for the word, and says
when it serves. Imports take most of a start, so they run while the stores are still coming up.

A part without a supervisor, as in production, passes through at once.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys

VARIABLE = "BOOKA_GATE"
_GO = b"go\n"
_READY = b"ready\n"


class Gate:
    """The supervisor's end, one per child."""

    def __init__(self) -> None:
        self._ours, self.theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._ready = False

    def handed_over(self) -> None:
        """The child has its end; ours is the only other one."""
        self.theirs.close()

    def open(self) -> None:
        with contextlib.suppress(OSError):
            self._ours.send(_GO)

    def reported(self) -> bool:
        """Whether the part has said that it serves."""
        with contextlib.suppress(OSError):
            self._ready = self._ready or self._ours.recv(64) == _READY
        return self._ready

    def close(self) -> None:
        self._ours.close()


_channel: socket.socket | None = None


def wait_for_start() -> None:
    """In a part: wait until the stores are there. Ends the process when the supervisor has gone away meanwhile."""
    global _channel  # noqa: PLW0603  one supervisor per process
    number = os.environ.pop(VARIABLE, None)
    if number is None:
        return
    _channel = socket.socket(fileno=int(number))
    _channel.set_inheritable(False)
    if _channel.recv(64) != _GO:
        sys.exit(0)


def report_ready() -> None:
    """In a part: say that it serves now."""
    global _channel  # noqa: PLW0603
    if _channel is not None:
        with contextlib.suppress(OSError):
            _channel.send(_READY)
        _channel.close()
        _channel = None
