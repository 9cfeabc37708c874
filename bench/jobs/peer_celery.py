"""Celery as its documentation has it: Redis as broker, no results, JSON. The peer of Booka through Celery.

`python -m bench.jobs.peer_celery N` sends N jobs.
"""

from __future__ import annotations

import os
import sys

from celery import Celery

from bench.jobs.mark import mark

app = Celery("peer", broker=os.environ.get("BENCH_BROKER", ""))
app.conf.update(
    task_ignore_result=True,
    worker_send_task_events=False,
    task_send_sent_event=False,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
)


@app.task(name="peer.noop")  # type: ignore[untyped-decorator]  # Celery has no types
def noop(number: int) -> None:
    mark(number)


if __name__ == "__main__":
    for job in range(int(sys.argv[1])):
        app.send_task("peer.noop", args=(job,))
