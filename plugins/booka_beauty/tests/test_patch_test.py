"""A new client's first colour is not booked carelessly, and everything else is nobody's business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from booka_beauty.patch_test import judge

from booka_core.sdk.booking import BookingDraft, BookingVerdict
from booka_core.sdk.context import TenantContext
from booka_core.sdk.values import Money

NOW = datetime(2026, 3, 2, 9, 7, tzinfo=UTC)


@dataclass(frozen=True)
class Standing:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW


def salon(policy: str = "refuse", *, locale: str = "en-NG", zone: str = "Africa/Lagos") -> TenantContext:
    rule = {"policy": policy, "hours": 48, "categories": ["colour"]}
    return TenantContext(
        tenant_id=uuid4(),
        slug="glow",
        locale=locale,
        zone=zone,
        currency="NGN",
        clock=Standing(),
        config={"patch_test": rule},
    )


def draft(*, hours: float = 24, **changes: Any) -> BookingDraft:
    starts_at = NOW + timedelta(hours=hours)
    return BookingDraft(
        **{
            "service_id": uuid4(),
            "service_name": "Full colour",
            "service_category": "colour",
            "resource_ids": (uuid4(),),
            "customer_id": uuid4(),
            "customer_visits": 0,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "price": Money(amount=3_500_000, currency="NGN"),
            **changes,
        }
    )


@pytest.mark.parametrize(("policy", "decision"), [("advise", "allow"), ("hold", "hold"), ("refuse", "refuse")])
def test_a_new_clients_early_colour_meets_the_salons_policy(policy: str, decision: str) -> None:
    verdict = judge(salon(policy), draft())
    assert isinstance(verdict, BookingVerdict)
    assert (verdict.decision, verdict.code) == (decision, "patch-test")


@pytest.mark.parametrize(("locale", "words"), [("en", "your first colour with us"), ("fr-FR", "première couleur chez")])
def test_a_salon_that_only_advises_books_and_says_so(locale: str, words: str) -> None:
    verdict = judge(salon("advise", locale=locale), draft())
    assert verdict is not None
    assert (verdict.decision, words in verdict.message) == ("allow", True)


@pytest.mark.parametrize(
    ("when", "spared"),
    [
        ("the salon has no such rule", judge(salon("off"), draft())),
        ("there is time for the test", judge(salon(), draft(hours=48))),
        ("the client has been here before", judge(salon(), draft(customer_visits=1))),
        ("the client has had the test", judge(salon(), draft(intake={"patch_test_done": True}))),
        ("it is no colour", judge(salon(), draft(service_category="hair"))),
    ],
)
def test_nobody_else_is_bothered(when: str, spared: BookingVerdict | None) -> None:
    assert spared is None, when


def test_an_answer_that_is_not_a_plain_yes_does_not_count_as_a_test() -> None:
    assert judge(salon(), draft(intake={"patch_test_done": "maybe"})) is not None


def test_the_message_names_a_time_that_can_be_booked_in_the_salons_zone() -> None:
    verdict = judge(salon(), draft())
    assert verdict is not None
    assert verdict.not_before == NOW + timedelta(hours=48)
    assert "at least 48 hours before" in verdict.message
    assert "Wed 04 Mar, 10:15" in verdict.message


def test_the_message_speaks_the_salons_language() -> None:
    verdict = judge(salon(locale="fr-FR", zone="Europe/Paris"), draft())
    assert verdict is not None
    assert "à partir du 04/03 10:15" in verdict.message
