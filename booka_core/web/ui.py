"""What every page is rendered with: names of built assets, icons, the words of dates and money in the tenant's locale
and zone, and the navigation. Guarantees that a page without built assets fails with the command that builds them, and
that nothing a customer wrote reaches a page unescaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale, UnknownLocaleError, dates, numbers
from lucide.jinja import lucide
from markupsafe import Markup, escape
from quart import Quart

from booka_core.sdk.errors import Upstream
from booka_core.sdk.values import Money

STATIC = Path(__file__).parent / "static"
DIST = STATIC / "dist"
EN_DASH = "\N{EN DASH}"


class AssetsNotBuilt(Upstream):
    """The web pages were not built on this machine. Run: uv sync --reinstall-package booka-core"""


@cache
def manifest() -> dict[str, str]:
    """Source name → built name. Read once: a new build means a new process."""
    try:
        names: dict[str, str] = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise AssetsNotBuilt from missing
    return names


def assets_built() -> bool:
    """Whether there is anything to serve; false after an installation with BOOKA_SKIP_ASSETS=1."""
    return (DIST / "manifest.json").is_file()


def asset(name: str) -> str:
    """The address of a built file, such as `asset('booka.css')`. Raises `AssetsNotBuilt`."""
    return f"/static/dist/{manifest()[name]}"


@cache
def icon(name: str, size: int = 16) -> Markup:
    """A Lucide icon as inline SVG; it is decoration, the words beside it carry the meaning."""
    return Markup(lucide(name, size=size, aria_hidden="true", focusable="false"))  # noqa: S704 - the icon set's own text


_CHAT_MARKS = (("```", "code"), (r"\*", "strong"), ("_", "em"), ("~", "s"))


def chat_text(text: str) -> Markup:
    """A message's text with the marks of the messenger (*bold*, _italic_, ~struck~, ```code```) as elements."""
    html = str(escape(text))
    for mark, tag in _CHAT_MARKS:
        html = re.sub(rf"(?<!\w){mark}(\S(?:[^\n]*?\S)?){mark}(?!\w)", rf"<{tag}>\1</{tag}>", html)
    return Markup(html)  # noqa: S704 - escaped above, before any element was put in


def phone_number(text: str) -> str:
    """A number as people write it, or the text as it is when it is none."""
    try:
        parsed = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return text
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def initials(name: str) -> str:
    """At most two letters that stand for a name: the first of the first and of the last word."""
    words = [word for word in re.split(r"[^\w]+", name) if word]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper() or "?"


def hue_step(hue: int | None, seed: str = "") -> int:
    """A hue the style sheet has a rule for (steps of five degrees); made from `seed` when none was chosen."""
    degrees = hue if hue is not None else sum(ord(letter) * (place + 7) for place, letter in enumerate(seed)) * 35
    return round(degrees / 5) * 5 % 360


@dataclass(frozen=True)
class Formats:
    """Dates, times and money as one tenant writes them."""

    locale: Locale
    zone: ZoneInfo

    @classmethod
    def of(cls, *, locale: str, zone: str) -> Formats:
        return cls(parse_locale(locale), ZoneInfo(zone))

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone)

    def time(self, instant: datetime) -> str:
        return self._tidy(dates.format_time(self.local(instant), "short", tzinfo=self.zone, locale=self.locale))

    def clock(self, minutes: int) -> str:
        """Local minutes since midnight as an axis label, without minutes where the locale allows it."""
        at = time(minutes // 60 % 24, minutes % 60)
        twelve = "a" in dates.get_time_format("short", locale=self.locale).pattern
        return self._tidy(dates.format_time(at, "h a" if twelve else "HH:mm", locale=self.locale))

    def span(self, start: datetime, end: datetime) -> str:
        return f"{self.time(start)} {EN_DASH} {self.time(end)}"

    def day(self, day: date) -> str:
        """Friday, 20 November 2026"""
        return dates.format_date(day, "full", locale=self.locale)

    def short_day(self, day: date) -> str:
        """Fri 20 Nov"""
        return dates.format_skeleton("MMMEd", day, locale=self.locale)

    def moment(self, instant: datetime) -> str:
        """Day and time, for one booking or one entry of a history."""
        local = self.local(instant)
        return f"{self.short_day(local.date())}, {self.time(instant)}"

    def relative_day(self, day: date, *, today: date) -> str:
        names = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}
        return names.get((day - today).days) or self.short_day(day)

    def money(self, value: Money) -> str:
        digits = numbers.get_currency_precision(value.currency)
        amount = Decimal(value.amount).scaleb(-digits)
        whole = amount == amount.to_integral_value()
        pattern = re.sub(r"\.0+", "", self.locale.currency_formats["standard"].pattern) if whole else None
        return numbers.format_currency(
            amount, value.currency, pattern, locale=self.locale, currency_digits=not whole, decimal_quantization=False
        )

    def duration(self, span: timedelta) -> str:
        minutes = round(span.total_seconds() / 60)
        hours, rest = divmod(minutes, 60)
        return " ".join(
            part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
        )

    @staticmethod
    def _tidy(text: str) -> str:
        # CLDR separates the day period with a narrow no-break space, which several fonts lack.
        return text.replace("\u202f", "\u00a0")


def parse_locale(name: str) -> Locale:
    """The locale of this name, its language alone, or English: a page never fails for a locale's sake."""
    for candidate in (name.replace("-", "_"), re.split(r"[-_]", name)[0], "en"):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@dataclass(frozen=True)
class NavItem:
    """One entry of the sidebar, and of the tab bar on a phone when `tab` is set."""

    page: str
    label: str
    icon: str
    href: str
    group: str = ""
    tab: bool = False


def admin_navigation(slug: str, *, demo: bool) -> dict[str, list[NavItem]]:
    """The sidebar of one tenant, by group. The demonstration adds its own pages last."""
    base = f"/admin/t/{slug}"
    items = [
        NavItem("reservations", "Reservations", "calendar-days", f"{base}/reservations", tab=True),
        NavItem("modules", "Modules", "blocks", f"{base}/modules", "Manage", tab=True),
    ]
    if demo:
        items += [
            NavItem("phone", "Phone", "smartphone", f"/phone?salon={slug}", "Demo", tab=True),
            NavItem("mail", "Mail", "mail", "/mail", "Demo", tab=True),
        ]
    return grouped(items)


def grouped(items: Iterable[NavItem]) -> dict[str, list[NavItem]]:
    groups: dict[str, list[NavItem]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    return groups


def install(app: Quart) -> None:
    """Give the application's templates what the pages use."""
    app.jinja_env.globals.update(
        asset=asset, assets_built=assets_built, icon=icon, chat_text=chat_text, initials=initials, hue_step=hue_step
    )
    app.jinja_env.filters.update(phone_number=phone_number)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
