"""The whole of every job: append the moment it started to one file, so that counting costs all contestants alike."""

from __future__ import annotations

import os
import struct
import time
from functools import cache
from pathlib import Path


@cache
def _file() -> int:
    return os.open(os.environ["BENCH_MARKS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def mark(number: int) -> None:
    os.write(_file(), struct.pack("<Qd", number, time.time()))


def read(path: Path) -> list[tuple[int, float]]:
    """Number and start of every job that ran."""
    return list(struct.iter_unpack("<Qd", path.read_bytes())) if path.exists() else []


def count(path: Path) -> int:
    return path.stat().st_size // 16 if path.exists() else 0
