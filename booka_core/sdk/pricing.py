"""Prices as plugins and customers see them: line items in integer minor units that add up to a total."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Self
from uuid import UUID

from babel.numbers import format_currency, get_currency_precision
from pydantic import model_validator

from booka_core.sdk.values import Currency, Frozen

LineKind = Literal["base", "add_on", "rule", "promotion", "voucher", "plugin", "tax"]


class QuoteLine(Frozen):
    """One line of a quote. `amount` is signed; an `included` line says what prices already contain and adds nothing.

    `service_id` names the service that the line is about, and nothing when it is about the whole visit.
    """

    kind: LineKind
    label: str
    amount: int
    included: bool = False
    service_id: UUID | None = None
    promotion_id: UUID | None = None


class Quote(Frozen):
    """What a visit costs. `total` is the sum of all lines that are not `included`, and never below zero.

    `tax` is what the total contains of it. `id` and `expires_at` are set once the quote is stored and will be honoured
    until then. A quote that does not add up cannot be made (`ValueError`).
    """

    currency: Currency
    lines: tuple[QuoteLine, ...]
    total: int
    tax: int = 0
    id: UUID | None = None
    expires_at: datetime | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.total != sum(line.amount for line in self.lines if not line.included) or self.total < 0:
            raise ValueError("the total is the sum of the lines that are not included, and not below zero")
        return self

    def as_rows(self, locale: str = "en") -> tuple[tuple[str, str], ...]:
        """Label and amount of every line and of the total, the amounts as people of `locale` (BCP 47) write them."""
        rows = [(line.label, _written(line.amount, self.currency, locale), line.included) for line in self.lines]
        shown = [(label, f"({amount})" if included else amount) for label, amount, included in rows]
        return (*shown, ("Total", _written(self.total, self.currency, locale)))

    def as_table(self, locale: str = "en") -> str:
        """The quote as text, one line each, amounts flush right; what prices already contain stands in brackets."""
        rows = self.as_rows(locale)
        labels, amounts = (max(len(row[column]) for row in rows) for column in (0, 1))
        return "\n".join(f"{label:<{labels}}  {amount:>{amounts}}" for label, amount in rows)


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


def _written(amount: int, currency: str, locale: str) -> str:
    exact = Decimal(amount).scaleb(-get_currency_precision(currency))
    return format_currency(exact, currency, locale=locale.replace("-", "_"))
