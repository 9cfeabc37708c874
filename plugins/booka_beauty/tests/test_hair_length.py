"""Long hair costs more where the salon says so, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from booka_beauty.hair_length import surcharges

from booka_core.sdk.context import TenantContext
from booka_core.sdk.pricing import QuoteDraft, QuotedService

NOW = datetime(2026, 3, 2, 9, 7, tzinfo=UTC)
COLOUR, NAILS = uuid4(), uuid4()


@dataclass(frozen=True)
class Standing:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW


def salon(locale: str = "en-NG", **amounts: int) -> TenantContext:
    rule = {"long": 0, "very_long": 0, "categories": ["hair", "Colour"], **amounts}
    return TenantContext(
        tenant_id=uuid4(),
        slug="glow",
        locale=locale,
        zone="Africa/Lagos",
        currency="NGN",
        clock=Standing(),
        config={"long_hair": rule},
    )


def draft(hair: Any = "long") -> QuoteDraft:
    def service(service_id: UUID, name: str, category: str) -> QuotedService:
        return QuotedService(service_id=service_id, name=name, category=category, minutes=60)

    return QuoteDraft(
        services=(service(COLOUR, "Full colour", "colour"), service(NAILS, "Gel nails", "nails")),
        starts_at=NOW,
        customer_id=None,
        customer_visits=0,
        party_size=1,
        intake={} if hair is None else {"hair_length": hair},
        currency="NGN",
        lines=(),
    )


@pytest.mark.parametrize(("hair", "amount"), [("long", 500_000), ("very long", 900_000)])
def test_long_hair_costs_more_for_the_services_it_makes_longer(hair: str, amount: int) -> None:
    lines = surcharges(salon(long=500_000, very_long=900_000), draft(hair))
    assert [(line.amount, line.service_id, line.label) for line in lines] == [(amount, COLOUR, "Long hair")]


@pytest.mark.parametrize("hair", ["short", "shoulder", None, 7, ["long"]])
def test_everybody_else_pays_the_plain_price(hair: Any) -> None:
    assert surcharges(salon(long=500_000, very_long=900_000), draft(hair)) == []


@pytest.mark.parametrize("hair", ["long", "very long"])
def test_a_salon_that_has_set_nothing_asks_nothing_more(hair: str) -> None:
    assert surcharges(salon(), draft(hair)) == []


def test_the_line_speaks_the_salons_language() -> None:
    (line,) = surcharges(salon("fr-FR", long=100), draft())
    assert line.label == "Cheveux longs"
