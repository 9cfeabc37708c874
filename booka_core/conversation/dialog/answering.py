"""Questions of fact: prices, address, opening hours, services, people. Each answer is read from the catalogue;
after it the dialogue returns to the question that was open.
"""

from __future__ import annotations

import datetime as dt

from booka_core.conversation.dialog.turn import Turn
from booka_core.conversation.understanding import Understanding

_QUESTIONS = ("ask_price", "ask_place", "ask_hours", "ask_services", "ask_staff")


def asks(said: Understanding) -> bool:
    """Whether the message asks for a fact."""
    return said.says(*_QUESTIONS)  # type: ignore[arg-type]  # all of them are acts


def answer(turn: Turn) -> None:
    """Say the facts that were asked for."""
    said = turn.said
    if said.says("ask_price", "ask_services"):
        _prices(turn)
    if said.says("ask_place"):
        place = turn.facts.shop.location
        turn.say("place", address=place.address) if place and place.address else turn.say("no_place")
    if said.says("ask_hours"):
        _hours(turn)
    if said.says("ask_staff"):
        turn.say("staff_list")
        people = turn.facts.shop.staff
        turn.quote("\n".join(f"{p.name} ({p.title})" if p.title else p.name for p in people))


def _prices(turn: Turn) -> None:
    said, shop = turn.said, turn.facts.shop
    wanted = {*said.services, *said.service_choices}
    if not wanted and turn.wish.service and said.says("ask_price"):
        wanted = {turn.wish.service}
    rows = [s for s in shop.listed if not wanted or s.id in wanted]
    lines = [
        turn.wording.say("price_line", service=s.name, price=turn.wording.money(s.price), minutes=s.minutes)
        for s in rows
    ]
    if len(rows) != 1:
        turn.say("prices")
    turn.quote("\n".join(lines))


def _hours(turn: Turn) -> None:
    house = [row for row in turn.facts.hours if row.resource_id is None]
    lines = []
    for weekday in range(7):
        ranges = [f"{_clock(turn, row.opens)}-{_clock(turn, row.closes)}" for row in house if row.weekday == weekday]
        text = ", ".join(ranges) or turn.wording.say("closed")
        lines.append(turn.wording.say("opening_line", weekday=turn.wording.weekday(weekday), ranges=text))
    turn.say("opening")
    turn.quote("\n".join(lines))


def _clock(turn: Turn, minute: int) -> str:
    return turn.wording.time(dt.time(minute // 60 % 24, minute % 60))
