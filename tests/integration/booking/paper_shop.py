"""The salon of the random days, made by the product's own verbs: everything that the book on paper knows of."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from booka_core.availability import instant
from booka_core.catalog.commands import add_location, add_resource, add_service, set_weekly_hours
from booka_core.catalog.rules import DemandSpec, ServiceRules
from booka_core.customers.commands import add_customer
from booka_core.db.scope import bind_tenant
from booka_core.kernel.ids import new_id
from booka_core.offers.types import Wish, WishItem
from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.types import TenantSettingsInfo
from tests.integration.booking.paper_book import LANES, MORNING, NIGHT, SEATS, STEP, Scene

HOLD_MINUTES = 10
RULES = TenantSettingsInfo(min_notice_minutes=0, window_days=60, slot_step=STEP, hold_minutes=HOLD_MINUTES)


@dataclass(frozen=True)
class Shop:
    """The ids of one salon."""

    tenant: UUID
    customer: UUID
    people: dict[str, UUID]
    wishes: dict[str, tuple[WishItem, ...]]

    def wish(self, kind: str, start: int) -> Wish:
        return Wish(items=self.wishes[kind], starts_at=instant(start))

    def name(self, resource: UUID) -> str:
        return next(name for name, known in self.people.items() if known == resource)


async def open_shop(scene: Scene) -> Shop:
    """A salon with everything the paper book knows of."""
    tenant = await create_tenant(
        slug=f"s-{new_id().hex}", name="Salon", vertical="beauty", zone=scene.zone, locale="en", currency="USD",
        country="US", settings=RULES,
    )  # fmt: skip
    with bind_tenant(tenant.id):
        place = await add_location(name="Main street", zone=scene.zone)
        await set_weekly_hours({day: [NIGHT, MORNING] for day in range(7)}, location_id=place)
        plain = {"price": 1000}
        cut = await add_service(name="Cut", minutes=45, buffer_after=5, **plain)
        segments = (30, 40, 20)
        colour = await add_service(
            name="Colour", minutes=sum(segments), buffer_before=10, buffer_after=15,
            demands=[DemandSpec(kind="staff", parts=(0, 2)), DemandSpec(kind="chair")],
            rules=ServiceRules(segments=segments), **plain,
        )  # fmt: skip
        sauna = await add_service(name="Sauna", minutes=30, buffer_after=10, demands=["room"], **plain)
        duo = await add_service(name="Duo", minutes=30, demands=[DemandSpec(kind="staff", count=2)], **plain)
        lesson = await add_service(name="Class", minutes=60, buffer_after=10, rules=ServiceRules(seats=SEATS), **plain)
        able = {"ada": [cut, duo], "bola": [cut, colour, duo], "chidi": [colour, duo, lesson]}
        people = {name: await add_resource(location_id=place, name=name, service_ids=ids) for name, ids in able.items()}
        people["chair"] = await add_resource(location_id=place, name="chair", kind="chair", service_ids=[colour])
        people["sauna"] = await add_resource(
            location_id=place, name="sauna", kind="room", capacity=LANES["sauna"], service_ids=[sauna]
        )
        customer = await add_customer(name="Guest")
    item = {name: WishItem(service_id=service) for name, service in {
        "cut": cut, "colour": colour, "sauna": sauna, "two people": duo, "class": lesson,
    }.items()}  # fmt: skip
    wishes = {
        **{name: (one,) for name, one in item.items()},
        "cut by ada": (WishItem(service_id=cut, resource_id=people["ada"]),),
        "cut and colour": (item["cut"], item["colour"]),
        "two cuts at once": (item["cut"], WishItem(service_id=cut, guest=1)),
    }
    return Shop(tenant.id, customer.id, people, wishes)
