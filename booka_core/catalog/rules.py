"""What a service asks for beside its minutes and price: the rules of one service, and of everything it takes at once.

They are data on the service's row, validated here when they are written and when they are read. What is left out falls
back to the business's own settings.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from booka_core.sdk.values import Frozen

Value = str | int | bool


class DemandSpec(Frozen):
    """One kind of resource that a service takes.

    `count` of them at once, or with `everyone` all that are named for the service. Only those count that have all the
    `skills` and `properties`, and with `seats` a property `seats` of at least the size of the party. `parts` are the
    indexes of the service's segments during which it is needed; without any it is needed throughout. A bare kind is
    short for one of that kind.
    """

    kind: str = "staff"
    count: int = Field(default=1, ge=1, le=20)
    everyone: bool = False
    skills: tuple[str, ...] = ()
    properties: dict[str, Value] = {}
    seats: bool = False
    parts: tuple[int, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _bare_kind(cls, value: Any) -> Any:
        return {"kind": value} if isinstance(value, str) else value


class DurationOption(Frozen):
    """Another length that a service may be booked for, with its price in minor units."""

    minutes: int = Field(ge=1, le=14400)
    price: int = Field(ge=0)


class Cap(Frozen):
    """The most of something in a local day, ISO week or month: a number of bookings, or of their minutes, or both.

    `of` says what is counted: all bookings of the service, those of one resource with it, those of one customer, or
    those of all customers with `tag` together.
    """

    per: Literal["day", "week", "month"]
    of: Literal["service", "resource", "customer", "group"] = "service"
    most: int | None = Field(default=None, ge=0)
    minutes: int | None = Field(default=None, ge=0)
    tag: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.most is None and self.minutes is None:
            raise ValueError("a cap needs a number of bookings or of minutes")
        if (self.of == "group") != bool(self.tag):
            raise ValueError("a cap of a group names its tag, and no other cap does")
        return self


class StayRule(Frozen):
    """A service by the night: local minutes of the day at which guests come and go, and how many nights they stay."""

    check_in: int = Field(default=900, ge=0, lt=1440)
    check_out: int = Field(default=660, ge=0, lt=1440)
    least_nights: int = Field(default=1, ge=1)
    most_nights: int = Field(default=30, ge=1, le=60)


class ServiceRules(Frozen):
    """The rules of one service. None means what the business says.

    `durations` are lengths besides the service's own. `segments` divide its minutes, such as 30 + 40 + 20. Starts lie
    on multiples of `slot_step` minutes after `slot_offset`, no closer than `min_notice_minutes`, within `window_days`
    and between the local dates `window_from` and `window_until`. `gap_minutes` withholds starts that would leave a
    shorter gap. `seats` above 1 makes it a class, which meets only when it was scheduled unless `ad_hoc`.
    `release_minutes` after its start a booking whose customer has not checked in is given up.
    """

    durations: tuple[DurationOption, ...] = ()
    segments: tuple[int, ...] = ()
    slot_step: int | None = Field(default=None, ge=1, le=1440)
    slot_offset: int = Field(default=0, ge=0, lt=1440)
    min_notice_minutes: int | None = Field(default=None, ge=0)
    window_days: int | None = Field(default=None, ge=1)
    window_from: date | None = None
    window_until: date | None = None
    caps: tuple[Cap, ...] = ()
    active_per_customer: int | None = Field(default=None, ge=1)
    gap_minutes: int = Field(default=0, ge=0, le=480)
    assignment: Literal["balanced", "priority", "round_robin"] = "balanced"
    approval: bool = False
    private: bool = False
    seats: int = Field(default=1, ge=1, le=500)
    ad_hoc: bool = True
    stay: StayRule | None = None
    release_minutes: int | None = Field(default=None, ge=1, le=1440)
    cancel_notice_minutes: int | None = Field(default=None, ge=0)
    terms: str = Field(default="", max_length=80)
    tax_basis_points: int | None = Field(default=None, ge=0, le=10000)
