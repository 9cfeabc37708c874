"""What can go wrong between Booka and its database."""

from __future__ import annotations

from booka_core.sdk.errors import BookaError, WrongState


class DatabaseNotConfigured(BookaError):
    """No database address is known: start `booka up`, or set {name}."""


class DatabaseUnavailable(BookaError):
    """The database cannot be reached."""


class UnsafeDatabase(BookaError):
    """This database would lose or leak data, so Booka refuses to use it:"""


class NoTenantBound(WrongState):
    """No tenant is bound here, so there is nothing to see."""


class TenantMismatch(WrongState):
    """A scope of one tenant was opened inside that of another."""


class ScopeClosed(WrongState):
    """This task inherited a scope that has ended; start it with `spawn`."""


class UnknownReason(WrongState):
    """A platform scope needs a registered reason; {reason} is not one."""


class MigrationFailed(BookaError):
    """The migration {version} of {app} failed and was rolled back."""


class NothingToMigrate(BookaError):
    """The models of {app} and its migrations say the same; there is nothing to generate."""
