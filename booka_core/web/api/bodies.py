"""What the API accepts, and how it is read. Unknown members are refused, so that a misspelt one is noticed; values have
the JSON type that the description names and no other; texts have a length and no control characters, and nothing
reaches the database that it could not store.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema
from quart import request

from booka_core.web.ingress import read_json

Body = TypeVar("Body", bound=BaseModel)

_FIRST, _LAST = 2000, 2200
_YEAR = "(?:20|21)[0-9]{2}"
_WALL = rf"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}T[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]{{1,6}})?)?"
_INSTANT = re.compile(_WALL + r"(?:Z|[+-][0-9]{2}:[0-9]{2})")
_INSTANT_OR_WALL = re.compile(_WALL + r"(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_DAY = re.compile(rf"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}")
_PRINTABLE = "^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*$"


def _spelt(pattern: re.Pattern[str], what: str) -> BeforeValidator:
    """Only this spelling: a number would be taken for seconds, and half a dozen others for something else."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise ValueError(f"must be {what} between the years {_FIRST} and {_LAST - 1}")
        if not isinstance(value, str | date):
            raise ValueError(f"must be a text: {what}")  # noqa: TRY004 - pydantic collects ValueErrors
        return value

    return BeforeValidator(check)


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


class _Plain:
    """Text without control characters, half characters, or anything else that no person writes."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(_printable, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "pattern": _PRINTABLE}


def _printable(text: str) -> str:
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in text):
        raise ValueError("must not contain control characters")
    return text


Instant = Annotated[
    datetime,
    AfterValidator(_utc),
    _spelt(_INSTANT, "an instant with its offset, such as 2026-03-03T10:00:00+01:00,"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
When = Annotated[
    datetime,
    _spelt(_INSTANT_OR_WALL, "an instant with its offset, or a local time such as 2026-03-03T10:00,"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date-time", "description": "an instant"},
                {"type": "string", "format": "local-time", "description": "by the wall clock of the location"},
            ]
        }
    ),
]
"""An instant, or what the clock on the wall of the location shows."""
Day = Annotated[date, _spelt(_DAY, "a date"), WithJsonSchema({"type": "string", "format": "date"})]


def _number(value: Any) -> Any:
    """JSON has one kind of number, so 1.0 is whole; a text or a truth value is none."""
    if isinstance(value, bool | str):
        raise ValueError("must be a whole number")  # noqa: TRY004 - pydantic collects ValueErrors
    return value


WHOLE = BeforeValidator(_number)
Count = Annotated[int, Field(ge=1, le=500), WHOLE]
Minutes = Annotated[int, Field(ge=1, le=14_400), WHOLE]
Cursor = Annotated[str, Field(max_length=300, pattern=r"^[A-Za-z0-9_=-]+$")]
Code = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$")]
Phone = Annotated[str, Field(max_length=40), _Plain()]
Name = Annotated[str, Field(min_length=1, max_length=120), _Plain()]
Label = Annotated[str, Field(max_length=120), _Plain()]
Text = Annotated[str, Field(max_length=500), _Plain()]
Story = Annotated[str, Field(max_length=1000), _Plain()]


class Accepted(BaseModel):
    """Base of everything that comes in."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TokenRequest(Accepted):
    """Asks for an access token. `business_id` may be left out by who works for one business only."""

    business_id: UUID | None = None


class Reasoned(Accepted):
    """Why somebody does it; the history keeps it."""

    reason: Text = ""


class Nothing(Accepted):
    """An empty object: this deed has no particulars."""


class OfPage(Accepted):
    """Which part of a list; `cursor` is the `next_cursor` of the page before."""

    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


async def body(model: type[Body]) -> Body:
    """The request's JSON body as `model`. Raises what the ingress raises, and `ValidationError`."""
    return model.model_validate(await read_json(request))


def question(model: type[Body]) -> Body:
    """The request's query string as `model`. A name given twice is refused with the unknown ones."""
    given: dict[str, Any] = {name: values[0] if len(values) == 1 else values for name, values in request.args.lists()}
    return model.model_validate(given)
