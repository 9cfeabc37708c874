"""The first page: in the demonstration it says what to try, elsewhere it is the way to sign in."""

from __future__ import annotations

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from booka_core.identity.queries import members
from booka_core.kernel.settings import settings
from booka_core.tenancy.queries import list_tenants
from booka_core.web.demo.phone import english_first
from booka_core.web.requests import public

EXAMPLES = (
    "Hi",
    "I'd like knotless braids on Saturday at 10",
    "Gel nails tomorrow afternoon, anyone is fine",
    "What have I booked?",
    "Can I move it to 3 pm?",
    "Cancel my appointment",
    "I want to talk to a person",
)


def blueprint() -> Blueprint:
    pages = Blueprint("landing", __name__)

    @pages.get("/")
    @public("the first page greets everybody")
    async def landing() -> ResponseReturnValue:
        if not settings().BOOKA_DEMO:
            return await render_template("demo/landing.html", demo=False)
        salons = [tenant for tenant in english_first(await list_tenants()) if tenant.status == "active"]
        owners = [member for salon in salons[:1] for member in await members(salon.id) if member.role == "owner"]
        return await render_template(
            "demo/landing.html",
            demo=True,
            salons=salons,
            owner_email=owners[0].email if owners else "",
            examples=EXAMPLES,
        )

    return pages
