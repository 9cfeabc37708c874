"""The verbs of links: making and revoking the ones that open a private service. Using one up is part of the booking's
own transaction, so a link is spent if and only if there is a reservation.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from booka_core.catalog.errors import ServiceNotFound
from booka_core.catalog.queries import catalogue
from booka_core.db.scope import current_tenant, tenant_scope
from booka_core.kernel import clock, crypto
from booka_core.kernel.ids import new_id
from booka_core.kernel.transaction import forbid_in_transaction
from booka_core.links.errors import BadLinkTerms, LinkNotForThat, LinkUnknown
from booka_core.links.queries import DIRECTORY, directory_key, read_link
from booka_core.links.types import NewBookingLink
from booka_core.tenancy.commands import publish_directory, withdraw_directory

MOST_USES = 1000


async def create_booking_link(
    *,
    service_id: UUID,
    uses: int = 1,
    expires_at: datetime | None = None,
    resource_id: UUID | None = None,
    label: str = "",
) -> NewBookingLink:
    """Make a link with which `service_id` can be booked `uses` times, also when it is private.

    Not to be called inside a scope, because the link is published to all processes. Raises `ServiceNotFound`,
    `LinkNotForThat`, `BadLinkTerms`.
    """
    forbid_in_transaction("create_booking_link")
    if not 1 <= uses <= MOST_USES or (expires_at is not None and expires_at <= clock.now()):
        raise BadLinkTerms
    service = (await catalogue()).service(service_id)
    if service is None:
        raise ServiceNotFound
    if resource_id is not None and resource_id not in service.resource_ids:
        raise LinkNotForThat
    tenant, link_id, token = current_tenant(), new_id(), crypto.token()
    # Published first: a directory entry that leads to nothing does no harm, a link that nobody can open would.
    await publish_directory(DIRECTORY, directory_key(token), tenant_id=tenant, target_id=link_id)
    async with tenant_scope() as connection:
        await connection.execute_query(
            """insert into booking_links (id, tenant_id, token_hash, service_id, resource_id, label, uses_left,
                                          expires_at, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
            [
                link_id,
                tenant,
                crypto.token_hash(token),
                service_id,
                resource_id,
                label.strip()[:120],
                uses,
                expires_at,
                clock.now(),
            ],
        )
        return NewBookingLink(token=token, info=await read_link(connection, link_id))


async def revoke_booking_link(link_id: UUID) -> None:
    """Make a link useless from now on. Not to be called inside a scope. Raises `LinkUnknown`."""
    forbid_in_transaction("revoke_booking_link")
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "delete from booking_links where id = $1 returning token_hash", [link_id]
        )
    if not rows:
        raise LinkUnknown
    await withdraw_directory(DIRECTORY, bytes(rows[0]["token_hash"]).hex())
