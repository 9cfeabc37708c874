"""What happens between the stores and the parts at every start: the database is checked, migrated, and in the demo
filled. Running it again changes nothing.
"""

from __future__ import annotations

from booka_core import runtime
from booka_core.kernel.settings import settings


async def prepare() -> None:
    """Raises `UnsafeDatabase` before anything is written, and `MigrationFailed` when the core's tables cannot be made.

    A plugin whose migration fails is reported and switched off by its own room; the rest goes on.
    """
    report = await runtime.prepare()
    for app, files in report.applied.items():
        if files:
            print(f"{app}: applied {', '.join(files)}", flush=True)
    for app, reason in report.failed.items():
        print(f"ERROR {app}: {reason}", flush=True)
    if settings().BOOKA_DEMO:
        from booka_core.runtime.demo import seed  # noqa: PLC0415  only the demo pays for it

        await seed()
