"""What the person who started Booka sees: one line per step with the time it took, the address at the end, and from
the parts' logs only what deserves a look. Everything else is in the log files.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from pathlib import Path
from typing import TextIO

NOTICE = "» "
_PER_LOOK = 6
_LARGEST_LOG = 50_000_000
_WIDTH = 160
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_ALARMING = re.compile(
    r"^\S* ?\[(warning|error|critical) *\]"
    r"|^(WARNING|ERROR|CRITICAL)\b"
    r"|\"level\": ?\"(warning|error|critical)\""
    r"|\b(FATAL|PANIC): (?!  ?(terminating|the database system))"
    r"|^\w*(Error|Exception): |^\w+(\.\w+)*\.[A-Z]\w+: "
)


class Console:
    """The terminal of one supervisor."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._since = time.monotonic()
        self._step = self._since

    def title(self, text: str) -> None:
        self._write(text)

    def step(self, text: str) -> None:
        """One thing done; the figures are seconds since the start and seconds this step took."""
        now = time.monotonic()
        self._write(f"{now - self._since:7.2f} s  {text}  (+{now - self._step:.2f})")
        self._step = now

    def notice(self, text: str) -> None:
        """Something the person should read."""
        self._write(f"           {text}")

    def address(self, url: str) -> None:
        self._write(f"\n    Open {url}    (Ctrl-C stops everything)\n")

    def restart_timer(self) -> None:
        self._step = self._since = time.monotonic()

    def _write(self, line: str) -> None:
        try:
            print(line, file=self._out, flush=True)
        except (OSError, ValueError):
            # The terminal or the pipe is gone; what runs must still be stopped in good order.
            self._out = open("/dev/null", "w", encoding="utf-8")  # noqa: SIM115, PTH123


class LogRelay:
    """Reads what a part adds to its log file and passes on what a person should see."""

    def __init__(self, part: str, path: Path, console: Console) -> None:
        self._part = part
        self._path = path
        self._console = console
        self._position = path.stat().st_size if path.exists() else 0
        self._rest = b""
        self._last = ""

    def look(self) -> None:
        """Show what is new since the last look."""
        try:
            with self._path.open("rb") as log:
                log.seek(self._position)
                added = log.read()
        except OSError:
            return
        self._position += len(added)
        *lines, self._rest = (self._rest + added).split(b"\n")
        shown = 0
        for raw in lines:
            line = _COLOURS.sub("", raw.decode(errors="replace")).strip()
            if line.startswith(NOTICE):
                self._console.notice(line)
            elif _ALARMING.search(line) and line != self._last:
                shown += 1
                self._last = line
                if shown <= _PER_LOOK:
                    self._console.notice(f"{self._part}: {line[:_WIDTH]}")
        if shown > _PER_LOOK:
            self._console.notice(f"{self._part}: {shown - _PER_LOOK} more in {self._path}")
        if self._position > _LARGEST_LOG:
            self._make_room()

    def _make_room(self) -> None:
        """A long life must not fill the disk. The part appends, so the file may be emptied under it."""
        shutil.copyfile(self._path, self._path.with_suffix(".log.1"))
        os.truncate(self._path, 0)
        self._position = 0
