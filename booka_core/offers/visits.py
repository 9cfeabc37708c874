"""From a wish to the shape of a visit: which services follow each other, how long each takes, and what is needed when.

Pure: a catalogue and a wish in, shapes out. Where people need different minutes for the same service, a visit has one
shape for each, so that what is offered with somebody is what they need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, product
from uuid import UUID

from booka_core.availability import Demand
from booka_core.availability.types import Minutes
from booka_core.catalog.errors import ResourceNotFound, ServiceNotFound
from booka_core.catalog.rules import DemandSpec
from booka_core.catalog.types import AddOnInfo, Catalogue, LocationInfo, ResourceInfo, ServiceInfo
from booka_core.offers.errors import (
    AddOnNotOffered,
    BadNights,
    BadPartySize,
    DurationNotOffered,
    NotAtThisLocation,
    NotByTheNight,
    StayAlone,
    TooManyServices,
)
from booka_core.offers.types import Wish, WishItem

Unit = UUID | tuple[UUID, int]
"""One thing that serves one booking at a time: a resource, or one lane of a resource with several."""

MOST_SERVICES = 20
_MOST_SHAPES = 12


@dataclass(frozen=True, slots=True)
class Need:
    """One demand of a visit: what was asked for, by which item of the visit."""

    spec: DemandSpec
    item: int


@dataclass(frozen=True, slots=True)
class VisitItem:
    """One service in its place: minutes from the start of the visit, and how long it takes with its extras."""

    service: ServiceInfo
    guest: int
    offset: int
    minutes: int
    extra: int
    add_ons: tuple[AddOnInfo, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """The shape of a visit. `needs` says for each of `demands` where it comes from; `minutes` is the whole of it."""

    items: tuple[VisitItem, ...]
    needs: tuple[Need, ...]
    demands: tuple[Demand[Unit], ...]
    minutes: int


def resource_of(unit: Unit) -> UUID:
    """Whose unit it is."""
    return unit[0] if isinstance(unit, tuple) else unit


def lane_of(unit: Unit) -> int:
    """Which lane of its resource it is."""
    return unit[1] if isinstance(unit, tuple) else 0


def units_of(resource: ResourceInfo) -> list[Unit]:
    """Everything of a resource that serves a booking of its own."""
    if resource.capacity == 1:
        return [resource.id]
    return [(resource.id, lane) for lane in range(resource.capacity)]


def shapes(
    catalogue: Catalogue,
    wish: Wish,
    *,
    location: LocationInfo,
    stand_ins: dict[UUID, tuple[UUID, ...]],
) -> list[Visit]:
    """Every shape that the wish can take at a location. `stand_ins` names who else may serve for an absent resource.

    Raises `TooManyServices`, `BadPartySize`, `BadNights`, `NotByTheNight`, `StayAlone`, `DurationNotOffered`,
    `AddOnNotOffered`, `NotAtThisLocation`, and the catalogue's `ServiceNotFound` and `ResourceNotFound`.
    """
    if not 1 <= len(wish.items) <= MOST_SERVICES:
        raise TooManyServices(most=MOST_SERVICES)
    if not 1 <= wish.party_size <= 500:
        raise BadPartySize
    asked = [_Asked.of(catalogue, item, wish=wish, location=location, stand_ins=stand_ins) for item in wish.items]
    _require_nights(asked, wish)
    every = product(*(sorted(item.lengths) for item in asked))
    return [_shape(asked, lengths) for lengths in islice(every, _MOST_SHAPES)]


def _require_nights(asked: Sequence[_Asked], wish: Wish) -> None:
    """Nights are for services by the night, which are booked alone: for each guest at most one of the same."""
    stays = [item.service for item in asked if item.service.rules.stay is not None]
    if not stays:
        if wish.nights is not None:
            raise NotByTheNight(name=asked[0].service.name)
        return
    if {item.service.id for item in asked} != {stays[0].id} or len({item.guest for item in asked}) < len(asked):
        raise StayAlone(name=stays[0].name)
    rule = stays[0].rules.stay
    nights = 1 if wish.nights is None else wish.nights
    if rule is not None and not rule.least_nights <= nights <= rule.most_nights:
        raise BadNights(name=stays[0].name, least=rule.least_nights, most=rule.most_nights)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One item of the wish with what it needs, and its candidates by the minutes that they take."""

    service: ServiceInfo
    guest: int
    add_ons: tuple[AddOnInfo, ...]
    needs: tuple[tuple[DemandSpec, tuple[ResourceInfo, ...]], ...]
    lengths: dict[int, frozenset[UUID]]

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        item: WishItem,
        *,
        wish: Wish,
        location: LocationInfo,
        stand_ins: dict[UUID, tuple[UUID, ...]],
    ) -> _Asked:
        service = catalogue.service(item.service_id)
        if service is None:
            raise ServiceNotFound
        if service.location_ids and location.id not in service.location_ids:
            raise NotAtThisLocation(name=service.name)
        wanted = catalogue.resource(item.resource_id) if item.resource_id else None
        if item.resource_id and wanted is None:
            raise ResourceNotFound
        needs = _needs(catalogue, service, wanted, wish=wish, location=location, stand_ins=stand_ins)
        usual = _minutes(service, item, location=location)
        own = {} if item.minutes is not None else {r: o.minutes for r, o in service.own.items() if o.minutes}
        people = needs[0][1] if needs else ()
        lengths: dict[int, set[UUID]] = {}
        for person in people:
            lengths.setdefault(own.get(person.id, usual), set()).add(person.id)
        return cls(
            service=service,
            guest=item.guest,
            add_ons=_add_ons(catalogue, service, item),
            needs=needs,
            lengths={minutes: frozenset(ids) for minutes, ids in lengths.items()} or {usual: frozenset()},
        )


def _minutes(service: ServiceInfo, item: WishItem, *, location: LocationInfo) -> int:
    here = service.own.get(location.id)
    usual = here.minutes if here is not None and here.minutes else service.minutes
    if item.minutes is None or item.minutes == usual:
        return usual
    if item.minutes not in {service.minutes, *(option.minutes for option in service.rules.durations)}:
        raise DurationNotOffered(name=service.name, minutes=item.minutes)
    return item.minutes


def _add_ons(catalogue: Catalogue, service: ServiceInfo, item: WishItem) -> tuple[AddOnInfo, ...]:
    found = []
    for add_on_id in item.add_on_ids:
        add_on = next((one for one in catalogue.add_ons if one.id == add_on_id), None)
        if add_on is None or add_on.service_id not in (None, service.id):
            raise AddOnNotOffered(name=service.name)
        found.append(add_on)
    return tuple(found)


def _needs(
    catalogue: Catalogue,
    service: ServiceInfo,
    wanted: ResourceInfo | None,
    *,
    wish: Wish,
    location: LocationInfo,
    stand_ins: dict[UUID, tuple[UUID, ...]],
) -> tuple[tuple[DemandSpec, tuple[ResourceInfo, ...]], ...]:
    found: list[tuple[DemandSpec, tuple[ResourceInfo, ...]]] = []
    for spec in service.demands:
        able = catalogue.candidates(service, spec, location_id=location.id)
        if spec.seats:
            able = _big_enough(able, wish.party_size)
        if spec.everyone:
            found += [(spec, (one,)) for one in able]
            continue
        for turn in range(spec.count):
            if wanted is not None and turn == 0 and wanted.kind == spec.kind:
                found.append((spec, _wished(service, able, wanted, stand_ins=stand_ins)))
                wanted = None
            else:
                found.append((spec, able))
    if wanted is not None:
        raise ResourceNotFound(f"{wanted.name} does not offer {service.name}.")
    return tuple(found)


def _wished(
    service: ServiceInfo,
    able: Sequence[ResourceInfo],
    wanted: ResourceInfo,
    *,
    stand_ins: dict[UUID, tuple[UUID, ...]],
) -> tuple[ResourceInfo, ...]:
    """The resource that was asked for, and who stands in where it is away."""
    if wanted.id not in {one.id for one in able}:
        raise ResourceNotFound(f"{wanted.name} does not offer {service.name}.")
    others = [one for one in able if one.id in stand_ins.get(wanted.id, ())]
    return (wanted, *others)


def _big_enough(able: Sequence[ResourceInfo], party_size: int) -> tuple[ResourceInfo, ...]:
    """Those with a seat for everybody, the smallest first."""
    seated = [(int(one.properties.get("seats", 1)), one) for one in able]
    return tuple(one for seats, one in sorted(seated, key=lambda pair: pair[0]) if seats >= party_size)


def _shape(asked: Sequence[_Asked], lengths: Sequence[int]) -> Visit:
    items: list[VisitItem] = []
    needs: list[Need] = []
    demands: list[Demand[Unit]] = []
    ends: dict[int, int] = {}
    for position, (item, length) in enumerate(zip(asked, lengths, strict=True)):
        extra = sum(add_on.minutes for add_on in item.add_ons)
        offset = ends.get(item.guest, 0)
        minutes = length + extra
        ends[item.guest] = offset + minutes
        items.append(VisitItem(item.service, item.guest, offset, minutes, extra, item.add_ons))
        stretches = _stretches(item.service, offset=offset, minutes=minutes)
        for first, (spec, able) in enumerate(item.needs):
            chosen = [one for one in able if first or not item.lengths[length] or one.id in item.lengths[length]]
            needs.append(Need(spec, position))
            demands.append(
                Demand(
                    candidates=[unit for one in chosen for unit in units_of(one)],
                    kind=spec.kind,
                    parts=_joined([stretches[part] for part in sorted(set(spec.parts))] if spec.parts else stretches),
                    before=item.service.buffer_before,
                    after=item.service.buffer_after,
                )
            )
    return Visit(tuple(items), tuple(needs), tuple(demands), max(ends.values()))


def _stretches(service: ServiceInfo, *, offset: int, minutes: int) -> list[Minutes]:
    """The segments of a service in its place; what a longer booking adds belongs to the last of them."""
    segments = list(service.rules.segments) or [minutes]
    segments[-1] += minutes - sum(segments)
    if segments[-1] <= 0:  # a shorter length than the segments fill has none of them
        return [(offset, minutes)] * len(segments)
    starts = accumulate(segments[:-1], initial=offset)
    return list(zip(starts, segments, strict=True))


def _joined(stretches: Sequence[Minutes]) -> tuple[Minutes, ...]:
    """Stretches that follow each other without a pause, as one."""
    joined: list[Minutes] = []
    for offset, minutes in stretches:
        if joined and sum(joined[-1]) == offset:
            joined[-1] = (joined[-1][0], joined[-1][1] + minutes)
        elif not joined or joined[-1] != (offset, minutes):
            joined.append((offset, minutes))
    return tuple(joined)
