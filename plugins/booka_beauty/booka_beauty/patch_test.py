"""Hair colour can cause severe allergic reactions, so a salon tests a new client's skin some days before the first one.
A new client who books a colour sooner than that is advised, held for a person, or offered a later day, as the salon
decides.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from booka_core.sdk.booking import BookingDraft, BookingVerdict
from booka_core.sdk.context import TenantContext


def judge(ctx: TenantContext, draft: BookingDraft) -> BookingVerdict | None:
    """The verdict on a draft; None when no test is called for."""
    rule = ctx.config["patch_test"]
    if rule["policy"] == "off" or not _needs_test(draft, rule["categories"]):
        return None
    earliest = ctx.clock.now() + timedelta(hours=rule["hours"])
    if draft.starts_at >= earliest:
        return None
    if rule["policy"] == "advise":
        return BookingVerdict(decision="allow", code="patch-test", message=_said(ctx, "patch_test_advice"))
    return BookingVerdict(
        decision=rule["policy"],
        code="patch-test",
        message=_said(ctx, "patch_test", hours=rule["hours"], earliest=earliest),
        not_before=earliest,
    )


def _needs_test(draft: BookingDraft, categories: list[str]) -> bool:
    if draft.customer_visits > 0 or draft.intake.get("patch_test_done") is True:
        return False
    return draft.service_category.casefold() in {category.casefold() for category in categories}


def _said(ctx: TenantContext, key: str, *, hours: int = 0, earliest: datetime | None = None) -> str:
    language = _language(ctx.locale)
    local = _next_quarter(earliest or ctx.clock.now()).astimezone(ZoneInfo(ctx.zone))
    shown = local.strftime("%d/%m %H:%M" if language == "fr" else "%a %d %b, %H:%M")
    return texts(language)[key].format(hours=hours, earliest=shown)


def _next_quarter(instant: datetime) -> datetime:
    """Appointments begin on the quarter, so the time named is one that can be booked."""
    late = timedelta(minutes=instant.minute % 15, seconds=instant.second, microseconds=instant.microsecond)
    return instant if not late else instant - late + timedelta(minutes=15)


def texts(locale: str) -> dict[str, str]:
    """The plugin's own words in a language it speaks: the locale's, or English."""
    return _texts(_language(locale))


def _language(locale: str) -> str:
    language = locale.replace("_", "-").split("-")[0]
    return language if language in {"en", "fr"} else "en"


@cache
def _texts(language: str) -> dict[str, str]:
    path = Path(__file__).parent / "templates" / f"{language}.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found
