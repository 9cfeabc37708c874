"""Rows of one salon's day, made by hand, in the tenant's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from booka_core.booking.types import ChangeInfo, DaySheet, ReservationInfo, ReservedResource, StaffDay
from booka_core.sdk.values import Money
from booka_core.tenancy.types import TenantInfo, TenantSettingsInfo

SPACE = UUID("019abc00-0000-7000-8000-000000000000")
DAY = date(2026, 11, 20)
LAGOS = ZoneInfo("Africa/Lagos")


def key(name: str) -> UUID:
    return uuid5(SPACE, name)


def at(clock: str, *, day: date = DAY, zone: ZoneInfo = LAGOS) -> datetime:
    hours, minutes = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=zone).astimezone(UTC)


NOW = at("09:42")


def tenant(**changes: Any) -> TenantInfo:
    return TenantInfo(
        **{
            "id": key("tenant"),
            "slug": "lumiere",
            "name": "Lumière",
            "vertical": "beauty",
            "zone": "Africa/Lagos",
            "locale": "en_NG",
            "currency": "NGN",
            "country": "NG",
            "plan": "demo",
            "status": "active",
            "settings": TenantSettingsInfo(),
            **changes,
        }
    )


def person(name: str, *ranges: tuple[datetime, datetime], hue: int = 20) -> StaffDay:
    return StaffDay(id=key(name), name=name, title="Stylist", hue=hue, open_ranges=ranges)


def reservation(
    name: str, start: datetime, end: datetime, staff: str | None = "Amara", **changes: Any
) -> ReservationInfo:
    taken = (ReservedResource(id=key(staff), name=staff, kind="staff"),) if staff else ()
    return ReservationInfo(
        **{
            "id": key(name),
            "reference": "K7QM2",
            "status": "confirmed",
            "customer_id": key(f"customer {name}"),
            "customer_name": name,
            "service_id": key("service"),
            "service_name": "Silk press",
            "resources": taken,
            "starts_at": start,
            "ends_at": end,
            "price": Money(amount=1_200_000, currency="NGN"),
            "party_size": 1,
            "intake": {},
            "note": "",
            "source": "whatsapp",
            "hold_expires_at": None,
            "version": 1,
            "created_at": NOW - timedelta(days=1),
            **changes,
        }
    )


def sheet(staff: tuple[StaffDay, ...], *reservations: ReservationInfo, day: date = DAY) -> DaySheet:
    return DaySheet(
        day=day,
        zone="Africa/Lagos",
        staff=staff,
        reservations=reservations,
        booked=Money(amount=1_200_000, currency="NGN"),
        free_minutes=450,
    )


def change(name: str, action: str, *, minutes_ago: int = 0, **changes: Any) -> ChangeInfo:
    return ChangeInfo(
        **{
            "id": key(f"{name} {action}"),
            "at": NOW - timedelta(minutes=minutes_ago),
            "action": action,
            "source": "whatsapp",
            "actor_kind": "customer",
            "actor_label": "",
            "reservation_id": key(name),
            "reference": "K7QM2",
            "status": "confirmed",
            "customer_name": name,
            "service_name": "Silk press",
            "starts_at": at("11:00"),
            "resources": (ReservedResource(id=key("Amara"), name="Amara", kind="staff"),),
            **changes,
        }
    )
