"""What understanding hears and what it says: the names it may listen for, the situation it listens in, and the acts
and values found in one message. All frozen, so that the same words in the same situation always mean the same.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal
from uuid import UUID

from booka_core.conversation.understanding.languages import Act
from booka_core.sdk.values import Frozen

Asked = Literal["", "service", "staff", "date", "time", "contact", "party_size", "intake", "confirm", "which", "menu"]
Modifier = Literal["at", "before", "after", "around"]
Fault = Literal["no_such_date", "no_such_time"]


class Named(Frozen):
    """Something of the tenant's own that a customer may name."""

    id: UUID
    name: str
    synonyms: tuple[str, ...] = ()


class Names(Frozen):
    """All that a customer of this tenant may name."""

    services: tuple[Named, ...] = ()
    staff: tuple[Named, ...] = ()


class Context(Frozen):
    """The situation a message arrives in: the tenant's place and time, and what the customer was asked last.

    `opens` and `closes` are the widest opening hours, used to read "at 4" as afternoon. `options` counts the entries of
    the numbered menu shown last. `counts_people` says that a bare "for 4" means four people.
    """

    now: dt.datetime
    zone: str
    locale: str
    asked: Asked = ""
    options: int = 0
    opens: dt.time | None = None
    closes: dt.time | None = None
    counts_people: bool = False


class When(Frozen):
    """What was said about a date and a time, resolved in the tenant's zone; only what was said is filled in.

    `modifier` tells how `time` is meant. `part` is a part of the day whose hours are `time` to `end_time`. `pick` asks
    for the first or last free time. `fault` says that what was said does not exist, `said` quotes it.
    """

    date: dt.date | None = None
    end_date: dt.date | None = None
    time: dt.time | None = None
    end_time: dt.time | None = None
    modifier: Modifier = "at"
    part: str | None = None
    pick: Literal["first", "last"] | None = None
    fault: Fault | None = None
    said: str = ""

    @property
    def exact(self) -> bool:
        """True when `time` is one point of the day and not the beginning of a range."""
        return self.time is not None and self.end_time is None and self.modifier in ("at", "around")


class Understanding(Frozen):
    """All that was found in one message. `unknown_service` and `unknown_staff` quote what the catalogue lacks.

    `services` are asked for together; `service_choices` are several services that one wording fits equally well.
    """

    text: str
    acts: tuple[Act, ...] = ()
    services: tuple[UUID, ...] = ()
    service_choices: tuple[UUID, ...] = ()
    staff: UUID | None = None
    staff_choices: tuple[UUID, ...] = ()
    any_staff: bool = False
    excluded_staff: tuple[UUID, ...] = ()
    when: When | None = None
    party_size: int | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    choice: int | None = None
    unknown_service: str = ""
    unknown_staff: str = ""

    def says(self, *acts: Act) -> bool:
        """True when any of these acts was found."""
        return any(act in self.acts for act in acts)

    @property
    def carries_values(self) -> bool:
        """True when the message says something about the booking itself."""
        return bool(
            self.services or self.service_choices or self.staff or self.staff_choices or self.any_staff
            or self.excluded_staff or self.when or self.party_size or self.unknown_service or self.unknown_staff
        )  # fmt: skip
