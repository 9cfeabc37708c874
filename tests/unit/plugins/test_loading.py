"""Whatever a plugin's code does while it loads, the process goes on and says why."""

from __future__ import annotations

import pytest

from booka_core.plugins import catalogue, discovery, runtime
from booka_core.plugins.errors import PluginsNotAllActive, PluginsNotLoaded, UnknownProvider
from booka_core.plugins.types import PluginState
from booka_core.testing.database import environment
from booka_core.testing.plugins import BROKEN, PluginFolder


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_plugin_is_listed_with_its_reason_and_the_rest_runs(plugin_folder: PluginFolder, name: str) -> None:
    plugin_folder.add_broken(name)
    plugin_folder.add_dummy()
    loaded = runtime.load()
    broken = loaded.plugins[name]
    assert broken.state.value == BROKEN[name].state
    assert BROKEN[name].reason in broken.reason
    assert loaded.plugins["dummy"].state is PluginState.ACTIVE
    assert "dummy" in loaded.verticals


def test_all_broken_plugins_together_leave_the_others_running(plugin_folder: PluginFolder) -> None:
    for name in BROKEN:
        plugin_folder.add_broken(name)
    plugin_folder.add_dummy()
    loaded = runtime.load()
    assert {plugin.slug for plugin in loaded.active()} >= {"dummy", "beauty", "hospitality", "medicine", "providers"}
    assert not {plugin.slug for plugin in loaded.active()} & set(BROKEN)


def test_without_the_guard_one_plugin_would_end_the_process(
    plugin_folder: PluginFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin_folder.add_broken("exits_at_import")

    def unguarded(work):  # type: ignore[no-untyped-def]
        work()

    monkeypatch.setattr(runtime, "guarded", unguarded)
    with pytest.raises(SystemExit):
        runtime.load()


def test_nothing_of_a_plugin_that_fails_late_stays_behind(plugin_folder: PluginFolder) -> None:
    plugin_folder.add(
        "halfway",
        hooks="""
from booka_core.sdk.hookspecs import hookimpl

@hookimpl
def booka_booking_check(draft):
    return None

@hookimpl
def booka_register_messaging_providers():
    raise RuntimeError("changed my mind")
""",
    )
    loaded = runtime.load()
    assert loaded.plugins["halfway"].reason == "RuntimeError: changed my mind"
    assert loaded.registry.of("booka_booking_check", "halfway") is None


def test_strict_mode_refuses_to_start_with_a_plugin_that_is_not_active(plugin_folder: PluginFolder) -> None:
    plugin_folder.add_broken("import_error")
    with environment({"BOOKA_PLUGINS_STRICT": "1"}), pytest.raises(PluginsNotAllActive, match="import_error is import"):
        runtime.load()


def test_safe_mode_does_not_import_a_third_partys_plugin(plugin_folder: PluginFolder) -> None:
    plugin_folder.add("touchy", hooks="raise RuntimeError('imported')")
    with environment({"BOOKA_SAFE_MODE": "1"}):
        loaded = runtime.load()
    assert loaded.plugins["touchy"].state is PluginState.BLOCKED
    assert loaded.plugins["beauty"].state is PluginState.ACTIVE


def test_a_plugin_whose_tables_are_behind_is_not_imported(plugin_folder: PluginFolder) -> None:
    plugin_folder.add("behind", hooks="raise RuntimeError('imported')")
    loaded = runtime.load(needs_migration={"behind": "its tables are not up to date"})
    assert loaded.plugins["behind"].state is PluginState.NEEDS_MIGRATION
    assert loaded.plugins["behind"].reason == "its tables are not up to date"


def test_a_plugin_whose_dependency_fails_at_import_is_incompatible(plugin_folder: PluginFolder) -> None:
    plugin_folder.add_broken("import_error")
    plugin_folder.add("upper", manifest={"compatibility": {"api": ">=0.1,<1", "depends": {"import_error": ">=1"}}})
    assert runtime.load().plugins["upper"].reason == "it needs the plugin 'import_error', which is import_failed"


def test_two_plugins_cannot_offer_the_same_provider(plugin_folder: PluginFolder) -> None:
    plugin_folder.add_dummy("alpha")
    package = plugin_folder.add_dummy("beta")
    hooks = plugin_folder.path / package / "hooks.py"
    hooks.write_text(hooks.read_text().replace("pigeon_beta", "pigeon_alpha"))
    loaded = runtime.load()
    assert loaded.plugins["alpha"].state is PluginState.ACTIVE
    assert "already offered by the plugin 'alpha'" in loaded.plugins["beta"].reason
    assert "beta" not in loaded.verticals


def test_processes_with_the_same_plugins_have_the_same_fingerprint(plugin_folder: PluginFolder) -> None:
    before = runtime.load().fingerprint
    assert runtime.load().fingerprint == before
    plugin_folder.add("another")
    assert runtime.load().fingerprint != before


def test_a_business_whose_vertical_is_absent_is_served_in_plain_words(plugin_folder: PluginFolder) -> None:
    runtime.load()
    assert [slot.kind for slot in catalogue.vertical("astrology").journey.slots] == [
        "service",
        "staff",
        "time",
        "contact",
    ]
    with pytest.raises(UnknownProvider):
        catalogue.provider("owl")


def test_with_no_plugin_installed_the_core_still_loads(
    plugin_folder: PluginFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "_entry_points", lambda: iter(()))
    loaded = runtime.load()
    assert loaded.all() == []
    assert loaded.table_apps() == ()
    assert catalogue.verticals() == ()
    assert catalogue.vertical("beauty").name == {"en": "Appointments"}


def test_asking_before_plugins_are_loaded_is_an_error_and_not_an_empty_answer(plugin_folder: PluginFolder) -> None:
    runtime.unload()
    with pytest.raises(PluginsNotLoaded):
        runtime.loaded()
