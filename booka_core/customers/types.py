"""What other rooms see of a customer."""

from __future__ import annotations

from uuid import UUID

from booka_core.sdk.values import Frozen


class CustomerInfo(Frozen):
    """A person a tenant serves. `phone` is E.164, `zone` an IANA name, and `guardian_id` who books for them.

    `tags` are the groups that rules may speak of. An `erased` person has left a row without a name, so that what they
    booked can still be counted.
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
    blocked_reason: str = ""
    spam_reports: int = 0
    erased: bool = False


class CustomerPage(Frozen):
    """One page of customers; `next_cursor` is None on the last."""

    items: tuple[CustomerInfo, ...]
    next_cursor: str | None
