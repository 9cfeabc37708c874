"""The description of the API in OpenAPI 3.1, made from what the endpoints declare about themselves, their doors, and
the table that says which failure is which status. Nothing is written twice, so nothing can be out of step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from quart import Quart
from quart_schema import HttpSecurityScheme, Info, OpenAPIProvider, QuartSchema, Tag
from werkzeug.routing import BaseConverter, Rule, UUIDConverter

from booka_core.booking.errors import IdempotencyConflict, StaleVersion
from booka_core.booking.lifecycle import TRANSITIONS
from booka_core.identity.errors import (
    BadToken,
    BusinessSuspended,
    CrossSiteRequest,
    NotAllowed,
    NotSignedIn,
    TooManyAttempts,
)
from booka_core.kernel.errors import MissingSecret
from booka_core.sdk.errors import BookaError, NotFound
from booka_core.web.api.headers import BadEntityTag, BadIdempotencyKey, KeyMissing
from booka_core.web.api.operations import PREFIX, Follow, Operation, operation_of
from booka_core.web.ingress import BodyTooLarge, EncodedBody, MalformedBody, WrongMediaType
from booka_core.web.problems import status_for
from booka_core.web.requests import Declaration, declaration_of

_URN = "urn:booka:problem:"
_REFERENCE = "#/components/schemas/{model}"

_ANY_TIME: Mapping[int, Mapping[str, str]] = {
    500: {"fault": "A fault of ours; `request_id` is what to quote."},
    503: {"unavailable": "Not possible for the moment, and nothing was changed. `Retry-After` says when to try again."},
}
_INVALID = {422: {"invalid": "Some values are not acceptable; `errors` names each member."}}
_SLOW = {408: {"request-timeout": "The body took too long to arrive."}}
_SPELT = {"slug": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "token": "^[A-Za-z0-9_-]{68}$"}
_FILE = {
    "required": True,
    "description": "the file itself; its Content-Type says what it is",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
_NOTHING = {404: {"not-found": "There is no such thing here."}}

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong, as RFC 9457 has it.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": f"`{_URN}` and the code of the failure"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "a sentence for people"},
        "errors": {
            "type": "array",
            "description": "what is wrong with which member",
            "items": {
                "type": "object",
                "required": ["where", "what"],
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
            },
        },
        "alternatives": {"type": "array", "description": "free times near the one that cannot be had", "items": {}},
        "setting": {"type": "string", "description": "the setting that is missing"},
        "request_id": {"type": "string", "description": "what to quote to us"},
    },
}

TAGS = {
    "access": "Getting in, and who one is.",
    "catalogue": "What can be booked, by whom, where and when.",
    "reservations": "",  # the life cycle, from its own table
    "holds": "Times that are kept for a few minutes while somebody decides.",
    "quotes": "What a visit costs, line by line, and honoured for a while.",
    "prices": "Rules, promotions and vouchers.",
    "series": "Visits that come back.",
    "classes": "Classes that meet at set times.",
    "waitlist": "Who wants a time that is not free yet.",
    "queue": "Who waits at the door without a time.",
    "customers": "People.",
    "links": "Links to private services.",
    "public": "For everybody, without signing in: one business's own page or widget.",
    "manage": "For the customer who holds the signed link of one reservation.",
    "description": "This description.",
}


def life_cycle() -> str:
    """The table of legal transitions, for people."""
    rows = "\n".join(
        f"| `{verb}` | {', '.join(step.allowed)} | {step.status or 'as it was'} | {step.purpose} |"
        for verb, step in TRANSITIONS.items()
    )
    return f"Visits. Their life cycle:\n\n| verb | from | to | when |\n|---|---|---|---|\n{rows}\n"


class Description(OpenAPIProvider):
    """quart-schema's provider, which is told what our declarations say beyond its own."""

    def __init__(self, app: Quart) -> None:
        app.config.setdefault("QUART_SCHEMA_CONVERSION_PREFERENCE", "pydantic")
        app.config.setdefault("QUART_SCHEMA_CONVERT_CASING", False)
        extension = QuartSchema(
            info=Info(
                title="Booka",
                version="1",
                description="Bookings of one business: JSON in and out, problem+json for what goes wrong. "
                "Within version 1 a field may be added; none is taken away or changes its meaning.",
            ),
            tags=[Tag(name, told or life_cycle()) for name, told in TAGS.items()],
            security_schemes={"bearer": HttpSecurityScheme("bearer", "JWT")},
        )
        super().__init__(app, extension)
        self._rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIX + "/")]
        self._views = {rule.endpoint: app.view_functions[rule.endpoint] for rule in self._rules}
        self._names, self._models = self._read_models()

    def schema(self) -> dict[str, Any]:
        found = super().schema()
        found["paths"] = dict(found["paths"])
        found["components"]["schemas"] = {**self._models, "Problem": PROBLEM}
        return found

    def generate_rules(self) -> Iterable[Rule]:
        return sorted(self._rules, key=lambda rule: rule.rule)

    def _read_models(self) -> tuple[dict[Any, dict[str, Any]], dict[str, Any]]:
        """Every model by its name: what comes in as it is validated, what goes out as it is written."""
        wanted: dict[tuple[type[BaseModel], Any], None] = {}
        for told in self._operations():
            wanted |= {(model, "validation"): None for model in (told.body, told.query) if model is not None}
            wanted |= {(model, "serialization"): None for model in told.answers.values() if model is not None}
        names, definitions = models_json_schema(list(wanted), ref_template=_REFERENCE)
        return dict(names), dict(definitions["$defs"])

    def _operations(self) -> Iterator[Operation]:
        for view in self._views.values():
            told = operation_of(view)
            if told is not None:
                yield told

    def build_paths(self, rule: Rule) -> tuple[dict[str, Any], dict[str, Any]]:
        view = self._views[rule.endpoint]
        told, door = operation_of(view), declaration_of(view)
        if told is None or door is None:
            return {}, {}
        paths, components = super().build_paths(rule)
        (path,) = paths
        for found in paths[path].values():
            found["summary"] = found["summary"].rstrip(".")
            found["parameters"] = [*found["parameters"], *_headers(told)]
            found["responses"] = self._responses(told, door, has_path=bool(rule.arguments))
            if told.file:
                found["requestBody"] = _FILE
            if door.credential == "token" and door.kind != "public":
                found["security"] = [{"bearer": []}]
            if door.permission:
                found["description"] = f"Needs `{door.permission}`. {found['description']}".strip()
        return paths, components

    def build_path_parameter(self, name: str, converter: BaseConverter) -> dict[str, Any]:
        found = super().build_path_parameter(name, converter)
        if isinstance(converter, UUIDConverter):
            found["schema"]["format"] = "uuid"
        elif name in _SPELT:
            found["schema"]["pattern"] = _SPELT[name]
        return found

    def build_querystring_parameters(self, model: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        schema = model.model_json_schema(ref_template=_REFERENCE)
        required = schema.get("required", ())
        parameters = []
        for name, told in schema["properties"].items():
            found = {"name": name, "in": "query", "schema": _without_null(told), "required": name in required}
            if "description" in told:
                found["description"] = told.pop("description")
            parameters.append(found)
        return parameters, {}

    def build_request_body(self, model: Any, source: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"required": True, "content": {"application/json": {"schema": self._names[model, "validation"]}}}, {}

    def operation_id(self, method: str, path: str, func: Any) -> str:
        told = operation_of(func)
        assert told is not None  # noqa: S101 - only declared views come here
        return told.name

    def _responses(self, told: Operation, door: Declaration, *, has_path: bool) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for status, model in sorted(told.answers.items()):
            found[str(status)] = self._success(told, status, model)
        for status, codes in sorted(problems_of(told, door, has_path=has_path).items()):
            found[str(status)] = {
                "description": "\n".join(f"- `{code}`: {what}" for code, what in sorted(codes.items())),
                "content": {
                    "application/problem+json": {
                        "schema": {
                            "allOf": [
                                {"$ref": _REFERENCE.format(model="Problem")},
                                {
                                    "type": "object",
                                    "properties": {
                                        "type": {"enum": [_URN + code for code in sorted(codes)]},
                                        "status": {"const": status},
                                    },
                                },
                            ]
                        }
                    }
                },
            }
        return found

    def _success(self, told: Operation, status: int, model: type[BaseModel] | None) -> dict[str, Any]:
        found: dict[str, Any] = {"description": HTTPStatus(status).phrase}
        headers: dict[str, Any] = {}
        if told.media and status == 200:
            found["content"] = {media: {"schema": {"type": "string"}} for media in told.media}
        elif model is not None:
            found["content"] = {"application/json": {"schema": self._names[model, "serialization"]}}
            if model.__doc__:
                found["description"] = model.__doc__.strip().splitlines()[0]
        if status == 201:
            headers["Location"] = {
                "schema": {"type": "string"},
                "description": "where the thing that was made is found",
            }
        if told.versioned:
            headers["ETag"] = {"schema": {"type": "string"}, "description": "the version, for If-Match"}
        if told.repeatable:
            headers["Idempotency-Replayed"] = {
                "schema": {"const": "true"},
                "description": "this is the answer of an earlier request with the same key",
            }
        if headers:
            found["headers"] = headers
        if told.follows and 200 <= status < 300 and model is not None:
            found["links"] = {name: _link(follow) for name, follow in told.follows.items()}
        return found


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A query string cannot say null: what may be left out has one type."""
    kept = {name: value for name, value in schema.items() if name != "title"}
    if "anyOf" in kept:
        real = [one for one in kept["anyOf"] if one != {"type": "null"}]
        if len(real) == 1:
            kept = {**{name: value for name, value in kept.items() if name != "anyOf"}, **real[0]}
    if kept.get("default", 0) is None:
        kept.pop("default")
    return kept


def _headers(told: Operation) -> Iterator[dict[str, Any]]:
    if told.repeatable:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "required": told.needs_key,
            "description": "Makes the request safe to repeat: the same key and content get the same reservation.",
            "schema": {"type": "string", "pattern": r"^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$"},
        }
    if told.conditional:
        yield {
            "name": "If-Match",
            "in": "header",
            "description": "The ETag that the decision was made on; 412 when the reservation has changed since.",
            "schema": {"type": "string", "pattern": r'^(\*|"v[0-9]{1,9}")$'},
        }
    if told.versioned and 304 in told.answers:
        yield {
            "name": "If-None-Match",
            "in": "header",
            "description": "An ETag that is known already; 304 while it is still so.",
            "schema": {"type": "string", "pattern": r'^(\*|"v[0-9]{1,9}")$'},
        }
    for name, what in told.headers.items():
        yield {"name": name, "in": "header", "description": what, "schema": {"type": "string"}}


def _link(follow: Follow) -> dict[str, Any]:
    found: dict[str, Any] = {"operationId": follow.operation}
    if follow.parameters:
        found["parameters"] = {name: f"$response.body#/{member}" for name, member in follow.parameters.items()}
    if follow.sends is not None:
        found["requestBody"] = dict(follow.sends)
    if follow.body:
        found["requestBody"] = {name: f"$response.body#/{member}" for name, member in follow.body.items()}
    return found


def problems_of(told: Operation, door: Declaration, *, has_path: bool) -> dict[int, dict[str, str]]:
    """Every refusal of an operation: status → code → the sentence. What has a path or a `NotFound` can be a 404."""
    found: dict[int, dict[str, str]] = {status: dict(codes) for status, codes in _ANY_TIME.items()}
    if has_path or any(issubclass(kind, NotFound) for kind in told.problems):
        _add(found, _NOTHING)
    if told.body is not None or told.file:
        _add(found, _SLOW)
    if told.body is not None or told.query is not None:
        _add(found, _INVALID)
    for kind in (*_families(told.problems), *_refusals(told), *_refusals_at_the_door(door)):
        if not issubclass(kind, NotFound):
            _add(found, {status_for(kind): {kind.code: _sentence(kind)}})
    return found


def _families(kinds: Iterable[type[BookaError]]) -> Iterator[type[BookaError]]:
    """Each class with all that are special cases of it."""
    for kind in kinds:
        yield kind
        yield from _families(kind.__subclasses__())


def _refusals(told: Operation) -> Iterator[type[BookaError]]:
    if told.body is not None:
        yield from (MalformedBody, BodyTooLarge, EncodedBody, WrongMediaType)
    if told.file:
        yield from (BodyTooLarge, EncodedBody)
    if told.repeatable:
        yield from (BadIdempotencyKey, IdempotencyConflict)
    if told.needs_key:
        yield KeyMissing
    if told.conditional:
        yield from (BadEntityTag, StaleVersion)
    elif 304 in told.answers:
        yield BadEntityTag
    if told.limited:
        yield TooManyAttempts


def _refusals_at_the_door(door: Declaration) -> Iterator[type[BookaError]]:
    if door.kind == "public":
        return
    yield NotSignedIn
    if door.credential == "token":
        yield from (BadToken, MissingSecret)
    else:
        yield CrossSiteRequest
    if door.kind == "permission":
        yield NotAllowed
        if not door.reading:
            yield BusinessSuspended


def _add(found: dict[int, dict[str, str]], more: Mapping[int, Mapping[str, str]]) -> None:
    for status, codes in more.items():
        found.setdefault(status, {}).update(codes)


def _sentence(kind: type[BookaError]) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]
