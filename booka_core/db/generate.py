"""Writes one migration file for one app, in a process of its own and without a database:
`python -m booka_core.db.generate LABEL FOLDER NAME EMPTY MODULE…`. Prints the file's name, or nothing.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from aerich import Command
from aerich.migrate import Migrate


async def generate(label: str, folder: Path, *, name: str, empty: bool, models: list[str]) -> str | None:
    """Compare the models with the newest migration and write what differs."""
    config = {
        # Nothing connects to it: generating is offline, and aerich only asks for the dialect.
        "connections": {"default": "asyncpg://nobody:nothing@127.0.0.1:1/nowhere"},
        "apps": {label: {"models": models, "default_connection": "default"}},
        "use_tz": True,
    }
    (folder / label).mkdir(parents=True, exist_ok=True)
    command = Command(config, app=label, location=str(folder))
    await command.init(offline=True)
    if Migrate._last_version_content is None:  # noqa: SLF001 - aerich has no public way to begin a history offline
        Migrate._last_version_content = {}  # noqa: SLF001
    made = await command.migrate(name, empty=empty, no_input=True, offline=True)
    await command.aclose()
    return made or None


def main() -> None:
    """Entry point of the process."""
    label, folder, name, empty, *models = sys.argv[1:]
    made = asyncio.run(generate(label, Path(folder), name=name, empty=bool(empty), models=models))
    if made:
        sys.stdout.write(made)


if __name__ == "__main__":
    main()
