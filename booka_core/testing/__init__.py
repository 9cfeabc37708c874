"""What Booka and its plugins are tested with: a real PostgreSQL and Redis, a migrated database per test, a tenant in
it, a frozen clock, and the contract suites that every provider and vertical must pass.

Load it with `-p booka_core.testing.plugin`. It owns the servers of a test run and leaves none behind. It must never
replace a store of ours by an imitation, and nothing of the product may import it.
"""
