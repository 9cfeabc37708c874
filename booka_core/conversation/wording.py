"""How things are said: the vertical's own template where it has one, else the core's phrase, in the tenant's
language, with dates, times and money as the tenant's locale writes them. Templates hold `{placeholders}` and no
logic; a placeholder without a value leaves nothing behind.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_currency, get_currency_precision

from booka_core.booking.types import ReservationInfo
from booka_core.catalog.types import LocationInfo
from booka_core.sdk.values import Money
from booka_core.sdk.verticals import Vertical

LANGUAGES = ("en", "fr")
_DATE_PATTERN = {"en": "EEEE d MMMM", "fr": "EEEE d MMMM"}


@lru_cache(maxsize=8)
def phrases(language: str) -> Mapping[str, str]:
    """The core's phrases in one language; English where the language has none."""
    known = language if language in LANGUAGES else "en"
    text = resources.files("booka_core.conversation").joinpath("phrases", f"{known}.json").read_text("utf-8")
    found: dict[str, str] = json.loads(text)
    return found


_HOLE = re.compile(r"\{(\w+)\}")


def fill(template: str, values: Mapping[str, Any]) -> str:
    """A template with its placeholders filled in. Nothing else in it has a meaning, whoever wrote it."""
    return _HOLE.sub(lambda hole: str(values.get(hole.group(1), "")), template)


class Wording:
    """One tenant's way of speaking."""

    def __init__(
        self, *, locale: str, zone: str, business: str, vertical: Vertical, places: Sequence[LocationInfo] = ()
    ) -> None:
        """`locale` as CLDR knows it ("en_NG"); an unknown one speaks English. Where there are several `places`, what is
        booked at one of them says so, by that place's clock.
        """
        try:
            self.locale = Locale.parse(locale.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            self.locale = Locale.parse("en")
        self.zone = ZoneInfo(zone)
        self._places = {place.id: place for place in places}
        self.language = self.locale.language if self.locale.language in LANGUAGES else "en"
        self._core = phrases(self.language)
        self._own = {
            **vertical.templates.get(self.language, {}),
            **vertical.templates.get(str(self.locale), {}),
        }
        self._nouns = self._words(vertical.nouns.get(str(self.locale)) or vertical.nouns.get(self.language) or {})
        self._nouns["business"] = business

    def _words(self, own: Mapping[str, str]) -> dict[str, str]:
        def noun(name: str) -> str:
            return own.get(name) or self._core[f"noun_{name}"]

        reservation = noun("reservation")
        services = noun("services")
        return {
            "reservation": reservation,
            "reservations": noun("reservation_plural"),
            "a_reservation": own.get("a_reservation")
            or fill(self._core["noun_a_reservation"], {"reservation": reservation}),
            "service_noun": noun("service"),
            "services_noun": services,
            "services_title": services[:1].upper() + services[1:],
            "staff_noun": noun("staff"),
            "staff_plural": noun("staff_plural"),
        }

    def say(self, key: str, **values: Any) -> str:
        """The phrase `key`, the vertical's own where it has one, filled in."""
        template = self._own.get(key) or self._core.get(key) or key.replace("_", " ")
        return _tidy(fill(template, self._nouns | values))

    def has(self, key: str) -> bool:
        """Whether there is such a phrase."""
        return key in self._own or key in self._core

    def about(self, reservation: ReservationInfo) -> dict[str, Any]:
        """What can be said of a reservation, all of it from the row."""
        place = self._place_of(reservation)
        party = max([reservation.party_size, len({item.guest for item in reservation.items})])
        name = reservation.service_name
        if place is not None and len(self._places) > 1:
            name = f"{name} ({place.name})"
        return {
            **self.span(reservation.starts_at, reservation.ends_at, zone=self.zone_of(reservation)),
            **self.people([one.name for one in reservation.resources if one.kind == "staff"]),
            "service": name,
            "reference": reservation.reference,
            "party": party,
            "party_size": party,
            "for_party": self._for(party, reservation.attendee_name),
            **self.cost(reservation.price),
        }

    def zone_of(self, reservation: ReservationInfo) -> ZoneInfo:
        """Whose clock a reservation goes by."""
        place = self._place_of(reservation)
        return ZoneInfo(place.zone) if place else self.zone

    def _place_of(self, reservation: ReservationInfo) -> LocationInfo | None:
        return self._places.get(reservation.location_id) if reservation.location_id else None

    def _for(self, party: int, attendee: str | None) -> str:
        """Who comes: several people, or somebody else than the one who writes."""
        who = str(party) if party > 1 else attendee
        return fill(self._core["for_party"], {"party": who}) if who else ""

    def person(self, name: str | None) -> dict[str, str]:
        """The person who serves, alone and with the preposition."""
        return self.people([name] if name else [])

    def people(self, names: Sequence[str]) -> dict[str, str]:
        """The people who serve, alone and with the preposition."""
        listed = format_list(list(names), locale=self.locale) if names else ""
        return {"staff": listed, "with_staff": fill(self._core["with"], {"staff": listed}) if listed else ""}

    def cost(self, price: Money) -> dict[str, str]:
        """A price, and the price as the end of a sentence; what costs nothing is not mentioned there."""
        text = self.money(price)
        return {"price": text, "for_price": fill(self._core["for_price"], {"price": text}) if price.amount else ""}

    def moment(self, instant: dt.datetime, *, zone: ZoneInfo | None = None) -> dict[str, str]:
        """Day and time of an instant on the tenant's wall clock, or on that of another place."""
        local = instant.astimezone(zone or self.zone)
        return {"date": self.date(local.date()), "time": self.time(local.time())}

    def span(self, starts_at: dt.datetime, ends_at: dt.datetime, *, zone: ZoneInfo | None = None) -> dict[str, str]:
        """When something begins; what ends on another day, such as a stay, also says when it ends."""
        begins, zone = self.moment(starts_at, zone=zone), zone or self.zone
        first, last = (instant.astimezone(zone).date() for instant in (starts_at, ends_at - dt.timedelta(minutes=1)))
        if first == last:
            return begins
        return {**begins, "time": begins["time"] + fill(self._core["until_day"], self.moment(ends_at, zone=zone))}

    def date(self, day: dt.date) -> str:
        """Weekday, day and month."""
        return format_date(day, _DATE_PATTERN[self.language], locale=self.locale)

    def time(self, time: dt.time) -> str:
        """The time of day, as short as the locale writes it."""
        return re.sub(r"[\u202f\u00a0]", " ", format_time(time, "short", locale=self.locale))

    def money(self, price: Money) -> str:
        """An amount with its currency; whole amounts without their zero cents."""
        if not price.amount:
            return self._core["free_of_charge"]
        digits = get_currency_precision(price.currency)
        amount = price.amount / 10**digits
        text = format_currency(
            amount, price.currency, locale=self.locale, currency_digits=bool(price.amount % 10**digits), format=None
        ) if price.amount % 10**digits else format_currency(
            int(amount), price.currency, locale=self.locale, format=_whole(self.locale), currency_digits=False
        )  # fmt: skip
        return re.sub(r"[\u202f\u00a0]", " ", text)

    def weekday(self, number: int) -> str:
        """The name of a weekday, Monday being 0."""
        return str(get_day_names("wide", locale=self.locale)[number])

    def listed(self, labels: Iterable[str]) -> str:
        """A numbered menu."""
        return "\n".join(f"{number}. {label}" for number, label in enumerate(labels, start=1))


def _whole(locale: Locale) -> str:
    return re.sub(r"[.]0+", "", str(locale.currency_formats["standard"].pattern))


def _tidy(text: str) -> str:
    """No doubled spaces or space before a full stop where a placeholder had nothing to say."""
    return re.sub(r" +([.,])", r"\1", re.sub(r"  +", " ", text)).strip()
