"""Whether a database transaction is open in this task. The database room sets it; whoever would call somebody else
(a provider, a plugin, a model) asks here first, so that no lock is ever held while a stranger answers.
"""

from __future__ import annotations

from contextvars import ContextVar

from booka_core.kernel.errors import EffectInTransaction

open_transaction: ContextVar[bool] = ContextVar("booka_open_transaction", default=False)


def forbid_in_transaction(what: str) -> None:
    """Raise `EffectInTransaction` while a transaction is open."""
    if open_transaction.get():
        raise EffectInTransaction(what=what)
