"""Arithmetic of free time: from opening hours and busy intervals to the starts that can be offered.

The room owns the rules of what "free" means (working ranges, buffers, the clock grid, gaps, notice and window, several
resources at once, nights, repetition) and nothing else. It is pure: same input, same answer; it never reads a clock, a
setting, a file or a database, and it never decides who wins a slot, which is the business of the constraint under
`booking`.
"""

from booka_core.availability.assignment import assign
from booka_core.availability.claims import Clash, clashes
from booka_core.availability.explain import explain_start, is_free
from booka_core.availability.hours import intersect_ranges, open_ranges
from booka_core.availability.recurrence import Occurrence, Recurrence, local_instant, occurrences
from booka_core.availability.search import find_slots, nearest, offered_starts
from booka_core.availability.stays import Stay, StayQuery, explain_stay, find_stays, stay_bounds
from booka_core.availability.sweep import busy_by_resource, free_starts
from booka_core.availability.types import (
    ALWAYS_OPEN,
    DateOverride,
    Demand,
    Intervals,
    Refusal,
    ServiceTiming,
    Slot,
    SlotQuery,
    StartReport,
    TimeCheck,
    WeeklyHours,
)
from booka_core.availability.zones import day_window, instant, local_to_minute, minute_of

__all__ = [
    "ALWAYS_OPEN",
    "Clash",
    "DateOverride",
    "Demand",
    "Intervals",
    "Occurrence",
    "Recurrence",
    "Refusal",
    "ServiceTiming",
    "Slot",
    "SlotQuery",
    "StartReport",
    "Stay",
    "StayQuery",
    "TimeCheck",
    "WeeklyHours",
    "assign",
    "busy_by_resource",
    "clashes",
    "day_window",
    "explain_start",
    "explain_stay",
    "find_slots",
    "find_stays",
    "free_starts",
    "instant",
    "intersect_ranges",
    "is_free",
    "local_instant",
    "local_to_minute",
    "minute_of",
    "nearest",
    "occurrences",
    "offered_starts",
    "open_ranges",
    "stay_bounds",
]
