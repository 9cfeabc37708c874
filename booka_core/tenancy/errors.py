"""What can go wrong with a tenant."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound, WrongState


class TenantNotFound(NotFound):
    """There is no such tenant."""


class SlugTaken(WrongState):
    """The name {slug} is already taken; choose another."""


class BadSlug(BadInput):
    """A short name has 1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end."""


class UnknownZone(BadInput):
    """{zone} is not a time zone; use an IANA name such as Africa/Lagos."""


class UnknownLocale(BadInput):
    """{locale} is not a locale; use a tag such as en-NG."""


class UnknownCurrency(BadInput):
    """{currency} is not a currency; use an ISO 4217 code such as NGN."""


class BadSettings(BadInput):
    """The setting {name} is out of its range."""
