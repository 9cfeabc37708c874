"""Tables of a third party's plugin: they come under the tenant policy without its doing, and its broken migration is
nobody else's trouble.
"""

from __future__ import annotations

from uuid import uuid4

import pytest
from aerich.utils import compress_dict

from booka_core.audit.types import COMMAND_LINE
from booka_core.db import lifecycle, migrate
from booka_core.db.scope import bind_tenant, tenant_scope
from booka_core.plugins import commands, discovery, runtime
from booka_core.plugins.types import PluginState
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.plugins import PluginFolder

MODELS = """
from tortoise import fields
from booka_core.sdk.models import TenantModel


class Greeting(TenantModel):
    text = fields.TextField()

    class Meta:
        table = "{slug}_greetings"
"""
MIGRATION = '''
from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """create table "{slug}_greetings" ("id" uuid primary key, "tenant_id" uuid not null, "text" text not null);
    {more}"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """drop table "{slug}_greetings";"""


MODELS_STATE = "{state}"
'''
HOOKS = """
from booka_core.sdk.hookspecs import hookimpl
from booka_core.sdk.models import new_id


@hookimpl
async def booka_tenant_enabled(ctx):
    async with ctx.tables() as rows:
        await rows.execute_query(
            "insert into {slug}_greetings (id, tenant_id, text) values ($1, $2, 'hello')", [new_id(), ctx.tenant_id]
        )
"""


def add(folder: PluginFolder, slug: str, *, more: str = "") -> None:
    folder.add(
        slug,
        hooks=HOOKS,
        manifest={"data": {"app_label": slug, "models": ["{package}.models"]}},
        files={
            "models.py": MODELS.replace("{slug}", slug),
            f"migrations/{slug}/0_init.py": MIGRATION.replace("{slug}", slug)
            .replace("{more}", more)
            .replace("{state}", compress_dict({})),
        },
    )


async def upgrade_and_restart() -> migrate.Report:
    """What happens between installing a plugin and its first use."""
    report = await migrate.upgrade(discovery.migration_apps())
    await lifecycle.open_database(pool=4)
    return report


async def test_a_plugins_tables_come_under_the_tenant_policy(tenant: TenantInfo, plugin_folder: PluginFolder) -> None:
    add(plugin_folder, "hello")
    report = await upgrade_and_restart()
    assert report.applied["hello"] == ["0_init.py"]
    runtime.load()
    with bind_tenant(tenant.id):
        await commands.enable("hello", COMMAND_LINE)
    async with tenant_scope(tenant.id) as rows:
        assert await rows.execute_query_dict("select text from hello_greetings") == [{"text": "hello"}]
    async with tenant_scope(uuid4()) as rows:
        assert await rows.execute_query_dict("select text from hello_greetings") == []
    with pytest.raises(Exception, match="row-level security"):
        async with tenant_scope(tenant.id) as rows:
            await rows.execute_query("insert into hello_greetings values ($1, $2, 'mine')", [uuid4(), uuid4()])


async def test_a_migration_that_fails_leaves_its_plugin_out_and_the_rest_running(
    tenant: TenantInfo, plugin_folder: PluginFolder
) -> None:
    add(plugin_folder, "clumsy", more="select 1 / 0;")
    add(plugin_folder, "sound")
    report = await upgrade_and_restart()
    assert "clumsy" in report.failed
    assert report.applied["sound"] == ["0_init.py"]
    waiting = await migrate.pending(discovery.migration_apps())
    assert waiting == {"clumsy": ["0_init.py"]}
    loaded = runtime.load(needs_migration={label: ", ".join(files) for label, files in waiting.items()})
    assert loaded.plugins["clumsy"].state is PluginState.NEEDS_MIGRATION
    assert loaded.plugins["sound"].state is PluginState.ACTIVE
    assert [app.label for app in loaded.table_apps()] == ["beauty", "sound"]
    async with tenant_scope(tenant.id) as rows:
        found = await rows.execute_query_dict("select to_regclass('public.clumsy_greetings') is null as absent")
    assert found[0]["absent"] is True


async def test_a_table_without_the_plugins_prefix_is_named_in_the_manifest_as_wrong(
    plugin_folder: PluginFolder,
) -> None:
    kept = [{"table": "customers", "columns": ["name"], "what": "names"}]
    data = {"app_label": "nosy", "models": ["{package}.models"], "stores_personal_data": True, "personal_data": kept}
    plugin_folder.add("nosy", manifest={"data": data})
    (nosy,) = [plugin for plugin in discovery.discover() if plugin.slug == "nosy"]
    assert nosy.state is PluginState.INVALID
    assert "its tables are named nosy_…" in nosy.reason
