"""Celery, as far as Booka uses it: it carries batches of job ids over Redis to worker processes, and nothing else.

No result, no retry, no schedule of Celery's is used; whatever it loses, the table still has. Its remote control and
gossip stay on: without them a busy worker does not always consume again after Redis was killed and restarted.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any
from uuid import UUID

from celery import Celery
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from booka_core.jobs.errors import CarrierDown
from booka_core.jobs.types import Claim
from booka_core.kernel.settings import settings

TASK = "booka.jobs.run"


@cache
def carrier() -> Celery:
    """The Celery application of this process."""
    app = Celery("booka", broker=settings().require("REDIS_URL"), set_as_current=False)
    app.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_default_queue="default",
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_send_sent_event=False,
        worker_send_task_events=False,
        worker_prefetch_multiplier=2,
        worker_concurrency=settings().BOOKA_WORKER_PROCESSES,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "global_keyprefix": "booka:carrier:",
            "socket_connect_timeout": 2,
            "socket_keepalive": True,
            "health_check_interval": 10,
        },
        enable_utc=True,
    )
    return app


class Publisher:
    """Hands claims to the carrier over one connection, outside the event loop's thread."""

    def __init__(self) -> None:
        self._app = carrier()
        self._connection: Any = None
        self._producer: Any = None

    async def publish(self, claims: Sequence[Claim], *, batch: int) -> list[UUID]:
        """Send the claims in batches, by queue. Returns the ids that could not be sent; empty when all went out."""
        unsent: list[UUID] = []
        for queue, group in groupby(sorted(claims, key=lambda claim: claim.queue), key=lambda claim: claim.queue):
            ids = [claim.id for claim in group]
            for start in range(0, len(ids), batch):
                part = ids[start : start + batch]
                if unsent:
                    unsent.extend(part)
                    continue
                try:
                    await asyncio.to_thread(self._send, [str(job_id) for job_id in part], queue)
                except CarrierDown:
                    unsent.extend(part)
        return unsent

    def _send(self, ids: list[str], queue: str) -> None:
        try:
            if self._producer is None:
                self._connection = self._app.connection_for_write()
                self._producer = self._app.amqp.Producer(self._connection, auto_declare=False)
            self._app.send_task(TASK, args=(ids,), queue=queue, producer=self._producer, retry=False)
        except (OperationalError, RedisError, OSError) as error:
            self.close()
            raise CarrierDown(type(error).__name__) from error

    def close(self) -> None:
        """Let go of the connection; the next publish makes a new one."""
        connection, self._connection, self._producer = self._connection, None, None
        if connection is not None:
            # It may be broken: that is why it is let go.
            with contextlib.suppress(OperationalError, RedisError, OSError):
                connection.release()
