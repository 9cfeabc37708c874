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

    Each of `demands` is a kind of resource, or an object that says more, such as `{"kind": "table", "seats": True}`.
    `rules` are the service's own rules as an object, such as `{"segments": [30, 40, 20]}`. Both are refused when the
    sample is installed if the catalogue does not know what they say.
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
    demands: tuple[str | dict[str, Any], ...] = ("staff",)
    rules: dict[str, Any] = {}

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of resources that it takes."""
        return tuple(str(d.get("kind", "staff")) if isinstance(d, dict) else d for d in self.demands)

    def name_in(self, locale: str) -> str:
        """The service's name in `locale`, in its language without the region, or in English."""
        return _in(self.names, locale) or self.name

    def price_in(self, currency: str) -> int:
        """The sample price in minor units of `currency`."""
        return self.prices.get(currency, self.price)


class SampleResource(Frozen):
    """A person, chair, room, table or device of the sample catalogue. `name` and `title` are English, `names` and
    `titles` say them in other locales. `services` are those it is good for, by their English names, and `capacity` how
    many bookings it serves at a time. `skills` and `properties` are what services may ask for; the property `seats` is
    how many people find room. A lower `priority` is given away first.
    """

    name: str
    names: dict[str, str] = {}
    kind: str
    title: str = ""
    titles: dict[str, str] = {}
    hue: int = 240
    services: tuple[str, ...] = ()
    capacity: int = 1
    skills: tuple[str, ...] = ()
    properties: dict[str, str | int | bool] = {}
    priority: int = 0

    def name_in(self, locale: str) -> str:
        """The name in `locale`, in its language without the region, or in English; people keep theirs."""
        return _in(self.names, locale) or self.name

    def title_in(self, locale: str) -> str:
        """The title in `locale`, in its language without the region, or in English."""
        return _in(self.titles, locale) or self.title


class SampleAddOn(Frozen):
    """Something extra of the sample catalogue, with the service of that English name, or with every one."""

    name: str
    names: dict[str, str] = {}
    service: str | None = None
    minutes: int = 0
    price: int
    prices: dict[Currency, int] = {}

    def name_in(self, locale: str) -> str:
        """The name in `locale`, in its language without the region, or in English."""
        return _in(self.names, locale) or self.name

    def price_in(self, currency: str) -> int:
        """The sample price in minor units of `currency`."""
        return self.prices.get(currency, self.price)


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
    sample_add_ons: tuple[SampleAddOn, ...] = ()
