"""Whom the practice offers a freed time first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

from booka_medicine import hooks

from booka_core.sdk.waitlist import WaitingCustomer

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


def patient(joined: int, *tags: str, note: str = "") -> WaitingCustomer:
    return WaitingCustomer(
        entry_id=uuid4(),
        customer_id=uuid4(),
        service_id=uuid4(),
        resource_id=None,
        party_size=1,
        starts_at=MORNING,
        minutes=20,
        wanted_from=MORNING,
        wanted_until=MORNING + timedelta(days=1),
        joined_at=MORNING - timedelta(days=7) + timedelta(hours=joined),
        tags=tags,
        note=note,
    )


def ranked(waiting: list[WaitingCustomer], **config: object) -> list[UUID]:
    ctx = SimpleNamespace(config={"waitlist_first": ["urgent", "soon"], **config})
    return hooks.booka_waitlist_rank(ctx, waiting)  # type: ignore[arg-type]  # all it needs of a context


def test_labelled_patients_come_first_in_the_order_of_the_labels_and_then_as_they_joined() -> None:
    plain, soon, urgent, later = patient(1), patient(2, "soon"), patient(3, "urgent", "soon"), patient(4)
    assert ranked([later, plain, soon, urgent]) == [each.entry_id for each in (urgent, soon, plain, later)]


def test_the_practice_chooses_its_own_labels() -> None:
    plain, own = patient(1, "urgent"), patient(2, "A")
    assert ranked([plain, own], waitlist_first=["A"]) == [own.entry_id, plain.entry_id]


def test_what_a_patient_wrote_moves_nobody() -> None:
    first, second = patient(1), patient(2, note="urgent, urgent, urgent")
    assert ranked([first, second]) == [first.entry_id, second.entry_id]
