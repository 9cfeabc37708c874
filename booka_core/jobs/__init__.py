"""Durable work. A row in `jobs` is the truth about one piece of work from the transaction that caused it to its end;
Redis and Celery only carry its id and may be wiped at any time. The room owns the `jobs` table, the dispatcher that
hands out what is due, the runner that executes it, and the lossy hints that wake other processes. It promises: work
whose transaction committed is run at least once, by one worker at a time, in order where an order key says so, and a
failure ends in a retry or among the dead letters. It must never know what a job is about: rooms register handlers.

It has a few files more than other rooms because three kinds of processes meet here: `commands` and `queries` are for
everyone, `dispatcher` and `carrier` for the dispatcher, `runner` for workers; `ledger` is the only writer of statuses.
"""
