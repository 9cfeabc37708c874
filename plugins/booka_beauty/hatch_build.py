"""Puts the plugin's migrations, which live at the repository's root, into its sdist and wheel. A wheel built from the
sdist finds them inside the package already, and an editable install reads them where they are.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class MigrationsHook(BuildHookInterface[Any]):
    """Adds `migrations/beauty` to the built archive."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        source = Path(self.root).parent.parent / "migrations" / "beauty"
        if version != "editable" and source.is_dir():
            build_data["force_include"][str(source)] = "booka_beauty/migrations/beauty"
