"""Time as a capability: whoever needs to know what time it is asks a `Clock`, so that a simulated date reaches all."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, timezone-aware, in UTC."""
        ...
