"""What crosses the border of this room: a job to be written, as its handler sees it, and as a person does."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from booka_core.kernel.ids import new_id
from booka_core.sdk.values import Frozen

Status = Literal["queued", "sent", "running", "done", "skipped", "dead", "discarded"]
Key = Annotated[str, Field(min_length=1, max_length=200)]


class NewJob(Frozen):
    """Work to be written down.

    `order_key`: jobs of one tenant with the same key run one at a time, oldest first; one that waits for a retry holds
    back those behind it, one that was scheduled for later from the start does not. `dedupe_key`: a second job of the
    tenant with the same key is not written as long as the first one's row is kept.
    """

    id: UUID = Field(default_factory=new_id)
    type: Annotated[str, Field(min_length=1, max_length=80)]
    payload: dict[str, Any] = Field(default_factory=dict)
    scheduled_at: datetime | None = None
    order_key: Key | None = None
    dedupe_key: Key | None = None
    max_attempts: Annotated[int, Field(ge=1, le=100)] = 8
    queue: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{0,39}$")] = "default"


class JobInfo(Frozen):
    """A job as its handler sees it. `attempts` counts this one; `id` is the idempotency key for outside services."""

    id: UUID
    tenant_id: UUID | None
    type: str
    payload: dict[str, Any]
    attempts: int
    max_attempts: int
    scheduled_at: datetime
    order_key: str | None
    created_at: datetime

    @property
    def is_last_attempt(self) -> bool:
        """Whether a failure now puts the job among the dead letters."""
        return self.attempts >= self.max_attempts


class JobRecord(Frozen):
    """A job as a person sees it, without its payload."""

    id: UUID
    tenant_id: UUID | None
    type: str
    status: Status
    attempts: int
    max_attempts: int
    scheduled_at: datetime
    lease_until: datetime | None
    order_key: str | None
    queue: str
    last_error: str | None
    worker: str | None
    created_at: datetime
    finished_at: datetime | None


class Claim(Frozen):
    """A job the dispatcher has just claimed and hands to the carrier, for the `deliveries`-th time in a row."""

    id: UUID
    queue: str
    deliveries: int


class Outcome(Frozen):
    """How one attempt ended. `attempts` fences: only the attempt that holds the lease may write its outcome."""

    id: UUID
    attempts: int
    status: Literal["done", "skipped", "dead", "queued"]
    scheduled_at: datetime | None = None
    error: str | None = None
    counts: bool = True


class Lag(Frozen):
    """How far the work is behind. `oldest_seconds` is the age of the oldest job that is due and not yet handed out."""

    due: int
    in_flight: int
    dead: int
    oldest_seconds: float


class Tally(Frozen):
    """What a run in this process did; `retried` counts attempts that will be repeated, `dead` those given up."""

    done: int = 0
    skipped: int = 0
    retried: int = 0
    dead: int = 0

    @property
    def total(self) -> int:
        return self.done + self.skipped + self.retried + self.dead

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            done=self.done + other.done,
            skipped=self.skipped + other.skipped,
            retried=self.retried + other.retried,
            dead=self.dead + other.dead,
        )
