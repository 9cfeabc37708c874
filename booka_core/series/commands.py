"""Books a repeating appointment: every occurrence in one transaction, or none.

The plugins' consent and the price of every occurrence are asked for before the transaction, which locks everybody and
everything that any of them needs in one order, so that two series over the same people cannot deadlock.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from booka_core.availability import Recurrence
from booka_core.booking.entry import lock_limits
from booka_core.booking.errors import IdempotencyConflict, SlotTaken
from booka_core.booking.idempotency import AlreadyWritten, Request, answered, remember
from booka_core.booking.making import Prepared, prepare_booking, write_prepared
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.booking.writes import expire_overlapping, lock_resources
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.offers.errors import SlotNotOffered
from booka_core.offers.prepare import prepare_start
from booka_core.offers.queries import availability
from booka_core.offers.types import OfferedSlot, Wish
from booka_core.series.errors import SeriesCollision, SeriesEmpty, SeriesInClockGap
from booka_core.series.plans import Dated, dates, wall_clock
from booka_core.series.queries import get_series, read_series, rule_column
from booka_core.series.types import LeftOut, SeriesInfo

_NEAREST = 3
_WAYS = 2  # people that are prepared for one date, in case that somebody is faster


async def book_series(
    *,
    wish: Wish,
    recurrence: Recurrence,
    customer_id: UUID,
    actor: Actor,
    source: str,
    skip_taken: bool = False,
    idempotency_key: str | None = None,
) -> SeriesInfo:
    """Book `wish` on every date that `recurrence` means, beginning at the wish's own start; its local time is kept.

    With `skip_taken` dates that cannot be had are left out and told in `left_out`; otherwise the first of them raises
    `SeriesCollision` or `SeriesInClockGap`, and nothing is booked. Raises `SeriesTooLong`, `SeriesEmpty`,
    `IdempotencyConflict`, and what `book` raises for what no other date would mend.
    """
    request = Request.of(
        idempotency_key, "series", wish.model_dump_json(), recurrence.model_dump_json(), customer_id, skip_taken
    )
    if (known := await answered(request)) is not None:
        return await _again(known, recurrence)
    zone = (await prepare_start(wish)).location.zone
    planned = dates(recurrence, zone=zone, first=wall_clock(wish.starts_at, zone))
    draft = _Draft(wish, recurrence, planned, zone=zone, customer_id=customer_id, skip_taken=skip_taken)
    await draft.prepare(actor=actor, source=source)
    try:
        series = await draft.write(request, actor=actor)
    except AlreadyWritten:
        if (known := await answered(request)) is None:
            raise
        return await _again(known, recurrence)
    except _Taken as taken:
        raise await draft.collision(taken.dated, taken.reason) from taken
    return series.model_copy(update={"left_out": tuple(sorted(draft.left_out, key=lambda one: one.position))})


class _Taken(Exception):
    """One date of the series cannot be had: somebody was faster, or the dates before it have used up a limit."""

    def __init__(self, dated: Dated, reason: str) -> None:
        super().__init__()
        self.dated = dated
        self.reason = reason


@dataclass(slots=True)
class _Draft:
    """A series on its way into the database."""

    wish: Wish
    rule: Recurrence
    planned: Sequence[Dated]
    _: KW_ONLY
    zone: str
    customer_id: UUID
    skip_taken: bool
    ready: list[tuple[Dated, Prepared]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    async def prepare(self, *, actor: Actor, source: str) -> None:
        """Plan, price and approve every date, outside any transaction."""
        for dated in (one for one in self.planned if not one.excepted):
            if dated.at is None:
                await self._cannot(dated, "clock_gap")
                continue
            # Of a local time that happens twice the wish itself says which one is meant.
            begins = dated.local == wall_clock(self.wish.starts_at, self.zone)
            wish = self.wish.at(self.wish.starts_at if begins else dated.at)
            if dated.position > 1:  # a price that was named before holds for the one visit that it was named for
                wish = wish.model_copy(update={"quote_id": None})
            try:
                made = await self._prepare_one(wish, actor=actor, source=source)
            except SlotTaken:
                await self._cannot(dated, "busy")
            except SlotNotOffered as refused:
                await self._cannot(dated, refused.fields.get("reason", "closed"))
            else:
                self.ready.append((dated, made))

    async def write(self, request: Request | None, *, actor: Actor) -> SeriesInfo:
        """The one transaction. Raises `_Taken`, `AlreadyWritten`."""
        async with tenant_scope() as connection:
            series_id = await insert_series(
                connection,
                self.wish,
                self.rule,
                [one.local for one in self.planned],
                customer_id=self.customer_id,
                zone=self.zone,
            )
            await lock_limits(connection, [plan for _, made in self.ready for plan in made.plans])
            await lock_resources(connection, [r for _, made in self.ready for r in made.resource_ids])
            written = []
            for dated, made in self.ready:
                try:
                    written.append(await _write_one(connection, made, actor=actor, series=(series_id, dated.position)))
                except (SlotTaken, SlotNotOffered) as refused:
                    reason = refused.fields.get("reason", "busy")
                    if not self.skip_taken:
                        raise _Taken(dated, reason) from refused
                    self._leave_out(dated, reason)
            if not written:
                raise SeriesEmpty
            if request is not None:
                await remember(connection, request, written[0].id)
            return await read_series(connection, series_id)

    async def _prepare_one(self, wish: Wish, *, actor: Actor, source: str) -> Prepared:
        """One date, by whoever serves the others where they are free and nobody was named."""
        ask = partial(prepare_booking, customer_id=self.customer_id, actor=actor, source=source, ways=_WAYS)
        usual = self.ready[0][1].plans[0].resources[0] if self.ready else None
        if usual is not None and usual.kind == "staff" and wish.items[0].resource_id is None:
            first = wish.items[0].model_copy(update={"resource_id": usual.id})
            with suppress(SlotTaken, SlotNotOffered):
                return await ask(wish.model_copy(update={"items": (first, *wish.items[1:])}))
        return await ask(wish)

    async def collision(self, dated: Dated, reason: str) -> SeriesCollision | SeriesInClockGap:
        """Which date cannot be had, and what could be had instead on that day."""
        local = f"{dated.local:%Y-%m-%d %H:%M}"
        if dated.at is None:
            return SeriesInClockGap(position=dated.position, local=local, zone=self.zone)
        near = await nearest_that_day(self.wish, dated.at, zone=self.zone, customer_id=self.customer_id)
        return SeriesCollision(position=dated.position, local=local, reason=reason, alternatives=near)

    async def _cannot(self, dated: Dated, reason: str) -> None:
        if not self.skip_taken:
            raise await self.collision(dated, reason)
        self._leave_out(dated, reason)

    def _leave_out(self, dated: Dated, reason: str) -> None:
        self.left_out.append(LeftOut(position=dated.position, local=dated.local, reason=reason))


async def _write_one(connection: Queries, made: Prepared, *, actor: Actor, series: tuple[UUID, int]) -> ReservationInfo:
    """One occurrence; holds that ran out make way. Raises `SlotTaken`."""
    try:
        return await write_prepared(made, actor=actor, series=series)
    except SlotTaken:
        given_back = 0
        for plan in made.plans:
            begins, ends = plan.occupied
            given_back += await expire_overlapping(connection, plan.resource_ids, begins=begins, ends=ends)
        if not given_back:
            raise
    return await write_prepared(made, actor=actor, series=series)


async def nearest_that_day(
    wish: Wish, wanted: datetime, *, zone: str, customer_id: UUID | None
) -> tuple[OfferedSlot, ...]:
    """The free starts nearest to `wanted` on its local day, in order of time."""
    day = wall_clock(wanted, zone).date()
    free = await availability(wish=wish.at(wanted), from_day=day, days=1, customer_id=customer_id)
    near = sorted(free, key=lambda slot: abs(slot.starts_at - wanted))[:_NEAREST]
    return tuple(sorted(near, key=lambda slot: slot.starts_at))


async def insert_series(
    connection: Queries, wish: Wish, rule: Recurrence, starts: Sequence[datetime], *, customer_id: UUID, zone: str
) -> UUID:
    """Write the row of a series in an open transaction; what belongs to one visit alone is not kept."""
    series_id = new_id()
    kept = wish.model_copy(update={"quote_id": None, "voucher": None, "link_id": None})
    await connection.execute_query(
        """insert into series (id, tenant_id, customer_id, rule, wish, zone, status, created_at)
           values ($1, $2, $3, $4, $5, $6, 'active', $7)""",
        [
            series_id,
            current_tenant(),
            customer_id,
            rule_column(rule, starts),
            kept.model_dump_json(),
            zone,
            clock.now(),
        ],
    )
    return series_id


async def _again(known: ReservationInfo, recurrence: Recurrence) -> SeriesInfo:
    """The answer to a request that was answered before."""
    if known.series_id is None:
        raise IdempotencyConflict
    series = await get_series(known.series_id)
    booked = {one.series_position for one in series.occurrences}
    excepted = set(recurrence.except_dates)
    missing = tuple(
        LeftOut(position=position, local=local, reason="taken")
        for position, local in enumerate(series.starts, start=1)
        if position not in booked and local.date() not in excepted
    )
    return series.model_copy(update={"left_out": missing})
