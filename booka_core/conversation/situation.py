"""Puts a message into the situation it was written in: the tenant's own names, its place and hours, and the open
question. What is said in return is said by the clock of the place that it is about.
"""

from __future__ import annotations

import datetime as dt

from booka_core.catalog.types import Catalogue, HoursInfo
from booka_core.conversation.types import DialogState, Facts
from booka_core.conversation.understanding import Context, Named, Names, Understanding, understand
from booka_core.conversation.understanding.text import fold
from booka_core.conversation.wording import Wording
from booka_core.plugins.catalogue import vertical
from booka_core.tenancy.types import TenantInfo


def names_of(shop: Catalogue) -> Names:
    """What a customer may name in a catalogue."""
    return Names(
        services=tuple(Named(id=s.id, name=s.name, synonyms=s.synonyms) for s in shop.listed),
        staff=tuple(Named(id=r.id, name=r.name, synonyms=r.synonyms) for r in shop.staff),
    )


def wording_of(tenant: TenantInfo, shop: Catalogue) -> Wording:
    """How a business speaks."""
    return Wording(
        locale=tenant.locale,
        zone=shop.location.zone if shop.location else tenant.zone,
        business=tenant.name,
        vertical=vertical(tenant.vertical),
        places=shop.locations,
    )


def opening(hours: tuple[HoursInfo, ...]) -> tuple[dt.time | None, dt.time | None]:
    """The earliest opening and the latest closing of the week; what closes after midnight counts as the day's end."""
    house = [row for row in hours if row.resource_id is None] or list(hours)
    if not house:
        return None, None
    opens = min(row.opens for row in house)
    closes = max(row.closes if row.closes > row.opens else 1439 for row in house)
    return _clock(opens), _clock(min(closes, 1439))


def _clock(minute: int) -> dt.time:
    return dt.time(minute // 60, minute % 60)


def hear_in(text: str, state: DialogState, facts: Facts, *, names: Names) -> Understanding:
    """What a text means at this point of the dialogue. A menu entry may be written out too."""
    written = fold(text).rstrip(" .!")
    for number, choice in enumerate(state.menu, start=1):
        if written and written == fold(choice.label):
            return Understanding(text=text, acts=("choose",), choice=number)
    opens, closes = opening(facts.hours)
    return understand(
        text,
        catalogue=names,
        context=Context(
            now=facts.now,
            zone=facts.shop.location.zone if facts.shop.location else facts.tenant.zone,
            locale=facts.tenant.locale,
            asked=state.asked,
            options=len(state.menu),
            opens=opens,
            closes=closes,
            counts_people=any(slot.kind == "party_size" for slot in facts.vertical.journey.slots),
        ),
    )
