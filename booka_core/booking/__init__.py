"""The heart: reservations, the time they occupy, holds, and the verbs that change them. It owns `reservations`,
`occupancies`, `reservation_logs` and `idempotency_keys`. Only its commands write them, each in one transaction with the
events and jobs it causes; it must never call a provider, a plugin or a model while that transaction is open.
"""
