"""D33: answers to the business's questions, files that go with them, and terms that have to be accepted."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from booka_core.booking.attachments import LARGEST, MOST, add_attachment, list_attachments, read_attachment
from booka_core.booking.commands import book, cancel_reservation
from booka_core.booking.errors import (
    AttachmentNotAllowed,
    AttachmentNotFound,
    AttachmentTooLarge,
    BadAttachmentName,
    BadIntake,
    IllegalTransition,
    ReservationNotFound,
    TermsNotAccepted,
    TooManyAttachments,
)
from booka_core.booking.queries import get_reservation
from booka_core.booking.timeline import timeline
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.catalog.commands import change_service
from booka_core.catalog.rules import ServiceRules
from booka_core.db.scope import bind_tenant, spawn, tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.offers.types import Wish
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.salon import Salon

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40
PDF = b"%PDF-1.7\n" + b"\x00" * 40
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 30
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


async def booked(salon: Salon, **more: Any) -> ReservationInfo:
    customer = Actor(kind="customer", id=salon.customer_id)
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(10), **more)
    return await book(wish, customer_id=salon.customer_id, actor=customer, source="whatsapp")


async def add(reservation: ReservationInfo, content: bytes = PNG, **more: Any) -> Any:
    given = {"question": "hair_condition", "name": "hair.png", "media_type": "image/png", **more}
    actor = Actor(kind="customer", id=reservation.customer_id)
    return await add_attachment(reservation_id=reservation.id, content=content, actor=actor, source="web", **given)


async def test_answers_and_accepted_terms_stay_with_the_booking(salon: Salon, frozen_clock, plugins) -> None:
    await change_service(salon.haircut, rules=ServiceRules(terms="2026-01"))
    for accepted in ("", "2025-07"):
        with pytest.raises(TermsNotAccepted, match="2026-01"):
            await booked(salon, terms=accepted)
    with pytest.raises(BadIntake):
        await booked(salon, terms="2026-01", intake={"hair_length": "none of your business"})
    made = await booked(salon, terms="2026-01", intake={"hair_length": "long"})
    kept = await get_reservation(made.id)
    assert (kept.terms, kept.intake) == ("2026-01", {"hair_length": "long"})


async def test_a_colleague_may_book_without_the_terms(salon: Salon, frozen_clock, plugins) -> None:
    await change_service(salon.haircut, rules=ServiceRules(terms="2026-01"))
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(10))
    desk = Actor(kind="user", label="Ngozi")
    assert (await book(wish, customer_id=salon.customer_id, actor=desk, source="admin")).status == "confirmed"


@pytest.mark.parametrize(
    ("content", "declared", "kept"),
    [
        (PNG, "image/png", "image/png"),
        (JPEG, "image/jpg; charset=binary", "image/jpeg"),
        (WEBP, "", "image/webp"),
        (HEIC, "image/heif", "image/heic"),
        (PDF, "application/octet-stream", "application/pdf"),
    ],
)
async def test_a_file_comes_back_as_it_was_given(
    salon: Salon, frozen_clock, plugins, content: bytes, declared: str, kept: str
) -> None:
    reservation = await booked(salon)
    made = await add(reservation, content, media_type=declared, name="..\\zainab\\my hair.bin")
    assert (made.media_type, made.size, made.name) == (kept, len(content), "my hair.bin")
    assert await list_attachments(reservation.id) == (made,)
    assert await read_attachment(made.id) == (made, content)
    last = (await timeline(reservation.id))[-1].sentence
    assert last.startswith("A file was added (")
    assert "my hair" not in last, "a file's name may be a person's, and history outlives people"


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (b"", "image/png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/svg+xml"),
        (b"<html><script>alert(1)</script>", "image/png"),
        (b"MZ\x90\x00" + b"\x00" * 60, "application/pdf"),
        (PNG, "application/pdf"),
        (PDF, "image/png"),
        (b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 16, "image/heic"),
        (b"GIF89a" + b"\x00" * 20, "image/gif"),
    ],
)
async def test_what_is_not_what_it_says_is_refused(
    salon: Salon, frozen_clock, plugins, content: bytes, declared: str
) -> None:
    reservation = await booked(salon)
    with pytest.raises(AttachmentNotAllowed):
        await add(reservation, content, media_type=declared)
    assert await list_attachments(reservation.id) == ()


async def test_files_have_limits(salon: Salon, frozen_clock, plugins) -> None:
    reservation = await booked(salon)
    with pytest.raises(AttachmentTooLarge, match="5 MB"):
        await add(reservation, PNG + b"\x00" * LARGEST)
    assert (await add(reservation, PNG.ljust(LARGEST, b"\x00"))).size == LARGEST
    for name, question in (("", "x"), ("../..", "x"), ("a.png", "q" * 81)):
        with pytest.raises(BadAttachmentName):
            await add(reservation, name=name, question=question)
    for number in range(MOST - 1):
        await add(reservation, PNG + bytes([number]))
    with pytest.raises(TooManyAttachments):
        await add(reservation, PNG + b"one more")
    long = await add(reservation, PNG.ljust(LARGEST, b"\x00"))
    assert long.name == "hair.png"
    assert len(await list_attachments(reservation.id)) == MOST


async def test_the_same_file_sent_twice_is_kept_once(salon: Salon, frozen_clock, plugins) -> None:
    reservation = await booked(salon)

    async def send() -> Any:
        with bind_tenant(salon.tenant.id):
            return await add(reservation)

    made = await asyncio.gather(*(spawn(send()) for _ in range(5)))
    assert len({one.id for one in made}) == 1
    other = await add(reservation, question="wish")
    assert {one.id for one in await list_attachments(reservation.id)} == {made[0].id, other.id}


async def test_files_stay_within_their_reservation_and_their_business(
    other_tenant: TenantInfo, salon: Salon, frozen_clock, plugins
) -> None:
    reservation = await booked(salon)
    made = await add(reservation)
    with pytest.raises(AttachmentNotFound):
        await read_attachment(made.id, reservation_id=new_id())
    with pytest.raises(ReservationNotFound):
        await add(reservation.model_copy(update={"id": new_id()}))

    async def elsewhere() -> None:
        with bind_tenant(other_tenant.id):
            with pytest.raises(AttachmentNotFound):
                await read_attachment(made.id)
            assert await list_attachments(reservation.id) == ()

    await spawn(elsewhere())


async def test_a_cancelled_booking_takes_no_more_files_and_a_deleted_one_keeps_none(
    salon: Salon, frozen_clock, plugins, database: Any
) -> None:
    reservation = await booked(salon)
    await add(reservation)
    await cancel_reservation(reservation_id=reservation.id, actor=Actor(kind="user"), source="admin")
    with pytest.raises(IllegalTransition):
        await add(reservation, PDF, media_type="application/pdf")
    async with database.connect("owner") as owner:
        await owner.execute("delete from reservations where id = $1", reservation.id)
    async with tenant_scope() as connection:
        assert await connection.execute_query_dict("select id from attachments") == []
