"""Changes one appointment of a series, that one and the following, or all: everything in one transaction, or nothing.

A change of the time is read in local terms (so many days later, at that time of the day) and applied to the date that
each position is meant for. What is past is left alone, and so is an occurrence that somebody moved by itself, unless it
is asked for. The following appointments go on as a series of their own, and the old one ends before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from booka_core.booking.commands import cancel_reservation
from booka_core.booking.entry import lock_limits
from booka_core.booking.errors import NothingToMove, SlotTaken, StaleVersion
from booka_core.booking.lifecycle import TRANSITIONS
from booka_core.booking.moves import PreparedMove, prepare_move, write_moves
from booka_core.booking.queries import get_reservation
from booka_core.booking.transitions import locked, require, require_version
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.db.scope import Queries, tenant_scope
from booka_core.kernel import clock
from booka_core.offers.errors import SlotNotOffered
from booka_core.offers.types import Wish
from booka_core.series.commands import insert_series, nearest_that_day
from booka_core.series.errors import NotInSeries, OccurrenceOver, SeriesChanged, SeriesCollision
from booka_core.series.plans import Shift, first_instant, on_time_line, remaining, shortened, wall_clock
from booka_core.series.queries import get_series, read_series, rule_column
from booka_core.series.types import Scope, SeriesInfo, Stroke

_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class _Target:
    """One occurrence that an edit is about, and the local time that it gets; `at` where the instant is known."""

    reservation: ReservationInfo
    local: datetime
    at: datetime | None = None

    @property
    def position(self) -> int:
        return _position(self.reservation)


async def move_series(
    *,
    reservation_id: UUID,
    scope: Scope,
    actor: Actor,
    source: str,
    starts_at: datetime | None = None,
    resource_id: UUID | None = None,
    include_changed: bool = False,
    expected_version: int | None = None,
) -> SeriesInfo:
    """Give appointments of a series another time, other people, or both.

    `starts_at` is what the named reservation gets, and None keeps the times. Returns the series that it then belongs
    to. Raises `SeriesCollision`, `SeriesInClockGap`, `NotInSeries`, `OccurrenceOver`, `SeriesChanged`, `NothingToMove`,
    `StaleVersion`, and what booking's `prepare_move` raises for what no other date would mend.
    """
    if starts_at is None and resource_id is None:
        raise NothingToMove
    chosen, series = await _chosen(reservation_id, verb="move", expected_version=expected_version)
    planned = series.starts[_position(chosen) - 1]
    wanted = starts_at or chosen.starts_at
    shift = Shift.between(planned, wall_clock(starts_at, series.zone) if starts_at and scope != "this" else planned)
    targets = [_Target(chosen, wall_clock(wanted, series.zone), wanted)]
    if scope != "this":
        others = _ahead(series, since=_position(chosen) if scope == "future" else 1, verb="move")
        targets += [
            # Other people at the same times: also where those are not the planned ones.
            _Target(one, _local(one, series), one.starts_at)
            if starts_at is None
            else _Target(one, shift.of(series.starts[_position(one) - 1]))
            for one in others
            if one.id != chosen.id and (include_changed or not _is_changed(one, series))
        ]
        targets.sort(key=lambda one: one.position)
    for _ in range(_ROUNDS):
        moves = await _prepare(targets, series, resource_id=resource_id)
        try:
            async with tenant_scope() as connection:
                await _require_unchanged(connection, series)
                await lock_limits(connection, [move.plan for move in moves])
                moved = await write_moves(moves, actor=actor, source=source)
                kept = series.id
                if scope == "future" and _position(chosen) > 1:
                    kept = await _split(connection, series, _position(chosen), shift, resource_id=resource_id)
                elif scope != "this":
                    first_ahead = min(one.position for one in targets)
                    await _rewrite(connection, series, shift, first_ahead, resource_id=resource_id)
                await _note_stroke(connection, kept, "move", moved)
                return await read_series(connection, kept)
        except StaleVersion as stale:
            raise SeriesChanged from stale
        except SlotTaken:
            continue  # somebody was faster; looking again says which date it was
    raise SeriesChanged


async def cancel_series(
    *,
    reservation_id: UUID,
    scope: Scope,
    actor: Actor,
    source: str,
    reason: str = "",
    expected_version: int | None = None,
) -> SeriesInfo:
    """Cancel appointments of a series that lie ahead. Customers are held to the notice limit of each.

    Raises `NotInSeries`, `OccurrenceOver`, `SeriesChanged`, `NoticeTooShort`, `AlreadyCancelled`, `StaleVersion`.
    """
    chosen, series = await _chosen(reservation_id, verb="cancel", expected_version=expected_version)
    if scope == "this":
        concerned: Sequence[ReservationInfo] = [chosen]
    else:
        concerned = _ahead(series, since=_position(chosen) if scope == "future" else 1, verb="cancel")
    try:
        async with tenant_scope() as connection:
            await _require_unchanged(connection, series)
            concerned = sorted(concerned, key=lambda one: one.id)
            for one in concerned:  # all of them before any voucher is given back, as who cancels a single one does
                await locked(connection, one.id, expected_version=one.version)
            cancelled = [
                await cancel_reservation(
                    reservation_id=one.id, actor=actor, source=source, reason=reason, expected_version=one.version
                )
                for one in concerned
            ]
            await _note_stroke(connection, series.id, "cancel", cancelled)
            if scope != "this":
                whole = scope == "all" or _position(chosen) == 1
                await _set_status(connection, series.id, "cancelled" if whole else "ended")
            return await read_series(connection, series.id)
    except StaleVersion as stale:
        raise SeriesChanged from stale


async def _chosen(
    reservation_id: UUID, *, verb: str, expected_version: int | None
) -> tuple[ReservationInfo, SeriesInfo]:
    chosen = await get_reservation(reservation_id)
    require_version(chosen, expected_version)
    if chosen.series_id is None:
        raise NotInSeries
    require(verb, chosen)
    if chosen.starts_at <= clock.now():
        raise OccurrenceOver
    return chosen, await get_series(chosen.series_id)


def _ahead(series: SeriesInfo, *, since: int, verb: str) -> list[ReservationInfo]:
    """The occurrences from a position on that have not begun and that the verb may change."""
    now = clock.now()
    return [
        one
        for one in series.occurrences
        if _position(one) >= since and one.status in TRANSITIONS[verb].allowed and one.starts_at > now
    ]


def _position(reservation: ReservationInfo) -> int:
    return reservation.series_position or 1


def _local(reservation: ReservationInfo, series: SeriesInfo) -> datetime:
    return wall_clock(reservation.starts_at, series.zone)


def _is_changed(reservation: ReservationInfo, series: SeriesInfo) -> bool:
    """Whether somebody gave this occurrence a time of its own."""
    return _local(reservation, series) != series.starts[_position(reservation) - 1]


async def _prepare(targets: Sequence[_Target], series: SeriesInfo, *, resource_id: UUID | None) -> list[PreparedMove]:
    """Every move with the plugins' consent. What stays exactly as it is, is left out."""
    moves = []
    ids = [one.reservation.id for one in targets]
    for one in targets:
        at = one.at or on_time_line(one.local, series.zone, position=one.position)
        try:
            move = await prepare_move(
                reservation_id=one.reservation.id, starts_at=at, resource_id=resource_id, among=ids
            )
            moves.append(replace(move, expected_version=one.reservation.version))
        except NothingToMove:
            continue
        except (SlotTaken, SlotNotOffered) as refused:
            raise SeriesCollision(
                position=one.position,
                local=f"{one.local:%Y-%m-%d %H:%M}",
                reason=refused.fields.get("reason", "busy"),
                alternatives=await nearest_that_day(series.wish, at, zone=series.zone, customer_id=series.customer_id),
            ) from refused
    if not moves:
        raise NothingToMove
    return moves


async def _require_unchanged(connection: Queries, series: SeriesInfo) -> None:
    """Lock the series, and see that its occurrences are as they were when the edit was worked out."""
    now = await read_series(connection, series.id, lock=True)
    if [(one.id, one.version) for one in now.occurrences] != [(one.id, one.version) for one in series.occurrences]:
        raise SeriesChanged


async def _rewrite(
    connection: Queries, series: SeriesInfo, shift: Shift, first_ahead: int, *, resource_id: UUID | None
) -> None:
    """The same series with other times for what lay ahead."""
    starts = [
        shift.of(start) if position >= first_ahead else start for position, start in enumerate(series.starts, start=1)
    ]
    wish = series.wish.at(first_instant(starts, series.zone))
    await connection.execute_query(
        "update series set rule = $2, wish = $3 where id = $1",
        [series.id, rule_column(shift.of_rule(series.rule), starts), _served_by(wish, resource_id).model_dump_json()],
    )


async def _split(
    connection: Queries, series: SeriesInfo, position: int, shift: Shift, *, resource_id: UUID | None
) -> UUID:
    """The following appointments as a series of their own; the old one ends before them and keeps its history."""
    before = series.starts[: position - 1]
    after = [shift.of(start) for start in series.starts[position - 1 :]]
    await connection.execute_query(
        "update series set rule = $2, status = 'ended' where id = $1",
        [series.id, rule_column(shortened(series.rule, starts=before), before)],
    )
    wish = _served_by(series.wish.at(first_instant(after, series.zone)), resource_id)
    following = await insert_series(
        connection,
        wish,
        remaining(shift.of_rule(series.rule), starts=after),
        after,
        customer_id=series.customer_id,
        zone=series.zone,
    )
    # Which series a reservation belongs to is this room's knowledge; everything else of it is changed by booking.
    await connection.execute_query(
        """update reservations set series_id = $2, series_position = series_position - $3
           where series_id = $1 and series_position > $3""",
        [series.id, following, position - 1],
    )
    return following


def _served_by(wish: Wish, resource_id: UUID | None) -> Wish:
    """The wish for another person, where one was named for the first service."""
    if resource_id is None:
        return wish
    first, *others = wish.items
    return wish.model_copy(update={"items": (first.model_copy(update={"resource_id": resource_id}), *others)})


async def _set_status(connection: Queries, series_id: UUID, status: str) -> None:
    await connection.execute_query("update series set status = $2 where id = $1", [series_id, status])


async def _note_stroke(
    connection: Queries, series_id: UUID, action: Literal["move", "cancel"], changed: Sequence[ReservationInfo]
) -> None:
    """Note which occurrences changed together; the first that the customer counts on stands for all."""
    if len(changed) < 2:
        return
    counted = [one for one in changed if one.status != "pending"] or changed
    stroke = Stroke(
        action=action,
        first=min(counted, key=lambda one: one.starts_at).id,
        versions={one.id: one.version for one in changed},
    )
    await connection.execute_query(
        "update series set rule = jsonb_set(rule, '{stroke}', $2::jsonb) where id = $1",
        [series_id, stroke.model_dump_json()],
    )
