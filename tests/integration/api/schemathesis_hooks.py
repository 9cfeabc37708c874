"""What the fuzzer of the API knows of the business it plays with: ids that exist, days on which it is open, and what
the formats of the description look like. Loaded by Schemathesis through SCHEMATHESIS_HOOKS, in a process of its own.
"""

from __future__ import annotations

import json
import os
from datetime import date
from typing import Any
from uuid import UUID

import schemathesis
from hypothesis import strategies as st

KNOWN: dict[str, list[str]] = json.loads(os.environ.get("BOOKA_FUZZ_KNOWN", "{}"))
EVERY_ID = sorted({one for name, ids in KNOWN.items() if name != "slug" for one in ids})
ANY_ID = st.sampled_from(EVERY_ID or [str(UUID(int=0))]) | st.uuids().map(str)

_DAYS = st.dates(min_value=date(2026, 3, 2), max_value=date(2026, 4, 5))
_WALL = st.builds(
    lambda day, hour, minute: f"{day}T{hour:02}:{minute:02}:00",
    _DAYS,
    st.integers(8, 17),
    st.sampled_from([0, 15, 30, 45]),
)
_OFFSETS = st.sampled_from(["Z", "+01:00", "-11:00", "+05:45"])

schemathesis.openapi.format("uuid", ANY_ID)
schemathesis.openapi.format("date", _DAYS.map(str))
schemathesis.openapi.format("date-time", st.builds(str.__add__, _WALL, _OFFSETS))
schemathesis.openapi.format("local-time", _WALL)
schemathesis.openapi.format("time-zone", st.sampled_from(["Africa/Lagos", "Asia/Kathmandu", "America/New_York"]))


@schemathesis.hook
def map_path_parameters(context: schemathesis.HookContext, path_parameters: dict[str, Any] | None) -> Any:
    """Strangers ask about the one business there is, most of the time."""
    if path_parameters and "slug" in path_parameters and KNOWN.get("slug"):
        path_parameters["slug"] = KNOWN["slug"][0]
    return path_parameters
