"""Who is asked first when a time is free, and when nobody is asked at all. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.sdk.waitlist import FreedSlot, WaitingCustomer

FIRST_COME = "first_come"
BEST_FIT = "best_fit"
ALL_AT_ONCE = "all_at_once"
BUILT_IN = (FIRST_COME, BEST_FIT, ALL_AT_ONCE)
"""Policies of our own; any other is the slug of a plugin that ranks."""


def as_they_joined(waiting: Sequence[WaitingCustomer]) -> list[WaitingCustomer]:
    """Who joined first comes first."""
    return sorted(waiting, key=lambda someone: (someone.joined_at, someone.entry_id))


def by_fit(freed: FreedSlot, waiting: Sequence[WaitingCustomer]) -> list[WaitingCustomer]:
    """Who leaves the least of the freed time unused; of equals, who has the fewest other times to choose from."""
    gap = int((freed.ends_at - freed.starts_at) / timedelta(minutes=1))
    return sorted(
        as_they_joined(waiting), key=lambda someone: (-min(someone.minutes, gap), someone.alternatives)
    )  # fmt: skip


def in_given_order(order: Sequence[UUID], waiting: Sequence[WaitingCustomer]) -> list[WaitingCustomer]:
    """The order of somebody else: whom it names twice counts once, whom it does not name is not asked."""
    known = {someone.entry_id: someone for someone in waiting}
    return [known[entry] for entry in dict.fromkeys(order) if entry in known]


def quiet_until(now: datetime, zone: str, *, begins: int | None, ends: int | None) -> datetime | None:
    """When the quiet hours that `now` lies in are over, in `now`'s zone; None outside them.

    `begins` and `ends` are local minutes of the day; the hours may go over midnight, and equal ones are none.
    """
    if begins is None or ends is None or begins == ends:
        return None
    local = now.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    over_midnight = begins > ends
    inside = minute >= begins or minute < ends if over_midnight else begins <= minute < ends
    if not inside:
        return None
    day = local.date() + timedelta(days=1 if over_midnight and minute >= begins else 0)
    wall = datetime(day.year, day.month, day.day, ends // 60, ends % 60, tzinfo=ZoneInfo(zone))
    return max(wall.astimezone(now.tzinfo), now)
