"""The chat tells the truth about everything the book can do, also about what was booked elsewhere."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from booka_core.booking import attendance
from booka_core.booking import commands as booking
from booka_core.booking.classes import schedule_class
from booka_core.booking.queries import get_reservation, upcoming
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.catalog.commands import add_location, add_resource, add_service, change_service
from booka_core.catalog.hours import add_absence, set_date_override, set_holidays, set_weekly_hours
from booka_core.catalog.rules import Cap, DemandSpec, ServiceRules, StayRule
from booka_core.conversation import notices
from booka_core.customers.standing import block
from booka_core.offers.types import Wish, WishItem
from booka_core.pricing.price_list import add_price_rule
from booka_core.pricing.types import PriceCondition, PriceRuleTerms
from booka_core.sdk.events import EVENT, AnyEvent
from booka_core.tenancy.commands import change_settings
from tests.integration.conversation.conftest import Phone

DESK = Actor(kind="user", label="Ngozi")
HAIRCUT = "haircut with ada tomorrow at 3pm"


async def _asked(phone: Phone) -> ReservationInfo:
    await change_service(phone.salon.haircut, rules=ServiceRules(approval=True))
    await phone.say(HAIRCUT)
    await phone.say("yes")
    [row] = await upcoming(phone.customer.id)
    return row


async def _announced(phone: Phone, kind: str) -> AnyEvent:
    rows = await phone.rows("select payload from outbox_events where type = $1 order by seq desc limit 1", kind)
    payload = rows[0]["payload"]
    return EVENT.validate_json(payload) if isinstance(payload, str) else EVENT.validate_python(payload)


async def _elsewhere(phone: Phone, wish: Wish) -> ReservationInfo:
    return await booking.book(wish, customer_id=phone.customer.id, actor=DESK, source="admin")


# -- agreement ------------------------------------------------------------------------------------------------------


async def test_a_request_is_said_to_be_one_and_the_answer_reaches_the_customer(phone: Phone) -> None:
    await change_service(phone.salon.haircut, rules=ServiceRules(approval=True))
    assert "has to agree to it before it is certain" in await phone.say(HAIRCUT)
    told = await phone.say("yes")
    assert "A colleague still has to agree" in told
    assert "You are booked" not in told
    assert "waiting for our answer" in await phone.say("what have I booked?")
    [row] = await upcoming(phone.customer.id)
    assert row.status == "pending"

    await attendance.approve_request(reservation_id=row.id, actor=DESK, source="admin")
    event, event_id = await _announced(phone, "booking.appointment.approved.v1"), uuid4()
    await notices.tell_agreed(event_id, event)
    await notices.tell_agreed(event_id, event)
    [notice] = await phone.replies()
    assert "we have agreed to what you asked for" in notice
    assert f"Your reference is {row.reference}" in notice
    assert "waiting" not in await phone.say("what have I booked?")


async def test_a_decline_reaches_the_customer_with_its_reason(phone: Phone) -> None:
    row = await _asked(phone)
    await attendance.decline_request(reservation_id=row.id, actor=DESK, source="admin", reason="Ada is at a wedding")
    await phone.replies()
    await notices.tell_declined(uuid4(), await _announced(phone, "booking.appointment.declined.v1"))
    [notice] = await phone.replies()
    assert "we cannot give you Haircut, Tuesday 3 March at 15:00" in notice
    assert "The reason: Ada is at a wedding" in notice


async def test_what_was_booked_outright_is_not_told_to_be_agreed(phone: Phone) -> None:
    await phone.say(HAIRCUT)
    await phone.say("yes")
    await notices.tell_agreed(uuid4(), await _announced(phone, "booking.appointment.booked.v1"))
    assert await phone.replies() == []


async def test_a_request_is_moved_and_taken_back_in_the_chat(phone: Phone) -> None:
    row = await _asked(phone)
    await phone.replies()
    assert "Shall I move it?" in await phone.say("move it to thursday at 10")
    assert "still has to agree" in await phone.say("yes")
    assert "Shall I cancel it?" in await phone.say("cancel my appointment")
    assert "has been taken back" in await phone.say("yes")
    assert (await get_reservation(row.id)).status == "cancelled"


# -- who may book, and when -----------------------------------------------------------------------------------------


async def test_a_blocked_customer_is_sent_to_a_person(phone: Phone) -> None:
    await block(phone.customer.id, reason="never came")
    told = await phone.say(HAIRCUT)
    assert "I cannot book for you here" in told
    assert "never came" not in told
    assert "nearest" not in told
    assert await phone.statuses() == []


async def test_who_has_enough_bookings_is_told_so_and_what_to_do(phone: Phone) -> None:
    settings = phone.salon.tenant.settings
    await change_settings(settings.model_copy(update={"active_per_customer": 1}))
    await phone.say(HAIRCUT)
    await phone.say("yes")
    told = await phone.say("haircut with ada on thursday at 3pm")
    assert "at most 1 of your" in told
    assert "cancel" in told
    assert "Shall I cancel it?" in await phone.say("cancel my appointment")


async def test_a_cap_a_holiday_and_an_absence_are_said_to_be_what_they_are(phone: Phone) -> None:
    salon = phone.salon
    await change_service(salon.braids, rules=ServiceRules(caps=(Cap(per="day", most=1),)))
    await _elsewhere(phone, Wish.of(service_id=salon.braids, starts_at=salon.at(9)))
    assert "no more bookings of this kind for Tuesday 3 March" in await phone.say("braids tomorrow at 3pm")
    await phone.say("stop")
    assert "no more bookings of this kind for Tuesday 3 March" in await phone.say("braids tomorrow")
    await phone.say("stop")
    await add_absence(salon.ada, starts_at=salon.at(1, day=5), ends_at=salon.at(23, day=5))
    assert "Ada is away on Thursday 5 March" in await phone.say("haircut with ada on thursday at 10")
    await phone.say("stop")
    await set_holidays(salon.location_id, "NG")
    assert "Friday 1 May is a public holiday" in await phone.say("haircut with ada on 1 may at 10")


async def test_who_stands_in_is_named_in_the_question(phone: Phone) -> None:
    salon = phone.salon
    await add_absence(salon.ada, starts_at=salon.at(1), ends_at=salon.at(23), redirect_to=salon.bola)
    told = await phone.say(HAIRCUT)
    assert "Ada is away then, and Bola stands in." in told
    assert "Haircut with Bola, Tuesday 3 March at 15:00" in told
    await phone.say("yes")
    assert await phone.booked() == [("Haircut", "Bola", "2026-03-03 15:00")]


async def test_terms_are_not_taken_in_a_chat(phone: Phone) -> None:
    await change_service(phone.salon.haircut, rules=ServiceRules(terms="house-2026"))
    assert "accept terms (house-2026) first" in await phone.say(HAIRCUT)
    assert await phone.statuses() == []


async def test_a_start_without_a_class_says_so_and_offers_the_class(phone: Phone) -> None:
    yoga = await add_service(name="Yoga", minutes=60, price=0, rules=ServiceRules(seats=5, ad_hoc=False))
    await schedule_class(service_id=yoga, starts_at=phone.salon.at(10, day=4), resource_id=phone.salon.ada)
    told = await phone.say("yoga with anyone tomorrow at 3pm")
    assert "there is none on Tuesday 3 March at 15:00" in told
    assert "1. Wednesday 4 March, 10:00" in told
    assert "Yoga with Ada, Wednesday 4 March at 10:00" in await phone.say("1")
    assert "You are booked: Yoga with Ada" in await phone.say("yes")


async def test_a_price_shown_is_the_one_of_the_row(phone: Phone) -> None:
    await add_price_rule(PriceRuleTerms(name="Tuesdays", condition=PriceCondition(weekdays=(1,)), basis_points=1000))
    told = await phone.say(HAIRCUT)
    assert "₦13,200" in told
    assert "₦13,200" in await phone.say("yes")


# -- made elsewhere ---------------------------------------------------------------------------------------------------


async def test_a_visit_of_two_services_is_listed_moved_and_cancelled(phone: Phone) -> None:
    salon = phone.salon
    items = (WishItem(service_id=salon.haircut), WishItem(service_id=salon.colour))
    row = await _elsewhere(phone, Wish(items=items, starts_at=salon.at(10)))
    assert "Haircut + Full colour with Bola, Tuesday 3 March at 10:00" in await phone.say("my bookings")
    assert "Move Haircut + Full colour from Tuesday 3 March, 10:00 to Thursday 5 March at 11:00" in await phone.say(
        "move my appointment to thursday at 11"
    )
    assert "has been moved: Haircut + Full colour with Bola" in await phone.say("yes")
    moved = await get_reservation(row.id)
    assert [item.name for item in moved.items] == ["Haircut", "Full colour"]
    assert moved.starts_at == salon.at(11, day=5)
    await phone.say("cancel my appointment")
    assert "Haircut + Full colour, Thursday 5 March at 11:00" in await phone.say("yes")


async def _hotel(phone: Phone) -> UUID:
    room = await add_service(
        name="Double room",
        minutes=60,
        price=4_000_000,
        demands=["room"],
        rules=ServiceRules(stay=StayRule(check_in=900, check_out=660, least_nights=2)),
    )
    await add_resource(location_id=phone.salon.location_id, name="Room 1", kind="room")
    return room


async def test_nights_are_listed_from_when_to_when_and_move_whole(phone: Phone) -> None:
    room = await _hotel(phone)
    row = await _elsewhere(phone, Wish.of(service_id=room, starts_at=phone.salon.at(15), nights=3))
    assert "Double room, Tuesday 3 March at 15:00 until Friday 6 March at 11:00" in await phone.say("my bookings")
    told = await phone.say("move my appointment to monday")
    assert "to Monday 9 March at 15:00 until Thursday 12 March at 11:00. Shall I move it?" in told
    assert "until Thursday 12 March at 11:00" in await phone.say("yes")
    assert (await get_reservation(row.id)).ends_at == phone.salon.at(11, day=12)


async def test_a_stay_that_needs_more_nights_than_a_chat_asks_for_goes_to_a_person(phone: Phone) -> None:
    await _hotel(phone)
    assert "A colleague can" in await phone.say("double room tomorrow")
    assert "passed you on to a colleague" in await phone.say("1")


async def test_a_reminder_of_a_party_reads_well(phone: Phone) -> None:
    salon = phone.salon
    items = (WishItem(service_id=salon.haircut), WishItem(service_id=salon.haircut, guest=1))
    row = await _elsewhere(phone, Wish(items=items, starts_at=salon.at(10)))
    await notices.remind(uuid4(), EVENT.validate_python({
        "type": "scheduler.reminder.due.v1", "reservation_id": row.id, "customer_id": row.customer_id,
        "starts_at": row.starts_at,
    }))  # fmt: skip
    [reminder] = await phone.replies()
    assert "Haircut for 2 with Ada and Bola, Tuesday 3 March at 10:00" in reminder
    assert "Haircut for 2 with Ada and Bola, Tuesday 3 March at 10:00" in await phone.say("my bookings")


async def test_of_several_places_the_one_that_is_meant_is_named_by_its_own_clock(phone: Phone) -> None:
    branch = await add_location(name="Harbour", zone="Europe/London")
    await set_weekly_hours({day: [(540, 1080)] for day in range(6)}, location_id=branch)
    await add_resource(location_id=branch, name="Chidi", service_ids=[phone.salon.haircut])
    await _elsewhere(phone, Wish.of(service_id=phone.salon.haircut, starts_at=phone.salon.at(11), location_id=branch))
    assert "Haircut (Harbour) with Chidi, Tuesday 3 March at 10:00" in await phone.say("my bookings")


async def test_the_size_of_a_party_counts_when_tables_are_looked_for(phone: Phone) -> None:
    table = await add_service(name="Dinner", minutes=120, price=0, demands=[DemandSpec(kind="table", seats=True)])
    for name, seats in (("Small", 2), ("Large", 6)):
        await add_resource(
            location_id=phone.salon.location_id, name=name, kind="table", service_ids=[table],
            properties={"seats": seats},
        )  # fmt: skip
    large = Wish.of(service_id=table, starts_at=phone.salon.at(15), party_size=5)
    row = await _elsewhere(phone, large)
    others = large.model_copy(update={"starts_at": phone.salon.at(15, day=5)})
    await booking.book(others, customer_id=phone.salon.customer_id, actor=DESK, source="admin")
    told = await phone.say("move my appointment to thursday at 3pm")
    assert "already taken" in told, "the small table is free, and is none for five"
    assert (await get_reservation(row.id)).starts_at == phone.salon.at(15)


async def test_a_move_to_where_it_is_asks_for_another_time(phone: Phone) -> None:
    await phone.say(HAIRCUT)
    await phone.say("yes")
    told = await phone.say("move my appointment to tuesday at 3pm")
    assert "It already is on Tuesday 3 March at 15:00 with Ada. When would you like it instead?" in told
    assert "to Tuesday 3 March at 16:00" in await phone.say("4pm then")
    assert "has been moved" in await phone.say("yes")


async def test_a_closure_stays_a_closure(phone: Phone) -> None:
    await set_date_override(date(2026, 3, 4), [], location_id=phone.salon.location_id)
    assert "closed on Wednesday 4 March" in await phone.say("haircut with ada on wednesday at 10")
