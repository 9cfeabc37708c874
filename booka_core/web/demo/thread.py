"""A conversation as a messenger shows it, built without I/O: days, bubbles, ticks, the dots while an answer is on its
way, and the numbered choices of the last answer as chips. It guesses nothing about a booking; it only shows what was
said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from pydantic import BaseModel, ConfigDict

from booka_core.web.ui import Formats

FRESH_FOR = timedelta(seconds=3)
ANSWER_EXPECTED_WITHIN = timedelta(seconds=12)
MOST_CHIPS = 20
CHOICE = re.compile(r"^\W*(?P<number>\d{1,2})\W*[.):-]\W*\s+(?P<label>\S.*)$")
QUOTED = re.compile(r"[\"\u201c\u00ab]\s?([^\"\u201d\u00bb\n]{1,30}?)\s?[\"\u201d\u00bb]")
OPENERS = {
    "en": ("Hi", "I'd like to book", "Silk press tomorrow at 2 pm", "What have I booked?"),
    "fr": ("Bonjour", "Je voudrais réserver", "Une coupe demain à 14 h", "Mes réservations"),
}


class ThreadMessage(BaseModel):
    """One message as the emulator tells it. `in` is what the customer wrote to the business, `out` its answer."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    direction: str
    text: str = ""
    at: datetime
    status: str = "sent"


@dataclass(frozen=True)
class Entry:
    """A bubble, or a separator between days."""

    id: str
    separator: str = ""
    mine: bool = False
    text: str = ""
    at: str = ""
    at_iso: str = ""
    status: str = "sent"
    first: bool = False
    fresh: bool = False


@dataclass(frozen=True)
class Chip:
    label: str
    say: str
    number: str = ""


@dataclass(frozen=True)
class Thread:
    """What the template prints."""

    salon: str
    customer: str
    entries: list[Entry] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    typing: bool = False


def build_thread(
    messages: Sequence[ThreadMessage],
    *,
    salon: str,
    customer: str,
    formats: Formats,
    now: datetime,
    typing: bool = False,
) -> Thread:
    """`typing` says that the business announced it is writing; the dots also show while an answer is due."""
    entries: list[Entry] = []
    day: date | None = None
    mine_before: bool | None = None
    for message in messages:
        local_day = formats.local(message.at).date()
        if local_day != day:
            today = formats.local(now).date()
            entries.append(Entry(id=local_day.isoformat(), separator=formats.relative_day(local_day, today=today)))
            day, mine_before = local_day, None
        mine = message.direction == "in"
        entries.append(
            Entry(
                id=_element_id(message.id),
                mine=mine,
                text=message.text,
                at=formats.time(message.at),
                at_iso=message.at.isoformat(),
                status=message.status.lower(),
                first=mine is not mine_before,
                fresh=timedelta() <= now - message.at < FRESH_FOR,
            )
        )
        mine_before = mine
    last = messages[-1] if messages else None
    awaiting = last is not None and last.direction == "in" and now - last.at < ANSWER_EXPECTED_WITHIN
    return Thread(
        salon=salon,
        customer=customer,
        entries=entries,
        chips=chips_for(last, language=formats.locale.language),
        typing=awaiting or (typing and last is not None and last.direction == "in"),
    )


def chips_for(last: ThreadMessage | None, *, language: str = "en") -> list[Chip]:
    """The numbered choices of the last answer, or the words it puts in quotes; before the first word, ways to begin."""
    if last is None:
        return [Chip(line, line) for line in OPENERS.get(language, OPENERS["en"])]
    if last.direction == "in":
        return []
    found = (CHOICE.match(line.strip()) for line in last.text.splitlines())
    numbered = [Chip(_plain(match["label"]), match["number"], match["number"]) for match in found if match]
    quoted = [Chip(words, words) for words in dict.fromkeys(QUOTED.findall(last.text))]
    return (numbered or quoted)[:MOST_CHIPS]


def _plain(text: str) -> str:
    return re.sub(r"[*_~`]", "", text).strip()


def _element_id(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", text)
