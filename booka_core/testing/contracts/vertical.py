"""The promises of a vertical, as tests. Inherit `VerticalContract`, name the plugin's slug, and what the conversation,
the catalogue and the pages rely on is tried on it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import ClassVar

import pytest
from jsonschema import Draft202012Validator

from booka_core.catalog.checks import check_service
from booka_core.catalog.rules import DemandSpec, ServiceRules
from booka_core.plugins import runtime
from booka_core.plugins.types import InstalledPlugin, PluginState
from booka_core.sdk.verticals import Vertical

_EVERYWHERE = frozenset(
    {
        *("business", "reservation", "reservations", "a_reservation"),
        *("service_noun", "services_noun", "services_title", "staff_noun", "staff_plural"),
    }
)
_OF_A_RESERVATION = frozenset(
    {"service", "staff", "with_staff", "date", "time", "price", "for_price", "reference", "party", "for_party"}
)
PLACEHOLDERS: dict[str, frozenset[str]] = {
    "greeting": _EVERYWHERE,
    "ask_service": _EVERYWHERE,
    "ask_staff": _EVERYWHERE | {"service"},
    "ask_time": _EVERYWHERE | {"service", "staff", "with_staff"},
    "ask_contact": _EVERYWHERE,
    "ask_party": _EVERYWHERE,
    "confirm": _EVERYWHERE | _OF_A_RESERVATION,
    "booked": _EVERYWHERE | _OF_A_RESERVATION,
    "reminder": _EVERYWHERE | _OF_A_RESERVATION,
}
"""The messages of the core that a vertical may word, and the placeholders that are filled in each."""

NOUNS = frozenset(
    {
        *("service", "services", "staff", "staff_plural"),
        *("reservation", "reservation_plural", "a_reservation", "customer"),
    }
)
"""The words of a trade that the core asks a vertical for, in each of its languages."""


class VerticalContract:
    """Inherit it, and set `slug`."""

    slug: ClassVar[str]

    @pytest.fixture
    def installed(self) -> Iterator[InstalledPlugin]:
        runtime.load()
        yield runtime.loaded().plugins[self.slug]
        runtime.unload()

    @pytest.fixture
    def vertical(self, installed: InstalledPlugin) -> Vertical:
        return runtime.loaded().verticals[installed.slug]

    def test_the_plugin_loads(self, installed: InstalledPlugin) -> None:
        assert (installed.state, installed.reason) == (PluginState.ACTIVE, "")
        assert installed.manifest is not None
        assert "vertical" in installed.manifest.kinds

    def test_it_asks_for_a_service_and_a_time_and_each_question_once(self, vertical: Vertical) -> None:
        kinds = [slot.kind for slot in vertical.journey.slots]
        names = [slot.name for slot in vertical.journey.slots]
        assert {"service", "time"} <= set(kinds)
        assert kinds.index("service") < kinds.index("time")
        assert len(set(names)) == len(names)

    def test_it_speaks_every_locale_it_promises(self, installed: InstalledPlugin, vertical: Vertical) -> None:
        assert installed.manifest is not None
        content = installed.manifest.content
        promised = set(content.locales) if content else set()
        assert {"en"} <= promised == set(vertical.templates) == set(vertical.nouns)
        assert promised <= set(vertical.name)

    def test_its_locales_say_the_same_things(self, vertical: Vertical) -> None:
        english = vertical.templates["en"]
        for locale, texts in vertical.templates.items():
            assert set(texts) == set(english), locale
            for key, text in texts.items():
                assert self._held(text) == self._held(english[key]), (locale, key)

    def test_every_question_of_the_journey_is_worded(self, vertical: Vertical) -> None:
        assert {slot.ask for slot in vertical.journey.slots} <= set(vertical.templates["en"])

    def test_messages_of_the_core_hold_only_what_the_core_fills_in(self, vertical: Vertical) -> None:
        for key, text in vertical.templates["en"].items():
            if key in PLACEHOLDERS:
                assert self._held(text) <= PLACEHOLDERS[key], key

    def test_it_has_every_noun_in_every_language(self, vertical: Vertical) -> None:
        for locale, nouns in vertical.nouns.items():
            assert set(nouns) >= NOUNS, locale
            assert all(noun.strip() for noun in nouns.values()), locale

    def test_its_sample_services_can_be_booked(self, vertical: Vertical) -> None:
        assert vertical.sample_services
        kinds = {resource.kind for resource in vertical.sample_resources}
        for service in vertical.sample_services:
            assert 0 < service.minutes <= 24 * 60, service.name
            assert min(service.buffer_before, service.buffer_after, service.price, *service.prices.values(), 0) == 0
            assert set(service.kinds) <= kinds, service.name
            able = [r for r in vertical.sample_resources if not r.services or service.name in r.services]
            assert {r.kind for r in able} >= set(service.kinds), service.name

    def test_what_its_samples_ask_for_is_what_the_catalogue_knows(self, vertical: Vertical) -> None:
        for service in vertical.sample_services:
            demands = [DemandSpec.model_validate(demand) for demand in service.demands]
            check_service(
                minutes=service.minutes,
                buffer_before=service.buffer_before,
                buffer_after=service.buffer_after,
                price=service.price,
                demands=demands,
                rules=ServiceRules.model_validate(service.rules),
            )
            able = [r for r in vertical.sample_resources if not r.services or service.name in r.services]
            for demand in demands:
                fitting = [
                    r
                    for r in able
                    if r.kind == demand.kind
                    and set(demand.skills) <= set(r.skills)
                    and demand.properties.items() <= r.properties.items()
                ]
                assert len(fitting) >= demand.count, (service.name, demand.kind)

    def test_its_add_ons_go_with_services_that_exist(self, vertical: Vertical) -> None:
        known = {None, *(service.name for service in vertical.sample_services)}
        for add_on in vertical.sample_add_ons:
            assert add_on.service in known, add_on.name
            assert 0 <= add_on.minutes <= 24 * 60, add_on.name
            assert min(add_on.price, *add_on.prices.values(), 0) == 0, add_on.name
        assert len({add_on.name for add_on in vertical.sample_add_ons}) == len(vertical.sample_add_ons)

    def test_what_customers_call_a_service_names_one_service(self, vertical: Vertical) -> None:
        heard: dict[str, str] = {}
        for service in vertical.sample_services:
            for word in {service.name, *service.names.values(), *service.synonyms}:
                assert heard.setdefault(word.casefold(), service.name) == service.name, word

    def test_resources_name_services_that_exist(self, vertical: Vertical) -> None:
        known = {service.name for service in vertical.sample_services}
        for resource in vertical.sample_resources:
            assert set(resource.services) <= known, resource.name
            assert 0 <= resource.hue < 360, resource.name
            assert resource.capacity >= 1, resource.name

    def test_its_intake_is_a_schema_for_optional_answers(self, vertical: Vertical) -> None:
        Draft202012Validator.check_schema(vertical.intake)
        if vertical.intake:
            assert Draft202012Validator(vertical.intake).is_valid({}), "a booking without answers must be possible"
            assert vertical.intake.get("additionalProperties") is False

    def test_it_can_be_stored_and_read_again(self, vertical: Vertical) -> None:
        assert Vertical.model_validate(json.loads(vertical.model_dump_json())) == vertical

    @staticmethod
    def _held(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))
