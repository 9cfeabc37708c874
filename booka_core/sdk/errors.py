"""The one tree of errors. Every failure Booka reports is one class below one of four families, and the class's
docstring is the sentence a person reads; `str(error)` gives it with the details filled in. The mapping to HTTP
statuses lives in the web room alone.
"""

from __future__ import annotations

from typing import Any, ClassVar


class BookaError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "error"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            cls.code = "".join("-" + c.lower() if c.isupper() else c for c in cls.__name__).lstrip("-")

    def __init__(self, detail: str = "", **fields: Any) -> None:
        self.detail = detail
        self.fields = fields
        super().__init__(detail)

    @property
    def message(self) -> str:
        """The docstring's first line, with `{field}` filled in from the keyword arguments."""
        text = (type(self).__doc__ or "").strip().splitlines()[0]
        return text.format_map(_Blank(self.fields)) if self.fields else text

    def __str__(self) -> str:
        return f"{self.message} {self.detail}".strip()


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class BadInput(BookaError):
    """What was sent cannot be understood."""


class WrongState(BookaError):
    """What was asked for is not possible in the present state."""


class NotFound(BadInput):
    """There is no such thing here."""


class Upstream(BookaError):
    """An outside service failed."""


class PluginFault(BookaError):
    """A plugin failed."""
