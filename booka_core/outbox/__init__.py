"""What happened, told to everyone who must know. An event is written in the transaction that made it true, together
with the job that relays it; each consumer gets a delivery of its own, which is a job too, and leaves a receipt, so that
a repeated delivery has no second effect. The room owns `outbox_events` and `inbox_receipts`. It must never drop an
event, never deliver before the commit, and never know what an event means.
"""
