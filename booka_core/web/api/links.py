"""Links that open a private service to whoever holds them: made, listed, and revoked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from quart import Blueprint, Response

from booka_core.catalog.errors import ServiceNotFound
from booka_core.links import commands, errors
from booka_core.links.queries import list_booking_links
from booka_core.links.types import BookingLinkInfo
from booka_core.sdk.values import Frozen
from booka_core.web.api.answers import Items, Named, answer, done
from booka_core.web.api.bodies import WHOLE, Accepted, Instant, Label, body
from booka_core.web.api.operations import Follow, Operation, add
from booka_core.web.requests import requires

_TAG = "links"


class NewLink(Accepted):
    """A link to one service, for so many bookings and until then."""

    service_id: UUID
    uses: Annotated[int, Field(ge=1, le=commands.MOST_USES), WHOLE] = 1
    expires_at: Instant | None = None
    resource_id: UUID | None = None
    label: Label = ""


class BookingLink(Frozen):
    """A link, and what is left of it."""

    id: UUID
    service: Named
    resource_id: UUID | None
    label: str
    uses_left: int
    expires_at: datetime | None
    created_at: datetime

    @classmethod
    def of(cls, found: BookingLinkInfo) -> BookingLink:
        """A link as callers see it."""
        kept = found.model_dump(include={"id", "resource_id", "label", "uses_left", "expires_at", "created_at"})
        return cls(service=Named(id=found.service_id, name=found.service_name), **kept)


class MadeLink(BookingLink):
    """A link as it is made. `token` is shown this one time; give it to whoever may book."""

    token: str


@Operation("listBookingLinks", _TAG, answers={200: Items[BookingLink]})
@requires("booking.manage", reading=True, credential="token")
async def list_them() -> Response:
    """Every link, newest first, used up and expired ones included."""
    found = await list_booking_links()
    return answer(Items[BookingLink](items=tuple(BookingLink.of(one) for one in found)))


@Operation(
    "createBookingLink",
    _TAG,
    body=NewLink,
    answers={201: MadeLink},
    problems=(ServiceNotFound, errors.LinkNotForThat, errors.BadLinkTerms),
    follows={"revoke": Follow("revokeBookingLink", {"link_id": "id"})},
)
@requires("booking.manage", credential="token")
async def create() -> Response:
    """Make a link with which a service can be booked, also when it is private."""
    given = await body(NewLink)
    made = await commands.create_booking_link(**dict(given))
    return answer(
        MadeLink(token=made.token, **dict(BookingLink.of(made.info))),
        201,
        location=f"/api/v1/booking-links/{made.info.id}",
    )


@Operation("revokeBookingLink", _TAG, answers={204: None})
@requires("booking.manage", credential="token")
async def revoke(link_id: UUID) -> Response:
    """Make a link useless from now on."""
    await commands.revoke_booking_link(link_id)
    return done()


def add_to(routes: Blueprint) -> None:
    add(routes, "GET", "/booking-links", list_them)
    add(routes, "POST", "/booking-links", create)
    add(routes, "DELETE", "/booking-links/<uuid:link_id>", revoke)
