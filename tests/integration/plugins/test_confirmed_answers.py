"""A tenant that was read anyway tells whether its plugins changed: nothing new spares a question, news never do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from uuid import UUID

import pytest

from booka_core.audit.types import COMMAND_LINE
from booka_core.db.scope import bind_tenant
from booka_core.plugins import commands, effective, runtime
from booka_core.tenancy.queries import get_tenant
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.plugins import PluginFolder


@pytest.fixture
def bound(tenant: TenantInfo) -> Iterator[TenantInfo]:
    with bind_tenant(tenant.id):
        yield tenant


async def test_an_unchanged_tenant_keeps_the_answer_fresh_without_asking(
    plugin_folder: PluginFolder, bound: TenantInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime.load()
    known = await effective.effective_set(bound.id)
    effective._kept[bound.id].until = 0.0
    effective.confirm(await get_tenant())

    async def asked(_tenant_id: UUID) -> effective.Stamp:
        raise AssertionError("the database was asked")

    monkeypatch.setattr(effective, "_stamp", asked)
    assert await effective.effective_set(bound.id) is known


async def test_a_tenant_whose_plugins_were_switched_elsewhere_confirms_nothing(
    plugin_folder: PluginFolder, bound: TenantInfo
) -> None:
    plugin_folder.add_dummy()
    runtime.load()
    before = await effective.effective_set(bound.id)
    kept = dict(effective._kept)
    await commands.enable("dummy", COMMAND_LINE)
    effective._kept.update(kept)  # what a process that did not make the switch still holds
    effective._kept[bound.id].until = 0.0
    effective.confirm(await get_tenant())
    assert effective._kept[bound.id].until < time.monotonic()
    after = await effective.effective_set(bound.id)
    assert "dummy" not in before.contexts
    assert "dummy" in after.contexts
