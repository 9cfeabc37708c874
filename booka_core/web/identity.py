"""The pages on which a person signs in and out. Opening a link only shows a button; pressing it uses the link up. What
the visitor sees is the same whether an address is known or not.
"""

from __future__ import annotations

from typing import cast

from quart import Blueprint, Response, current_app, g, redirect, render_template, request
from quart.typing import ResponseTypes

from booka_core.identity import limits, queries, sign_in
from booka_core.identity.errors import BadEmailAddress, LinkNotValid
from booka_core.identity.limits import Limiter
from booka_core.kernel import crypto
from booka_core.kernel.settings import settings
from booka_core.sdk.errors import NotFound
from booka_core.tenancy.queries import find_tenant
from booka_core.web.cookies import NONCE, SESSION
from booka_core.web.requests import public, recognise, signed_in

HOME = "/admin/"
_NONCE_LENGTH = len(crypto.token())


def _limiter() -> Limiter:
    return cast("Limiter", current_app.limiter)  # type: ignore[attr-defined]  # BookaApp has one


def _client() -> str:
    return request.remote_addr or "unknown"


async def _page(template: str, *, status: int = 200, **context: str) -> Response:
    page = await render_template(template, **{"email": "", "error": "", "next": "", **context})
    return Response(page, status=status, content_type="text/html; charset=utf-8")


def blueprint() -> Blueprint:
    pages = Blueprint("identity", __name__)

    @pages.get("/sign-in")
    @public("whoever is not signed in has to begin somewhere")
    async def ask() -> ResponseTypes:
        if await recognise() is not None:
            return redirect(HOME, 303)
        return await _page("sign_in.html", next=sign_in.local_path(request.args.get("next", "")))

    @pages.post("/sign-in")
    @public("asks for a link to be mailed; limited per visitor and per address")
    async def mail_link() -> ResponseTypes:
        settings().require("SMTP_URL")
        form = await request.form
        email, next_path = form.get("email", ""), sign_in.local_path(form.get("next", ""))
        await _limiter().take(limits.SIGN_IN_BY_CLIENT, _client())
        await _limiter().take(limits.SIGN_IN_BY_ADDRESS, email.strip().lower())
        nonce = request.cookies.get(NONCE.name, "")
        if len(nonce) != _NONCE_LENGTH:
            nonce = crypto.token()
        try:
            await sign_in.request_link(email=email, nonce=nonce, next_path=next_path)
        except BadEmailAddress as wrong:
            return await _page("sign_in.html", status=400, email=email, error=str(wrong), next=next_path)
        response = await _page("sign_in_sent.html", email=email)
        NONCE.put(response, nonce, life=sign_in.NONCE_LIFE)
        return response

    @pages.get("/sign-in/<token>")
    @public("shows the button; a mail program's preview changes nothing")
    async def confirm(token: str) -> ResponseTypes:
        error = "" if request.cookies.get(NONCE.name) else str(LinkNotValid())
        return await _page("sign_in_confirm.html", token=token, error=error)

    @pages.post("/sign-in/<token>")
    @public("uses a link up; the link itself is the proof")
    async def consume(token: str) -> ResponseTypes:
        await _limiter().take(limits.LINKS_BY_CLIENT, _client())
        try:
            session = await sign_in.consume_link(
                token=token,
                nonce=request.cookies.get(NONCE.name, ""),
                browser=request.headers.get("User-Agent", ""),
            )
        except LinkNotValid as wrong:
            return await _page("sign_in_confirm.html", status=409, token="", error=str(wrong))
        response = cast("Response", redirect(session.next_path or HOME, 303))
        SESSION.put(response, session.token, life=session.expires_at - session.began_at)
        NONCE.drop(response)
        return response

    @pages.post("/sign-out")
    @signed_in()
    async def leave() -> ResponseTypes:
        await sign_in.end_session(session_id=g.person.session_id, user_id=g.person.user_id)
        response = cast("Response", redirect("/sign-in", 303))
        SESSION.drop(response)
        return response

    return pages


def demo_blueprint() -> Blueprint:
    """One click into a demonstration salon. Not part of the application outside the demonstration."""
    pages = Blueprint("demo_identity", __name__)

    @pages.post("/demo/enter/<slug>")
    @public("the demonstration lets everybody in as the salon's owner")
    async def enter(slug: str) -> ResponseTypes:
        if not settings().BOOKA_DEMO:
            raise NotFound
        tenant = await find_tenant(slug)
        owner = next((m for m in await queries.members(tenant.id) if m.role == "owner"), None)
        if owner is None:
            raise NotFound
        session = await sign_in.begin_session(user_id=owner.user_id, browser=request.headers.get("User-Agent", ""))
        response = cast("Response", redirect(f"/admin/t/{tenant.slug}/reservations", 303))
        SESSION.put(response, session.token, life=session.expires_at - session.began_at)
        return response

    return pages
