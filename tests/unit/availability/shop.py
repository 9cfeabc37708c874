"""A salon on one Monday in Lagos, as the tests of single rules ask about it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from booka_core.availability import Demand, ServiceTiming, SlotQuery, instant, minute_of, offered_starts

LAGOS = "Africa/Lagos"
MONDAY = date(2027, 3, 1)


def lagos(clock: str) -> int:
    return minute_of(datetime.fromisoformat(f"{MONDAY}T{clock}+01:00"))


def between(*clocks: str) -> list[tuple[int, int]]:
    """Stretches of that Monday, each as `09:00-10:30`."""
    return [(lagos(clock[:5]), lagos(clock[6:])) for clock in clocks]


def monday(
    timing: ServiceTiming,
    *demands: Demand[str],
    busy: dict[str, list[tuple[int, int]]] | None = None,
    **more: object,
) -> SlotQuery[str]:
    """The question about that Monday, on which everybody works from nine to five."""
    everyone = {name for demand in demands for name in demand.candidates}
    asked: dict[str, object] = {
        "timing": timing,
        "zone": LAGOS,
        "demands": demands,
        "open_ranges": dict.fromkeys(everyone, between("09:00-17:00")),
        "busy": busy or {},
        "window_from": lagos("00:00"),
        "window_to": lagos("23:59"),
    }
    return SlotQuery(**{**asked, **more})  # type: ignore[arg-type]


def clocks(query: SlotQuery[str]) -> list[str]:
    """The offered starts as the salon's clock shows them."""
    return [(instant(minute) + timedelta(hours=1)).strftime("%H:%M") for minute in offered_starts(query)]
