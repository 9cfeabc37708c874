"""The demonstration's data: two salons with people, prices and a week of reservations, and accounts at the emulators.

Everything goes through the same verbs as in earnest. Seeding again adds only what is missing, so that a demonstration
started another day finds its week filled again.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booka_core.booking import commands as booking
from booka_core.booking.errors import BookingRefused, NeedsPerson, SlotTaken
from booka_core.booking.queries import list_reservations
from booka_core.booking.types import SYSTEM
from booka_core.catalog.queries import catalogue
from booka_core.catalog.sample import install_sample
from booka_core.catalog.types import Catalogue
from booka_core.customers.commands import add_customer
from booka_core.customers.queries import list_customers
from booka_core.db.scope import bind_tenant
from booka_core.identity.commands import add_member, ensure_user
from booka_core.kernel import clock
from booka_core.kernel.settings import settings
from booka_core.messaging.commands import create_connection
from booka_core.messaging.queries import connections
from booka_core.offers.errors import SlotNotOffered
from booka_core.offers.queries import availability
from booka_core.offers.types import Wish
from booka_core.plugins.catalogue import vertical
from booka_core.runtime.demo_accounts import ACCOUNT_KEY
from booka_core.runtime.start import start, stop
from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.errors import TenantNotFound
from booka_core.tenancy.queries import find_tenant
from booka_core.tenancy.types import TenantInfo, TenantSettingsInfo

_DAYS_AHEAD = 7
_PER_PERSON_AND_DAY = 4


@dataclass(frozen=True, slots=True)
class DemoSalon:
    """One salon of the demonstration. `people` renames the sample's staff; weekday 0 is Monday."""

    slug: str
    name: str
    street: str
    zone: str
    locale: str
    currency: str
    country: str
    number: str
    owner: tuple[str, str]
    people: Mapping[str, str]
    customers: tuple[str, ...]


SALONS = (
    DemoSalon(
        slug="ileri",
        name="Ileri Beauty House",
        street="14 Awolowo Road, Ikoyi, Lagos",
        zone="Africa/Lagos",
        locale="en-NG",
        currency="NGN",
        country="NG",
        number="2348090000001",
        owner=("Folake Adeyemi", "owner@ileri.example"),
        people={},
        customers=(
            "Amaka Obi", "Temitope Bello", "Ngozi Eke", "Halima Sani", "Yetunde Ojo", "Ifeoma Nwosu", "Sade Lawal",
            "Kemi Balogun", "Uche Madu", "Rukayat Idris", "Blessing Etim", "Funmi Akande", "Grace Okon",
            "Maryam Yusuf", "Nkechi Ani", "Lola Martins",
        ),
    ),
    DemoSalon(
        slug="garance",
        name="Atelier Garance",
        street="8 rue des Martyrs, Paris",
        zone="Europe/Paris",
        locale="fr-FR",
        currency="EUR",
        country="FR",
        number="33600000002",
        owner=("Garance Morel", "owner@garance.example"),
        people={"Ada": "Inès", "Bola": "Camille", "Chioma": "Awa", "Dami": "Léa"},
        customers=(
            "Claire Dubois", "Julie Bernard", "Nadia Benali", "Sophie Laurent", "Aminata Diallo", "Chloé Petit",
            "Marie Roux", "Fatou Ndiaye", "Lucie Fontaine", "Emma Girard", "Sarah Cohen", "Manon Mercier",
        ),
    ),
)  # fmt: skip

_WEEK = {
    **dict.fromkeys(range(5), ((9 * 60, 19 * 60),)),
    5: ((9 * 60, 18 * 60),),
    6: ((11 * 60, 17 * 60),),
}


async def seed() -> None:
    """Bring the demonstration's data up to date. Opens and closes the database itself."""
    await start()
    try:
        for salon in SALONS:
            tenant = await _tenant(salon)
            with bind_tenant(tenant.id):
                await _fill(salon, tenant)
    finally:
        await stop()


async def _tenant(salon: DemoSalon) -> TenantInfo:
    try:
        return await find_tenant(salon.slug)
    except TenantNotFound:
        return await create_tenant(
            slug=salon.slug,
            name=salon.name,
            vertical="beauty",
            zone=salon.zone,
            locale=salon.locale,
            currency=salon.currency,
            country=salon.country,
            settings=TenantSettingsInfo(min_notice_minutes=15),
        )


async def _fill(salon: DemoSalon, tenant: TenantInfo) -> None:
    shop = await catalogue()
    if not shop.services:
        await install_sample(
            vertical(tenant.vertical),
            location=salon.name,
            address=salon.street,
            zone=salon.zone,
            locale=salon.locale,
            currency=salon.currency,
            week=_WEEK,
            names=salon.people,
        )
        shop = await catalogue()
    owner = await ensure_user(email=salon.owner[1], name=salon.owner[0])
    await add_member(user_id=owner.id, role="owner")
    if not await connections():
        await create_connection(
            provider="evolution",
            name="WhatsApp",
            settings={
                "base_url": settings().require("BOOKA_EMULATOR_URL"),
                "instance": salon.slug,
                "number": salon.number,
                "sends_per_second": 0,  # nobody is banned here for answering quickly
            },
            secrets={"api_key": ACCOUNT_KEY},
        )
    known = {customer.name for customer in (await list_customers(limit=1000)).items}
    for name in salon.customers:
        if name not in known:
            await add_customer(name=name)
    today = clock.now().astimezone(ZoneInfo(salon.zone)).date()
    for day in (today + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)):
        await _book_a_day(salon, shop, day)


async def _book_a_day(salon: DemoSalon, shop: Catalogue, day: date) -> None:
    if (await list_reservations(day=day, limit=5)).items:
        return
    dice = random.Random(f"{salon.slug}/{day}")  # noqa: S311 - the same day looks the same every time
    customers = [c for c in (await list_customers(limit=1000)).items if c.name in salon.customers]
    # These were booked the evening before, so that the morning of the day itself is full as well.
    evening = datetime.combine(day - timedelta(days=1), time(20), ZoneInfo(salon.zone))
    with clock.frozen(min(evening, clock.now())):
        for person in shop.staff:
            for _ in range(_PER_PERSON_AND_DAY):
                service = shop.service(dice.choice(person.service_ids))
                if service is None:
                    continue
                free = await availability(service_id=service.id, resource_id=person.id, from_day=day, days=1)
                if not free:
                    continue
                try:
                    await booking.book(
                        Wish.of(service_id=service.id, starts_at=dice.choice(free).starts_at, resource_id=person.id),
                        customer_id=dice.choice(customers).id,
                        actor=SYSTEM,
                        source="demo",
                    )
                except (SlotTaken, SlotNotOffered, BookingRefused, NeedsPerson):
                    continue  # a rule of the salon stands against it: the day has one booking less
