"""What other rooms see of a customer."""

from __future__ import annotations

from uuid import UUID

from booka_core.sdk.values import Frozen


class CustomerInfo(Frozen):
    """A person a tenant serves. `phone` is E.164, `zone` an IANA name, and `guardian_id` who books for them.

    An `erased` person has left a row without a name, so that what they booked can still be counted.
    """

    id: UUID
    name: str | None
    phone: str | None
    email: str | None
    locale: str | None
    zone: str | None = None
    tags: tuple[str, ...] = ()
    guardian_id: UUID | None = None
    blocked: bool = False
    erased: bool = False
