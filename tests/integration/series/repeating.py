"""What the tests of series share: a salon whose window reaches far enough, and a weekly haircut in it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.availability import Recurrence
from booka_core.booking.types import Actor
from booka_core.db.scope import tenant_scope
from booka_core.offers.types import Wish
from booka_core.series.commands import book_series
from booka_core.series.types import SeriesInfo
from booka_core.tenancy.commands import change_settings
from booka_core.tenancy.queries import get_tenant
from booka_core.testing.salon import Salon

DESK = Actor(kind="user", label="Ngozi")
CUSTOMER = Actor(kind="customer")


async def rules(**changed: object) -> None:
    """Change some of the business's settings."""
    await change_settings((await get_tenant()).settings.model_copy(update=changed))


async def weekly(salon: Salon, *, weeks: int = 8, hour: int = 10, **more: object) -> SeriesInfo:
    """A haircut by Ada every Tuesday, from the third of March 2026 on."""
    await rules(window_days=365)
    asked: dict[str, object] = {
        "wish": Wish.of(service_id=salon.haircut, starts_at=salon.at(hour), resource_id=salon.ada),
        "recurrence": Recurrence(frequency="weekly", count=weeks),
        "customer_id": salon.customer_id,
        "actor": CUSTOMER,
        "source": "api",
        **more,
    }
    return await book_series(**asked)  # type: ignore[arg-type]


def local(series: SeriesInfo, *statuses: str) -> list[str]:
    """The wall-clock times of the occurrences, those confirmed unless told otherwise."""
    wanted = statuses or ("confirmed",)
    zone = ZoneInfo(series.zone)
    return [f"{o.starts_at.astimezone(zone):%m-%d %H:%M}" for o in series.occurrences if o.status in wanted]


async def taken(resource_id: UUID) -> list[datetime]:
    """When a resource is taken, as the database has it."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "select starts_at from occupancies where resource_id = $1 and active order by starts_at", [resource_id]
        )
    return [row["starts_at"] for row in rows]


async def rows_of(table: str) -> int:
    """How many rows of a table the tenant has."""
    async with tenant_scope() as connection:
        return int((await connection.execute_query_dict(f"select count(*) as n from {table}"))[0]["n"])
