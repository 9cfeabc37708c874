"""Where the plugin takes part."""

from __future__ import annotations

from booka_core.sdk.hookspecs import hookimpl
from booka_core.sdk.verticals import Vertical
from booka_medicine.vertical import VERTICAL


@hookimpl
def booka_register_vertical() -> Vertical:
    """Offer the practice."""
    return VERTICAL
