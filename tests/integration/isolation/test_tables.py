"""No tenant reaches another's rows: every table of the live schema, every command; no, the own and another tenant."""

from __future__ import annotations

import pytest

from booka_core.db.config import CORE_MODELS
from booka_core.plugins.discovery import migration_apps

from .conftest import Schema
from .tables import breaches

SABOTAGE = {
    "row security switched off": 'alter table "{name}" disable row level security',
    "the policy dropped and a wide one put in its place": (
        'drop policy booka_tenant on "{name}"; create policy wide on "{name}" using (true) with check (true)'
    ),
    "a second, wide policy beside the right one": 'create policy also on "{name}" using (true) with check (true)',
    "a policy that forgets to check what is written": (
        'drop policy booka_tenant on "{name}"; create policy booka_tenant on "{name}" using ('
        "\"{column}\" = (select nullif(current_setting('booka.tenant_id', true), '')::uuid)) with check (true)"
    ),
}


async def test_no_tenant_reaches_anothers_rows_in_any_table(schema: Schema) -> None:
    found = [
        fault
        for table in schema.tables
        for fault in await breaches(schema.application, table, own=schema.own, other=schema.other)
    ]
    assert found == []


async def test_every_table_of_every_room_and_plugin_was_tried(schema: Schema) -> None:
    import importlib  # noqa: PLC0415 - only this test looks into the models

    from booka_core.sdk.models import TenantModel  # noqa: PLC0415

    modules = [*CORE_MODELS, *(module for app in migration_apps() for module in app.models)]
    declared = {
        model._meta.db_table
        for module in modules
        for model in vars(importlib.import_module(module)).values()
        if isinstance(model, type) and issubclass(model, TenantModel) and model is not TenantModel
    }
    tried = {table.name for table in schema.tables}
    assert declared <= tried
    assert {"tenants", "audit_entries", "jobs", "beauty_client_preferences"} <= tried
    assert len(tried) >= 25


@pytest.mark.parametrize("sabotage", SABOTAGE)
async def test_each_hole_in_any_table_would_be_seen(schema: Schema, sabotage: str) -> None:
    unseen = []
    for table in schema.tables:
        if "to check" in sabotage and "insert" not in table.grants:
            continue  # nothing can be written where nothing may be inserted: this hole leads nowhere
        statement = SABOTAGE[sabotage].format(name=table.name, column=table.tenant_column)
        await schema.superuser.execute(statement)
        if not await breaches(schema.application, table, own=schema.own, other=schema.other):
            unseen.append(table.name)
    assert unseen == []
