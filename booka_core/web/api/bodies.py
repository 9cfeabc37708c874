"""What the API accepts. Unknown members are refused, so that a misspelt one is noticed; instants carry their offset,
texts have a length and no control characters, and nothing reaches the database that it could not store.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any, Self, TypeVar
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, model_validator
from quart import request

from booka_core.booking.lifecycle import Status
from booka_core.sdk.errors import BadInput
from booka_core.web.ingress import read_json

Body = TypeVar("Body", bound=BaseModel)

_KEY = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,254}")
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class BadIdempotencyKey(BadInput):
    """An Idempotency-Key has 1 to 255 printable ASCII characters."""


def _within_reason(instant: datetime) -> datetime:
    if not _FIRST <= instant < _LAST:
        raise ValueError("must be between the years 2000 and 2200")
    return instant.astimezone(UTC)


def _day_within_reason(day: date) -> date:
    if not _FIRST.date() <= day < _LAST.date():
        raise ValueError("must be between the years 2000 and 2200")
    return day


def _printable(text: str) -> str:
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in text):
        raise ValueError("must not contain control characters")
    return text


Instant = Annotated[AwareDatetime, AfterValidator(_within_reason)]
Day = Annotated[date, AfterValidator(_day_within_reason)]
Name = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_printable)]
Text = Annotated[str, Field(max_length=500), AfterValidator(_printable)]
Code = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$")]


class Accepted(BaseModel):
    """Base of everything that comes in."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TokenRequest(Accepted):
    """Asks for an access token. `business_id` may be left out by who works for one business only."""

    business_id: UUID | None = None


class CustomerGiven(Accepted):
    """Whom a booking is for. `external_id` is the caller's own number for the person; `phone` is as people write it."""

    name: Name
    phone: Annotated[str, Field(max_length=40), AfterValidator(_printable)] | None = None
    external_id: Code | None = None


class _Booking(Accepted):
    service_id: UUID
    starts_at: Instant
    resource_id: UUID | None = None
    customer_id: UUID | None = None
    customer: CustomerGiven | None = None
    party_size: Annotated[int, Field(ge=1, le=500)] = 1
    note: Text = ""
    intake: dict[str, JsonValue] = {}

    @model_validator(mode="after")
    def _one_customer(self) -> Self:
        if (self.customer_id is None) == (self.customer is None):
            raise ValueError("give either customer_id or customer")
        return self


class NewHold(_Booking):
    """Asks to keep a time for a few minutes."""


class NewReservation(_Booking):
    """Books a time at once."""


class HoldConfirmed(Accepted):
    """Turns a hold into a reservation."""

    hold_id: UUID


class Cancellation(Accepted):
    """Gives a time back."""

    reason: Text = ""


class Move(Accepted):
    """Asks for another time, and with `resource_id` for another person."""

    starts_at: Instant
    resource_id: UUID | None = None


class AvailabilityQuestion(Accepted):
    """Which starts are free on `days` local days beginning with `from_day` (today when left out)."""

    service_id: UUID
    resource_id: UUID | None = None
    from_day: Day | None = Field(default=None, alias="from")
    days: Annotated[int, Field(ge=1, le=31)] = 7


class ReservationsQuestion(Accepted):
    """Which reservations to list, and where to go on."""

    day: Day | None = None
    customer_id: UUID | None = None
    status: Status | None = None
    cursor: Annotated[str, Field(max_length=200, pattern=r"^[A-Za-z0-9_-]+$")] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


async def body(model: type[Body]) -> Body:
    """The request's JSON body as `model`. Raises what the ingress raises, and `ValidationError`."""
    return model.model_validate(await read_json(request))


async def reservation_or_hold() -> NewReservation | HoldConfirmed:
    """The body of a booking: of a time, or of a hold that was made before."""
    given: Any = await read_json(request)
    if isinstance(given, dict) and "hold_id" in given:
        return HoldConfirmed.model_validate(given)
    return NewReservation.model_validate(given)


def question(model: type[Body]) -> Body:
    """The request's query string as `model`. A name given twice is refused with the unknown ones."""
    given: dict[str, Any] = {name: values[0] if len(values) == 1 else values for name, values in request.args.lists()}
    return model.model_validate(given)


def idempotency_key() -> str | None:
    """The Idempotency-Key of this request, if it has one. Raises `BadIdempotencyKey`."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise BadIdempotencyKey
    return key
