"""Parties that are too large for a table wait for a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from booka_hospitality.parties import judge

from booka_core.sdk.booking import BookingDraft
from booka_core.sdk.context import TenantContext
from booka_core.sdk.values import Money


class Standing:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 9, tzinfo=UTC)


def house(locale: str = "en") -> TenantContext:
    return TenantContext(
        tenant_id=uuid4(),
        slug="chez",
        locale=locale,
        zone="Europe/Paris",
        currency="EUR",
        clock=Standing(),
        config={"largest_party": 8},
    )


def party(size: int) -> BookingDraft:
    start = datetime(2026, 3, 6, 19, tzinfo=UTC)
    return BookingDraft(
        service_id=uuid4(),
        service_name="Dinner",
        service_category="sitting",
        resource_ids=(uuid4(),),
        customer_id=uuid4(),
        customer_visits=0,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        price=Money(amount=0, currency="EUR"),
        party_size=size,
    )


@pytest.mark.parametrize("size", [1, 8])
def test_a_party_that_fits_books_by_itself(size: int) -> None:
    assert judge(house(), party(size)) is None


@pytest.mark.parametrize(("locale", "words"), [("en", "more than 8 guests"), ("fr-FR", "Au-delà de 8 personnes")])
def test_a_larger_party_is_held_for_a_person(locale: str, words: str) -> None:
    verdict = judge(house(locale), party(9))
    assert verdict is not None
    assert (verdict.decision, verdict.code) == ("hold", "large-party")
    assert words in verdict.message
