"""What other rooms see of a tenant."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from booka_core.sdk.values import Frozen


class TenantSettingsInfo(Frozen):
    """How a business wants to be booked. Minutes and days.

    `active_per_customer` is the most bookings that one customer may have ahead, without a limit when None. A freed
    time waits `waitlist_minutes` for an answer from the next in the order of `waitlist_policy`. Nothing that can wait
    is sent between the local minutes `quiet_from` and `quiet_until`. Prices hold their tax when `tax_included`.
    """

    reminder_minutes: tuple[int, ...] = (1440, 120)
    hold_minutes: int = 10
    slot_step: int = 15
    min_notice_minutes: int = 30
    window_days: int = 90
    cancel_notice_minutes: int = 0
    active_per_customer: int | None = None
    waitlist_minutes: int = 20
    waitlist_policy: str = "first_come"
    quiet_from: int | None = None
    quiet_until: int | None = None
    tax_basis_points: int = 0
    tax_included: bool = True
    captcha: bool = False


class TenantInfo(Frozen):
    """One business with its settings. The revisions grow with every change of what it offers and of its plugins."""

    id: UUID
    slug: str
    name: str
    vertical: str
    zone: str
    locale: str
    currency: str
    country: str
    plan: str
    status: Literal["active", "suspended"]
    settings: TenantSettingsInfo
    catalog_revision: int = 0
    plugins_revision: int = 0


class DirectoryHit(Frozen):
    """What a directory entry leads to."""

    tenant_id: UUID
    target_id: UUID | None
