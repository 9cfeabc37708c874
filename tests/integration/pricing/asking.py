"""How the tests of prices ask for one."""

from __future__ import annotations

from collections.abc import Callable

from booka_core.pricing.types import PriceQuestion

Ask = Callable[..., PriceQuestion]
