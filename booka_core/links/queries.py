"""Reads of links, and of what a link lets its holder see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from booka_core.booking.errors import LinkUsedUp
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel import clock, crypto
from booka_core.links.errors import LinkExpired, LinkUnknown
from booka_core.links.types import BookingLinkInfo
from booka_core.tenancy.queries import look_up

DIRECTORY = "booking_link"
_LONGEST = 128

_SELECT = """
select l.id, l.tenant_id, l.service_id, s.name as service_name, l.resource_id, l.label, l.uses_left, l.expires_at,
       l.created_at
from booking_links l join services s on s.id = l.service_id
"""


async def open_booking_link(token: str) -> BookingLinkInfo:
    """The link behind a token, of whichever tenant, as long as it can be used.

    Raises `LinkUnknown`, `LinkExpired`, `LinkUsedUp`.
    """
    if len(token) > _LONGEST:
        raise LinkUnknown
    hit = await look_up(DIRECTORY, directory_key(token))
    if hit is None or hit.target_id is None:
        raise LinkUnknown
    async with tenant_scope(hit.tenant_id) as connection:
        link = await read_link(connection, hit.target_id)
    if link.expires_at is not None and link.expires_at <= clock.now():
        raise LinkExpired
    if link.uses_left < 1:
        raise LinkUsedUp
    return link


async def list_booking_links() -> tuple[BookingLinkInfo, ...]:
    """Every link of the bound tenant, newest first, used up and expired ones included."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"{_SELECT} where l.tenant_id = $1 order by l.id desc", [current_tenant()]
        )
    return tuple(_info(row) for row in rows)


async def read_link(connection: Queries, link_id: UUID) -> BookingLinkInfo:
    """One link as an open scope sees it. Raises `LinkUnknown`."""
    rows = await connection.execute_query_dict(f"{_SELECT} where l.id = $1", [link_id])
    if not rows:
        raise LinkUnknown
    return _info(rows[0])


def directory_key(token: str) -> str:
    """What the directory knows of a token."""
    return crypto.token_hash(token).hex()


def _info(row: dict[str, Any]) -> BookingLinkInfo:
    return BookingLinkInfo(**row)
