"""Whether the names of zones, languages and currencies that people give are ones that exist."""

from __future__ import annotations

import zoneinfo

from babel import Locale, UnknownLocaleError
from babel.numbers import is_currency

from booka_core.tenancy.errors import UnknownCurrency, UnknownLocale, UnknownZone


def check_zone(zone: str) -> None:
    """`zone` is an IANA name. Raises `UnknownZone`."""
    if zone not in zoneinfo.available_timezones():
        raise UnknownZone(zone=zone)


def check_locale(locale: str) -> None:
    """`locale` is a BCP 47 tag. Raises `UnknownLocale`."""
    try:
        Locale.parse(locale, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise UnknownLocale(locale=locale) from error


def check_currency(currency: str) -> None:
    """`currency` is an ISO 4217 code. Raises `UnknownCurrency`."""
    if not is_currency(currency):
        raise UnknownCurrency(currency=currency)
