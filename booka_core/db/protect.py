"""Row-level policies and grants for every table, put on after each migration, so that nobody can forget them.

A table with a `tenant_id` is under a forced policy that shows one tenant's rows. A table without one is invisible to
the application role unless it is named here with its reason.
"""

from __future__ import annotations

from booka_core.db.scope import Queries

TENANT_KEY = {"tenants": "id"}
"""Tables whose rows are a tenant rather than belong to one: the column that names it."""

READABLE = {"directory": "finding a tenant from a host, a path or a token hash, before any tenant is known"}
"""Global tables that the application role may read, and why."""

APPEND_ONLY = {"reservation_logs", "audit_entries", "plugin_revisions", "outbox_events", "inbox_receipts"}
"""Tenant tables whose rows the application role may add and read but never change."""

_TABLES = """
select c.relname as name,
       exists (select 1 from pg_attribute a
               where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as scoped,
       c.relrowsecurity and c.relforcerowsecurity
         and exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'booka_tenant') as guarded
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p') order by c.relname
"""


async def protect(owner: Queries, *, application: str, system: str) -> None:
    """Bring policies and grants of all tables in line. Runs as the owner; doing it twice changes nothing.

    `application` and `system` are role names.
    """
    for table in await owner.execute_query_dict(_TABLES):
        name = table["name"]
        column = TENANT_KEY.get(name, "tenant_id")
        tenant_table = table["scoped"] or name in TENANT_KEY
        if tenant_table and not table["guarded"]:
            rule = f"\"{column}\" = (select nullif(current_setting('booka.tenant_id', true), '')::uuid)"
            await owner.execute_script(
                f'alter table "{name}" enable row level security; alter table "{name}" force row level security;'
                f'drop policy if exists booka_tenant on "{name}";'
                f'create policy booka_tenant on "{name}" using ({rule}) with check ({rule});'
            )
        if not tenant_table:
            allowed = "select" if name in READABLE else ""
        elif name in TENANT_KEY:
            allowed = "select, update"
        else:
            allowed = "select, insert" if name in APPEND_ONLY else "select, insert, update, delete"
        await owner.execute_script(
            f'revoke all on "{name}" from "{application}"; '
            + (f'grant {allowed} on "{name}" to "{application}"; ' if allowed else "")
            + f'grant select, insert, update, delete on "{name}" to "{system}";'
        )
    await owner.execute_script(
        f'grant usage on schema public to "{application}", "{system}";'
        f'grant usage, select on all sequences in schema public to "{application}", "{system}";'
    )
