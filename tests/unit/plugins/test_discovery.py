"""What is installed is found and judged without running it."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from booka_core.plugins import discovery, queries
from booka_core.plugins.types import InstalledPlugin, PluginState
from booka_core.testing.database import environment
from booka_core.testing.plugins import BROKEN, PluginFolder

UNSEEN_BEFORE_IMPORT = {name for name, broken in BROKEN.items() if broken.state == "import_failed"}


def found(slug: str) -> InstalledPlugin:
    return next(plugin for plugin in discovery.discover() if plugin.slug == slug)


def test_an_installed_plugin_is_found_without_importing_it(plugin_folder: PluginFolder) -> None:
    package = plugin_folder.add_dummy()
    plugin = found("dummy")
    assert plugin.state is PluginState.DISCOVERED
    assert plugin.manifest is not None
    assert plugin.manifest.name == {"en": "Dummy"}
    assert not [name for name in sys.modules if name.startswith(package)]


def test_listing_what_is_installed_needs_no_database_and_runs_no_plugin_code(plugin_folder: PluginFolder) -> None:
    plugin_folder.add_broken("exits_at_import")
    listed = {status.slug: status for status in queries.list_installed()}
    assert listed["exits_at_import"].state is PluginState.DISCOVERED
    assert listed["exits_at_import"].summary == "Made for a test."


@pytest.mark.parametrize("name", sorted(BROKEN.keys() - UNSEEN_BEFORE_IMPORT))
def test_what_the_files_already_show_to_be_broken_is_listed_with_its_reason(
    plugin_folder: PluginFolder, name: str
) -> None:
    plugin_folder.add_broken(name)
    plugin_folder.add("sound")
    assert (found(name).state.value, BROKEN[name].reason in found(name).reason) == (BROKEN[name].state, True), found(
        name
    ).reason
    assert found("sound").state is PluginState.DISCOVERED


def test_two_distributions_with_one_slug_are_both_refused(plugin_folder: PluginFolder) -> None:
    plugin_folder.add("twin", distribution="made-first")
    plugin_folder.add("twin", distribution="made-second")
    twins = [plugin for plugin in discovery.discover() if plugin.slug == "twin"]
    assert [twin.state for twin in twins] == [PluginState.INVALID] * 2
    assert "made-first and made-second both claim the slug 'twin'; uninstall one of them" in twins[0].reason


def needing(*slugs: str, after: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"compatibility": {"api": ">=0.1,<1", "depends": dict.fromkeys(slugs, ">=1"), "after": list(after)}}


def test_a_circle_of_dependencies_is_refused_and_whoever_needs_it_is_incompatible(plugin_folder: PluginFolder) -> None:
    plugin_folder.add("alpha", manifest=needing("beta"))
    plugin_folder.add("beta", manifest=needing(after=("alpha",)))
    plugin_folder.add("gamma", manifest=needing("alpha"))
    plugin_folder.add("delta")
    assert found("alpha").state is PluginState.INVALID
    assert "alpha → beta → alpha" in found("alpha").reason
    assert found("beta").state is PluginState.INVALID
    assert found("gamma").state is PluginState.INCOMPATIBLE
    assert found("delta").state is PluginState.DISCOVERED


def test_the_order_follows_needs_and_then_slugs_and_never_installation(plugin_folder: PluginFolder) -> None:
    plugin_folder.add("zulu")
    plugin_folder.add("mike", manifest=needing(after=("zulu",)))
    plugin_folder.add("able", manifest=needing("mike"))
    plugin_folder.add("bravo")
    order = [plugin.slug for plugin in discovery.discover() if plugin.distribution.startswith("made-")]
    assert order == ["bravo", "zulu", "mike", "able"]


def test_a_need_for_another_version_is_refused(plugin_folder: PluginFolder) -> None:
    plugin_folder.add("base", version="2.0.0")
    plugin_folder.add("upper", manifest={"compatibility": {"api": ">=0.1,<1", "depends": {"base": ">=1,<2"}}})
    assert found("upper").reason == "it needs base >=1,<2 and 2.0.0 is installed"


@pytest.mark.parametrize("listed", ["able", "other, able", "able==1.0.0", "able == 1.0.0"])
def test_a_blocked_version_does_not_run(plugin_folder: PluginFolder, listed: str) -> None:
    plugin_folder.add("able")
    with environment({"BOOKA_BLOCKED_PLUGINS": listed}):
        assert found("able").state is PluginState.BLOCKED
    assert found("able").state is PluginState.DISCOVERED


def test_blocking_one_version_lets_another_run(plugin_folder: PluginFolder) -> None:
    plugin_folder.add("able")
    with environment({"BOOKA_BLOCKED_PLUGINS": "able==0.9"}):
        assert found("able").state is PluginState.DISCOVERED


def test_safe_mode_runs_only_what_is_released_with_the_core(plugin_folder: PluginFolder) -> None:
    plugin_folder.add("able")
    with environment({"BOOKA_SAFE_MODE": "1"}):
        assert found("able").state is PluginState.BLOCKED
        assert found("beauty").state is PluginState.DISCOVERED


def test_metadata_that_cannot_be_read_hides_nobody_else(plugin_folder: PluginFolder) -> None:
    plugin_folder.add("able")
    broken = plugin_folder.path / "rotten-1.0.dist-info"
    broken.mkdir()
    (broken / "METADATA").write_bytes(b"\xff\xfe\x00")
    (broken / "entry_points.txt").write_text("[booka.plugins]\nthis is no entry point\n")
    assert found("able").state is PluginState.DISCOVERED


def test_a_package_below_a_namespace_is_found_without_importing_its_parents(plugin_folder: PluginFolder) -> None:
    package = plugin_folder.add("able")
    outer = plugin_folder.path / "made_namespace"
    (plugin_folder.path / package).rename(outer.with_name("moving"))
    outer.mkdir()
    outer.with_name("moving").rename(outer / "inner")
    root = discovery.package_root("made_namespace.inner.hooks")
    assert root == outer / "inner"
    assert "made_namespace" not in sys.modules
