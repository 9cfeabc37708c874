"""The sample catalogues of the verticals, installed and booked: what they ask for is what the engine does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from booka_core.booking.commands import book
from booka_core.booking.types import SYSTEM
from booka_core.catalog.queries import catalogue
from booka_core.catalog.sample import install_sample
from booka_core.customers.commands import add_customer
from booka_core.db.scope import bind_tenant
from booka_core.offers.queries import availability
from booka_core.offers.types import Wish
from booka_core.plugins.catalogue import vertical
from booka_core.tenancy.types import TenantInfo

TUESDAY = date(2026, 3, 3)
NOON = datetime(2026, 3, 3, 11, tzinfo=UTC)
"""Twelve on the clocks of Lagos."""


async def test_a_colourist_is_free_while_the_colour_works_and_the_chairs_are_not(
    tenant: TenantInfo, frozen_clock: object, plugins: object
) -> None:
    with bind_tenant(tenant.id):
        sample = await install_sample(
            vertical("beauty"), location="Main", zone=tenant.zone, locale="fr-FR", currency="NGN"
        )
        shop = await catalogue()
        colour, haircut, bola = sample.services["Full colour"], sample.services["Haircut"], sample.resources["Bola"]
        first = (await availability(service_id=colour, from_day=TUESDAY, days=1))[0].starts_at
        customer = await add_customer(name="Zainab")

        made = await book(
            Wish.of(service_id=colour, starts_at=first), customer_id=customer.id, actor=SYSTEM, source="demo"
        )

        assert {one.id for one in made.resources} == {bola, sample.resources["Colour chairs"]}
        assert made.ends_at - made.starts_at == timedelta(minutes=120)
        assert {extra.name for extra in shop.add_ons} == {"Masque soin", "Patine", "Décoration d'ongles"}
        # From 45 to 90 minutes she waits for the colour: too short for a cut of 45 and 5, so none is squeezed in.
        cuts = await availability(service_id=haircut, resource_id=bola, from_day=TUESDAY, days=1)
        assert min(slot.starts_at for slot in cuts if slot.starts_at > first) >= made.ends_at


async def test_a_party_sits_at_the_smallest_table_that_has_room_for_it(
    tenant: TenantInfo, frozen_clock: object, plugins: object
) -> None:
    with bind_tenant(tenant.id):
        sample = await install_sample(
            vertical("hospitality"), location="Main", zone=tenant.zone, locale="en", currency="NGN"
        )
        customer = await add_customer(name="Zainab")
        lunch = Wish.of(service_id=sample.services["Lunch"], starts_at=NOON)

        given = []
        for party in (5, 2, 3, 7):
            made = await book(
                lunch.model_copy(update={"party_size": party}), customer_id=customer.id, actor=SYSTEM, source="demo"
            )
            given.append((await catalogue()).resource(made.resources[0].id))

        assert [table.properties["seats"] for table in given if table is not None] == [6, 2, 4, 8]
