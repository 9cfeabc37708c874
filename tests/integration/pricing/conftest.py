"""A visit to ask the price of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from booka_core.pricing.types import PricedService, PriceQuestion
from booka_core.testing.salon import Salon
from tests.integration.pricing.asking import Ask


@pytest.fixture
def ask(salon: Salon, frozen_clock: Any) -> Ask:
    """`ask(**changes)`: a haircut of ₦12,000 on Tuesday at ten, asked for now by the salon's customer."""

    def question(**changes: Any) -> PriceQuestion:
        cut = PricedService(service_id=salon.haircut, name="Haircut", category="hair", minutes=45, amount=1_200_000)
        asked: dict[str, Any] = {
            "services": (cut,),
            "starts_at": salon.at(10),
            "ends_at": salon.at(10) + timedelta(minutes=45),
            "zone": "Africa/Lagos",
            "asked_at": frozen_clock.now(),
            "currency": "NGN",
            "customer_id": salon.customer_id,
        }
        return PriceQuestion(**{**asked, **changes})

    return question
