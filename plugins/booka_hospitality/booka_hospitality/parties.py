"""No table is set for twenty by accident: a party larger than the house takes by itself waits for a person."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from booka_core.sdk.booking import BookingDraft, BookingVerdict
from booka_core.sdk.context import TenantContext


def judge(ctx: TenantContext, draft: BookingDraft) -> BookingVerdict | None:
    """Hold a draft whose party is too large; None for all others."""
    largest = ctx.config["largest_party"]
    if draft.party_size <= largest:
        return None
    language = ctx.locale.replace("_", "-").split("-")[0]
    text = _texts(language if language in {"en", "fr"} else "en")["large_party"]
    return BookingVerdict(decision="hold", code="large-party", message=text.format(largest=largest))


@cache
def _texts(language: str) -> dict[str, str]:
    path = Path(__file__).parent / "templates" / f"{language}.json"
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts
