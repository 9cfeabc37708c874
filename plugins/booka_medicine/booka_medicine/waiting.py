"""Whom a practice offers a freed time first. Urgency is a colleague's judgement, made with a label on the patient's
card; what patients wrote is never read for it, because that would be reading about their health.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from booka_core.sdk.waitlist import WaitingCustomer


def in_order(waiting: Sequence[WaitingCustomer], *, first: Sequence[str]) -> list[UUID]:
    """Patients with an earlier label of `first` before those with a later or none; alike ones as they joined."""

    def place(someone: WaitingCustomer) -> tuple[int, object, UUID]:
        labels = [position for position, label in enumerate(first) if label in someone.tags]
        return (min(labels, default=len(first)), someone.joined_at, someone.entry_id)

    return [someone.entry_id for someone in sorted(waiting, key=place)]
