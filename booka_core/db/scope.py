"""The only ways to the data. `tenant_scope` opens a transaction as the application role and binds one tenant to it;
`platform_scope` opens one as the system role, for a registered reason. Whoever forgets both finds no rows, because
every tenant table is under a forced row-level policy on `booka.tenant_id`.

The tenant travels in a context variable and is written into the very packet that begins the transaction, so no
transaction can begin without it. A nested scope is a savepoint. What must only happen once the data is safe
(hints to other processes) is handed to `after_commit`.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from uuid import UUID

import asyncpg
from prometheus_client import Counter
from tortoise.connection import get_connections
from tortoise.transactions import in_transaction

from booka_core.db.errors import NoTenantBound, ScopeClosed, TenantMismatch, UnknownReason
from booka_core.kernel.logging import get_logger
from booka_core.kernel.metrics import registry
from booka_core.kernel.transaction import open_transaction

log = get_logger(__name__)
T = TypeVar("T")
Hook = Callable[[], Awaitable[None]]

_platform_scopes = Counter(
    "booka_platform_scopes_total", "Transactions across tenants, by reason.", ["reason"], registry=registry
)


class Queries(Protocol):
    """What a scope yields: the open transaction."""

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]: ...

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Sequence[Any]]: ...

    async def execute_script(self, query: str) -> None: ...


@dataclass(slots=True, eq=False)
class _Scope:
    tenant_id: UUID | None
    connection: Any
    ended: bool = False
    hooks: list[Hook] = field(default_factory=list)


_background: set[asyncio.Task[Any]] = set()
_bound: ContextVar[UUID | None] = ContextVar("booka_tenant", default=None)
_scope: ContextVar[_Scope | None] = ContextVar("booka_scope", default=None)
_beginning: ContextVar[UUID | None] = ContextVar("booka_beginning", default=None)


class TenantConnection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg has no types
    """Sends the tenant together with BEGIN, and what tidies the session together with COMMIT, each in one packet.

    The pool would tidy on release anyway, but by a trip of its own, which every scope would pay for.
    """

    __slots__ = ("_tidy",)

    async def execute(self, query: str, *args: Any, timeout: float | None = None) -> str:  # noqa: ASYNC109 - asyncpg's own signature
        tenant = _beginning.get()
        if tenant is not None and not args and query.startswith("BEGIN"):
            query = f"{query} SET LOCAL booka.tenant_id = '{UUID(str(tenant))}';"
        ends = query in ("COMMIT;", "ROLLBACK;")
        if ends:
            query += super().get_reset_query()
        self._tidy = False
        status = str(await super().execute(query, *args, timeout=timeout))
        self._tidy = ends
        return status

    def get_reset_query(self) -> str:
        """Nothing, when the last thing sent was the end of a transaction."""
        tidy = getattr(self, "_tidy", False)
        self._tidy = False
        return "" if tidy else str(super().get_reset_query())


@contextmanager
def bind_tenant(tenant_id: UUID) -> Iterator[None]:
    """Say for whom this task works, without touching the database."""
    before = _bound.get()
    if before is not None and before != tenant_id:
        raise TenantMismatch
    token = _bound.set(tenant_id)
    try:
        yield
    finally:
        _bound.reset(token)


def current_tenant() -> UUID:
    """The tenant this task works for. Raises `NoTenantBound`."""
    tenant = _bound.get()
    if tenant is None:
        raise NoTenantBound
    return tenant


@asynccontextmanager
async def tenant_scope(tenant_id: UUID | None = None) -> AsyncIterator[Queries]:
    """A transaction that sees the rows of one tenant: the one given, or the one bound to this task.

    Inside another scope of the same tenant it is a savepoint. Raises `NoTenantBound`, `TenantMismatch`, `ScopeClosed`.
    """
    tenant = tenant_id or current_tenant()
    outer = _live_scope()
    if outer is not None and outer.tenant_id != tenant:
        raise TenantMismatch
    with bind_tenant(tenant):
        async with _transaction("default", tenant=tenant, outer=outer) as connection:
            yield connection


_reasons: dict[str, bool] = {}
_audit: Callable[[Queries, str, str], Awaitable[None]] | None = None


def register_reason(reason: str, *, audited: bool) -> None:
    """Allow a platform scope for `reason`. `audited` ones were started by a person and leave an audit entry."""
    _reasons[reason] = audited


def set_audit_sink(sink: Callable[[Queries, str, str], Awaitable[None]]) -> None:
    """Name who writes down audited platform scopes: called with (queries, reason, actor) inside their transaction."""
    global _audit  # noqa: PLW0603 - filled once, by the composition root
    _audit = sink


@asynccontextmanager
async def platform_scope(reason: str, *, actor: str = "system") -> AsyncIterator[Queries]:
    """A transaction that sees all tenants, as the system role. Never opens inside a tenant's scope.

    Raises `UnknownReason` for a reason nobody registered, `TenantMismatch` inside a tenant scope.
    """
    if reason not in _reasons:
        raise UnknownReason(reason=reason)
    outer = _live_scope()
    if outer is not None and outer.tenant_id is not None:
        raise TenantMismatch
    _platform_scopes.labels(reason).inc()
    async with _transaction("system", tenant=None, outer=outer) as connection:
        if _reasons[reason] and _audit is not None:
            await _audit(connection, reason, actor)
        yield connection


def open_scope() -> tuple[Queries, UUID | None]:
    """The transaction this task is in, and whose it is (None: the platform's). Raises `NoTenantBound` outside any."""
    scope = _live_scope()
    if scope is None:
        raise NoTenantBound
    connection: Queries = get_connections().get("default")
    return connection, scope.tenant_id


def after_commit(hook: Hook) -> None:
    """Run `hook` once the outermost scope has committed; its failure is logged and changes nothing."""
    scope = _live_scope()
    if scope is None:
        raise NoTenantBound
    scope.hooks.append(hook)


def spawn(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """Start a task of its own that inherits neither tenant nor transaction."""
    task = asyncio.get_running_loop().create_task(work, context=contextvars.Context())
    _background.add(task)  # the loop itself keeps only a weak reference
    task.add_done_callback(_background.discard)
    return task


def _live_scope() -> _Scope | None:
    scope = _scope.get()
    if scope is not None and scope.ended:
        raise ScopeClosed
    return scope


@asynccontextmanager
async def _transaction(alias: str, *, tenant: UUID | None, outer: _Scope | None) -> AsyncIterator[Queries]:
    connections = get_connections()
    storage = connections._storage_var  # noqa: SLF001 - Tortoise leaves the task on a dead connection when a release fails
    before = storage.get()
    mark = len(outer.hooks) if outer else 0
    beginning = _beginning.set(tenant)
    scope: _Scope | None = None
    tokens: list[tuple[ContextVar[Any], contextvars.Token[Any]]] = []
    try:
        async with in_transaction("default" if outer else alias) as connection:
            _beginning.set(None)
            if alias == "system" and outer is None:
                connections.set("default", connection)
            scope = outer or _Scope(tenant, connection)
            tokens = [(_scope, _scope.set(scope)), (open_transaction, open_transaction.set(True))]
            yield connection
    except BaseException:
        if outer is not None:
            del outer.hooks[mark:]
        raise
    finally:
        _beginning.reset(beginning)
        for variable, token in reversed(tokens):
            variable.reset(token)
        if scope is not None and outer is None:
            scope.ended = True
        storage.set(before)
    if outer is None and scope is not None:
        await _run_hooks(scope.hooks)


async def _run_hooks(hooks: list[Hook]) -> None:
    for hook in hooks:
        try:
            await hook()
        except Exception as error:  # noqa: BLE001 - hints may be lost; the data is already safe
            log.warning("db.after_commit_failed", error=repr(error))
