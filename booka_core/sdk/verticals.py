"""The contract of a vertical: what a kind of business offers, asks and says. It is data; the core does the work."""

from __future__ import annotations

from typing import Any, Literal

from booka_core.sdk.values import Currency, Frozen

SlotKind = Literal["service", "staff", "time", "contact", "party_size", "intake"]


class JourneySlot(Frozen):
    """One thing the conversation has to find out. `ask` names the message template that asks for it."""

    name: str
    kind: SlotKind
    required: bool = True
    ask: str
    schema_field: str | None = None


class Journey(Frozen):
    """The booking journey: its slots in the order they are asked; customers may fill them in any order."""

    slots: tuple[JourneySlot, ...]


def _in(texts: dict[str, str], locale: str) -> str | None:
    return texts.get(locale) or texts.get(locale.replace("_", "-").split("-")[0])


class SampleService(Frozen):
    """A service of the sample catalogue. `name` is English and `names` says it in other locales; `prices` gives a
    sensible price in minor units per currency, and `price` stands for every other currency with two decimals.
    """

    name: str
    names: dict[str, str] = {}
    synonyms: tuple[str, ...] = ()
    category: str = ""
    minutes: int
    buffer_before: int = 0
    buffer_after: int = 0
    price: int
    prices: dict[Currency, int] = {}
    demands: tuple[str, ...] = ("staff",)

    def name_in(self, locale: str) -> str:
        """The service's name in `locale`, in its language without the region, or in English."""
        return _in(self.names, locale) or self.name

    def price_in(self, currency: str) -> int:
        """The sample price in minor units of `currency`."""
        return self.prices.get(currency, self.price)


class SampleResource(Frozen):
    """A person, chair, room, table or device of the sample catalogue. `services` are those it is good for, by their
    English names; `capacity` how many people it takes at once.
    """

    name: str
    kind: str
    title: str = ""
    titles: dict[str, str] = {}
    hue: int = 240
    services: tuple[str, ...] = ()
    capacity: int = 1

    def title_in(self, locale: str) -> str:
        """The title in `locale`, in its language without the region, or in English."""
        return _in(self.titles, locale) or self.title


class Vertical(Frozen):
    """A kind of business.

    `nouns` gives the vertical's words per locale (`{"en": {"staff": "stylist", "reservation": "appointment"}}`).
    `templates` maps locale to message key to text with `{placeholders}`; missing keys fall back to the core's.
    `intake` is a JSON Schema (draft 2020-12) of what may be asked beyond service, person and time.
    """

    slug: str
    name: dict[str, str]
    nouns: dict[str, dict[str, str]] = {}
    journey: Journey
    templates: dict[str, dict[str, str]] = {}
    intake: dict[str, Any] = {}
    sample_services: tuple[SampleService, ...] = ()
    sample_resources: tuple[SampleResource, ...] = ()
