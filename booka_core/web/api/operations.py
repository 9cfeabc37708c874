"""What an endpoint says about itself, once, beside its view: what it takes, what it answers, and what can go wrong. The
description of the API is made from this (`openapi.py`), and so is nothing else: a status that is not declared here is
one that the API never answers, and a test holds it to that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel
from quart import Blueprint
from quart_schema import document_querystring, document_request, tag

from booka_core.sdk.errors import BookaError

View = TypeVar("View", bound=Callable[..., Any])

PREFIX = "/api/v1"
_ATTRIBUTE = "booka_operation"


@dataclass(frozen=True, slots=True)
class Follow:
    """A call that can follow an answer: `parameters` and `body` say which of its members go where. `sends` is a body
    that is always the same.
    """

    operation: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    sends: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One endpoint as its callers have to know it; used as the decorator of its view.

    `answers` are the models of its successes by their status, None for an answer without a body. `problems` are what it
    can refuse beside what its door and its body bring with them. `versioned` answers carry an ETag, `conditional` deeds
    honour If-Match, and `repeatable` ones an Idempotency-Key, which they cannot do without if `needs_key`. `limited`
    ones can be called too often. `media` are the content types of an answer that is not JSON, and a `file` is a body
    that is not. The first line of the view's docstring is the summary people read.
    """

    name: str
    tag: str
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answers: Mapping[int, type[BaseModel] | None] = field(default_factory=dict)
    problems: Sequence[type[BookaError]] = ()
    versioned: bool = False
    conditional: bool = False
    repeatable: bool = False
    needs_key: bool = False
    limited: bool = False
    media: Sequence[str] = ()
    file: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    follows: Mapping[str, Follow] = field(default_factory=dict)

    def __call__(self, view: View) -> View:
        setattr(view, _ATTRIBUTE, self)
        if self.body is not None:
            document_request(self.body)(view)
        if self.query is not None:
            document_querystring(self.query)(view)
        tag([self.tag])(view)
        return view


def add(routes: Blueprint, method: str, path: str, view: Callable[..., Any]) -> None:
    """Answer `method path` with a declared view, under the name of its operation."""
    told = operation_of(view)
    assert told is not None, f"{method} {path} declares no operation"  # noqa: S101 - a mistake of ours, found at start
    routes.add_url_rule(path, endpoint=told.name, view_func=view, methods=[method])


def operation_of(view: Callable[..., Any]) -> Operation | None:
    """What a view declares, or None."""
    found = getattr(view, _ATTRIBUTE, None)
    return found if isinstance(found, Operation) else None
