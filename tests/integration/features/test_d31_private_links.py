"""D31: private services, and links that open them a limited number of times or for a limited time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from booka_core.booking.commands import book
from booka_core.booking.errors import LinkUsedUp, SlotTaken
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.catalog.commands import add_resource, add_service, change_service
from booka_core.catalog.errors import ServiceNotFound
from booka_core.catalog.rules import ServiceRules
from booka_core.db.scope import bind_tenant, spawn, tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.links.commands import create_booking_link, revoke_booking_link
from booka_core.links.errors import BadLinkTerms, LinkExpired, LinkNotForThat, LinkUnknown
from booka_core.links.queries import list_booking_links, open_booking_link
from booka_core.offers.errors import ServiceIsPrivate
from booka_core.offers.types import Wish, WishItem
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import Salon


async def private(salon: Salon) -> UUID:
    service = await add_service(name="Model call", minutes=30, price=0, rules=ServiceRules(private=True))
    for name in ("Chioma", "Dayo"):
        await add_resource(location_id=salon.location_id, name=name, service_ids=[service])
    return service


async def take(salon: Salon, service: UUID, hour: int, *, link: UUID | None = None) -> ReservationInfo:
    wish = Wish.of(service_id=service, starts_at=salon.at(hour), link_id=link)
    customer = Actor(kind="customer", id=salon.customer_id)
    return await book(wish, customer_id=salon.customer_id, actor=customer, source="web")


async def test_a_private_service_is_booked_with_a_link_and_as_often_as_it_says(
    salon: Salon, frozen_clock, plugins
) -> None:
    service = await private(salon)
    with pytest.raises(ServiceIsPrivate):
        await take(salon, service, 10)
    made = await create_booking_link(service_id=service, uses=2, label="For models")
    link = await open_booking_link(made.token)
    assert (link.tenant_id, link.service_name, link.uses_left) == (salon.tenant.id, "Model call", 2)
    for hour in (10, 11):
        assert (await take(salon, service, hour, link=link.id)).status == "confirmed"
    with pytest.raises(LinkUsedUp):
        await take(salon, service, 12, link=link.id)
    with pytest.raises(LinkUsedUp):
        await open_booking_link(made.token)
    assert [(one.label, one.uses_left) for one in await list_booking_links()] == [("For models", 0)]


async def test_a_booking_that_fails_spends_nothing(salon: Salon, frozen_clock, plugins) -> None:
    service = await private(salon)
    link = (await create_booking_link(service_id=service, uses=3)).info
    for _ in range(2):
        await take(salon, service, 10, link=link.id)
    with pytest.raises(SlotTaken):
        await take(salon, service, 10, link=link.id)
    assert [one.uses_left for one in await list_booking_links()] == [1]


async def test_of_ten_who_share_a_single_use_link_one_books(salon: Salon, frozen_clock, plugins) -> None:
    service = await private(salon)
    link = (await create_booking_link(service_id=service)).info

    async def one(hour: int) -> str:
        with bind_tenant(salon.tenant.id):
            try:
                return (await take(salon, service, 9 + hour % 8, link=link.id)).status
            except (LinkUsedUp, SlotTaken) as error:
                return error.code

    answers = await asyncio.gather(*(spawn(one(hour)) for hour in range(10)))
    assert answers.count("confirmed") == 1


async def test_without_counting_down_a_shared_link_would_be_used_ten_times(
    salon: Salon, frozen_clock, plugins, database: TestDatabase
) -> None:
    service = await private(salon)
    link = (await create_booking_link(service_id=service)).info
    async with database.connect("owner") as owner:
        await owner.execute(
            """create function keep_uses() returns trigger language plpgsql as
               $$ begin new.uses_left := old.uses_left; return new; end $$"""
        )
        await owner.execute(
            "create trigger keep_uses before update on booking_links for each row execute function keep_uses()"
        )
    taken = [(await take(salon, service, hour, link=link.id)).status for hour in (10, 11, 12)]
    assert taken == ["confirmed"] * 3, "the figure in the row is what decides"


async def test_a_link_runs_out_and_can_be_revoked(salon: Salon, frozen_clock, plugins) -> None:
    service = await private(salon)
    until = frozen_clock.now() + timedelta(hours=1)
    made = await create_booking_link(service_id=service, uses=5, expires_at=until)
    other = await create_booking_link(service_id=service)
    frozen_clock.advance(timedelta(hours=1))
    with pytest.raises(LinkExpired):
        await open_booking_link(made.token)
    with pytest.raises(LinkUsedUp):
        await take(salon, service, 14, link=made.info.id)
    await revoke_booking_link(other.info.id)
    with pytest.raises(LinkUnknown):
        await open_booking_link(other.token)
    with pytest.raises(LinkUsedUp):
        await take(salon, service, 14, link=other.info.id)
    with pytest.raises(LinkUnknown):
        await revoke_booking_link(other.info.id)


async def test_a_link_opens_its_own_service_alone(salon: Salon, frozen_clock, plugins) -> None:
    service = await private(salon)
    await change_service(salon.haircut, rules=ServiceRules(private=True))
    link = (await create_booking_link(service_id=service)).info
    with pytest.raises((LinkUsedUp, ServiceIsPrivate)):
        await take(salon, salon.haircut, 10, link=link.id)


async def test_a_link_does_not_open_a_second_private_service_of_the_same_visit(
    salon: Salon, frozen_clock, plugins
) -> None:
    service = await private(salon)
    await change_service(salon.haircut, rules=ServiceRules(private=True))
    link = (await create_booking_link(service_id=service)).info
    items = (WishItem(service_id=service), WishItem(service_id=salon.haircut))
    wish = Wish(items=items, starts_at=salon.at(10), link_id=link.id)
    customer = Actor(kind="customer", id=salon.customer_id)
    with pytest.raises((LinkUsedUp, ServiceIsPrivate)):
        await book(wish, customer_id=salon.customer_id, actor=customer, source="web")
    assert [one.uses_left for one in await list_booking_links()] == [1]


async def test_a_link_to_one_person_opens_that_persons_time_alone(salon: Salon, frozen_clock, plugins) -> None:
    service = await add_service(name="Model call", minutes=30, price=0, rules=ServiceRules(private=True))
    chioma = await add_resource(location_id=salon.location_id, name="Chioma", service_ids=[service])
    dayo = await add_resource(location_id=salon.location_id, name="Dayo", service_ids=[service])
    link = (await create_booking_link(service_id=service, resource_id=chioma)).info
    customer = Actor(kind="customer", id=salon.customer_id)

    async def take_from(person: UUID) -> ReservationInfo:
        wish = Wish.of(service_id=service, starts_at=salon.at(10), resource_id=person, link_id=link.id)
        return await book(wish, customer_id=salon.customer_id, actor=customer, source="web")

    with pytest.raises(LinkUsedUp):
        await take_from(dayo)
    assert (await take_from(chioma)).status == "confirmed"


async def test_a_token_is_shown_once_and_kept_as_a_hash(
    salon: Salon, frozen_clock, plugins, database: TestDatabase
) -> None:
    made = await create_booking_link(service_id=await private(salon))
    async with database.connect("owner") as owner:
        stored = await owner.fetch(
            "select l::text as told from booking_links l union all select d::text from directory d"
        )
    assert not any(made.token in row["told"] for row in stored)
    assert len(made.token) == 43


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 5000, "\x00", "a/b"])
async def test_a_token_that_is_none_is_unknown(salon: Salon, frozen_clock, plugins, token: str) -> None:
    with pytest.raises(LinkUnknown):
        await open_booking_link(token)


async def test_links_that_make_no_sense_are_refused(salon: Salon, frozen_clock, plugins) -> None:
    past = frozen_clock.now() - timedelta(seconds=1)
    for terms in ({"uses": 0}, {"uses": 1001}, {"expires_at": past}):
        with pytest.raises(BadLinkTerms):
            await create_booking_link(service_id=salon.haircut, **terms)  # type: ignore[arg-type]
    with pytest.raises(ServiceNotFound):
        await create_booking_link(service_id=new_id())
    with pytest.raises(LinkNotForThat):
        await create_booking_link(service_id=salon.braids, resource_id=salon.bola)
    assert await list_booking_links() == ()


async def test_links_of_another_business_are_its_own(
    other_tenant: TenantInfo, salon: Salon, frozen_clock, plugins
) -> None:
    made = await create_booking_link(service_id=salon.haircut)

    async def elsewhere() -> Any:
        with bind_tenant(other_tenant.id):
            assert await list_booking_links() == ()
            with pytest.raises(LinkUnknown):
                await revoke_booking_link(made.info.id)

    await spawn(elsewhere())
    async with tenant_scope() as connection:
        assert len(await connection.execute_query_dict("select id from booking_links")) == 1
