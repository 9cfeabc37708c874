"""The description of the API itself: for programs as OpenAPI, for people as a page that needs no script."""

from __future__ import annotations

import json
from typing import Any

from quart import Blueprint, Response, current_app, render_template

from booka_core.booking.lifecycle import TRANSITIONS
from booka_core.web.api.openapi import Description
from booka_core.web.api.operations import Operation, add
from booka_core.web.requests import public

_KEPT = "booka.openapi"


def description() -> dict[str, Any]:
    """The description, made once per process: routes do not change while it runs."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - how Flask names the real one
    if _KEPT not in app.extensions:
        app.extensions[_KEPT] = Description(app).schema()
    found: dict[str, Any] = app.extensions[_KEPT]
    return found


@Operation("describe", "description", answers={200: None}, media=("application/json",))
@public("what the API takes and answers is no secret")
async def openapi() -> Response:
    """This description, in OpenAPI 3.1."""
    return Response(json.dumps(description()), content_type="application/json")


@Operation("read", "description", answers={200: None}, media=("text/html",))
@public("what the API takes and answers is no secret")
async def page() -> Response:
    """This description, for people."""
    return Response(
        await render_template("api_description.html", api=description(), transitions=TRANSITIONS),
        content_type="text/html; charset=utf-8",
    )


def add_to(routes: Blueprint) -> None:
    add(routes, "GET", "/openapi.json", openapi)
    add(routes, "GET", "/docs", page)
