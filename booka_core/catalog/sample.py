"""A vertical's sample catalogue, put into a tenant: what a new business starts from and then makes its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from booka_core.catalog.commands import add_location, add_resource, add_service
from booka_core.catalog.hours import set_weekly_hours
from booka_core.catalog.rules import DemandSpec, ServiceRules
from booka_core.catalog.terms import add_add_on
from booka_core.db.scope import tenant_scope
from booka_core.sdk.values import Frozen
from booka_core.sdk.verticals import Vertical

Week = Mapping[int, Sequence[tuple[int, int]]]

SHOP_WEEK: Week = dict.fromkeys(range(6), ((9 * 60, 18 * 60),))
"""Monday to Saturday, nine to six."""


class InstalledSample(Frozen):
    """The ids of what was installed, by the vertical's own (English) names."""

    location_id: UUID
    services: dict[str, UUID]
    resources: dict[str, UUID]


async def install_sample(
    vertical: Vertical,
    *,
    location: str,
    zone: str,
    locale: str,
    currency: str,
    address: str = "",
    week: Week = SHOP_WEEK,
    names: Mapping[str, str] | None = None,
) -> InstalledSample:
    """Add the sample services and resources to the bound tenant, in its language and currency.

    `names` renames resources: sample name to the tenant's own.
    """
    renamed = names or {}
    async with tenant_scope():
        location_id = await add_location(name=location, zone=zone, address=address)
        await set_weekly_hours(week, location_id=location_id)
        services = {
            sample.name: await add_service(
                name=sample.name_in(locale),
                minutes=sample.minutes,
                price=sample.price_in(currency),
                synonyms=[*sample.synonyms, *([sample.name] if sample.name_in(locale) != sample.name else [])],
                category=sample.category,
                buffer_before=sample.buffer_before,
                buffer_after=sample.buffer_after,
                demands=[DemandSpec.model_validate(demand) for demand in sample.demands],
                rules=ServiceRules.model_validate(sample.rules),
                position=position,
            )
            for position, sample in enumerate(vertical.sample_services)
        }
        resources = {
            sample.name: await add_resource(
                location_id=location_id,
                name=renamed.get(sample.name, sample.name_in(locale)),
                kind=sample.kind,
                title=sample.title_in(locale),
                hue=sample.hue,
                position=position,
                service_ids=[services[name] for name in sample.services],
                skills=sample.skills,
                properties=sample.properties,
                capacity=sample.capacity,
                priority=sample.priority,
            )
            for position, sample in enumerate(vertical.sample_resources)
        }
        for position, extra in enumerate(vertical.sample_add_ons):
            await add_add_on(
                name=extra.name_in(locale),
                minutes=extra.minutes,
                price=extra.price_in(currency),
                service_id=services[extra.service] if extra.service else None,
                position=position,
            )
    return InstalledSample(location_id=location_id, services=services, resources=resources)
