"""Why a start is or is not offered: which rule decides, which setting is behind it, and what stands in whose way."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.availability import explain_start, instant, minute_of
from booka_core.availability.types import Reason
from booka_core.availability.types import TimeCheck as UnitCheck
from booka_core.db.scope import tenant_scope
from booka_core.offers.occupancy import SEATS
from booka_core.offers.prepare import Offer, Shape, prepare_start
from booka_core.offers.queries import alternatives, check
from booka_core.offers.stays import is_stay, report_stay
from booka_core.offers.types import Blocker, CandidateExplained, DemandExplained, Explanation, Wish
from booka_core.offers.visits import Unit, lane_of, resource_of

_BLOCKERS = f"""
select o.resource_id, o.lane, o.starts_at, o.ends_at, o.reservation_id, r.reference, o.expires_at is not null as held
from occupancies o left join reservations r on r.id = o.reservation_id
where o.active and o.resource_id = any($1) and o.starts_at < $3 and o.ends_at > $2 and o.lane < {SEATS}
  and (o.expires_at is null or o.expires_at > $4)
order by o.starts_at
"""
_Blockers = dict[tuple[UUID, int], list[Blocker]]


async def explain(wish: Wish, *, customer_id: UUID | None = None) -> Explanation:
    """Why the start of a wish is or is not offered, with the nearest starts that are.

    Raises what a wish may lack, as `availability` does.
    """
    offer = await prepare_start(wish, customer_id=customer_id)
    answer = check(offer, wish.starts_at)
    blockers = await _blockers(offer)
    demands = _demands(offer, offer.shapes[0], blockers)
    nearest = await alternatives(wish=wish, wanted=wish.starts_at, customer_id=customer_id)
    return Explanation(
        starts_at=wish.starts_at,
        local_time=f"{wish.starts_at.astimezone(ZoneInfo(offer.location.zone)):%Y-%m-%d %H:%M}",
        zone=offer.location.zone,
        free=answer.free,
        reason=answer.reason,
        rule=_sentence(offer, answer.reason),
        setting=_setting(offer, answer.reason),
        demands=demands,
        nearest=tuple(nearest),
    )


def _demands(offer: Offer, shape: Shape, blockers: _Blockers) -> tuple[DemandExplained, ...]:
    report = report_stay(offer) if is_stay(offer) else explain_start(shape.query, minute_of(offer.wish.starts_at))
    return tuple(
        DemandExplained(
            kind=demand.kind,
            free=any(one.free for _, one in answers),
            candidates=tuple(_candidate(offer, unit, one, blockers) for unit, one in answers),
        )
        for demand, answers in zip(shape.query.demands, report.by_demand, strict=bool(report.by_demand))
    )


def _candidate(offer: Offer, unit: Unit, answer: UnitCheck, blockers: _Blockers) -> CandidateExplained:
    resource = offer.catalogue.resource(resource_of(unit))
    name = resource.name if resource is not None else ""
    if resource is not None and resource.capacity > 1:
        name = f"{name} ({lane_of(unit) + 1} of {resource.capacity})"
    found = blockers.get((resource_of(unit), lane_of(unit)), [])
    spans = [(instant(start), instant(end)) for start, end in answer.blocked_by]
    return CandidateExplained(
        resource_id=resource_of(unit),
        name=name,
        free=answer.free,
        reason=answer.reason,
        blockers=tuple(
            one for one in found if any(one.starts_at < end and start < one.ends_at for start, end in spans)
        ),
    )


async def _blockers(offer: Offer) -> _Blockers:
    """What occupies the candidates around the wish."""
    visit = offer.shapes[0].visit
    around = timedelta(minutes=visit.minutes + 1440 * (1 + (offer.wish.nights or 0)))
    people = sorted({resource_of(unit) for demand in visit.demands for unit in demand.candidates})
    start: datetime = offer.wish.starts_at
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(_BLOCKERS, [people, start - around, start + around, offer.now])
    found: _Blockers = {}
    for row in rows:
        key = (row.pop("resource_id"), row.pop("lane"))
        found.setdefault(key, []).append(Blocker(**row))
    return found


def _sentence(offer: Offer, reason: Reason) -> str:
    name = offer.service.name
    return {
        "free": f"{name} can be booked at this time.",
        "past": "The time has passed.",
        "too_soon": f"{name} has to be booked earlier than this before its start.",
        "beyond_window": f"{name} cannot be booked this far ahead yet.",
        "outside_dates": f"{name} is not offered on this date.",
        "closed": "Nobody who could serve works for the whole of this time.",
        "holiday": "The location is closed for a public holiday.",
        "absent": "Whoever could serve is away.",
        "busy": "Everybody who could serve is taken for at least a part of this time.",
        "full": "No seat is left in this class.",
        "cap_reached": f"The most bookings of {name} for this day, week or month are taken.",
        "leaves_gap": "It would leave a gap too short for anybody else.",
        "not_scheduled": "No class begins at this time.",
        "off_grid": "Bookings do not begin at this minute.",
    }[reason]


def _setting(offer: Offer, reason: Reason) -> str | None:
    rules, timing = offer.service.rules, offer.query.timing
    whose = "service" if rules.slot_step is not None else "business"
    dates = f"{rules.window_from or '…'} to {rules.window_until or '…'}"
    return {
        "too_soon": f"min_notice_minutes={timing.min_notice}",
        "beyond_window": f"window_days={(timing.window or 0) // 1440}",
        "outside_dates": f"window_from, window_until={dates}",
        "holiday": f"holidays={offer.location.holidays}",
        "cap_reached": "caps=" + ", ".join(f"{cap.of} {cap.most or cap.minutes} per {cap.per}" for cap in rules.caps),
        "leaves_gap": f"gap_minutes={rules.gap_minutes}",
        "not_scheduled": "ad_hoc=false",
        "full": f"seats={rules.seats}",
        "off_grid": f"slot_step={timing.step} ({whose}), slot_offset={timing.offset}",
    }.get(reason)
