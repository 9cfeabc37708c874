"""What a dialogue remembers between two messages, and what it is told about the world while it answers one."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from booka_core.booking.types import Approval
from booka_core.catalog.types import Catalogue, HoursInfo, OverrideInfo
from booka_core.conversation.understanding import Asked
from booka_core.customers.types import CustomerInfo
from booka_core.sdk.values import Frozen
from booka_core.sdk.verticals import Vertical
from booka_core.tenancy.types import TenantInfo

Goal = Literal["", "book", "cancel", "move"]
ChoiceKind = Literal["service", "staff", "anyone", "slot", "day", "reservation", "act", "answer"]


class Choice(Frozen):
    """One entry of a numbered menu; `value` is an id, an ISO date or instant, or the name of an act."""

    kind: ChoiceKind
    value: str
    label: str


class Wish(Frozen):
    """What the customer wants, as far as it is known. Days and times are local to the tenant.

    `then` are further services to book after this one. `earliest` and `latest` bound the time when no exact one is
    known.
    """

    service: UUID | None = None
    then: tuple[UUID, ...] = ()
    staff: UUID | None = None
    anyone: bool = False
    excluded: tuple[UUID, ...] = ()
    day: dt.date | None = None
    last_day: dt.date | None = None
    time: dt.time | None = None
    earliest: dt.time | None = None
    latest: dt.time | None = None
    pick: Literal["first", "last"] | None = None
    party: int | None = None
    intake: dict[str, Any] = {}


class Draft(Frozen):
    """What the customer was shown and asked to say yes to. `token` is good for one yes; `content` is the hash of what
    was shown, so that nothing else can be committed by it. `reservation_id` is the held, or the existing, reservation.
    """

    token: str
    kind: Literal["book", "cancel", "move"]
    content: str
    reservation_id: UUID
    starts_at: dt.datetime | None = None
    staff: UUID | None = None
    asked_at: dt.datetime


class DialogState(Frozen):
    """Everything a dialogue remembers. `asked` is the last question, `menu` the numbered entries shown with it.

    `held` is the hold kept for the wish whose fingerprint is `held_for`. `misses` counts messages in a row that were
    not understood. `topic` is the intake field that was asked for.
    """

    goal: Goal = ""
    wish: Wish = Wish()
    target: UUID | None = None
    asked: Asked = ""
    topic: str = ""
    menu: tuple[Choice, ...] = ()
    draft: Draft | None = None
    held: UUID | None = None
    held_for: str = ""
    misses: int = 0
    greeted: bool = False


RefusalKind = Literal[
    "taken",
    "expired",
    "not_offered",
    "refused",
    "needs_person",
    "too_late",
    "gone",
    "blocked",
    "too_many",
    "terms",
    "private",
    "unchanged",
]


class Refusal(Frozen):
    """Why a verb did not do what was asked; `message` is a plugin's own words for the customer, and `not_before` the
    earliest start that it would allow. `values` are what the kind's phrase speaks of.
    """

    kind: RefusalKind
    reason: str = ""
    message: str = ""
    not_before: dt.datetime | None = None
    values: dict[str, Any] = {}


class Facts(Frozen):
    """What is true while one message is answered.

    `answers` is the token of the draft whose question this message can have been written in reply to; empty when the
    message is older than the question. `approval` is the plugins' consent to that draft, or their refusal. `quotes` are
    the prices that plugins had a say in, by what they were named for.
    """

    now: dt.datetime
    tenant: TenantInfo
    shop: Catalogue
    hours: tuple[HoursInfo, ...] = ()
    overrides: tuple[OverrideInfo, ...] = ()
    vertical: Vertical
    customer: CustomerInfo
    answers: str = ""
    approval: Approval | Refusal | None = None
    quotes: dict[str, UUID] = {}


class Outcome(Frozen):
    """The state after a message, and the bubbles to send in answer."""

    state: DialogState
    replies: tuple[str, ...]
