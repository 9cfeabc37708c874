"""PostgreSQL and Redis from wheels, and the supervisor behind `booka up` and `booka demo`.

This room starts programs and stops them again: the two stores when no address is configured, and the parts of the
product themselves. It owns the data directory, the passwords in it and the lifetime of every process. It must never
open a connection on behalf of the product, know a table, or leave a process behind, however it dies itself.
"""
