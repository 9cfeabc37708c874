"""Verbs that change customers. A person is recognised by (tenant, channel, external id); a phone joins the addresses of
one person when a channel vouches for it, and never by what somebody merely claims in a message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

import phonenumbers

from booka_core.customers.errors import BadEmail, BadPhone, CustomerErased
from booka_core.customers.queries import COLUMNS, info, read_customer
from booka_core.customers.types import CustomerInfo
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.tenancy.places import check_locale, check_zone

_LONGEST_MAIL = 254
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")


async def recognise(
    *,
    channel: str,
    external_id: str,
    alternate_ids: Sequence[str] = (),
    phone: str | None = None,
    name: str | None = None,
) -> CustomerInfo:
    """Find or add the person behind a channel address, and remember every address they came with.

    `phone` is E.164 and comes from the channel, not from what was written. Safe to call twice, also at once.
    """
    tenant = current_tenant()
    addresses = list(dict.fromkeys([external_id, *alternate_ids]))
    async with tenant_scope() as connection:
        # Two messages of a new customer may arrive at once: the second waits here and then finds the first's row.
        await connection.execute_query(
            "select pg_advisory_xact_lock(hashtextextended($1, 0))", [f"{tenant}:{channel}:{phone or external_id}"]
        )
        customer_id = await _known(connection, channel=channel, addresses=addresses, phone=phone)
        if customer_id is None:
            customer_id = new_id()
            await connection.execute_query(
                """insert into customers (id, tenant_id, name, phone, email, locale, created_at)
                   values ($1, $2, $3, $4, null, null, $5)""",
                [customer_id, tenant, clean_name(name), phone, clock.now()],
            )
        elif phone or name:
            await connection.execute_query(
                "update customers set phone = coalesce(phone, $2), name = coalesce(name, $3) where id = $1",
                [customer_id, phone, clean_name(name)],
            )
        for address in addresses:
            await connection.execute_query(
                """insert into customer_identities (id, tenant_id, customer_id, channel, external_id, created_at)
                   values ($1, $2, $3, $4, $5, $6) on conflict (tenant_id, channel, external_id) do nothing""",
                [new_id(), tenant, customer_id, channel, address, clock.now()],
            )
        rows = await connection.execute_query_dict(f"select {COLUMNS} from customers where id = $1", [customer_id])
    return info(rows[0])


async def change_customer(
    customer_id: UUID,
    *,
    name: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    locale: str | None = None,
    zone: str | None = None,
) -> CustomerInfo:
    """Set what is given and keep the rest; an empty phone, email, locale or zone is taken away.

    `zone` is an IANA name and `locale` a BCP 47 tag. Raises `CustomerNotFound`, `CustomerErased`, `BadPhone`,
    `BadEmail`, `UnknownZone`, `UnknownLocale`.
    """
    check_email(email)
    if zone:
        check_zone(zone)
    if locale:
        check_locale(locale)
    number = parse_phone(phone) if phone else phone
    async with tenant_scope() as connection:
        changed, _ = await connection.execute_query(
            """update customers set name = coalesce($2, name), phone = nullif(coalesce($3, phone), ''),
                      email = nullif(coalesce($4, email), ''), locale = nullif(coalesce($5, locale), ''),
                      zone = nullif(coalesce($6, zone), '')
               where id = $1 and erased_at is null""",
            [customer_id, clean_name(name), number, email, locale, zone],
        )
        found = await read_customer(connection, customer_id)
        if not changed:
            raise CustomerErased
        return found


async def add_customer(*, name: str, phone: str | None = None, email: str | None = None) -> CustomerInfo:
    """Add a person by hand. Raises `BadPhone`, `BadEmail`."""
    check_email(email)
    number = parse_phone(phone) if phone else None
    async with tenant_scope() as connection:
        customer_id = new_id()
        await connection.execute_query(
            """insert into customers (id, tenant_id, name, phone, email, locale, created_at)
               values ($1, $2, $3, $4, $5, null, $6)""",
            [customer_id, current_tenant(), clean_name(name), number, email or None, clock.now()],
        )
        return await read_customer(connection, customer_id)


def check_email(email: str | None) -> None:
    """Raises `BadEmail` for what is given and is no mail address."""
    if email and (len(email) > _LONGEST_MAIL or not _MAIL.fullmatch(email)):
        raise BadEmail(email=email)


def parse_phone(text: str, *, country: str | None = None) -> str:
    """E.164 of a phone number as people write it; `country` is the ISO 3166 code of numbers without one.

    Raises `BadPhone`.
    """
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException as error:
        raise BadPhone(phone=text) from error
    if not phonenumbers.is_possible_number(number):
        raise BadPhone(phone=text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


async def _known(connection: Queries, *, channel: str, addresses: Sequence[str], phone: str | None) -> UUID | None:
    # Locked, so that nobody is erased between being found and being written to; whoever was is not known any more.
    rows = await connection.execute_query_dict(
        """select c.id from customer_identities i join customers c on c.id = i.customer_id
           where i.channel = $1 and i.external_id = any($2) and c.erased_at is null
           order by i.id limit 1 for no key update of c""",
        [channel, list(addresses)],
    )
    if not rows and phone:
        rows = await connection.execute_query_dict(
            "select id from customers where phone = $1 and erased_at is null order by id limit 1 for no key update",
            [phone],
        )
    return rows[0]["id"] if rows else None


def clean_name(name: str | None) -> str | None:
    """A name as one line of at most 120 characters; None when nothing is left."""
    line = " ".join((name or "").replace("\0", "").split())[:120].strip()
    return line or None
