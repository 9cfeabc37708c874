"""Long hair takes more colour and more hours, so a salon may ask more for it. The answer comes from the intake form;
who has not said anything pays the plain price, and so does everybody where the salon asks nothing more.
"""

from __future__ import annotations

from booka_beauty.patch_test import texts
from booka_core.sdk.context import TenantContext
from booka_core.sdk.pricing import QuoteDraft, QuoteLine

_ASKED_FOR = {"long": "long", "very long": "very_long"}


def surcharges(ctx: TenantContext, draft: QuoteDraft) -> list[QuoteLine]:
    """One line for every service of the visit that long hair makes dearer."""
    rule = ctx.config["long_hair"]
    amount = rule.get(_ASKED_FOR.get(str(draft.intake.get("hair_length")), ""), 0)
    if not amount:
        return []
    concerned = {category.casefold() for category in rule["categories"]}
    label = texts(ctx.locale)["long_hair"]
    return [
        QuoteLine(kind="plugin", label=label, amount=amount, service_id=service.service_id)
        for service in draft.services
        if service.category.casefold() in concerned
    ]
