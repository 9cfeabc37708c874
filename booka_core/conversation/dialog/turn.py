"""The scratch paper of one turn: the remembered state while it changes, the facts, what was said, and the sentences
that make up the answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.catalog.types import ResourceInfo, ServiceInfo
from booka_core.conversation.dialog.requests import Release, Talk, Whom
from booka_core.conversation.types import Choice, DialogState, Facts, Outcome, Wish
from booka_core.conversation.understanding import Asked, Understanding
from booka_core.conversation.wording import Wording
from booka_core.offers.types import OfferedSlot
from booka_core.sdk.verticals import JourneySlot


class Turn:
    """One customer message being answered."""

    def __init__(self, state: DialogState, said: Understanding, facts: Facts, wording: Wording) -> None:
        """`state` is where the dialogue stood before the message."""
        self.state = state
        self.said = said
        self.facts = facts
        self.wording = wording
        self.zone = ZoneInfo(facts.shop.location.zone if facts.shop.location else facts.tenant.zone)
        self._bubbles: list[list[str]] = [[]]

    # -- saying ------------------------------------------------------------------------------------------------------

    def say(self, key: str, **values: Any) -> None:
        """Add a phrase to the answer."""
        self._bubbles[-1].append(self.wording.say(key, **values))

    def quote(self, text: str) -> None:
        """Add somebody else's words, such as a plugin's."""
        self._bubbles[-1].append(text)

    def new_bubble(self) -> None:
        """What follows goes into a message of its own."""
        if self._bubbles[-1]:
            self._bubbles.append([])

    def show(self, choices: Iterable[Choice], *, asked: Asked = "menu", hint: str = "reply_hint") -> None:
        """Add a numbered menu, and remember it so that a number can answer it."""
        menu = tuple(choices)
        self._bubbles[-1].append(self.wording.listed(choice.label for choice in menu))
        if hint:
            self.say(hint)
        self.change(menu=menu, asked=asked)

    def outcome(self) -> Outcome:
        """The state after this turn, and at most two bubbles."""
        bubbles = ["\n\n".join(part) for part in self._bubbles if part]
        if len(bubbles) > 2:
            bubbles = [bubbles[0], "\n\n".join(bubbles[1:])]
        return Outcome(state=self.state, replies=tuple(bubbles))

    @property
    def silent(self) -> bool:
        """True while nothing has been said."""
        return not any(self._bubbles)

    # -- remembering -------------------------------------------------------------------------------------------------

    @property
    def wish(self) -> Wish:
        """What the customer wants so far."""
        return self.state.wish

    def change(self, **fields: Any) -> None:
        """Change what is remembered."""
        self.state = self.state.model_copy(update=fields)

    def want(self, **fields: Any) -> None:
        """Change what the customer wants."""
        self.change(wish=self.wish.model_copy(update=fields))

    def ask(self, asked: Asked, **more: Any) -> None:
        """Remember what was asked last; menus of earlier questions are forgotten."""
        self.change(asked=asked, menu=(), **more)

    def forget(self) -> Talk[None]:
        """Begin anew: wishes, menu and draft go, and a hold is given back."""
        yield from self.let_go()
        self.change(goal="", wish=Wish(), target=None, asked="", topic="", menu=(), draft=None)

    def let_go(self) -> Talk[None]:
        """Give back a hold, if there is one, and tear up the draft."""
        if self.state.held is not None:
            yield Release(self.state.held)
        self.change(held=None, held_for="", draft=None)

    # -- looking up --------------------------------------------------------------------------------------------------

    @property
    def service(self) -> ServiceInfo | None:
        """The wanted service, as long as it is offered."""
        return self.facts.shop.service(self.wish.service) if self.wish.service else None

    def able(self, service: ServiceInfo) -> tuple[ResourceInfo, ...]:
        """The people who can do a service and are not unwanted."""
        people = self.facts.shop.candidates(service, "staff") if "staff" in service.kinds else ()
        return tuple(person for person in people if person.id not in self.wish.excluded)

    @property
    def whom(self) -> Whom:
        """Who may serve whom, as the customer wants it."""
        return Whom(self.wish.staff, self.wish.excluded, self.wish.party or 1)

    @property
    def moving(self) -> UUID | None:
        """The reservation that another time is sought for."""
        return self.state.target if self.state.goal == "move" else None

    def staff_name(self, staff: UUID | None) -> str | None:
        """A person's name."""
        person = self.facts.shop.resource(staff) if staff else None
        return person.name if person else None

    def slot(self, kind: str) -> JourneySlot | None:
        """The journey's slot of a kind, if the vertical asks for it."""
        return next((slot for slot in self.facts.vertical.journey.slots if slot.kind == kind), None)

    # -- time --------------------------------------------------------------------------------------------------------

    @property
    def today(self) -> dt.date:
        """Today on the tenant's calendar."""
        return self.facts.now.astimezone(self.zone).date()

    def local(self, instant: dt.datetime) -> dt.datetime:
        """An instant on the tenant's wall clock."""
        return instant.astimezone(self.zone)

    def instant(self, day: dt.date, time: dt.time) -> dt.datetime | None:
        """The instant of a wall clock time; None when a clock change leaves it out. Twice shown means the first."""
        wall = dt.datetime.combine(day, time, tzinfo=self.zone)
        exact = wall.astimezone(dt.UTC)
        return exact if exact.astimezone(self.zone).replace(tzinfo=None) == wall.replace(tzinfo=None) else None

    def slot_choices(self, offered: Iterable[OfferedSlot], *, with_day: bool) -> tuple[Choice, ...]:
        """Menu entries for starts."""
        return tuple(
            Choice(
                kind="slot", value=slot.starts_at.isoformat(), label=self.slot_label(slot.starts_at, with_day=with_day)
            )
            for slot in offered
        )

    def slot_label(self, instant: dt.datetime, *, with_day: bool) -> str:
        """A start as a menu shows it."""
        moment = self.wording.moment(instant)
        return f"{moment['date']}, {moment['time']}" if with_day else moment["time"]
