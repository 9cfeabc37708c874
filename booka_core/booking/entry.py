"""What is asked of a customer and a wish at the door, before and while a booking is written: blocked people, terms,
private services, people in somebody's care, and limits that only the transaction can be sure of.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.booking.errors import (
    LinkUsedUp,
    SlotTaken,
    TermsNotAccepted,
    TooManyActive,
)
from booka_core.booking.plans import Plan
from booka_core.booking.types import Actor
from booka_core.catalog.types import ServiceInfo
from booka_core.db.scope import Queries
from booka_core.kernel import clock
from booka_core.offers.errors import CapReached, ServiceIsPrivate
from booka_core.offers.limits import Counting, read_limits
from booka_core.offers.prepare import Offer, customer_tags
from booka_core.offers.types import Wish


def require_entry(offer: Offer, *, actor: Actor) -> None:
    """What binds customers and not colleagues. Raises `ServiceIsPrivate`, `TermsNotAccepted`."""
    if actor.kind == "user":
        return
    for service in dict.fromkeys(item.service.id for shape in offer.shapes for item in shape.visit.items):
        found = offer.catalogue.service(service)
        if found is not None:
            _require_service(found, offer.wish)


def _require_service(service: ServiceInfo, wish: Wish) -> None:
    if service.rules.private and wish.link_id is None:
        raise ServiceIsPrivate(name=service.name)
    if service.rules.terms and wish.terms != service.rules.terms:
        raise TermsNotAccepted(terms=service.rules.terms)


async def lock_limits(connection: Queries, plans: Sequence[Plan]) -> None:
    """Make others wait who book under the same caps or with the same vouchers, before anybody is taken.

    Everybody locks in this order: services, customers, promotions, classes, resources. Who took people first and then
    waited for a limit would hold up those who do it the other way round, and they him.
    """
    services = sorted({cap.service_id for plan in plans for cap in plan.caps})
    if services:
        await connection.execute_query(
            "select id from services where id = any($1) order by id for no key update", [services]
        )
    customers = sorted({plan.customer_id for plan in plans if plan.most_active is not None})
    if customers:
        await connection.execute_query(
            "select id from customers where id = any($1) order by id for no key update", [customers]
        )
    quotes = [plan.quote for plan in plans if plan.quote is not None]
    promotions = sorted({line.promotion_id for quote in quotes for line in quote.lines if line.promotion_id})
    if promotions:
        await connection.execute_query(
            "select id from promotions where id = any($1) order by id for no key update", [promotions]
        )


async def require_limits(connection: Queries, plan: Plan, *, actor: Actor, leaving_out: tuple[UUID, ...] = ()) -> None:
    """Count again where a plan has limits; `lock_limits` has made everybody else wait who books under them.

    Raises `CapReached`, `TooManyActive`.
    """
    if plan.caps:
        await _require_caps(connection, plan, leaving_out=leaving_out)
    if plan.most_active is not None and actor.kind != "user" and not leaving_out:
        await _require_few(connection, plan.customer_id, most=plan.most_active)


async def use_link(connection: Queries, plan: Plan) -> None:
    """Take one use of the link that opened a private service, and no other.

    Raises `LinkUsedUp`, and `SlotTaken` when it is a link to somebody whom this plan does without.
    """
    if plan.wish.link_id is None:
        return
    services = [item.service_id for item in plan.items]
    links = await connection.execute_query_dict(
        """update booking_links set uses_left = uses_left - 1
           where id = $1 and uses_left > 0 and (expires_at is null or expires_at > $2)
             and service_id = any($3) and service_id = all($4) returning resource_id""",
        [plan.wish.link_id, clock.now(), services, list(plan.private)],
    )
    if not links:
        raise LinkUsedUp
    if links[0]["resource_id"] not in (None, *plan.resource_ids):
        # Either way what was taken of the link is rolled back with the rest.
        raise LinkUsedUp if any(item.resource_id for item in plan.wish.items) else SlotTaken


async def count_turns(connection: Queries, plan: Plan) -> None:
    """Note whose turn it was in a rotation. Who joins later starts with a fair share of what went before."""
    for service_id, resource_id in plan.turns:
        await connection.execute_query(
            """insert into rotations (id, tenant_id, service_id, resource_id, turns)
               select gen_random_uuid(), r.tenant_id, $1::uuid, r.id,
                      greatest(1, coalesce((select floor(min(o.turns::numeric / x.weight) * r.weight)
                                            from rotations o join resources x on x.id = o.resource_id
                                            where o.service_id = $1), 1))
               from resources r where r.id = $2
               on conflict (tenant_id, service_id, resource_id) do update set turns = rotations.turns + 1""",
            [service_id, resource_id],
        )


async def _require_caps(connection: Queries, plan: Plan, *, leaving_out: tuple[UUID, ...]) -> None:
    day = plan.starts_at.astimezone(ZoneInfo(plan.zone)).date()
    counting = Counting(
        zone=plan.zone,
        first=day,
        days=1,
        now=clock.now(),
        customer_id=plan.customer_id,
        tags=await customer_tags(connection, plan.customer_id),
        leaving_out=leaving_out,
    )
    wanted = [(cap.service_id, cap.minutes, cap.caps) for cap in plan.caps]
    people = [resource.id for resource in plan.resources if resource.kind == "staff"]
    limits = await read_limits(connection, wanted, people, counting)
    start = _minute(plan.starts_at)
    spans = [*limits.refused, *(one for spans in limits.refused_by.values() for one in spans)]
    if any(span.start <= start < span.end for span in spans):
        raise CapReached(reason="cap_reached")


async def _require_few(connection: Queries, customer_id: UUID, *, most: int) -> None:
    rows = await connection.execute_query_dict(
        """select count(*) as n from reservations
           where customer_id = $1 and ends_at > $2 and status in ('held', 'pending', 'confirmed')
             and (hold_expires_at is null or hold_expires_at > $2)""",
        [customer_id, clock.now()],
    )
    if int(rows[0]["n"]) >= most:
        raise TooManyActive(most=most)


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
