"""Files that a customer gave with their answers. What a file is, is read from its first bytes and never believed; what
somebody calls it is only a label. Files are kept in the database, so that they are backed up, locked away between
tenants and deleted together with their reservation.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any
from uuid import UUID

from booka_core.booking.errors import (
    AttachmentNotAllowed,
    AttachmentNotFound,
    AttachmentTooLarge,
    BadAttachmentName,
    IllegalTransition,
    TooManyAttachments,
)
from booka_core.booking.transitions import locked, tell_live_pages
from booka_core.booking.types import Actor, AttachmentInfo
from booka_core.booking.writes import write_log
from booka_core.db.scope import current_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id

LARGEST = 5 * 1024 * 1024
MOST = 10
_LONGEST_NAME = 160
_LONGEST_QUESTION = 80
_OVER = ("cancelled", "declined", "expired")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_ALIKE = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/heif": "image/heic"}
_SAYS_NOTHING = ("", "application/octet-stream")
_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_COLUMNS = "id, reservation_id, question, name, media_type, size, created_at"


async def add_attachment(
    *,
    reservation_id: UUID,
    question: str,
    name: str,
    content: bytes,
    media_type: str,
    actor: Actor,
    source: str,
) -> AttachmentInfo:
    """Keep a file with a reservation. The same file for the same question is kept once.

    Raises `ReservationNotFound`, `IllegalTransition`, `AttachmentTooLarge`, `AttachmentNotAllowed`,
    `BadAttachmentName`, `TooManyAttachments`.
    """
    name, question = file_name(name), question.strip()
    if not name or len(question) > _LONGEST_QUESTION:
        raise BadAttachmentName(most=_LONGEST_QUESTION)
    if len(content) > LARGEST:
        raise AttachmentTooLarge(megabytes=LARGEST // 1024 // 1024)
    found = sniffed(content)
    declared = media_type.partition(";")[0].strip().lower()
    if found is None or (declared not in _SAYS_NOTHING and _ALIKE.get(declared, declared) != found):
        raise AttachmentNotAllowed
    digest = hashlib.sha256(content).digest()
    async with tenant_scope() as connection:
        reservation = await locked(connection, reservation_id)
        if reservation.status in _OVER:
            raise IllegalTransition(status=reservation.status)
        rows = await connection.execute_query_dict(
            f"select {_COLUMNS}, sha256 from attachments where reservation_id = $1", [reservation_id]
        )
        for row in rows:
            if bytes(row.pop("sha256")) == digest and row["question"] == question:
                return _info(row)
        if len(rows) >= MOST:
            raise TooManyAttachments(most=MOST)
        made = await connection.execute_query_dict(
            f"""insert into attachments (id, tenant_id, reservation_id, question, name, media_type, size, sha256,
                                         content, created_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning {_COLUMNS}""",
            [
                new_id(),
                current_tenant(),
                reservation_id,
                question,
                name,
                found,
                len(content),
                digest,
                content,
                clock.now(),
            ],
        )
        # A file's name may be a person's, and history outlives people: it says what kind of file came, no more.
        told = {"status": reservation.status, "question": question, "media_type": found, "size": len(content)}
        await write_log(
            connection, reservation_id, actor=actor, source=source, action="attach", before=None, after=told
        )
        tell_live_pages(reservation)
        return _info(made[0])


async def list_attachments(reservation_id: UUID) -> tuple[AttachmentInfo, ...]:
    """What was added to a reservation, oldest first."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"select {_COLUMNS} from attachments where reservation_id = $1 order by id", [reservation_id]
        )
    return tuple(_info(row) for row in rows)


async def read_attachment(attachment_id: UUID, *, reservation_id: UUID | None = None) -> tuple[AttachmentInfo, bytes]:
    """A file with its content, of that reservation if one is given. Raises `AttachmentNotFound`.

    Whoever serves it must send its own `media_type`, as an attachment and with `nosniff`.
    """
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"""select {_COLUMNS}, content from attachments
                where id = $1 and ($2::uuid is null or reservation_id = $2)""",
            [attachment_id, reservation_id],
        )
    if not rows:
        raise AttachmentNotFound
    content = bytes(rows[0].pop("content"))
    return _info(rows[0]), content


def sniffed(content: bytes) -> str | None:
    """The media type that the first bytes show, if it is an allowed one."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return "image/heic"
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    return None


def file_name(name: str) -> str:
    """A name without folders or invisible characters; the end, where its type is, survives shortening."""
    last = _UNSPEAKABLE.sub("", re.split(r"[/\\]", name)[-1]).strip(" .")
    stem, dot, ending = last.rpartition(".")
    if len(last) <= _LONGEST_NAME or not dot or len(ending) > 10:
        return last[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"


def _info(row: dict[str, Any]) -> AttachmentInfo:
    return AttachmentInfo(**row)
