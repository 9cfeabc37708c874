"""What other rooms see of a customer."""

from __future__ import annotations

from uuid import UUID

from booka_core.sdk.values import Frozen


class CustomerInfo(Frozen):
    """A person a tenant serves. `phone` is E.164; `visits` counts confirmed visits that took place or are to come."""

    id: UUID
    name: str | None
    phone: str | None
    email: str | None
    locale: str | None
    visits: int
