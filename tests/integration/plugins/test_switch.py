"""Plugins are switched per tenant while everything runs, and refused with reasons."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from booka_core.audit.types import COMMAND_LINE
from booka_core.db.scope import bind_tenant, tenant_scope
from booka_core.kernel.errors import EffectInTransaction
from booka_core.plugins import catalogue, commands, effective, in_use, queries, runtime
from booka_core.plugins.errors import ConfigRefused, PluginNotEffective, SwitchRefused, UnknownPlugin
from booka_core.plugins.facade import hooks
from booka_core.sdk.booking import BookingDraft
from booka_core.sdk.events import ReminderDue
from booka_core.sdk.values import Money
from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase, environment
from booka_core.testing.plugins import PluginFolder, checking


def draft(**changes: object) -> BookingDraft:
    start = datetime(2026, 3, 4, 10, tzinfo=UTC)
    return BookingDraft(
        **{
            "service_id": uuid4(),
            "service_name": "Anything",
            "service_category": "",
            "resource_ids": (uuid4(),),
            "customer_id": uuid4(),
            "customer_visits": 0,
            "starts_at": start,
            "ends_at": start + timedelta(hours=1),
            "price": Money(amount=100, currency="NGN"),
            **changes,
        }
    )


@pytest.fixture
def bound(tenant: TenantInfo) -> Iterator[TenantInfo]:
    with bind_tenant(tenant.id):
        yield tenant


async def codes(tenant_id: UUID) -> list[str]:
    return [outcome.value.code for outcome in await hooks().booking_check(tenant_id, draft())]


async def test_a_switch_is_seen_at_once_by_its_tenant_and_by_no_other(
    plugin_folder: PluginFolder, tenant: TenantInfo
) -> None:
    package = plugin_folder.add_dummy()
    runtime.load()
    other = await create_tenant(
        slug="lumiere", name="Lumière", vertical="medicine", zone="Europe/Paris", locale="fr-FR", currency="EUR"
    )
    assert await codes(tenant.id) == []
    with bind_tenant(tenant.id):
        status = await commands.enable("dummy", COMMAND_LINE)
    assert (status.enabled, status.effective, status.reason) == (True, True, "")
    assert await codes(tenant.id) == ["dummy"]
    assert await codes(other.id) == []
    with bind_tenant(tenant.id):
        await commands.disable("dummy", COMMAND_LINE)
    assert await codes(tenant.id) == []
    assert [call[0] for call in plugin_folder.calls(package)] == ["enabled", "booking_check", "disabled"]


async def test_a_switch_made_by_another_process_is_seen_within_a_second(
    plugin_folder: PluginFolder, bound: TenantInfo
) -> None:
    plugin_folder.add_dummy()
    runtime.load()
    assert await codes(bound.id) == []
    kept = dict(effective._kept)
    await commands.enable("dummy", COMMAND_LINE)
    effective._kept.update(kept)  # what a process that did not make the switch still holds
    deadline = asyncio.get_running_loop().time() + 1.0
    while await codes(bound.id) == []:
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.02)


async def test_an_answer_kept_for_longer_would_hide_the_switch(
    plugin_folder: PluginFolder, bound: TenantInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effective, "FRESH_SECONDS", 3600.0)
    plugin_folder.add_dummy()
    runtime.load()
    assert await codes(bound.id) == []
    kept = dict(effective._kept)
    await commands.enable("dummy", COMMAND_LINE)
    effective._kept.update(kept)
    await asyncio.sleep(1.0)
    assert await codes(bound.id) == []


async def test_what_has_not_changed_is_not_read_again(plugin_folder: PluginFolder, bound: TenantInfo) -> None:
    runtime.load()
    first = await effective.effective_set(bound.id)
    effective._kept[bound.id].until = 0.0
    assert await effective.effective_set(bound.id) is first


async def test_the_tenants_vertical_and_default_plugins_are_on_from_the_start(
    plugin_folder: PluginFolder, bound: TenantInfo
) -> None:
    runtime.load()
    assert await queries.effective_slugs(bound.id) == ("providers", "beauty")
    assert await queries.effective_slugs(bound.id, "booka_on_event") == ("beauty",)


async def test_each_switch_leaves_a_revision_and_an_audit_entry(
    plugin_folder: PluginFolder, bound: TenantInfo, database: TestDatabase
) -> None:
    plugin_folder.add_dummy()
    runtime.load()
    await commands.enable("dummy", COMMAND_LINE)
    await commands.enable("dummy", COMMAND_LINE)
    await commands.disable("dummy", COMMAND_LINE)
    made = await queries.revisions("dummy")
    assert [(r.revision, r.enabled, r.version, r.changed_by) for r in made] == [
        (2, False, "1.0.0", "command"),
        (1, True, "1.0.0", "command"),
    ]
    async with tenant_scope(bound.id) as connection:
        rows = await connection.execute_query_dict("select action, subject from audit_entries order by at, id")
    assert [(r["action"], r["subject"]) for r in rows if r["action"].startswith("plugin.")] == [
        ("plugin.enabled", "plugin:dummy"),
        ("plugin.disabled", "plugin:dummy"),
    ]


async def test_the_history_of_switches_cannot_be_rewritten(plugin_folder: PluginFolder, bound: TenantInfo) -> None:
    plugin_folder.add_dummy()
    runtime.load()
    await commands.enable("dummy", COMMAND_LINE)
    with pytest.raises(Exception, match="permission denied"):
        async with tenant_scope(bound.id) as connection:
            await connection.execute_query("update plugin_revisions set enabled = false")


async def test_switching_twice_at_once_ends_in_one_state_with_every_step_recorded(
    plugin_folder: PluginFolder, bound: TenantInfo
) -> None:
    plugin_folder.add_dummy()
    runtime.load()
    await asyncio.gather(*(commands.enable("dummy", COMMAND_LINE) for _ in range(3)))
    made = await queries.revisions()
    assert sorted(r.revision for r in made) == list(range(1, len(made) + 1))
    assert await queries.is_effective(bound.id, "dummy")


def needing(slug: str) -> dict[str, object]:
    return {"compatibility": {"api": ">=0.1,<1", "depends": {slug: ">=1"}}}


async def test_a_plugin_is_refused_without_what_it_needs_and_keeps_it_on(
    plugin_folder: PluginFolder, bound: TenantInfo
) -> None:
    plugin_folder.add("base")
    plugin_folder.add("upper", manifest=needing("base"))
    runtime.load()
    with pytest.raises(SwitchRefused, match=r"it needs base, which is not on \(switched off\)"):
        await commands.enable("upper", COMMAND_LINE)
    await commands.enable("base", COMMAND_LINE)
    await commands.enable("upper", COMMAND_LINE)
    with pytest.raises(SwitchRefused, match="upper needs it; switch that off first"):
        await commands.disable("base", COMMAND_LINE)
    assert await queries.is_effective(bound.id, "base")


async def test_conflicting_plugins_are_never_on_together(plugin_folder: PluginFolder, bound: TenantInfo) -> None:
    plugin_folder.add("cats")
    plugin_folder.add("dogs", manifest={"compatibility": {"api": ">=0.1,<1", "conflicts": ["cats"]}})
    runtime.load()
    await commands.enable("dogs", COMMAND_LINE)
    with pytest.raises(SwitchRefused, match="conflicts with dogs"):
        await commands.enable("cats", COMMAND_LINE)
    await commands.disable("dogs", COMMAND_LINE)
    await commands.enable("cats", COMMAND_LINE)
    with pytest.raises(SwitchRefused, match="conflicts with cats"):
        await commands.enable("dogs", COMMAND_LINE)


async def test_a_plugin_in_use_stays_on_and_says_why(plugin_folder: PluginFolder, bound: TenantInfo) -> None:
    plugin_folder.add_dummy()
    runtime.load()
    await commands.enable("dummy", COMMAND_LINE)

    async def three_open(tenant_id: UUID, slug: str) -> list[str]:
        return ["3 open reservations"] if slug == "dummy" else []

    in_use.register(three_open)
    try:
        with pytest.raises(SwitchRefused, match="cannot be switched off: 3 open reservations") as refused:
            await commands.disable("dummy", COMMAND_LINE)
    finally:
        in_use.unregister(three_open)
    assert refused.value.reasons == ("3 open reservations",)
    assert await queries.is_effective(bound.id, "dummy")


@pytest.mark.parametrize(
    ("activation", "reason"),
    [
        ({"countries": ["FR"]}, "not offered in NG"),
        ({"requires_plan": ["studio"]}, "needs the plan studio"),
        ({"restricted": True}, "granted"),
    ],
)
async def test_a_plugin_the_tenant_is_not_entitled_to_is_refused(
    plugin_folder: PluginFolder, bound: TenantInfo, activation: dict[str, object], reason: str
) -> None:
    plugin_folder.add_dummy(activation={"default": True, **activation})
    runtime.load()
    assert await codes(bound.id) == []
    with pytest.raises(SwitchRefused, match=reason):
        await commands.enable("dummy", COMMAND_LINE)


async def test_a_broken_plugin_is_refused_with_its_reason(plugin_folder: PluginFolder, bound: TenantInfo) -> None:
    plugin_folder.add_broken("import_error")
    runtime.load()
    with pytest.raises(SwitchRefused, match="no_such_module"):
        await commands.enable("import_error", COMMAND_LINE)
    with pytest.raises(UnknownPlugin):
        await commands.enable("nobody", COMMAND_LINE)


async def test_blocking_a_plugin_stops_it_without_a_restart(plugin_folder: PluginFolder, bound: TenantInfo) -> None:
    plugin_folder.add_dummy()
    runtime.load()
    await commands.enable("dummy", COMMAND_LINE)
    with environment({"BOOKA_BLOCKED_PLUGINS": "dummy"}):
        effective.forget()
        assert await codes(bound.id) == []


async def test_a_plugin_that_cannot_prepare_is_not_switched_on(plugin_folder: PluginFolder, bound: TenantInfo) -> None:
    plugin_folder.add(
        "unwilling",
        hooks="from booka_core.sdk.hookspecs import hookimpl\n"
        "@hookimpl\nasync def booka_tenant_enabled(ctx):\n    raise SystemExit('not today')",
    )
    runtime.load()
    with pytest.raises(SwitchRefused, match="not today"):
        await commands.enable("unwilling", COMMAND_LINE)
    assert not await queries.is_effective(bound.id, "unwilling")


async def test_settings_are_checked_by_schema_and_plugin_and_reach_its_hooks(
    plugin_folder: PluginFolder, bound: TenantInfo
) -> None:
    package = plugin_folder.add_dummy()
    runtime.load()
    await commands.enable("dummy", COMMAND_LINE)
    with pytest.raises(ConfigRefused, match="'sour' is not one of"):
        await commands.configure("dummy", {"mood": "sour"}, COMMAND_LINE)
    with pytest.raises(ConfigRefused, match="the mood must not be bad"):
        await commands.configure("dummy", {"mood": "bad"}, COMMAND_LINE)
    await codes(bound.id)
    await commands.configure("dummy", {"mood": "odd"}, COMMAND_LINE)
    await codes(bound.id)
    assert [call[2] for call in plugin_folder.calls(package) if call[0] == "booking_check"] == ["good", "odd"]


async def test_settings_that_no_longer_fit_the_schema_take_the_plugin_out(
    plugin_folder: PluginFolder, bound: TenantInfo, database: TestDatabase
) -> None:
    plugin_folder.add_dummy()
    runtime.load()
    await commands.enable("dummy", COMMAND_LINE)
    async with database.connect("superuser") as connection:
        await connection.execute("""update tenant_plugins set config = '{"mood": "sour"}'""")
    effective.forget()
    assert await codes(bound.id) == []
    status = await queries.get_plugin("dummy", bound.id)
    assert (status.enabled, status.effective) == (True, False)
    assert "'sour' is not one of" in status.reason


async def test_secrets_are_sealed_at_rest_and_open_for_the_plugin(
    plugin_folder: PluginFolder, bound: TenantInfo, database: TestDatabase
) -> None:
    plugin_folder.add_dummy()
    runtime.load()
    await commands.configure("dummy", {"key": "opensesame"}, COMMAND_LINE)
    await commands.enable("dummy", COMMAND_LINE)
    await commands.configure("dummy", {"mood": "odd"}, COMMAND_LINE)
    async with database.connect("superuser") as connection:
        stored = await connection.fetchval("select config::text from tenant_plugins")
        history = await connection.fetchval("select string_agg(config::text, '') from plugin_revisions")
    assert "opensesame" not in stored + history
    found = await effective.effective_set(bound.id)
    assert dict(found.contexts["dummy"].config) == {"key": "opensesame", "mood": "odd"}


async def test_a_failing_check_holds_the_booking_and_the_others_are_still_asked(
    plugin_folder: PluginFolder, bound: TenantInfo
) -> None:
    default = {"activation": {"default": True}}
    plugin_folder.add("able", hooks=checking("return BookingVerdict(decision='refuse', code='full')"), manifest=default)
    plugin_folder.add("baker", hooks=checking("raise RuntimeError('oops')"), manifest=default)
    plugin_folder.add("chaos", hooks=checking("return 'yes'", way="def"), manifest=default)
    plugin_folder.add("delta", hooks=checking("return None"), manifest=default)
    runtime.load()
    outcomes = await hooks().booking_check(bound.id, draft())
    assert [(o.plugin, o.value.decision, o.value.code, o.error is None) for o in outcomes] == [
        ("able", "refuse", "full", True),
        ("baker", "hold", "plugin-failed", False),
        ("chaos", "hold", "plugin-failed", False),
    ]


async def test_an_event_reaches_one_plugin_and_a_failure_asks_for_another_try(
    plugin_folder: PluginFolder, bound: TenantInfo
) -> None:
    package = plugin_folder.add_dummy()
    runtime.load()
    moment = datetime(2026, 3, 4, tzinfo=UTC)
    event = ReminderDue(reservation_id=uuid4(), customer_id=uuid4(), starts_at=moment)
    with pytest.raises(PluginNotEffective):
        await hooks().on_event(bound.id, "dummy", event)
    await commands.enable("dummy", COMMAND_LINE)
    await hooks().on_event(bound.id, "dummy", event)
    assert plugin_folder.calls(package)[-1] == ("on_event", bound.id, "scheduler.reminder.due.v1")


async def test_a_provider_is_only_handed_out_where_its_plugin_is_on(
    plugin_folder: PluginFolder, bound: TenantInfo
) -> None:
    plugin_folder.add_dummy()
    runtime.load()
    assert catalogue.provider("pigeon_dummy").channel == "web"
    with pytest.raises(PluginNotEffective):
        await catalogue.provider_for(bound.id, "pigeon_dummy")
    await commands.enable("dummy", COMMAND_LINE)
    assert (await catalogue.provider_for(bound.id, "pigeon_dummy")).slug == "pigeon_dummy"


async def test_nothing_is_switched_or_asked_inside_a_transaction(
    plugin_folder: PluginFolder, bound: TenantInfo
) -> None:
    plugin_folder.add_dummy(activation={"default": True})
    runtime.load()
    async with tenant_scope(bound.id):
        with pytest.raises(EffectInTransaction):
            await commands.enable("dummy", COMMAND_LINE)
        with pytest.raises(EffectInTransaction):
            await hooks().booking_check(bound.id, draft())
