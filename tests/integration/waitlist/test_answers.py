"""What people answer, late, twice, out of order and all at the same moment: one of them has the time, and the others
are told so.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from booka_core.booking import commands as booking
from booka_core.booking.approval import fingerprint
from booka_core.booking.queries import get_reservation
from booka_core.booking.types import Actor, Approval
from booka_core.db.scope import Queries
from booka_core.offers.types import Wish
from booka_core.testing.database import TestDatabase
from booka_core.waitlist import answers
from booka_core.waitlist.answers import answer
from booka_core.waitlist.commands import leave
from booka_core.waitlist.errors import WaitlistOfferNotFound
from booka_core.waitlist.queries import get_entry, get_offer
from booka_core.waitlist.types import EntryInfo, OfferInfo
from tests.integration.waitlist.waiting import (
    HOURS,
    FullDay,
    asked,
    lost,
    offer_to,
    pass_minutes,
    rows,
    rules,
    says,
    whose,
    work,
)

NAMES = ("Ada", "Obi", "Uche", "Efe", "Kemi")


async def five(day: FullDay, hour: int = 11) -> list[EntryInfo]:
    """Five people who were all asked at once about one time."""
    await rules(waitlist_policy="all_at_once")
    people = [await day.waits(name, first_hour=hour, last_hour=hour + 1) for name in NAMES]
    await day.free(hour)
    assert await asked(people) == list(NAMES)
    return people


async def winners(hour: int, day: FullDay, people: Sequence[EntryInfo]) -> list[UUID]:
    """Who has the time, as the book, the offers and the entries say; they must all say the same."""
    in_the_book = await whose(hour, day.salon)
    accepted = await rows(
        "select customer_id from waitlist_offers where status = 'accepted' and entry_id = any($1)",
        [entry.id for entry in people],
    )
    booked = [entry.customer_id for entry in people if (await get_entry(entry.id)).status == "booked"]
    assert sorted(in_the_book) == sorted(row["customer_id"] for row in accepted) == sorted(booked)
    return in_the_book


async def test_whoever_says_yes_first_has_it_and_a_second_yes_says_so_again(day: FullDay) -> None:
    people = await five(day)
    first = await says(people[3], accept=True)
    again = await says(people[3], accept=True)
    assert (first.outcome, again.outcome) == ("booked", "already_yours")
    assert first.reservation is not None
    assert first.reservation == again.reservation
    assert first.reservation.customer_id == people[3].customer_id
    assert await winners(11, day, people) == [people[3].customer_id]
    assert [await lost(entry) for entry in people] == [1, 1, 1, 0, 1]


async def test_a_no_after_the_yes_cancels_nothing(day: FullDay) -> None:
    people = await five(day)
    booked = await says(people[0], accept=True)
    no = await says(people[0], accept=False)
    assert (no.outcome, no.reservation) == ("already_yours", booked.reservation)
    assert await winners(11, day, people) == [people[0].customer_id]


async def test_a_yes_after_the_no_has_it_as_long_as_nobody_else_does(day: FullDay) -> None:
    entry = await day.waits("Ada")
    await day.free(11)
    assert (await says(entry, accept=False)).outcome == "declined"
    await work()
    assert (await says(entry, accept=True)).outcome == "booked"
    assert await winners(11, day, [entry]) == [entry.customer_id]


async def test_a_yes_after_the_no_is_too_late_once_the_next_was_asked(day: FullDay) -> None:
    ada, obi = await day.waits("Ada"), await day.waits("Obi")
    await day.free(11)
    await says(ada, accept=False)
    await work()
    assert (await says(ada, accept=True)).outcome == "lost"
    assert (await says(obi, accept=True)).outcome == "booked"
    assert await winners(11, day, [ada, obi]) == [obi.customer_id]


async def test_a_late_yes_is_good_before_and_after_the_work_of_expiry_if_nobody_else_wants_it(
    day, frozen_clock
) -> None:
    early, late = await day.waits("Early", last_hour=12), await day.waits("Late", first_hour=14)
    await day.free(11)
    await day.free(15)
    frozen_clock.advance(timedelta(minutes=25))
    assert (await says(early, accept=True)).outcome == "booked"  # nobody has ended anything yet
    await pass_minutes(25)
    assert (await get_offer((await offer_to(late)).id)).status == "expired"
    assert (await get_reservation((await offer_to(late)).hold_id)).status == "expired"
    assert (await says(late, accept=True)).outcome == "booked"
    assert await winners(11, day, [early]) == [early.customer_id]
    assert await winners(15, day, [late]) == [late.customer_id]


async def test_a_late_yes_is_lost_once_a_stranger_has_the_time(day: FullDay) -> None:
    entry = await day.waits("Ada")
    await day.free(11)
    await pass_minutes(21)
    await booking.book(
        Wish.of(service_id=day.salon.braids, starts_at=day.salon.at(11)),
        customer_id=day.salon.customer_id,
        actor=Actor(kind="customer", id=day.salon.customer_id),
        source="web",
    )
    assert (await says(entry, accept=True)).outcome == "lost"
    assert await whose(11, day.salon) == [day.salon.customer_id]


async def test_a_yes_to_a_time_that_has_passed_gets_nothing(day: FullDay) -> None:
    entry = await day.waits("Ada")
    await day.free(11)
    await pass_minutes(60 * 25)
    assert (await says(entry, accept=True)).outcome == "expired"
    assert await whose(11, day.salon) == []


async def test_who_left_gets_nothing_by_a_late_yes(day: FullDay) -> None:
    entry = await day.waits("Ada")
    await day.free(11)
    await leave(entry_id=entry.id, actor=Actor(kind="user"))
    assert (await says(entry, accept=True)).outcome == "expired"
    assert await whose(11, day.salon) == []


async def test_nobody_answers_for_somebody_else(day: FullDay) -> None:
    ada, obi = await day.waits("Ada"), await day.waits("Obi")
    await day.free(11)
    with pytest.raises(WaitlistOfferNotFound):
        await answer(
            offer_id=(await offer_to(ada)).id,
            accept=True,
            actor=Actor(kind="customer", id=obi.customer_id),
            source="web",
        )
    assert await asked([ada, obi]) == ["Ada"]


async def test_taking_an_earlier_offer_lets_go_of_the_later_one(day: FullDay) -> None:
    entry, next_ = await day.waits("Ada"), await day.waits("Obi", first_hour=14)
    await day.free(9)
    earlier = await offer_to(entry)
    await pass_minutes(21)
    await leave(entry_id=next_.id, actor=Actor(kind="user"))
    await day.free(15)
    later = await offer_to(entry)
    assert later.id != earlier.id
    actor = Actor(kind="customer", id=entry.customer_id)
    assert (await answer(offer_id=earlier.id, accept=True, actor=actor, source="web")).outcome == "booked"
    assert (await get_offer(later.id)).status == "declined"
    assert await whose(9, day.salon) == [entry.customer_id]
    assert await whose(15, day.salon) == []


Reply = tuple[int, bool]


def scripts() -> list[list[Reply]]:
    """Answers of five people in orders that nobody wishes for: every first three of the yeses, mixed with repetitions
    and changes of mind. Chosen once, so that a failure can be repeated.
    """
    chance = random.Random(4)  # noqa: S311 - nothing secret about it
    found = []
    for first in itertools.permutations(range(len(NAMES)), 2):
        script: list[Reply] = [(first[0], chance.random() < 0.5), (first[1], True)]
        script += [(who, chance.random() < 0.7) for who in chance.choices(range(len(NAMES)), k=6)]
        found.append(script)
    return found


async def test_in_whatever_order_five_people_answer_there_is_one_winner(day: FullDay, frozen_clock) -> None:
    """Twenty scripts share the day: each cancels what the one before it has booked, and five new people wait."""
    await rules(waitlist_policy="all_at_once")
    current = day.booked[11]
    for number, script in enumerate(scripts()):
        people = [await day.waits(f"{name} {number}", first_hour=11, last_hour=12) for name in NAMES]
        await booking.cancel_reservation(reservation_id=current.id, actor=Actor(kind="user"), source="admin")
        await work()
        offers = [await offer_to(entry) for entry in people]
        outcomes: list[tuple[int, str]] = []
        for who, accept in script:
            if who == script[0][0] and number % 4 == 0:
                frozen_clock.advance(timedelta(minutes=7))  # some of them take their time
            actor = Actor(kind="customer", id=people[who].customer_id)
            told = await answer(offer_id=offers[who].id, accept=accept, actor=actor, source="whatsapp")
            outcomes.append((who, told.outcome))
        first_yes = next(who for who, accept in script if accept)
        assert [who for who, outcome in outcomes if outcome == "booked"] == [first_yes], script
        assert await winners(11, day, people) == [people[first_yes].customer_id], script
        assert {outcome for who, outcome in outcomes if who == first_yes} <= {"booked", "already_yours", "declined"}
        told_lost = [await lost(entry) for entry in people]
        for who in range(len(NAMES)):
            declined = any(at == who and not yes for at, yes in script[: outcomes.index((first_yes, "booked"))])
            assert told_lost[who] == (0 if who == first_yes or declined else 1), script
        booked = await rows(
            "select id from reservations where starts_at = $1 and status = 'confirmed'", day.salon.at(11)
        )
        current = await get_reservation(booked[0]["id"])
        for entry in people:
            if entry.id != people[first_yes].id:
                await leave(entry_id=entry.id, actor=Actor(kind="user"))


async def at_once(day: FullDay, *, hour: int, times: int = 2) -> tuple[list[EntryInfo], Counter[str]]:
    """Five people say yes at the same moment, each more than once."""
    people = await five(day, hour)
    offers: list[OfferInfo] = [await offer_to(entry) for entry in people]

    async def reply(offer: OfferInfo) -> str:
        actor = Actor(kind="customer", id=offer.customer_id)
        return (await answer(offer_id=offer.id, accept=True, actor=actor, source="whatsapp")).outcome

    told = await asyncio.gather(*(reply(offer) for offer in offers * times))
    return people, Counter(told)


@pytest.mark.parametrize("hour", HOURS)
async def test_of_five_who_say_yes_at_the_same_moment_one_has_it(day: FullDay, hour: int) -> None:
    people, told = await at_once(day, hour=hour)
    assert len(await winners(hour, day, people)) == 1
    assert told["booked"] >= 1
    assert told["booked"] + told["already_yours"] == 2  # the winner's two, and nobody else's
    assert told["lost"] == 8


async def unguarded(connection: Queries, offer: OfferInfo) -> bool:
    """A claim that does not look whether the time is still to be had, and keeps nobody else from it."""
    rows = await connection.execute_query_dict("select id from reservations where id = $1", [offer.hold_id])
    await asyncio.sleep(0.2)
    return bool(rows)


async def any_consent(reservation_id: UUID, *, customer_id: UUID) -> Approval:
    """Plugins that agree to whoever has the hold, and not to who asks."""
    assert customer_id
    return Approval(fingerprint=fingerprint(await get_reservation(reservation_id)))


async def test_without_the_guarded_claim_the_index_still_lets_one_win(day: FullDay, monkeypatch) -> None:
    monkeypatch.setattr(answers, "_claim", unguarded)
    monkeypatch.setattr(answers, "approve_reservation", any_consent)
    people, told = await at_once(day, hour=11, times=1)
    accepted = await rows("select id from waitlist_offers where status = 'accepted'")
    assert len(accepted) == 1
    assert told["booked"] == 1
    assert len(people) == 5


async def test_without_the_claim_and_the_index_several_are_told_that_they_won(
    day: FullDay, database: TestDatabase, monkeypatch
) -> None:
    """What the two are there for: the same load does the damage as soon as both are gone."""
    async with database.connect("owner") as owner:
        await owner.execute("drop index waitlist_offers_one_winner")
    monkeypatch.setattr(answers, "_claim", unguarded)
    monkeypatch.setattr(answers, "approve_reservation", any_consent)
    _people, told = await at_once(day, hour=11, times=1)
    accepted = await rows("select id from waitlist_offers where status = 'accepted'")
    assert len(accepted) > 1
    assert told["booked"] > 1
