"""The promises of a plugin that can be switched, as tests. Inherit `SwitchContract` and name the plugin's slug: it is
switched on and off for a business of another kind, twice, with its default settings, and nothing may be left wrong.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import ClassVar

import pytest
import pytest_asyncio

from booka_core.audit.types import COMMAND_LINE
from booka_core.db.scope import bind_tenant
from booka_core.plugins import commands, effective, queries, runtime
from booka_core.plugins.errors import ConfigRefused
from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase


class SwitchContract:
    """Inherit it, and set `slug`. Only for plugins that are not on by default."""

    slug: ClassVar[str]

    @pytest_asyncio.fixture(loop_scope="session")
    async def business(self, database: TestDatabase) -> AsyncIterator[TenantInfo]:
        """A business of no known kind, bound for the test."""
        runtime.load()
        made = await create_tenant(
            slug="somewhere",
            name="Somewhere",
            vertical="plain",
            zone="Europe/Paris",
            locale="fr-FR",
            currency="EUR",
            country="FR",
        )
        with bind_tenant(made.id):
            yield made
        runtime.unload()
        effective.forget()

    async def test_it_is_off_until_it_is_switched_on_and_again_after(self, business: TenantInfo) -> None:
        assert not await queries.is_effective(business.id, self.slug)
        for _ in range(2):
            status = await commands.enable(self.slug, COMMAND_LINE)
            assert (status.enabled, status.effective, status.reason) == (True, True, "")
            assert await queries.is_effective(business.id, self.slug)
            status = await commands.disable(self.slug, COMMAND_LINE)
            assert (status.enabled, status.effective, status.reason) == (False, False, "switched off")
            assert not await queries.is_effective(business.id, self.slug)

    async def test_switching_it_twice_the_same_way_changes_nothing(self, business: TenantInfo) -> None:
        for verb in (commands.enable, commands.enable, commands.disable, commands.disable):
            await verb(self.slug, COMMAND_LINE)
        assert len(await queries.revisions(self.slug)) == 2
        assert business.slug == "somewhere"

    async def test_its_default_settings_are_valid_and_unknown_ones_refused(self, business: TenantInfo) -> None:
        await commands.enable(self.slug, COMMAND_LINE)
        await commands.configure(self.slug, {}, COMMAND_LINE)
        with pytest.raises(ConfigRefused):
            await commands.configure(self.slug, {"no_such_setting": 1}, COMMAND_LINE)
        assert await queries.is_effective(business.id, self.slug)

    async def test_its_name_is_shown_in_the_languages_of_the_business(self, business: TenantInfo) -> None:
        status = await queries.get_plugin(self.slug, business.id)
        plugin = runtime.loaded().plugins[self.slug]
        assert plugin.manifest is not None
        assert status.name == plugin.manifest.text("name", "fr")
        assert status.summary
