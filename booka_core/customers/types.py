"""What other rooms see of a customer."""

from __future__ import annotations

from uuid import UUID

from booka_core.sdk.values import Frozen


class CustomerInfo(Frozen):
    """A person a tenant serves. `phone` is E.164."""

    id: UUID
    name: str | None
    phone: str | None
    email: str | None
    locale: str | None
