"""Why a process does not start."""

from __future__ import annotations

from booka_core.sdk.errors import WrongState


class MigrationsPending(WrongState):
    """The database is older than this version of Booka: run `booka db upgrade` first."""
