"""The live stream of the reservations page. What the person may see is asked again before every update, so an ended
session or a lost role ends the stream.
"""

from __future__ import annotations

from typing import Any, cast

from quart import Blueprint, current_app, g
from quart.typing import ResponseReturnValue

from booka_core.db.scope import bind_tenant
from booka_core.identity.permissions import allowed
from booka_core.identity.queries import person_by_session
from booka_core.web.admin.reservations import load_board, wanted
from booka_core.web.live import StreamEnded, follow, streaming
from booka_core.web.requests import requires


def blueprint() -> Blueprint:
    pages = Blueprint("admin_stream", __name__, url_prefix="/admin/t/<tenant>")

    @pages.get("/stream")
    @requires("booking.manage", reading=True, narrows=True)
    async def stream(tenant: str) -> ResponseReturnValue:  # noqa: ARG001 - resolved to g.tenant before the view runs
        # The generator runs after the view: everything of the request is taken along now.
        here, asked, session_id, scope = g.tenant, wanted(), g.person.session_id, g.scope
        app: Any = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - outlives the request
        template = app.jinja_env.get_template("admin/live.html")

        async def render() -> str:
            person = await person_by_session(session_id)
            role = person.role_at(here.id) if person else None
            if role is None or allowed(role, "booking.manage") != scope:
                raise StreamEnded
            with bind_tenant(here.id):
                board = await load_board(here, asked)
            return cast("str", await template.render_async(board=board))

        return streaming(follow(here.id, stopping=app.stopping, render=render))

    return pages
