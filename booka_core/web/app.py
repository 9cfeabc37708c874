"""The Quart application: which blueprints it has, and what every request passes before and after its view.

Dispatch is where nobody can forget to ask: a view without a declaration is not reachable, a view with one runs only
after its caller was admitted, and for a tenant's request that tenant is bound for exactly as long as the view runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from quart import Blueprint, Quart, g, request
from quart.ctx import RequestContext
from quart.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from booka_core.db.scope import bind_tenant
from booka_core.identity.limits import Limiter, limiter
from booka_core.kernel.logging import get_logger
from booka_core.kernel.settings import settings
from booka_core.web import api, health, identity, metrics, problems, static_files, ui, webhooks
from booka_core.web.admin import home, modules, reservations, stream
from booka_core.web.demo import landing, mail, phone
from booka_core.web.public import manage
from booka_core.web.requests import admit, declaration_of, may
from booka_core.web.security import Edge, guard_against_cross_site, notes_of

log = get_logger(__name__)

_BODY_SECONDS = 20
UNREMARKABLE = ("/api/health", "/api/ready", "/api/webhooks/", "/metrics", "/static/")
"""Routes that machines and browsers call all the time: they are counted, and logged only when they fail."""


class BookaApp(Quart):
    """Quart with our door: see the module's docstring. `stopping` is set when the server begins to stop."""

    def __init__(self) -> None:
        super().__init__("booka_core.web", template_folder="templates", static_folder=None)
        self.stopping = asyncio.Event()
        self.limiter: Limiter = limiter()

    async def full_dispatch_request(self, request_context: RequestContext | None = None) -> Any:
        asked = request if request_context is None else request_context.request
        notes = notes_of(asked)
        g.request_id = notes.request_id
        if asked.url_rule is not None:
            notes.route = asked.url_rule.rule
            notes.quiet = notes.route.startswith(UNREMARKABLE)
        return await super().full_dispatch_request(request_context)

    async def dispatch_request(self, request_context: RequestContext | None = None) -> ResponseReturnValue:
        asked = request if request_context is None else request_context.request
        if asked.routing_exception is not None:
            self.raise_routing_exception(asked)
        rule = asked.url_rule
        assert rule is not None  # noqa: S101 - without a rule there was a routing exception
        declaration = declaration_of(self.view_functions[rule.endpoint])
        if declaration is None:
            log.error("web.undeclared_view", endpoint=rule.endpoint)
            raise NotFound
        if declaration.kind == "machine":
            return await super().dispatch_request(request_context)
        if declaration.credential == "session":
            guard_against_cross_site(asked)
        tenant = await admit(declaration)
        if tenant is None:
            return await super().dispatch_request(request_context)
        with bind_tenant(tenant.id):
            return await super().dispatch_request(request_context)


def blueprints(*, demo: bool) -> Iterator[Blueprint]:
    """Everything the application answers."""
    for module in (
        health,
        metrics,
        webhooks,
        static_files,
        identity,
        api,
        landing,
        home,
        reservations,
        stream,
        modules,
        manage,
    ):
        yield module.blueprint()
    if demo:
        for page in (phone, mail):
            yield page.blueprint()
        yield identity.demo_blueprint()


def create_app() -> BookaApp:
    """The application, ready to serve once the database is open (`server.serve` opens it)."""
    app = BookaApp()
    chosen = settings()
    app.config.update(
        MAX_CONTENT_LENGTH=chosen.BOOKA_BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=chosen.BOOKA_BODY_LIMIT,
        BODY_TIMEOUT=_BODY_SECONDS,
        RESPONSE_TIMEOUT=None,  # live pages stream for hours; they end with `stopping`
        PROPAGATE_EXCEPTIONS=False,  # a fault is an answer, in tests as well
    )
    app.url_map.strict_slashes = True
    for blueprint in blueprints(demo=chosen.BOOKA_DEMO):
        app.register_blueprint(blueprint)
    ui.install(app)
    app.jinja_env.globals.update(may=may, demo=chosen.BOOKA_DEMO)
    problems.install(app)
    app.after_serving(app.limiter.close)
    app.asgi_app = Edge(webhooks.QuickLane(app.asgi_app))  # type: ignore[method-assign]  # how Quart has itself wrapped
    return app
