"""Public holidays, from the calendars that the `holidays` project keeps for some 250 countries and their regions.

A calendar is named as ISO 3166 does, `NG` or `DE-BY`. A year of one is worked out once in a process, because that takes
longer than everything else in an answer, and the library itself is loaded only where somebody wants a calendar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from booka_core.catalog.errors import UnknownHolidayCalendar

_NAME = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,9}))?")
_LANGUAGE = "en_US"
"""What a holiday is called where the calendar knows it; otherwise it has the country's own name."""


def holidays_of(calendar: str, first: date, last: date) -> dict[date, str]:
    """The public holidays from `first` to `last` inclusive and their names, in order; none of the calendar "".

    Raises `UnknownHolidayCalendar`.
    """
    if not calendar:
        return {}
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        found.update((day, name) for day, name in _year(calendar, year).items() if first <= day <= last)
    return found


@lru_cache(maxsize=1024)
def _year(calendar: str, year: int) -> Mapping[date, str]:
    import holidays  # noqa: PLC0415 - half a second that most processes never need

    named = _NAME.fullmatch(calendar)
    if named is None:
        raise UnknownHolidayCalendar(calendar=calendar)
    country, region = named.groups()
    try:
        found = holidays.country_holidays(country, subdiv=region, years=year, language=_LANGUAGE)
    except NotImplementedError as error:  # what the library raises for a country or region that it does not know
        raise UnknownHolidayCalendar(calendar=calendar) from error
    return MappingProxyType(dict(sorted(found.items())))
