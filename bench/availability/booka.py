"""Booka's own contestant: the rows as Booka stores them, answered by `booka_core.availability`.

Booka's occupancies hold the buffers inside the interval, so a row is (resource, start, end). Grouping the rows,
resolving the weekly hours in their zones and the search itself are all inside the measured time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bench.availability.workload import Workload, minutes_of
from booka_core.availability import (
    Demand,
    ServiceTiming,
    SlotQuery,
    WeeklyHours,
    busy_by_resource,
    find_slots,
    minute_of,
    offered_starts,
    open_ranges,
)


@dataclass(frozen=True)
class Shop:
    """What Booka's catalogue and occupancies would hold for a workload."""

    timing: ServiceTiming
    zone: str
    first_day: date
    days: int
    window: tuple[int, int]
    hours: dict[int, tuple[str, WeeklyHours]]
    rows: list[tuple[int, int, int]]

    @classmethod
    def of(cls, workload: Workload) -> Shop:
        service, window = workload["service"], workload["window"]
        return cls(
            timing=ServiceTiming(
                duration=service["duration"],
                buffer_before=service["before"],
                buffer_after=service["after"],
                step=service["step"],
            ),
            zone=workload["tz"],
            first_day=date.fromisoformat(window["first_day"]),
            days=window["days"],
            window=(window["from"], window["to"]),
            hours={
                person["id"]: (
                    person["tz"],
                    WeeklyHours.of(
                        {
                            int(weekday): [(minutes_of(start), minutes_of(end)) for start, end in ranges]
                            for weekday, ranges in person["weekly"].items()
                        }
                    ),
                )
                for person in workload["staff"]
            },
            rows=[(person, start - before, end + after) for person, start, end, before, after in workload["busy"]],
        )

    def query(self) -> SlotQuery[int]:
        return SlotQuery(
            timing=self.timing,
            zone=self.zone,
            demands=[Demand(list(self.hours))],
            open_ranges={
                person: open_ranges(hours, zone=zone, first_day=self.first_day, days=self.days)
                for person, (zone, hours) in self.hours.items()
            },
            busy=busy_by_resource(self.rows),
            window_from=self.window[0],
            window_to=self.window[1],
        )

    def starts(self) -> list[int]:
        return offered_starts(self.query())

    def slots(self) -> int:
        """Every slot as the product hands it out: start, end and all who could take it."""
        return len(find_slots(self.query()))

    def starts_of_slots(self) -> list[int]:
        return [minute_of(slot.starts_at) for slot in find_slots(self.query())]
