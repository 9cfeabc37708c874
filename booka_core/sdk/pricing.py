"""Prices as plugins and customers see them: line items in integer minor units that add up to a total."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from booka_core.sdk.values import Currency, Frozen

LineKind = Literal["base", "add_on", "rule", "promotion", "voucher", "plugin", "tax"]


class QuoteLine(Frozen):
    """One line of a quote. `amount` is signed; an `included` line says what prices already contain and adds nothing."""

    kind: LineKind
    label: str
    amount: int
    included: bool = False
    service_id: UUID | None = None
    promotion_id: UUID | None = None


class Quote(Frozen):
    """What a visit costs. `total` is the sum of all lines that are not `included`, and never below zero.

    `id` and `expires_at` are set once the quote is stored and will be honoured until then.
    """

    currency: Currency
    lines: tuple[QuoteLine, ...]
    total: int
    tax: int = 0
    id: UUID | None = None
    expires_at: datetime | None = None


class QuotedService(Frozen):
    """One service of a visit as plugins see it."""

    service_id: UUID
    name: str
    category: str
    minutes: int
    guest: int = 0


class QuoteDraft(Frozen):
    """A visit whose price is being made up; plugins may add lines before tax. `lines` are those so far."""

    services: tuple[QuotedService, ...]
    starts_at: datetime
    customer_id: UUID | None
    customer_visits: int
    party_size: int
    intake: dict[str, Any]
    currency: Currency
    lines: tuple[QuoteLine, ...]
